"""A follow-up question becomes one that stands alone."""

import re

from assistant.answer import Answer
from assistant.conversation import Conversation
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


def standalone_question(question: str, conversation: Conversation, leans: bool | None = None) -> str:
    """The question with the words of the turns before it that it leans on; itself when it stands alone.

    Args:
        question: as typed.
        conversation: the turns before it.
        leans: whether it leans on them, where that is known; None to tell by its words.
    """
    if not conversation.turns or not (_leans(question) if leans is None else leans):
        return question
    before = conversation.turns[-1].query.text
    return f"{before.rstrip('?!. ')} - {question}"


def cited_before(conversation: Conversation) -> tuple[tuple[str, Span], ...]:
    """What the last turn cited, as documents and places: a follow-up is often answered right beside it."""
    reply = conversation.turns[-1].reply if conversation.turns else None
    return tuple((c.document.id, c.span) for c in reply.citations) if isinstance(reply, Answer) else ()


def points_back(question: str) -> bool:
    """Whether a word of the question stands for something said before, such as "it" or "the meeting"."""
    return bool(_POINTS_BACK.search(question))


def _leans(question: str) -> bool:
    return points_back(question) or bool(_GOES_ON.search(question)) or len(content_words(question)) <= 2
