"""Choose the sentences that say who was at a meeting, or which countries adopted a text, where no list does."""

import re
from collections.abc import Callable, Sequence

from assistant.reading.lists.find import ListItem
from assistant.reading.lists.question import ChosenList, ListQuestion
from assistant.retrieval.evidence import Evidence, documents_of
from assistant.understanding.attendance import asks_for_attendance, says_attendance
from corpus.document import Kind
from corpus.language.countries import countries_in, country_named
from corpus.language.persons import persons
from corpus.language.tokens import folded_words, stem
from corpus.language.word_lists import alternatives, word_table
from corpus.passages import Passage
from corpus.span import Span

_WHO = re.compile(
    r"^\W*who(?:m)?\b|\b(?:which|what) (?:\w+ )?(?:persons?|people|ministers?|officials?)\b", re.IGNORECASE
)
_COUNTRIES = re.compile(
    r"^\W*(?:which|what|name the|list the)\s+(?:other\s+)?(?:countries|nations|governments)\b", re.IGNORECASE
)
_ADOPTION = re.compile(rf"\b(?:{alternatives('adoption_words.toml', 'words')})\b", re.IGNORECASE)
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
    asked = countries_in(question.text) | {c for w in folded_words(question.text) if (c := country_named(w))}
    if _COUNTRIES.search(question.text):
        return None if any(countries_in(e.quote) - asked for e in near) else _choose_countries(question, near)
    if not (_WHO.search(question.text) and asks_for_attendance(question.text)):
        return None
    bodies = _bodies(question, near)
    spans = _sentences(bodies)
    text = documents_of(near)[0].text
    if len(asked) == 1 and _FOR.search(question.text):
        delegation = _first(spans, text, lambda words: _is_delegation(words, asked))
        if delegation or any(_titled(e.quote) for e in near):
            return delegation
        return _first(spans, text, lambda words: says_attendance(words) and bool(_titled(words)))
    if _FOR.search(question.text):  # those of one ministry are not all who were there
        return None
    named = [len(_titled(span.of(text))) for _, span in spans]
    chosen = [
        ListItem(passage, span)
        for number, (passage, span) in enumerate(spans)
        if _names_participants(text, spans, named, number, passage in bodies[:_OPENING])
    ]
    told = [e for e in near if len(_titled(e.quote)) >= _LEAST_PERSONS]
    fits = not told or any(e.span.overlaps(item.span) for e in told for item in chosen)
    return ChosenList(tuple(chosen), False) if chosen and fits else None


def _choose_countries(question: ListQuestion, near: Sequence[Evidence]) -> ChosenList | None:
    """Return the first sentence of the opening that names several countries, where it says what the question asks for.

    The parties that open a text are those that met and adopted it; of other acts the sentence itself must speak.
    """
    document = documents_of(near)[0]
    is_of_parties = says_attendance(question.text) or _ADOPTION.search(question.text) is not None
    subject = question.subject(document) - question.shared(" ".join(word_table("counted_words.toml")["countries"]))
    return _first(
        _sentences(_bodies(question, near)[:_OPENING]),
        document.text,
        lambda words: (
            len(countries_in(words)) >= _LEAST_COUNTRIES and (is_of_parties or subject <= question.shared(words))
        ),
    )


def _bodies(question: ListQuestion, near: Sequence[Evidence]) -> list[Passage]:
    return [p for p in question.passages(documents_of(near)[0]) if p.kind is Kind.BODY]


def _sentences(passages: Sequence[Passage]) -> list[tuple[Passage, Span]]:
    return [(passage, span) for passage in passages for span in passage.sentences()]


def _names_participants(
    text: str, spans: Sequence[tuple[Passage, Span]], named: Sequence[int], number: int, is_opening: bool
) -> bool:
    """Return True if a sentence names several persons who were there, or goes on from such a one with another."""
    words = spans[number][1].of(text)
    if named[number] >= _LEAST_PERSONS:
        return is_opening or says_attendance(words)
    goes_on = number > 0 and spans[number - 1][0] == spans[number][0] and named[number - 1] >= _LEAST_PERSONS
    return goes_on and named[number] > 0 and says_attendance(words)


def _first(spans: Sequence[tuple[Passage, Span]], text: str, fits: Callable[[str], bool]) -> ChosenList | None:
    found = next((ListItem(p, s) for p, s in spans if fits(s.of(text))), None)
    return ChosenList((found,), False) if found else None


def _is_delegation(text: str, countries: set[str]) -> bool:
    """Return True if a sentence begins with a country and a word of attendance, and names somebody."""
    beginning = " ".join(text.split()[:_BEGINNING])
    words = {stem(word) for word in folded_words(beginning)}
    says = says_attendance(beginning) or stem("represent") in words
    return bool(says and countries & countries_in(beginning) and _titled(text))


def _titled(text: str) -> set[tuple[str, ...]]:
    """Return the names of the persons of a text who have a title or several names."""
    return {person.words for person in persons(text) if person.is_titled}
