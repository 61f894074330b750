"""The tables of the library's file, and how an older file becomes a newer one."""

import sqlite3

# "RPRT": tells this program's files from any other SQLite file.
APPLICATION_ID = 0x52505254
VERSION = 1

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


def create(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty file, inside the caller's transaction."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
