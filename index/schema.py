"""The tables of the library's file, and how an older file becomes a newer one."""

import sqlite3

# "RPRT": tells this program's files from any other SQLite file.
APPLICATION_ID = 0x52505254
VERSION = 2

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL UNIQUE, path TEXT UNIQUE,
    about TEXT NOT NULL, outline TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE names (
    name TEXT NOT NULL, path TEXT, document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    UNIQUE (name, path)
);
CREATE INDEX names_by_document ON names(document);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    place INTEGER NOT NULL, cut TEXT NOT NULL, vector BLOB NOT NULL,
    sentences TEXT NOT NULL, sentence_vectors BLOB NOT NULL,
    UNIQUE (document, place)
);
CREATE VIRTUAL TABLE terms USING fts5(words, headings, tokenize = 'porter unicode61 remove_diacritics 2');
"""
# The assistant's own: what it holds outlives the documents, so it refers to none of their rows.
_EVIDENCE = """
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, anchor TEXT NOT NULL, section TEXT NOT NULL,
    reference TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', heading TEXT NOT NULL DEFAULT '', removed INTEGER
);
"""
_CHANGES = {2: _EVIDENCE}


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty file, inside the caller's transaction."""
    _run(connection, _TABLES)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrate(connection, 1)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Make the tables of an older version those of this one, inside the caller's transaction."""
    for newer in range(version + 1, VERSION + 1):
        _run(connection, _CHANGES[newer])
        connection.execute(f"PRAGMA user_version = {newer}")


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)
