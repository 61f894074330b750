"""What is searched for a question."""

from dataclasses import dataclass
from enum import StrEnum

from index.filters import Filters


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
    """

    text: str
    filters: Filters = Filters()
    intent: Intent = Intent.TOPIC
