"""The rows of saved sets of records in the SQLite library."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from index.record_sets import RecordSetRow
from index.store.storage import Storage


def _rows(connection: sqlite3.Connection, owner: str) -> list[RecordSetRow]:
    query = "SELECT id, owner, name, records, removed FROM record_sets WHERE owner = ? ORDER BY name, id"
    return [RecordSetRow(*row) for row in connection.execute(query, (owner,))]


class SqliteRecordSets:
    """The sets of records inside a transaction; see `RecordSetTransaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, owner: str) -> list[RecordSetRow]:
        """See `RecordSetTransaction`."""
        return _rows(self._connection, owner)

    def put(self, row: RecordSetRow) -> None:
        """See `RecordSetTransaction`."""
        self._connection.execute(
            "INSERT INTO record_sets (id, owner, name, records, removed) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, records = excluded.records,"
            " removed = excluded.removed",
            (row.id, row.owner, row.name, row.records, row.removed),
        )

    def delete(self, record_set: str) -> None:
        """See `RecordSetTransaction`."""
        self._connection.execute("DELETE FROM record_sets WHERE id = ?", (record_set,))


class RecordSetTables(Storage):
    """The part of the SQLite library that keeps sets of records; see `RecordSetStore`."""

    def record_set_rows(self, owner: str) -> list[RecordSetRow]:
        """See `RecordSetStore`."""
        with self.reading() as connection:
            return _rows(connection, owner)

    @contextmanager
    def change_record_sets(self) -> Iterator[SqliteRecordSets]:
        """See `RecordSetStore`."""
        with self.writing() as connection:
            yield SqliteRecordSets(connection)
