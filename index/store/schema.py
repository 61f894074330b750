"""The tables of the library's file, and how an older file becomes a newer one."""

import sqlite3
from collections.abc import Callable
from pathlib import PurePath

from index.store.rows import checksum, stated_checksum
from index.store.snapshot import Words

# "RPRT": tells this program's files from any other SQLite file.
APPLICATION_ID = 0x52505254
VERSION = 4

# The file of a document goes with the last name that it was given under.
# An id is never used twice, so that it always means the same passage with the same vector, whatever came and went.
_DOCUMENTS = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL UNIQUE, path TEXT UNIQUE,
    file_sha256 TEXT, about TEXT NOT NULL, as_read TEXT, outline TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE names (
    name TEXT NOT NULL, stem TEXT NOT NULL, path TEXT, file_sha256 TEXT,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE, UNIQUE (name, path)
);
CREATE INDEX names_by_document ON names(document);
CREATE INDEX names_by_path ON names(path);
CREATE INDEX names_by_stem ON names(stem);
CREATE INDEX names_by_file ON names(file_sha256);
CREATE TABLE originals (sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE TRIGGER names_deleted AFTER DELETE ON names BEGIN
    DELETE FROM originals WHERE sha256 = old.file_sha256
        AND NOT EXISTS (SELECT 1 FROM names WHERE file_sha256 = old.file_sha256); END;
CREATE TRIGGER names_updated AFTER UPDATE OF file_sha256 ON names BEGIN
    DELETE FROM originals WHERE sha256 = old.file_sha256
        AND NOT EXISTS (SELECT 1 FROM names WHERE file_sha256 = old.file_sha256); END;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    place INTEGER NOT NULL, cut TEXT NOT NULL, vector BLOB NOT NULL,
    sentences TEXT NOT NULL, sentence_vectors BLOB NOT NULL, checksum INTEGER NOT NULL,
    UNIQUE (document, place)
);
CREATE TABLE vocabulary (
    document INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
    abbreviations TEXT NOT NULL, words TEXT NOT NULL
);
CREATE TABLE corrections (
    source TEXT NOT NULL, fact TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (source, fact)
) WITHOUT ROWID;
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, generation INTEGER NOT NULL, document INTEGER NOT NULL
);
CREATE INDEX changes_by_generation ON changes(generation);
"""
_CHECKSUM = """
ALTER TABLE documents ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
"""
_FACTS_AND_TERMS = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE terms USING fts5(words, headings, tokenize = 'porter unicode61 remove_diacritics 2');
"""
# The assistant's own: what it holds outlives the documents, so it refers to none of their rows.
_EVIDENCE = """
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, anchor TEXT NOT NULL, section TEXT NOT NULL,
    reference TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', heading TEXT NOT NULL DEFAULT '', removed INTEGER
);
"""
# What `reindexing` keeps aside; it goes with its document, and where that changes.
_REINDEXED = """
CREATE TABLE reindexed (document INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE);
CREATE TABLE reindexed_passages (
    document INTEGER NOT NULL REFERENCES reindexed(document) ON DELETE CASCADE, place INTEGER NOT NULL,
    cut TEXT NOT NULL, vector BLOB NOT NULL, sentences TEXT NOT NULL, sentence_vectors BLOB NOT NULL,
    PRIMARY KEY (document, place)
);
CREATE TRIGGER documents_changed AFTER UPDATE OF about, outline, text ON documents BEGIN
    DELETE FROM reindexed WHERE document = new.id; END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty file, inside the caller's transaction."""
    for statements in (_FACTS_AND_TERMS, _DOCUMENTS, _CHECKSUM, _EVIDENCE, _REINDEXED):
        _run(connection, statements)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Make the tables of an older version those of this one, inside the caller's transaction."""
    for newer in range(version + 1, VERSION + 1):
        _CHANGES[newer](connection)
        connection.execute(f"PRAGMA user_version = {newer}")


def _to_2(connection: sqlite3.Connection) -> None:
    _run(connection, _EVIDENCE)


def _to_3(connection: sqlite3.Connection) -> None:
    connection.create_function("stem", 1, lambda name: PurePath(name).stem, deterministic=True)
    connection.create_function("checksum", 4, checksum, deterministic=True)
    _run(
        connection,
        """
        DROP INDEX names_by_document;
        ALTER TABLE documents RENAME TO documents_2;
        ALTER TABLE names RENAME TO names_2;
        ALTER TABLE passages RENAME TO passages_2;
        """,
    )
    _run(connection, _DOCUMENTS)
    # The parent is dropped last: it would take the rows of its children along.
    _run(
        connection,
        """
        INSERT INTO documents (id, name, sha256, path, about, outline, text)
            SELECT id, name, sha256, path, about, outline, text FROM documents_2 ORDER BY id;
        INSERT INTO names (name, stem, path, document)
            SELECT name, stem(name), path, document FROM names_2 ORDER BY rowid;
        INSERT INTO passages
            SELECT id, document, place, cut, vector, sentences, sentence_vectors,
                checksum(cut, vector, sentences, sentence_vectors) FROM passages_2 ORDER BY id;
        INSERT INTO changes (generation, document)
            SELECT CAST(value AS INTEGER), 0 FROM facts WHERE name = 'generation';
        DELETE FROM facts WHERE name = 'generation';
        DROP TABLE passages_2;
        DROP TABLE names_2;
        DROP TABLE documents_2;
        """,
    )
    for (identity,) in connection.execute("SELECT id FROM documents ORDER BY id").fetchall():
        (text,) = connection.execute("SELECT text FROM documents WHERE id = ?", (identity,)).fetchone()
        said = Words.of("", text)
        connection.execute("INSERT INTO vocabulary VALUES (?, ?, ?)", (identity, said.abbreviations, said.words))


def _to_4(connection: sqlite3.Connection) -> None:
    _run(connection, _REINDEXED)
    connection.create_function("stated_checksum", 3, stated_checksum, deterministic=True)
    _run(connection, _CHECKSUM)
    connection.execute("UPDATE documents SET checksum = stated_checksum(about, as_read, outline)")


_CHANGES: dict[int, Callable[[sqlite3.Connection], None]] = {2: _to_2, 3: _to_3, 4: _to_4}


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)
