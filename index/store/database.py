"""The library's file as SQLite gives it: connections, transactions, and its errors in the user's words."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import DamagedLibrary, LibraryError
from index.store import schema
from index.store.change_log import log_change

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


_SECONDS_BETWEEN_TRIES = 0.02


def prepare(folder: Path, path: Path, model: str, stamp: str) -> None:
    """Make the library's file, or an older one's tables those of this version, in one transaction.

    Args:
        folder: made when it does not exist.
        path: the file in it.
        model: what a new library is encoded with.
        stamp: the settings that its vectors depend on.

    Raises:
        LibraryError: the folder or the file cannot be used; nothing was changed.
    """
    _make(folder)
    _refuse_truncated(path)
    with connected(path) as connection:
        version = _version(connection, path)
        if version == 0:
            _write_ahead(connection)
            with transaction(connection, "IMMEDIATE"):
                if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    schema.create(connection)
                    set_fact(connection, "founding", "to come")
                    set_fact(connection, "model", model)
                    set_fact(connection, "stamp", stamp)
                    log_change(connection)
        elif version < schema.VERSION:
            with transaction(connection, "IMMEDIATE"):
                # Read again: another process may have migrated it while this one waited.
                schema.migrate(connection, *connection.execute("PRAGMA user_version").fetchone())
        if version and connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            _write_ahead(connection)  # a backup that was put in the library's place


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once; for this change of mode SQLite itself does not wait for others."""
    ends = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= ends:
                raise
            time.sleep(_SECONDS_BETWEEN_TRIES)


def _make(folder: Path) -> None:
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
    if application != schema.APPLICATION_ID and (tables or version or application):
        raise LibraryError(
            f"{path}: this SQLite file is not a library of Rapporteur; give another folder with --library"
        )
    if version > schema.VERSION:
        raise LibraryError(
            f"{path}: version {version} is newer than this program's {schema.VERSION}; update rapporteur"
        )
    return int(version)


def _refuse_truncated(path: Path) -> None:
    """Refuse a file that is shorter than its own header says, which SQLite itself notices only page by page."""
    if path.with_name(path.name + "-wal").exists():  # SQLite completes the file from it
        return
    size, needed = _sizes(path)
    if size < needed:
        size, needed = _sizes(path)  # a second look: another process may have been writing it at the first
    if size < needed:
        raise DamagedLibrary(
            f"{path}: truncated ({size:,} of {needed:,} bytes); restore it, or move it away to start anew"
        )


def _sizes(path: Path) -> tuple[int, int]:
    """How long the file is and how long its header says that it is."""
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
