"""The library's file as SQLite gives it: connections, transactions, and its errors in the user's words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import DamagedLibrary, LibraryError

# How long a writer waits for another one.
BUSY_SECONDS = 30.0


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the file, closed at the end of the block.

    Raises:
        LibraryError: the file cannot be used; the message says why and what to do.
    """
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            # What is removed is overwritten, not only marked as free.
            connection.execute("PRAGMA secure_delete = ON")
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise failure(path, error) from error


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str) -> Iterator[None]:
    """What the block does, made whole at its end or, when it raises, not at all.

    Args:
        connection: without a transaction of its own.
        mode: "DEFERRED" for reading one state, "IMMEDIATE" for writing, which waits for another writer.
    """
    connection.execute(f"BEGIN {mode}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    try:
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may be noticed only now
            connection.execute("ROLLBACK")
        raise


def fact(connection: sqlite3.Connection, name: str) -> str:
    """A fact about the library as a whole.

    Raises:
        sqlite3.DatabaseError: it is missing.
    """
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise sqlite3.DatabaseError(f"the fact {name!r} is missing")
    return str(row[0])


def set_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a fact about the library as a whole, in place of what was kept under its name."""
    connection.execute(
        "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def failure(path: Path, error: sqlite3.Error) -> LibraryError:
    """What to raise for an error of SQLite: one line that says what is wrong with the file and what to do."""
    said = str(error)
    if "readonly" in said or "unable to open" in said:
        return LibraryError(
            f"{path}: the folder cannot be written ({said}); make it writable or give another with --library"
        )
    if "locked" in said:
        return LibraryError(
            f"{path}: another process has been writing for {BUSY_SECONDS:.0f} seconds; try again when it is done"
        )
    if "is full" in said or "disk I/O" in said:
        return LibraryError(
            f"{path}: the disk is full or failing ({said}); nothing was changed, make room and try again"
        )
    if "too big" in said:
        return LibraryError(f"{path}: a file or text is larger than SQLite holds ({said}); nothing was changed")
    return DamagedLibrary(f"{path}: the library is damaged ({said}); restore it, or move it away to start anew")
