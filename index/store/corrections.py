"""The user's corrections of facts, stored by the source of the document so that they outlive its removal."""

import sqlite3
from collections.abc import Mapping


def corrections_of(connection: sqlite3.Connection, source: str) -> dict[str, str]:
    """Return the corrections of a source by fact; an empty value says that there is no such fact."""
    return dict(
        connection.execute("SELECT fact, value FROM corrections WHERE source = ? ORDER BY fact", (source,)).fetchall()
    )


def store_corrections(connection: sqlite3.Connection, source: str, changes: Mapping[str, str | None]) -> None:
    """Store corrections in addition to those of the source; None deletes one."""
    for fact, value in changes.items():
        connection.execute("DELETE FROM corrections WHERE source = ? AND fact = ?", (source, fact))
        if value is not None:
            connection.execute("INSERT INTO corrections VALUES (?, ?, ?)", (source, fact, value))


def copy_corrections(connection: sqlite3.Connection, source: str, other: str) -> None:
    """Copy the corrections of a source to another source of the same text, which keeps its own."""
    connection.execute(
        "INSERT OR IGNORE INTO corrections SELECT ?, fact, value FROM corrections WHERE source = ?", (other, source)
    )


def move_corrections(connection: sqlite3.Connection, source: str, path: str) -> None:
    """Move the corrections of a source to the new path of its file, replacing all that are stored there."""
    connection.execute("DELETE FROM corrections WHERE source = ?", (path,))
    connection.execute("UPDATE corrections SET source = ? WHERE source = ?", (path, source))
