"""Find documents by name, path or text, and name new ones."""

import os
import sqlite3
from dataclasses import dataclass

from corpus.document import Document
from index.document_rules import choose_document, unknown_text, unused_name


@dataclass(frozen=True, slots=True)
class TextMatch:
    """The stored document that has the text of a document to be added.

    Attributes:
        id: the stored document's id.
        name: its name.
        is_own_file: it was added from the very file of the other one.
        is_known_name: it is known under the name and path of that file.
    """

    id: int
    name: str
    is_own_file: bool
    is_known_name: bool


def match_text(connection: sqlite3.Connection, document: Document) -> TextMatch | None:
    """Return the stored document with the text of this one; None where the text is new."""
    row = connection.execute("SELECT id, name, path FROM documents WHERE sha256 = ?", (document.id,)).fetchone()
    if row is None:
        return None
    identity, name, own_path = row
    path = document.source.path
    names = connection.execute("SELECT name, path FROM names WHERE document = ?", (identity,)).fetchall()
    is_known = (document.name, path) in names or (path is not None and path in (p for _, p in names))
    return TextMatch(int(identity), str(name), is_known and path == own_path, is_known)


def free_name(connection: sqlite3.Connection, name: str, path: str | None, sha256: str) -> str:
    """Return the name for a document, which no other document has; see `unused_name`."""
    query = "SELECT 1 FROM documents WHERE name = ?"
    return unused_name(name, path, sha256, lambda ending: bool(connection.execute(query, (ending,)).fetchone()))


def find_document(connection: sqlite3.Connection, name: str) -> int:
    """Return the id of the document with this name, known under it or its path, or with this name but for the suffix.

    Raises:
        UnknownDocument: there is none, or several; the message says what to do.
    """
    queries: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("SELECT id FROM documents WHERE name = ?", (name,)),
        ("SELECT DISTINCT document FROM names WHERE name = ? OR path IN (?, ?)", (name, name, os.path.abspath(name))),
        ("SELECT DISTINCT document FROM names WHERE stem = ?", (name,)),
    )
    matches = ([int(row[0]) for row in connection.execute(query, values)] for query, values in queries)
    return choose_document(name, matches if is_storable(name) else ())


def find_text(connection: sqlite3.Connection, sha256: str) -> int:
    """Return the id of the document with this text.

    Raises:
        UnknownDocument: there is none.
    """
    row = connection.execute("SELECT id FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise unknown_text(sha256)
    return int(row[0])


def is_storable(name: str) -> bool:
    """Return True if SQLite can store a name; one with half a character it cannot."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
