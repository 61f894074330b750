"""Filters of a search: forum, year, month, publisher, name and place of the meeting, who speaks, records chosen."""

from dataclasses import dataclass, fields
from itertools import chain

from corpus.document import Document
from corpus.language.months import MONTHS
from corpus.span import Span
from corpus.speech import says, speakers, speeches_in


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on the documents to search; an empty condition passes all.

    Attributes:
        forums: such as "G20"; a document passes when its meeting is of one of them.
        years: a document passes when its meeting, or its publication where no meeting day is known, is in one.
        publishers: a document passes when its publisher is one of them.
        months: numbers 1 to 12; a document passes when its meeting, or else its publication, is in one.
        names: a document passes when its name is one of them.
        places: a document passes when the city or the country of its meeting is one of them.
        excluded: a document passes when its name is none of them.
        speakers: a document passes when one of them speaks in it, and of its words theirs, see `keeps_words`.
        asked: names of the records that the user chose; a document passes when its name is one of them.

    A document without either day passes `years` and `months`: it may be of any time.
    """

    forums: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    publishers: frozenset[str] = frozenset()
    months: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))

    def keeps(self, document: Document) -> bool:
        """Return True if the document passes every condition."""
        return (
            (not self.forums or document.meeting.forum in self.forums)
            and (not self.years or bool(self.years & years_of(document)) or is_undated(document))
            and (not self.publishers or document.publisher in self.publishers)
            and (not self.months or bool(self.months & months_of(document)) or is_undated(document))
            and (not self.names or document.name in self.names)
            and (not self.places or not self.places.isdisjoint(places_of(document)))
            and document.name not in self.excluded
            and (not self.asked or document.name in self.asked)
            and (not self.speakers or not self.speakers.isdisjoint(speakers(document)))
        )

    def keeps_words(self, document: Document, span: Span) -> bool:
        """Return True if words of a document that passes are those of one of the speakers, if any are asked for."""
        return not self.speakers or says(document, span, self.speakers)

    def keeps_some(self, document: Document, span: Span) -> bool:
        """Return True if some of these words are those of one of the speakers, if any are asked for."""
        return not self.speakers or any(s.name in self.speakers for s in speeches_in(document, span))

    def fits(self, document: Document) -> bool:
        """Return True if the document passes, and its day or, if it has none, a year in its text shows that.

        A document without a day fits no month alone.
        """
        if not self.keeps(document):
            return False
        if not (is_undated(document) and (self.years or self.months)):
            return True
        return any(str(year) in document.text for year in self.years)

    def and_then(self, other: "Filters") -> "Filters":
        """Return these filters, with the conditions of the other ones in place of empty ones."""
        return Filters(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))

    def __str__(self) -> str:
        months = [MONTHS[number - 1] for number in sorted(self.months)]
        years = map(str, sorted(self.years))
        names = chain(sorted(self.publishers), sorted(self.names), (f"not {name}" for name in sorted(self.excluded)))
        names = chain(names, (f"said by {name}" for name in sorted(self.speakers)))
        names = chain(names, ["the chosen records"] if self.asked else [])
        return ", ".join(chain(sorted(self.forums), sorted(self.places), months, years, names)) or "all records"


def years_of(document: Document) -> frozenset[int]:
    """Return the years of a document's meeting, or that of its publication where no meeting day is known."""
    first, last = document.meeting.first_day, document.meeting.last_day
    if first:
        return frozenset(range(first.year, (last or first).year + 1))
    return frozenset({document.published.year} if document.published else ())


def is_undated(document: Document) -> bool:
    """Return True for a document of which neither the day of the meeting nor that of publication is known."""
    return not (document.meeting.first_day or document.published)


def places_of(document: Document) -> tuple[str, ...]:
    """Return the city and the country of a document's meeting as it states them; empty where it states none."""
    return tuple(part.strip() for part in (document.meeting.place or "").split(",") if part.strip())


def months_of(document: Document) -> frozenset[int]:
    """Return the months of a document's meeting, or else of its publication, as numbers from 1 to 12."""
    first, last = document.meeting.first_day or document.published, document.meeting.last_day
    return frozenset(day.month for day in (first, last) if day)
