"""The library's file made ready: made where there is none, brought up to date, refused when it is something else."""

import os
import sqlite3
import time
from pathlib import Path

from index.errors import DamagedLibrary, LibraryError
from index.store import schema
from index.store.change_log import log_change
from index.store.database import BUSY_SECONDS, connected, set_fact, transaction

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
