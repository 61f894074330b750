"""The log of changes: which state the library is in, and which documents have changed since an earlier one."""

import secrets
import sqlite3
from collections.abc import Iterable

# A reader that is further behind reads the library anew.
_KEPT = 10_000


def log_change(connection: sqlite3.Connection, documents: Iterable[int] = ()) -> None:
    """Make what was written another state of the library, inside the caller's transaction.

    Args:
        connection: in a transaction.
        documents: the ids of those that came, went or changed.
    """
    # Drawn, not counted: no state of a library that was moved away, or restored, passes for one of this one's.
    generation = secrets.randbits(62)
    rows = [(generation, identity) for identity in documents] or [(generation, 0)]
    connection.executemany("INSERT INTO changes (generation, document) VALUES (?, ?)", rows)
    connection.execute("DELETE FROM changes WHERE number <= (SELECT max(number) FROM changes) - ?", (_KEPT,))


def generation_of(connection: sqlite3.Connection) -> int:
    """The state that the caller's transaction sees.

    Raises:
        sqlite3.DatabaseError: the log is empty.
    """
    row = connection.execute("SELECT generation FROM changes ORDER BY number DESC LIMIT 1").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("the table changes is empty")
    return int(row[0])


def changed_since(connection: sqlite3.Connection, generation: int) -> frozenset[int] | None:
    """The ids of the documents that came, went or changed after a state; None for one that the log does not know."""
    (number,) = connection.execute("SELECT max(number) FROM changes WHERE generation = ?", (generation,)).fetchone()
    if number is None:
        return None
    rows = connection.execute("SELECT DISTINCT document FROM changes WHERE number > ?", (number,))
    return frozenset(int(row[0]) for row in rows)


def is_past(connection: sqlite3.Connection, generation: str) -> bool:
    """Whether this is the number of the present or an earlier state of this very library."""
    is_number = generation.isascii() and generation.isdigit() and len(generation) < 20
    return is_number and changed_since(connection, int(generation)) is not None
