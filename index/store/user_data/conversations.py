"""The rows of conversations and their questions in the SQLite library."""

import sqlite3

from index.store.names import is_storable
from index.values import ConversationRow, TurnRow

_OF_USER = "SELECT id, owner, name, used, removed, filters FROM conversations WHERE owner = ?"


def conversation_rows(connection: sqlite3.Connection, owner: str) -> list[ConversationRow]:
    """Return all conversations of a user, the one used last first, removed ones included."""
    return [ConversationRow(*row) for row in connection.execute(f"{_OF_USER} ORDER BY used DESC, id", (owner,))]


def conversation_row(connection: sqlite3.Connection, owner: str, conversation: str) -> ConversationRow | None:
    """Return one conversation of a user, also a removed one; None where there is no such conversation."""
    if not is_storable(conversation):
        return None
    row = connection.execute(f"{_OF_USER} AND id = ?", (owner, conversation)).fetchone()
    return ConversationRow(*row) if row else None


def turn_rows(connection: sqlite3.Connection, conversation: str) -> list[TurnRow]:
    """Return the questions of a conversation by place; none where there is no such conversation."""
    query = "SELECT conversation, place, question, filters, reply FROM turns WHERE conversation = ? ORDER BY place"
    return [TurnRow(*row) for row in connection.execute(query, (conversation,))]


def questions(connection: sqlite3.Connection, owner: str) -> list[tuple[str, str]]:
    """Return the id of the conversation and the words of each question of a user, by conversation and place."""
    query = (
        "SELECT conversation, question FROM turns JOIN conversations ON id = conversation WHERE owner = ?"
        " ORDER BY conversation, place"
    )
    return [(str(conversation), str(question)) for conversation, question in connection.execute(query, (owner,))]


class SqliteConversations:
    """The conversations inside a transaction; see `ConversationTransaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, owner: str) -> list[ConversationRow]:
        """See `ConversationTransaction`."""
        return conversation_rows(self._connection, owner)

    def row(self, owner: str, conversation: str) -> ConversationRow | None:
        """See `ConversationTransaction`."""
        return conversation_row(self._connection, owner, conversation)

    def turns(self, conversation: str) -> list[TurnRow]:
        """See `ConversationTransaction`."""
        return turn_rows(self._connection, conversation)

    def put(self, row: ConversationRow) -> None:
        """See `ConversationTransaction`."""
        self._connection.execute(
            "INSERT INTO conversations (id, owner, name, used, removed, filters) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, used = excluded.used, removed = excluded.removed,"
            " filters = excluded.filters",
            (row.id, row.owner, row.name, row.used, row.removed, row.filters),
        )

    def put_turn(self, row: TurnRow) -> None:
        """See `ConversationTransaction`."""
        self._connection.execute(
            "INSERT INTO turns (conversation, place, question, filters, reply) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (conversation, place) DO UPDATE SET"
            " question = excluded.question, filters = excluded.filters, reply = excluded.reply",
            (row.conversation, row.place, row.question, row.filters, row.reply),
        )

    def delete(self, conversation: str) -> None:
        """See `ConversationTransaction`."""
        self._connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
