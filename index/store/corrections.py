"""What the user says about a record against what was read: kept by the record's source, applied whenever it is read."""

import sqlite3
from collections.abc import Mapping

from corpus.document import Document
from corpus.facts import corrected
from index.store.rows import about


def source_of(name: str, path: str | None) -> str:
    """What a document's corrections are kept under: its path, or its name where it came from no file."""
    return path or name


def corrections(connection: sqlite3.Connection, source: str) -> dict[str, str]:
    """The corrections kept under a source, by fact; an empty value says that there is no such fact."""
    return dict(
        connection.execute("SELECT fact, value FROM corrections WHERE source = ? ORDER BY fact", (source,)).fetchall()
    )


def keep(connection: sqlite3.Connection, source: str, changes: Mapping[str, str | None]) -> None:
    """Keep corrections beside those there are; None takes one back."""
    for fact, value in changes.items():
        connection.execute("DELETE FROM corrections WHERE source = ? AND fact = ?", (source, fact))
        if value is not None:
            connection.execute("INSERT INTO corrections VALUES (?, ?, ?)", (source, fact, value))


def inherit(connection: sqlite3.Connection, source: str, heir: str) -> None:
    """Let another source of the same text keep what was corrected, where nothing of its own is."""
    connection.execute(
        "INSERT OR IGNORE INTO corrections SELECT ?, fact, value FROM corrections WHERE source = ?", (heir, source)
    )


def take_along(connection: sqlite3.Connection, source: str, place: str) -> None:
    """Let what was corrected of a source go with its file to another place, where nothing else counts any more."""
    connection.execute("DELETE FROM corrections WHERE source = ?", (place,))
    connection.execute("UPDATE corrections SET source = ? WHERE source = ?", (place, source))


def applied(document: Document, changes: Mapping[str, str]) -> tuple[Document, str | None]:
    """A document with the user's corrections, and its facts as they were read where there are any.

    Raises:
        CorpusError: a correction cannot be, such as a day that is none.
    """
    return (corrected(document, changes), about(document)) if changes else (document, None)
