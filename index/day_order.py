"""Read an ambiguous day of a meeting, such as 04/05/2024, as other records of the same body write their days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.document import Document
from corpus.facts import correct_facts
from corpus.kept import kept
from corpus.metadata.meeting_days import day_order, open_day
from index.versions import title_words

# Documents whose order of day and month is kept, so that each file with an ambiguous day reads no text again.
_MOST_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class _ShownOrder:
    """The order of day and month in a record: the words of its title, its name, the day that shows it."""

    title: tuple[str, ...]
    name: str
    is_day_first: bool
    words: str


class DayOrders:
    """Collects the order of day and month in the records of each body, and reads ambiguous days by it."""

    def __init__(self) -> None:
        self._shown: list[_ShownOrder] = []

    def note(self, document: Document) -> None:
        """Note the order that the days of a record show, if they do."""
        self._shown += _orders((document,))

    def read(self, document: Document, stored: Callable[[], Iterable[Document]]) -> Document:
        """Return a record with its day, where it is ambiguous and the records of its body show one order.

        Args:
            document: the record.
            stored: returns the records of the library; called for an ambiguous day alone.
        """
        day, title = open_day(document), title_words(document.title)
        if day is None or document.meeting.first_day or not title:
            return document
        shown = [one for one in (*self._shown, *_orders(stored())) if one.title == title and one.name != document.name]
        if len({one.is_day_first for one in shown}) != 1:
            return document
        best = min(shown, key=lambda one: one.name)
        found = day.day_first if best.is_day_first else day.month_first
        origin = f"first lines, in the order of {best.words} in {best.name}"
        return correct_facts(document, {"meeting_date": found.isoformat()}, origin) if found else document


def _orders(documents: Iterable[Document]) -> list[_ShownOrder]:
    found = ((document, *_day_order(document)) for document in documents)
    return [
        _ShownOrder(title_words(document.title), document.name, is_day_first, words)
        for document, is_day_first, words in found
        if is_day_first is not None
    ]


@kept(_MOST_KEPT)
def _day_order(document: Document) -> tuple[bool | None, str]:
    return day_order(document.text)
