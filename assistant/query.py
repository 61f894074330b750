"""A question made ready for the search: its standalone text, filters, intent and expected answer."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Reason
from assistant.understanding.answer_type import AnswerRequirements
from corpus.document import Kind
from corpus.span import Span
from index.search.filters import Filters


class Intent(StrEnum):
    """The kind of evidence that answers a question; the last two are no questions."""

    FACT = "fact"
    LIST = "list"
    COMPARISON = "comparison"
    TOPIC = "topic"
    SMALL_TALK = "small talk"
    UNSAFE = "unsafe"


# The reasons of the replies to messages that are no questions.
NOT_SEARCHED = {Intent.SMALL_TALK: Reason.SMALL_TALK, Intent.UNSAFE: Reason.UNSAFE_REQUEST}


@dataclass(frozen=True, slots=True)
class Query:
    """A question, made ready to be searched.

    Attributes:
        text: the standalone question.
        filters: what the question or the user narrows the search to.
        intent: the kind of evidence that answers it.
        wants: kinds of passages that are cited only when a question asks for them, and this one does.
        preferred: publishers that the question mentions without saying that their records are meant.
        latest: of a follow-up the question as typed; empty when it stands alone.
        near: documents and spans that the turn before cited, for a follow-up that leans on it.
        sides: of a comparison, the filters of each side; empty where no sides are named.
        keywords: the text without the words that became filters; empty stands for the text.
        unmet: years or forums that the question names and no record is from.
        language: the question's language where it is neither English nor Japanese: the encoder alone searches then.
        answer: what a sentence must hold to answer it.
    """

    text: str
    filters: Filters = Filters()
    intent: Intent = Intent.TOPIC
    wants: frozenset[Kind] = frozenset()
    preferred: frozenset[str] = frozenset()
    latest: str = ""
    near: tuple[tuple[str, Span], ...] = ()
    sides: tuple[Filters, ...] = ()
    keywords: str = ""
    unmet: tuple[str, ...] = ()
    language: str | None = None
    answer: AnswerRequirements = AnswerRequirements()

    @property
    def latest_text(self) -> str:
        """The user's own last words: of a follow-up those without the turns before it."""
        return self.latest or self.text
