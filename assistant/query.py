"""What is searched for a question."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Kind
from corpus.span import Span
from index.search.filters import Filters


class Intent(StrEnum):
    """What kind of evidence answers a question."""

    FACT = "fact"
    LIST = "list"
    COMPARISON = "comparison"
    TOPIC = "topic"
    SMALL_TALK = "small talk"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Query:
    """A question, made ready to be searched.

    Attributes:
        text: the standalone question.
        filters: what the question or the user narrows the search to.
        intent: what kind of evidence answers it.
        wants: kinds of passages that are cited only when asked for, and are asked for here.
        latest: of a follow-up the question as it was asked; empty when it stands alone.
        near: documents and places that the turn before cited, for a follow-up that leans on it.
        sides: of a comparison, what each side narrows the search to; empty where none are named.
        preferred: publishers that the question mentions without saying that their records are meant.
    """

    text: str
    filters: Filters = Filters()
    intent: Intent = Intent.TOPIC
    wants: frozenset[Kind] = frozenset()
    preferred: frozenset[str] = frozenset()
    latest: str = ""
    near: tuple[tuple[str, Span], ...] = ()
    sides: tuple[Filters, ...] = ()
