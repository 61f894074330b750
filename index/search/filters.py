"""Filters of a search by the documents' forum, year, month, publisher and name."""

from dataclasses import dataclass, fields
from itertools import chain

from corpus.document import Document
from corpus.language.months import MONTHS


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on the documents to search; an empty condition passes all.

    Attributes:
        forums: such as "G20"; a document passes when its meeting is of one of them.
        years: a document passes when its meeting, or its publication where no meeting day is known, is in one.
        publishers: a document passes when its publisher is one of them.
        months: numbers 1 to 12; a document passes when its meeting, or else its publication, is in one.
        names: a document passes when its name is one of them.
    """

    forums: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    publishers: frozenset[str] = frozenset()
    months: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))

    def keeps(self, document: Document) -> bool:
        """Return True if the document passes every condition."""
        return (
            (not self.forums or document.meeting.forum in self.forums)
            and (not self.years or bool(self.years & years_of(document)))
            and (not self.publishers or document.publisher in self.publishers)
            and (not self.months or bool(self.months & _months_of(document)))
            and (not self.names or document.name in self.names)
        )

    def and_then(self, other: "Filters") -> "Filters":
        """Return these filters, with the conditions of the other ones in place of empty ones."""
        return Filters(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))

    def __str__(self) -> str:
        months = [MONTHS[number - 1] for number in sorted(self.months)]
        years = map(str, sorted(self.years))
        conditions = chain(sorted(self.forums), months, years, sorted(self.publishers), sorted(self.names))
        return ", ".join(conditions) or "all records"


def years_of(document: Document) -> frozenset[int]:
    """Return the years of a document's meeting, or that of its publication where no meeting day is known."""
    first, last = document.meeting.first_day, document.meeting.last_day
    if first:
        return frozenset(range(first.year, (last or first).year + 1))
    return frozenset({document.published.year} if document.published else ())


def _months_of(document: Document) -> frozenset[int]:
    first, last = document.meeting.first_day or document.published, document.meeting.last_day
    return frozenset(day.month for day in (first, last) if day)
