"""Detect a false premise in a question: a meeting at a place in a year that the records contradict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations.citation import Citation
from corpus.document import Document, Kind, Meeting
from corpus.language.countries import also_called
from corpus.language.dates import YEAR
from corpus.language.sentences import sentences
from corpus.language.tokens import stems
from index.search.filters import years_of

_YEAR = rf"({YEAR})"
_TIME = rf"(?:in|of)\s+(?:[A-Z][a-z]+\s+)?{_YEAR}"
_KIND = r"(?:(?:G\d+|digital|tech|economy|ministerial|extraordinary|(?:ministers|leaders)['’]?|and)\s+){0,5}"
_MEETING = _KIND + r"(?:meeting|summit|ministerial|conference|gathering|presidency)"
# Phrases that give place and year of one meeting; PLACE stands for the place.
_OF_ONE_MEETING = (
    rf"\bPLACE\s+{_MEETING}\s+{_TIME}",
    rf"{_YEAR}\s+PLACE\s+{_MEETING}",
    rf"{_YEAR}\s+{_MEETING}\s+(?:(?:was|were)\s+)?(?:(?:held\s+)?(?:in|at)|(?:hosted|chaired)\s+by)\s+(?:the\s+)?PLACE\b",
    rf"{_MEETING}\s+(?:held\s+)?(?:in|at)\s+PLACE,?\s+{_TIME}",
    rf"\bPLACE\s+(?:host|chair)(?:ed)?\s+(?:the\s+)?(?:{_YEAR}\s+{_MEETING}|{_MEETING}\s+{_TIME})",
)
# This phrase is a premise for a city alone: a country may act in a year without a meeting there.
_IN_A_CITY = rf"\b(?:in|at)\s+PLACE,?\s+{_TIME}"
# Number of sentences of each record that correct the premise.
_SENTENCES = 1


@dataclass(frozen=True, slots=True)
class FalsePremise:
    """A meeting that a question presupposes and of which there is no record.

    Attributes:
        place: its city or country, as typed.
        year: its year.
        records: records of other meetings in that year or at that place.
    """

    place: str
    year: int
    records: tuple[Document, ...]

    def __str__(self) -> str:
        return f"No record is of a {self.place} meeting in {self.year}; this is what they say of both."


def find_false_premise(question: str, documents: Sequence[Document]) -> FalsePremise | None:
    """Return the false premise of a question; None without one.

    Args:
        question: the question, a follow-up with the words of the turn before.
        documents: all records; they contradict a meeting only if some have its place, some its year, and none both.
    """
    for place, year in _meetings_in(question, documents):
        of_place = [d for d in documents if place in _places(d.meeting)]
        of_year = [d for d in documents if year in years_of(d)]
        if of_place and of_year and not any(d in of_year for d in of_place):
            return FalsePremise(_as_typed(question, place), year, tuple(dict.fromkeys((*of_year, *of_place))))
    return None


def corrections(premise: FalsePremise) -> list[Citation]:
    """Return for each record of a false premise a citation that states place and year of its meeting."""
    return [citation for document in premise.records for citation in _place_citations(document)[:_SENTENCES]]


def _meetings_in(question: str, documents: Sequence[Document]) -> Iterator[tuple[str, int]]:
    """Yield place and year of each meeting that a question names."""
    places = {p for d in documents for p in _places(d.meeting)}
    named = [place for place in places if _pattern(place).search(question)]
    cities = {_city(d.meeting) for d in documents} if named else set()
    for place in sorted(named, key=lambda name: (-len(name), name)):
        for form in (*_OF_ONE_MEETING, *((_IN_A_CITY,) if place in cities else ())):
            for match in re.finditer(form.replace("PLACE", re.escape(place)), question, re.IGNORECASE):
                yield place, int(next(filter(None, match.groups())))


@lru_cache(maxsize=4096)
def _pattern(place: str) -> re.Pattern[str]:
    return re.compile(re.escape(place), re.IGNORECASE)


def _city(meeting: Meeting) -> str:
    city, _, country = (meeting.place or "").partition(",")
    return city.strip().casefold() if country else ""


@lru_cache(maxsize=4096)
def _places(meeting: Meeting) -> frozenset[str]:
    """Return the city, country and presidency of a meeting under all their names, in lower case."""
    parts = [*(meeting.place or "").split(","), meeting.presidency or ""]
    names = {part.strip().casefold() for part in parts if part.strip()}
    return frozenset(names | {other for name in names for other in also_called(name)})


def _place_citations(document: Document) -> list[Citation]:
    """Return the sentences of the body that name the place of the meeting, those with its year first."""
    own = {frozenset(stems(p)) for p in _places(document.meeting)}
    year = str(min(years_of(document), default=""))
    citations = [
        Citation(document, span, ())
        for block in document.outline
        if block.kind is Kind.BODY
        for span in sentences(document.text, block.words)
        if (words := frozenset(stems(span.of(document.text)))) and any(p <= words for p in own)
    ]
    return sorted(citations, key=lambda c: (year not in c.quote, c.span.start))


def _as_typed(question: str, place: str) -> str:
    typed = _pattern(place).search(question)
    return typed.group(0) if typed else place
