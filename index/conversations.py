"""Protocols of the conversations that a library keeps: their rows, and the transaction that changes them."""

from contextlib import AbstractContextManager
from typing import Protocol

from index.values import ConversationRow, TurnRow


class ConversationTransaction(Protocol):
    """Conversations and their questions inside one transaction: all changes are kept, or none when its block raises."""

    def rows(self, owner: str) -> list[ConversationRow]:
        """Return all conversations of a user, the one used last first, removed ones included."""
        ...

    def row(self, owner: str, conversation: str) -> ConversationRow | None:
        """Return one conversation of a user, also a removed one; None where there is no such conversation."""
        ...

    def turns(self, conversation: str) -> list[TurnRow]:
        """Return the questions of a conversation by place; none where there is no such conversation."""
        ...

    def put(self, row: ConversationRow) -> None:
        """Store a conversation, or replace name, time, removal and filters of the stored one with its id."""
        ...

    def put_turn(self, row: TurnRow) -> None:
        """Store a question of a stored conversation, in place of one at its position."""
        ...

    def delete(self, conversation: str) -> None:
        """Delete a conversation with its questions for good."""
        ...


class ConversationStore(Protocol):
    """A store of conversations; every method raises LibraryError where it cannot be read or written."""

    def conversation_rows(self, owner: str) -> list[ConversationRow]:
        """Return all conversations of a user, the one used last first, removed ones included."""
        ...

    def conversation_row(self, owner: str, conversation: str) -> ConversationRow | None:
        """Return one conversation of a user, also a removed one; None where there is no such conversation."""
        ...

    def turn_rows(self, conversation: str) -> list[TurnRow]:
        """Return the questions of a conversation by place; none where there is no such conversation."""
        ...

    def questions(self, owner: str) -> list[tuple[str, str]]:
        """Return the id of the conversation and the words of each question of a user, by conversation and place."""
        ...

    def change_conversations(self) -> AbstractContextManager[ConversationTransaction]:
        """Open a transaction on the conversations; no other writer comes between."""
        ...
