"""Cut a talk into the sentences of its items, by what somebody says to call one: "Third, the roof.", "Item eight"."""

import re
from collections.abc import Iterator
from functools import cache

from assistant.minutes.record import MinutesRecord
from assistant.minutes.talk.outcomes import without_lead
from corpus.document import Kind
from corpus.language.figures import NUMBERS
from corpus.language.minutes_words import phrases
from corpus.passages import Passage
from corpus.span import Span

# Calls of items by their numbers that make a record without turns a talk: captions name no speakers.
_LEAST_CALLS = 2
# Words of a call without a noun: "Third, the new roof."; a longer sentence gives a reason.
_SHORT_CALL = 8
# Words of a call that names no subject: the sentence behind it does, "Second item. Ada, you wanted a roof."
_BARE = 3

Sentence = tuple[Passage, Span]
Call = tuple[Sentence, ...]


def talk_sentences(record: MinutesRecord) -> list[tuple[int, Sentence]]:
    """Return the sentences of a talk with the number of their turn or paragraph; none for another record."""
    if record.talk:
        return [(at, (p, span)) for at, (p, _) in enumerate(record.talk) for span in p.sentences()]
    if any(passage.kind is Kind.HEADING for passage in record.passages):
        return []
    prose = [p for p in record.passages if p.kind is Kind.BODY]
    found = [(at, (p, span)) for at, p in enumerate(prose) for span in p.sentences()]
    calls = sum(_numbered().match(without_lead(_words(s))) is not None for _, s in found)
    return found if calls >= _LEAST_CALLS else []


def items(record: MinutesRecord) -> Iterator[tuple[Call, list[tuple[int, Sentence]]]]:
    """Yield the call and the sentences of each item of a talk, those before the first call without one."""
    call: Call = ()
    inside: list[tuple[int, Sentence]] = []
    found = talk_sentences(record)
    for number, (at, sentence) in enumerate(found):
        if calls_item(_words(sentence)):
            if inside:
                yield call, inside
            following = found[number + 1 : number + 2]
            is_bare = len(_words(sentence).split()) <= _BARE and following and following[0][0] == at
            call, inside = (sentence, *(s for _, s in following)) if is_bare else (sentence,), []
        inside.append((at, sentence))
    if inside:
        yield call, inside


def calls_item(sentence: str) -> bool:
    """Return True if a sentence of a talk calls an item."""
    if sentence.rstrip().endswith(("?", "？")):
        return False
    folded = without_lead(sentence)
    if _numbered().match(folded) or _ordinal().match(folded):
        return True
    return len(folded.split()) <= _SHORT_CALL and bool(_ordinal_alone().match(folded))


def _words(sentence: Sentence) -> str:
    passage, span = sentence
    return span.of(passage.document.text)


def _any(name: str) -> str:
    return "|".join(re.escape(phrase) for phrase in phrases("announced", name))


@cache
def _numbered() -> re.Pattern[str]:
    """Return a pattern of "item eight" and "we come to item 8" at the beginning of a folded sentence."""
    numbers = "|".join(NUMBERS)
    return re.compile(
        rf"(?:(?:{_any('leads')})\s+)?(?:(?:the|agenda)\s+)?(?:{_any('nouns')})\s+(?:{numbers}|\d{{1,2}})\b"
    )


@cache
def _ordinal() -> re.Pattern[str]:
    """Return a pattern of "the second item"."""
    return re.compile(
        rf"(?:(?:{_any('leads')})\s+)?(?:(?:the|our|der|die|das|le|la|el)\s+)?(?:{_any('ordinals')})\s+(?:{_any('nouns')})\b"
    )


@cache
def _ordinal_alone() -> re.Pattern[str]:
    """Return a pattern of "Third, the roof"."""
    return re.compile(rf"(?:{_any('ordinals')})\s*[,:–—-]\s*\w")
