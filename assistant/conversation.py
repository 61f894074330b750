"""The turns of a conversation, and how a follow-up question leans on them."""

import re
from dataclasses import dataclass, field

from assistant.answer import Answer, Reply
from assistant.query import Query
from corpus.language.tokens import content_words
from corpus.span import Span

# Words that point back to what was said before.
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|that|this|those|these|there|then|the same|former|latter|one|ones|"
    r"(?:the|that|this|which) (?:meeting|person|event|summit|document|record|declaration|statement|agency|minister|"
    r"year|topic|text))\b"
    r"|それ|その|この|彼|彼女|同じ|では",
    re.IGNORECASE,
)
# How a message begins that goes on with what was said before.
_GOES_ON = re.compile(
    r"^(?:and|but|so|also|what about|how about|why|when|where|who|anything else|any other)\b", re.IGNORECASE
)


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
        """Return the conversation with one more turn."""
        return Conversation((*self.turns, turn))

    def standalone(self, question: str, leans: bool | None = None) -> str:
        """Return the question with the words of the last turn when it leans on them; unchanged when it stands alone.

        Args:
            question: as typed.
            leans: True or False where it is known whether the question leans on the last turn; None to decide by its
                words.
        """
        if not self.turns or not (_leans(question) if leans is None else leans):
            return question
        before = self.turns[-1].query.text
        return f"{before.rstrip('?!. ')} - {question}"

    @property
    def last_cited(self) -> tuple[tuple[str, Span], ...]:
        """Document ids and spans that the last turn cited: a follow-up is often answered right beside them."""
        reply = self.turns[-1].reply if self.turns else None
        return tuple((c.document.id, c.span) for c in reply.citations) if isinstance(reply, Answer) else ()


def points_back(question: str) -> bool:
    """Return True if a word of the question stands for something said before, such as "it" or "the meeting"."""
    return bool(_POINTS_BACK.search(question))


def _leans(question: str) -> bool:
    return points_back(question) or bool(_GOES_ON.search(question)) or len(content_words(question)) <= 2
