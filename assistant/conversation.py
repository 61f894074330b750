"""What was asked and answered before."""

from dataclasses import dataclass, field

from assistant.answer import Reply
from assistant.query import Query


@dataclass(frozen=True)
class Turn:
    """One question with the query made of it and the reply."""

    question: str
    query: Query
    reply: Reply


@dataclass(frozen=True)
class Conversation:
    """Turns, oldest first; a turn is added, never changed."""

    turns: tuple[Turn, ...] = field(default=())

    def plus(self, turn: Turn) -> "Conversation":
        """The conversation with one more turn."""
        return Conversation((*self.turns, turn))
