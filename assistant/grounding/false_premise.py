"""Find false premises in questions: a place or presidency of a meeting in a year that the records contradict."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.citations.citation import Citation
from corpus.document import Document, Kind
from corpus.language.countries import also_called
from corpus.language.dates import YEAR
from corpus.language.sentences import sentences
from corpus.language.stemming import stems
from index.search.filters import years_of

_YEAR = rf"({YEAR})"
_TIME = rf"(?:in|of)\s+(?:[A-Z][a-z]+\s+)?{_YEAR}"
_KIND = r"(?:(?:G\d+|digital|tech|economy|ministerial|extraordinary|(?:ministers|leaders)['’]?|and)\s+){0,5}"
_MEETING = _KIND + r"(?:meeting|summit|ministerial|conference|gathering|presidency)"
# How a place and a year are said of one meeting; PLACE stands for the place.
_OF_ONE_MEETING = (
    rf"\bPLACE\s+{_MEETING}\s+{_TIME}",
    rf"{_YEAR}\s+PLACE\s+{_MEETING}",
    rf"{_YEAR}\s+{_MEETING}\s+(?:(?:was|were)\s+)?(?:(?:held\s+)?(?:in|at)|(?:hosted|chaired)\s+by)\s+(?:the\s+)?PLACE\b",
    rf"{_MEETING}\s+(?:held\s+)?(?:in|at)\s+PLACE,?\s+{_TIME}",
    rf"\bPLACE\s+(?:host|chair)(?:ed)?\s+(?:the\s+)?(?:{_YEAR}\s+{_MEETING}|{_MEETING}\s+{_TIME})",
)
# A country may act in a year without a meeting there; a city that is only a meeting's place cannot.
_IN_A_CITY = rf"\b(?:in|at)\s+PLACE,?\s+{_TIME}"
# As many sentences of a record say where and when its meeting was as a reader needs.
_OF_EACH = 1


@dataclass(frozen=True, slots=True)
class FalsePremise:
    """A meeting that a question takes for granted and no record is of.

    Attributes:
        place: city or country, as asked.
        year: as asked.
        records: those of another meeting at the place, or of another place in the year.
    """

    place: str
    year: int
    records: tuple[Document, ...]

    def __str__(self) -> str:
        return f"No record is of a {self.place} meeting in {self.year}; this is what they say of both."


def find_false_premise(question: str, documents: Sequence[Document]) -> FalsePremise | None:
    """Return the place and year of a meeting that the question takes for granted and the records contradict.

    Args:
        question: the standalone query.
        documents: all records; only places and presidencies that one of them has can be contradicted.

    Returns:
        None where a record agrees, where the question takes no meeting for granted, or where no record has the place or
        the year.
    """
    for place, year in _said_of_one_meeting(question, documents):
        there = [d for d in documents if place in _places(d)]
        then = [d for d in documents if year in years_of(d)]
        if there and then and not any(d in then for d in there):
            return FalsePremise(_as_typed(question, place), year, tuple(dict.fromkeys((*then, *there))))
    return None


def corrections(premise: FalsePremise) -> list[Citation]:
    """Return of each record the sentence that says where its meeting was, or when where it names no place."""
    return [citation for document in premise.records for citation in _of(document)[:_OF_EACH]]


def _said_of_one_meeting(question: str, documents: Sequence[Document]) -> Iterator[tuple[str, int]]:
    cities = {_city(d) for d in documents}
    for place in sorted({p for d in documents for p in _places(d)}, key=len, reverse=True):
        for form in (*_OF_ONE_MEETING, *((_IN_A_CITY,) if place in cities else ())):
            for match in re.finditer(form.replace("PLACE", re.escape(place)), question, re.IGNORECASE):
                yield place, int(next(filter(None, match.groups())))


def _city(document: Document) -> str:
    city, _, country = (document.meeting.place or "").partition(",")
    return city.strip().casefold() if country else ""


def _places(document: Document) -> frozenset[str]:
    """Return the city, country and presidency of a record's meeting under all their names, in small letters."""
    meeting = document.meeting
    parts = [*(meeting.place or "").split(","), meeting.presidency or ""]
    named = {part.strip().casefold() for part in parts if part.strip()}
    return frozenset(named | {other for name in named for other in also_called(name)})


def _of(document: Document) -> list[Citation]:
    """Return sentences of running text that name the meeting's own place, those with its year first."""
    own = {frozenset(stems(p)) for p in _places(document)}
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
    typed = re.search(re.escape(place), question, re.IGNORECASE)
    return typed.group(0) if typed else place
