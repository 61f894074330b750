"""Numbers derived from one state of a library, stored beside its facts so that another process need not compute them.

They are not part of the library: stale or damaged ones are computed again, and none are stored where the file cannot be
written.
"""

import json
import math
import sqlite3
from contextlib import suppress
from pathlib import Path

from index.errors import LibraryError
from index.store.database import connected, generation_of, set_fact, transaction

_FACT = "derived: {}"


def read_derived(connection: sqlite3.Connection, name: str, generation: int) -> list[float] | None:
    """Return the numbers of this name that were stored for a state; None for other or damaged ones."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (_FACT.format(name),)).fetchone()
    try:
        state, *values = json.loads(row[0] if row else "[null]")
        return [float(value) for value in values] if state == generation and all(map(math.isfinite, values)) else None
    except (ValueError, TypeError, OverflowError):
        return None


def store_derived(path: Path, name: str, generation: int, values: list[float]) -> None:
    """Store numbers of a state; nothing is stored, and nobody waits, where the file is in use or cannot be written."""
    with suppress(LibraryError), connected(path, seconds=0) as connection, transaction(connection, "IMMEDIATE"):
        if generation_of(connection) == generation:
            set_fact(connection, _FACT.format(name), json.dumps([generation, *values]))
