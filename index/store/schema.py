"""Make the SQLite file of a library: its tables, the check that it is one, and the migrations from older versions."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath

from index.errors import DamagedLibrary, LibraryError
from index.store.database import BUSY_SECONDS, RESTORE, connected, log_change, readable, set_fact, transaction
from index.store.rows import document_checksum, passage_checksum
from index.store.snapshot_data import DocumentWords
from index.store.user_data.tables import CHOICES, CONVERSATIONS, EVIDENCE, FEEDBACK, OWNERS, USERS

# "RPRT" in ASCII: marks this program's files among SQLite files.
APPLICATION_ID = 0x52505254
VERSION = 7

_MARK = "library.txt"
_MARK_TEXT = """A library of Rapporteur. Everything is in library.sqlite3; files of vectors beside it are made again.
Do not copy that file while it is in use: rapporteur backup FILE writes the whole library into one file.
"""
# Triggers delete a file with the last name that it was added under.
# An id is never used twice, so it means the same passage with the same vector in every state.
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
# The passages that `reindex` has encoded so far; deleted with their document, and when it changes.
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
    """Create the tables in an empty file, inside the caller's transaction."""
    for statements in (
        _FACTS_AND_TERMS,
        _DOCUMENTS,
        _CHECKSUM,
        EVIDENCE,
        _REINDEXED,
        CONVERSATIONS,
        USERS,
        OWNERS,
        CHOICES,
        FEEDBACK,
    ):
        _run(connection, statements)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Migrate the tables of an older version to this one, inside the caller's transaction."""
    for newer in range(version + 1, VERSION + 1):
        _MIGRATIONS[newer](connection)
        connection.execute(f"PRAGMA user_version = {newer}")


def _to_2(connection: sqlite3.Connection) -> None:
    _run(connection, EVIDENCE)


def _to_3(connection: sqlite3.Connection) -> None:
    connection.create_function("stem", 1, lambda name: PurePath(name).stem, deterministic=True)
    connection.create_function("checksum", 4, passage_checksum, deterministic=True)
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
    # The parent is dropped last: dropping it deletes the rows of its children.
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
        words = DocumentWords.of("", text)
        connection.execute("INSERT INTO vocabulary VALUES (?, ?, ?)", (identity, words.abbreviations, words.words))


def _to_4(connection: sqlite3.Connection) -> None:
    _run(connection, _REINDEXED)
    connection.create_function("stated_checksum", 3, document_checksum, deterministic=True)
    _run(connection, _CHECKSUM)
    connection.execute("UPDATE documents SET checksum = stated_checksum(about, as_read, outline)")


def _to_5(connection: sqlite3.Connection) -> None:
    _run(connection, CONVERSATIONS)


def _to_6(connection: sqlite3.Connection) -> None:
    _run(connection, USERS + OWNERS)


def _to_7(connection: sqlite3.Connection) -> None:
    _run(connection, CHOICES + FEEDBACK)
    connection.execute(
        "UPDATE conversations SET filters = coalesce((SELECT filters FROM turns WHERE conversation = conversations.id"
        " ORDER BY place DESC LIMIT 1), '{}')"
    )


_MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {
    2: _to_2,
    3: _to_3,
    4: _to_4,
    5: _to_5,
    6: _to_6,
    7: _to_7,
}


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)


_SECONDS_BETWEEN_TRIES = 0.02


def prepare(folder: Path, path: Path, model: str, stamp: str, replace: bool = False) -> None:
    """Make the file of a new library, or migrate an older one, in one transaction.

    Args:
        folder: made when it does not exist.
        path: the file in it.
        model: the name of a new library's encoder.
        stamp: the settings that its vectors depend on.
        replace: make a new library also where the file of a former one is gone, for a backup to take its place.

    Raises:
        LibraryError: the folder or the file cannot be used; nothing was changed.
    """
    _make_folder(folder)
    size = _refuse_truncated(path)
    if size == 0 and not replace:
        _refuse_lost(folder, path)
    with connected(path, create=True) if size == 0 else readable(path) as connection:
        version = _version(connection, path)
        if version == VERSION:
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                with suppress(sqlite3.OperationalError):  # a read-only folder
                    _write_ahead(connection)  # a backup was put in the library's place
        elif version == 0:
            _write_ahead(connection)
            with transaction(connection, "IMMEDIATE"):
                if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    create(connection)
                    set_fact(connection, "founding", "to come")
                    set_fact(connection, "model", model)
                    set_fact(connection, "stamp", stamp)
                    log_change(connection)
        else:
            _write_ahead(connection)
            with transaction(connection, "IMMEDIATE"):
                # Read again: another process may have migrated it while this one waited.
                migrate(connection, *connection.execute("PRAGMA user_version").fetchone())
    _mark(folder)


def _mark(folder: Path) -> None:
    """Leave a file in the folder that says what it is; without the library's own file it tells that this was lost."""
    with suppress(OSError):
        if not (folder / _MARK).exists():
            (folder / _MARK).write_text(_MARK_TEXT, "utf-8")


def _refuse_lost(folder: Path, path: Path) -> None:
    """Refuse a library whose file is gone or empty, as a crash of the file system may leave it."""
    if (folder / _MARK).exists() or any(folder.glob("vectors-*.faiss")):
        state = "is empty" if path.exists() else "is missing"
        raise DamagedLibrary(f"{path}: {state}, though this folder held a library; {RESTORE}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Set the mode in which readers and a writer work at once; SQLite itself does not wait for others to set it."""
    ends = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= ends:
                raise
            time.sleep(_SECONDS_BETWEEN_TRIES)


def _make_folder(folder: Path) -> None:
    if os.path.isfile(folder):
        raise LibraryError(f"{folder}: this is a file; give a folder with --library")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"{folder}: cannot be made ({error.strerror}); give another folder with --library"
        ) from error


def _version(connection: sqlite3.Connection, path: Path) -> int:
    with transaction(connection, "DEFERRED"):  # of one state, while another process may be making the file
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID and (tables or version or application):
        raise LibraryError(
            f"{path}: this SQLite file is not a library of Rapporteur; give another folder with --library"
        )
    if version < 0:
        raise DamagedLibrary(f"{path}: the library is damaged (version {version}); {RESTORE}")
    if version > VERSION:
        raise LibraryError(f"{path}: version {version} is newer than this program's {VERSION}; update rapporteur")
    return int(version)


def _refuse_truncated(path: Path) -> int:
    """Refuse a file that is shorter than its header says, which SQLite itself notices only page by page.

    Returns:
        The size of the file; 0 where there is none.
    """
    size, needed = _sizes(path)
    if path.with_name(path.name + "-wal").exists():  # SQLite completes the file from it
        return size
    if size < needed:
        size, needed = _sizes(path)  # a second look: another process may have been writing it at the first
    if size < needed:
        raise DamagedLibrary(f"{path}: truncated ({size:,} of {needed:,} bytes); {RESTORE}")
    return size


def _sizes(path: Path) -> tuple[int, int]:
    """Return the size of the file and the size that its header states."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        return 0, 0
    except OSError as error:
        raise LibraryError(f"{path}: cannot be read ({error.strerror}); give another folder with --library") from error
    if not header:
        return 0, 0
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise LibraryError(
            f"{path}: this is not a library of Rapporteur; move it away or give another folder with --library"
        )
    page = int.from_bytes(header[16:18], "big")
    return size, (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big")
