"""The rows of users' judgements on replies in the SQLite library."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from index.feedback import FeedbackRow
from index.store.storage import Storage

_COLUMNS = "owner, conversation, place, question, verdict, time, history, filters, kind, answer, cited"


class SqliteFeedback:
    """The judgements inside a transaction; see `FeedbackTransaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, row: FeedbackRow) -> None:
        """See `FeedbackTransaction`."""
        values = (row.owner, row.conversation, row.place, row.question, row.verdict, row.time)
        self._connection.execute(
            f"INSERT OR REPLACE INTO feedback ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, row.history, row.filters, row.kind, row.answer, row.cited),
        )

    def delete(self, owner: str, conversation: str, place: int, question: str) -> None:
        """See `FeedbackTransaction`."""
        self._connection.execute(
            "DELETE FROM feedback WHERE owner = ? AND conversation = ? AND place = ? AND question = ?",
            (owner, conversation, place, question),
        )


class FeedbackTables(Storage):
    """The part of the SQLite library that keeps judgements; see `FeedbackStore`."""

    def feedback_rows(self, owner: str | None = None) -> list[FeedbackRow]:
        """See `FeedbackStore`."""
        with self.reading() as connection:
            query = f"SELECT {_COLUMNS} FROM feedback WHERE ? IS NULL OR owner = ? ORDER BY time, conversation, place"
            return [FeedbackRow(*row) for row in connection.execute(query, (owner, owner))]

    @contextmanager
    def change_feedback(self) -> Iterator[SqliteFeedback]:
        """See `FeedbackStore`."""
        with self.writing() as connection:
            yield SqliteFeedback(connection)
