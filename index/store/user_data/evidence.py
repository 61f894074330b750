"""The rows of the evidence list in the SQLite library."""

import sqlite3
from collections.abc import Sequence

from index.values import EvidenceRow

_COLUMNS = "id, place, anchor, section, reference, note, heading, removed, owner"


def evidence_rows(connection: sqlite3.Connection, owner: str) -> list[EvidenceRow]:
    """Return all rows of a user by place, then by id, removed ones included."""
    query = f"SELECT {_COLUMNS} FROM evidence WHERE owner = ? ORDER BY place, id"
    return [EvidenceRow(*row) for row in connection.execute(query, (owner,))]


class SqliteEvidence:
    """The evidence list inside a transaction; see `EvidenceTransaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, owner: str = "") -> list[EvidenceRow]:
        """See `EvidenceTransaction`."""
        return evidence_rows(self._connection, owner)

    def insert(self, row: EvidenceRow) -> int:
        """See `EvidenceTransaction`."""
        values = (row.place, row.anchor, row.section, row.reference, row.note, row.heading, row.removed, row.owner)
        return int(
            self._connection.execute(
                "INSERT INTO evidence (place, anchor, section, reference, note, heading, removed, owner)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            ).lastrowid
            or 0
        )

    def update(self, rows: Sequence[EvidenceRow]) -> None:
        """See `EvidenceTransaction`."""
        self._connection.executemany(
            "UPDATE evidence SET place = ?, note = ?, heading = ?, removed = ? WHERE id = ?",
            [(row.place, row.note, row.heading, row.removed, row.id) for row in rows],
        )

    def delete(self, rows: Sequence[EvidenceRow]) -> None:
        """See `EvidenceTransaction`."""
        self._connection.executemany("DELETE FROM evidence WHERE id = ?", [(row.id,) for row in rows])
