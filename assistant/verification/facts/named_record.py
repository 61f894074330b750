"""Find the record that a sentence of a report names at its start: "According to the minutes of 12 March 2024, ..."."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.verification.attribution import Attribution, attribution, record_days, town_of
from corpus.document import Document
from corpus.language.word_lists import word_list
from corpus.span import Span

# The first clause of a sentence, up to its comma; a longer one says more than where something stands.
_FIRST_CLAUSE = re.compile(r"\s*(?P<clause>[^,、;:]{8,90})[,、]\s*(?=\S)")
_NAME = re.compile(r"(?<![\w-])[A-Z][\w’-]+")
_WORD = re.compile(r"[^\W_][\w’-]*")
_RECORD_NOUNS = word_list("record_nouns.txt")
_MOST_WORDS = 12
_MOST_RECORDS = 3


def named_record(sentence: str, documents: Sequence[Document]) -> tuple[tuple[Document, ...], Span]:
    """Return the few records that the first clause names by title, day or place, and the span of what follows it.

    Where it names none, or many, the records are none and the span is the whole sentence.
    """
    whole = Span(0, max(1, len(sentence)))
    found = _FIRST_CLAUSE.match(sentence)
    if found is None or len(found["clause"].split()) > _MOST_WORDS or found.end() >= len(sentence):
        return (), whole
    named = attribution(found["clause"], (), documents)
    if named.unknown:
        return (), whole
    states_source = named.documents or named.dates or named.places
    records = named.documents or (_fitting(named, documents) if states_source else _titled(found["clause"], documents))
    return (records, Span(found.end(), len(sentence))) if 0 < len(records) <= _MOST_RECORDS else ((), whole)


def _titled(clause: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the records whose title, meeting or publisher has all names of a clause; none where it has none."""
    names = {word.casefold() for word in _NAME.findall(clause.strip()[1:])} - _RECORD_NOUNS
    return tuple(d for d in documents if names <= _words(_called(d))) if names else ()


def _called(document: Document) -> str:
    meeting = document.meeting
    return " ".join(filter(None, (document.title, meeting.name, meeting.place, document.publisher)))


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _fitting(named: Attribution, documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the records that have a day and the place which a clause names, as far as it names them."""
    return tuple(
        document
        for document in documents
        if named.objection(document) is None
        and (not named.dates or any(date.matches(day) for date in named.dates for day in record_days(document)))
        and (not named.places or town_of(document) in named.places)
    )
