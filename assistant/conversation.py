"""Turns of a conversation, immutable; a follow-up question gets the query of the last turn in front."""

import re
from dataclasses import dataclass, field

from assistant.answer import Answer, Reply
from assistant.query import Query
from corpus.language.tokens import content_words
from corpus.span import Span

# Words that stand for something mentioned before.
_BACK_REFERENCE = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|that|this|those|these|there|then|the same|former|latter|one|ones|"
    r"(?:the|that|this|which) (?:meeting|person|event|summit|document|record|declaration|statement|agency|minister|"
    r"year|topic|text))\b"
    r"|それ|その|この|彼|彼女|同じ|では",
    re.IGNORECASE,
)
# The beginning of a message that continues the last turn.
_CONTINUATION = re.compile(
    r"^(?:and|but|so|also|what about|how about|why|when|where|who|anything else|any other)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Turn:
    """One question, the query made of it, and the reply."""

    question: str
    query: Query
    reply: Reply


@dataclass(frozen=True)
class Conversation:
    """The turns of a conversation, oldest first."""

    turns: tuple[Turn, ...] = field(default=())

    def plus(self, turn: Turn) -> "Conversation":
        """Return the conversation with one more turn."""
        return Conversation((*self.turns, turn))

    def standalone(self, question: str, is_follow_up: bool | None = None) -> str:
        """Return the question, with the words of the last turn in front if it is a follow-up.

        Args:
            question: as typed.
            is_follow_up: whether the question needs the words of the last turn; None to decide by its own words.
        """
        if not self.turns or not (_is_follow_up(question) if is_follow_up is None else is_follow_up):
            return question
        before = self.turns[-1].query.text
        return f"{before.rstrip('?!. ')} - {question}"

    @property
    def last_citations(self) -> tuple[tuple[str, Span], ...]:
        """Document ids and spans that the last turn cited; the answer to a follow-up is often beside them."""
        reply = self.turns[-1].reply if self.turns else None
        return tuple((c.document.id, c.span) for c in reply.citations) if isinstance(reply, Answer) else ()


def refers_back(question: str) -> bool:
    """Return True if a word of the question stands for something mentioned before, such as "it" or "the meeting"."""
    return bool(_BACK_REFERENCE.search(question))


def _is_follow_up(question: str) -> bool:
    return refers_back(question) or bool(_CONTINUATION.search(question)) or len(content_words(question)) <= 2
