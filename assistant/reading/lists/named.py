"""Choose the sentences that say who was at a meeting, or which countries adopted a text, where no list does."""

import re
from collections.abc import Callable, Sequence

from assistant.reading.attendance import asks_for_attendance, says_attendance
from assistant.reading.lists.find import ListItem
from assistant.reading.lists.question import ChosenList, ListQuestion
from assistant.retrieval.evidence import Evidence, documents_of
from corpus.document import Kind
from corpus.language.countries import countries_in, country_named
from corpus.language.persons import persons
from corpus.language.tokens import folded_words, stem
from corpus.passages import Passage
from corpus.span import Span

_WHO = re.compile(
    r"^\W*who(?:m)?\b|\b(?:which|what) (?:\w+ )?(?:persons?|people|ministers?|officials?)\b", re.IGNORECASE
)
_COUNTRIES = re.compile(
    r"^\W*(?:which|what|name the|list the)\s+(?:other\s+)?(?:countries|nations|governments)\b", re.IGNORECASE
)
_FOR = re.compile(r"\b(?:for|from|represent\w*|behalf of)\b", re.IGNORECASE)
# The parties of a meeting or a text: so many names in a sentence of one of the first paragraphs.
_LEAST_PERSONS, _LEAST_COUNTRIES, _OPENING = 2, 3, 3
# Words at the beginning of a sentence on one delegation: "Canada was represented by ...".
_BEGINNING = 5


def choose_named(question: ListQuestion, near: Sequence[Evidence], evidence: Sequence[Evidence]) -> ChosenList | None:
    """Return the sentences that name the participants or countries asked for; None if the best sentences do.

    Args:
        question: the question.
        near: the best sentences, best first.
        evidence: all sentences, best first.
    """
    document = documents_of(near)[0]
    bodies = [p for p in question.passages(document) if p.kind is Kind.BODY]
    spans = [(p, span) for p in bodies for span in p.sentences()]
    asked = countries_in(question.text) | {c for w in folded_words(question.text) if (c := country_named(w))}
    if _COUNTRIES.search(question.text):
        if any(countries_in(e.quote) - asked for e in near):
            return None
        opening = [(p, s) for p, s in spans if p in bodies[:_OPENING]]
        return _first(opening, document.text, lambda text: len(countries_in(text)) >= _LEAST_COUNTRIES)
    if not (_WHO.search(question.text) and asks_for_attendance(question.text)):
        return None
    if len(asked) == 1 and _FOR.search(question.text):
        delegation = _first(spans, document.text, lambda text: _is_delegation(text, asked))
        if delegation or any(_names_person(e.quote) for e in near):
            return delegation
        return _first(spans, document.text, lambda text: says_attendance(text) and _names_person(text))
    if _FOR.search(question.text):  # those of one ministry are not all who were there
        return None
    chosen = [
        ListItem(passage, span)
        for number, (passage, span) in enumerate(spans)
        if _names_participants(document.text, spans, number, passage in bodies[:_OPENING])
    ]
    told = [e for e in near if _counts_persons(e.quote)]
    fits = not told or any(e.span.overlaps(item.span) for e in told for item in chosen)
    return ChosenList(tuple(chosen), False) if chosen and fits else None


def _names_participants(text: str, spans: Sequence[tuple[Passage, Span]], number: int, is_opening: bool) -> bool:
    """Return True if a sentence names several persons who were there, or goes on from such a one with another."""
    words = spans[number][1].of(text)
    if _counts_persons(words):
        return is_opening or says_attendance(words)
    before = spans[number - 1] if number else None
    goes_on = before is not None and before[0] == spans[number][0] and _counts_persons(before[1].of(text))
    return goes_on and says_attendance(words) and _names_person(words)


def _first(spans: Sequence[tuple[Passage, Span]], text: str, fits: Callable[[str], bool]) -> ChosenList | None:
    found = next((ListItem(p, s) for p, s in spans if fits(s.of(text))), None)
    return ChosenList((found,), False) if found else None


def _is_delegation(text: str, countries: set[str]) -> bool:
    """Return True if a sentence begins with a country and a word of attendance, and names somebody."""
    beginning = " ".join(text.split()[:_BEGINNING])
    words = {stem(word) for word in folded_words(beginning)}
    says = says_attendance(beginning) or stem("represent") in words
    return bool(says and countries & countries_in(beginning) and _names_person(text))


def _names_person(text: str) -> bool:
    return any(person.is_titled for person in persons(text))


def _counts_persons(text: str) -> bool:
    return len({p.words for p in persons(text) if p.is_titled}) >= _LEAST_PERSONS
