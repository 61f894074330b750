"""Find the records that a sentence of a report names as its source: "the minutes of 12 March"."""

import re
from collections.abc import Sequence

from assistant.verification.attribution import record_days
from corpus.document import Document
from corpus.language.dates import find_dates
from corpus.language.tokens import folded_words
from corpus.language.word_lists import word_list

_NOUNS = "|".join(
    sorted(
        word_list("record_nouns.txt") | frozenset("minutes record transcript hearing meeting protokoll sitzung".split())
    )
)
_OF_DATE = re.compile(
    rf"\b(?:{_NOUNS}|compte rendu|réunion|acta|reunión)\s+(?:of|dated|from|on|held on|vom|am|du|del)\s+(?:the\s+)?"
    rf"(?:[^\W\d_]+,?\s+)?$",
    re.IGNORECASE,
)
_NAME = r"(?P<name>[^\W\d_a-z][\w’'-]*(?:\s+(?:(?:of|on|for)\s+(?:the\s+)?)?[^\W\d_a-z][\w’'-]*){0,6})"
_NAMED = (
    re.compile(rf"\b(?i:{_NOUNS})\s+(?:of|from)\s+(?:the\s+)?{_NAME}"),
    re.compile(rf"\b(?:[Tt]he\s+)?{_NAME}\s+(?i:{_NOUNS})\b"),
)
# The first clause of a sentence, up to its comma; a longer one says more than where something stands.
_FIRST_CLAUSE = re.compile(r"\s*(?P<clause>[^,、;:]{8,90})[,、]\s*(?=\S)")
_SMALL = frozenset("of on for the and s".split())


def named_sources(sentence: str, documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the records that a sentence names by day or by name beside a word for a record; none where it fits all."""
    fitting = tuple(documents)
    is_named = False
    for mention in find_dates(sentence):
        if _OF_DATE.search(sentence[: mention.start]):
            is_named = True
            fitting = tuple(d for d in fitting if any(mention.matches(day) for day in record_days(d)))
    if not is_named:
        names = [m["name"] for pattern in _NAMED for m in pattern.finditer(sentence)]
        matching = [tuple(d for d in documents if _is_called(d, name)) for name in names]
        fitting = next((found for found in matching if found), ())
    return fitting if 0 < len(fitting) < len(documents) else ()


def without_source(sentence: str, documents: Sequence[Document]) -> str:
    """Return a sentence without a first clause that names its record: what is said behind "According to ...,"."""
    first = _FIRST_CLAUSE.match(sentence)
    is_source = first is not None and first.end() < len(sentence) and named_sources(first["clause"], documents)
    return sentence[first.end() :] if first and is_source else sentence


def _is_called(document: Document, name: str) -> bool:
    meeting = document.meeting
    facts = " ".join(filter(None, (document.title, meeting.name, meeting.place, document.publisher)))
    words = {word for word in folded_words(name) if word not in _SMALL}
    if len(words) < 2:  # "a Ministerial Declaration" names no record, "the Lisbon statement" does
        return bool(words) and words <= set(folded_words(meeting.place or ""))
    return words <= set(folded_words(facts))
