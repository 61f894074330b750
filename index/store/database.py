"""The SQLite file of a library: connections, transactions, errors in plain words, and the log of changes."""

import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import printable
from index.errors import CannotWrite, DamagedLibrary, LibraryError

RESTORE = "restore a backup, or move the library's folder away to start anew"
# How long a writer waits for another one.
BUSY_SECONDS = 30.0
# Entries of the log of changes. A reader that is further behind reads the whole library.
_MOST_CHANGES = 10_000


@contextmanager
def connected(path: Path, seconds: float = BUSY_SECONDS, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a connection to the file, which waits so many seconds for another writer; the block's end closes it.

    Args:
        path: the file.
        seconds: how long a writer waits for another one.
        create: make a file that does not exist; otherwise one that is gone is never replaced by an empty one.

    Raises:
        LibraryError: the file cannot be used; the message says why and what to do.
    """
    try:
        connection = _opened(path, "mode=rwc" if create else "mode=rw", seconds)
        try:
            yield connection
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # damage may also stand in what SQLite says
        raise failure(path, error) from error


@contextmanager
def readable(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a connection for reading, also where nothing can be written: in a read-only folder, on a full disk.

    SQLite wants to make files beside the library's, for those who write at the same time. Where it cannot, nobody
    writes, and the file is read as it is.

    Raises:
        LibraryError: the file cannot be read; the message says why and what to do.
    """
    try:
        connection = _opened(path, "mode=rw", BUSY_SECONDS)
        try:
            try:
                connection.execute("PRAGMA schema_version").fetchone()
            except sqlite3.OperationalError as error:
                if not _is_for_want_of_writing(error) or _has_changes_beside(path):
                    raise
                connection.close()
                connection = _opened(path, "mode=ro&immutable=1", BUSY_SECONDS)
            yield connection
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # damage may also stand in what SQLite says
        raise failure(path, error) from error


def _opened(path: Path, options: str, seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        timeout=seconds,
        isolation_level=None,
        check_same_thread=False,
        uri=True,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # Deleted content is overwritten, not only marked as free.
        connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def in_one_line(error: object) -> str:
    """Return what SQLite says in one line: it may quote the damage itself."""
    return printable(" ".join(str(error).split()))


def _is_for_want_of_writing(error: Exception) -> bool:
    return any(sign in str(error) for sign in ("readonly", "unable to open", "is full", "disk I/O"))


def _has_changes_beside(path: Path) -> bool:
    """Return True if changes lie in the file beside the library's, where SQLite keeps them at first."""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


@contextmanager
def transaction(connection: sqlite3.Connection, mode: str) -> Iterator[None]:
    """Run the block in a transaction: committed at its end, rolled back when it raises.

    Args:
        connection: outside a transaction.
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
        if connection.in_transaction:  # a full disk may show only now
            connection.execute("ROLLBACK")
        raise


def fact(connection: sqlite3.Connection, name: str) -> str:
    """Return a fact about the library as a whole.

    Raises:
        sqlite3.DatabaseError: it is missing.
    """
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise sqlite3.DatabaseError(f"the fact {name!r} is missing")
    return str(row[0])


def set_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Store a fact about the library as a whole, replacing the one of its name."""
    connection.execute(
        "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def failure(path: Path, error: Exception) -> LibraryError:
    """Return the exception for an error of SQLite: one line that says what is wrong with the file and what to do."""
    reason = in_one_line(error)
    if "unable to open" in reason and not path.exists():
        return LibraryError(f"{path}: the library's file is gone; put it back, or restore a backup")
    if "readonly" in reason or "unable to open" in reason:
        return CannotWrite(
            f"{path}: the folder cannot be written ({reason}); make it writable or give another with --library"
        )
    if "locked" in reason:
        return LibraryError(
            f"{path}: another process has been writing for {BUSY_SECONDS:.0f} seconds; try again when it is done"
        )
    if _is_for_want_of_writing(error):
        return CannotWrite(
            f"{path}: the disk is full or failing ({reason}); nothing was changed, make room and try again"
        )
    if "too big" in reason:
        return LibraryError(f"{path}: a file or text is larger than SQLite holds ({reason}); nothing was changed")
    return DamagedLibrary(f"{path}: the library is damaged ({reason}); {RESTORE}")


@contextmanager
def decoding() -> Iterator[None]:
    """Raise sqlite3.DatabaseError for a row that holds what no row of a library holds, such as half of a JSON list.

    The block only decodes rows: an error of anything else in it, such as an encoder, would be taken for damage.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise sqlite3.DatabaseError(f"a row cannot be read: {type(error).__name__}") from error


def log_change(connection: sqlite3.Connection, documents: Iterable[int] = ()) -> None:
    """Give the state that a transaction writes its number, the generation.

    Args:
        connection: in a transaction.
        documents: the ids of the documents that were added, removed or changed.
    """
    # Random, not counted: a state of a library that was moved away, or restored, never has the number of one of these.
    generation = secrets.randbits(62)
    rows = [(generation, identity) for identity in documents] or [(generation, 0)]
    connection.executemany("INSERT INTO changes (generation, document) VALUES (?, ?)", rows)
    connection.execute("DELETE FROM changes WHERE number <= (SELECT max(number) FROM changes) - ?", (_MOST_CHANGES,))


def generation_of(connection: sqlite3.Connection) -> int:
    """Return the number of the state that a transaction reads.

    Raises:
        sqlite3.DatabaseError: the log is empty.
    """
    row = connection.execute("SELECT generation FROM changes ORDER BY number DESC LIMIT 1").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("the table changes is empty")
    return int(row[0])


def changed_since(connection: sqlite3.Connection, generation: int) -> frozenset[int] | None:
    """Return the ids of the documents that changed after a state; None for one that is not in the log."""
    (number,) = connection.execute("SELECT max(number) FROM changes WHERE generation = ?", (generation,)).fetchone()
    if number is None:
        return None
    rows = connection.execute("SELECT DISTINCT document FROM changes WHERE number > ?", (number,))
    return frozenset(int(row[0]) for row in rows)
