"""Whether a quotation stands in a record, differing in nothing but typography. Nothing here is approximate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.negations import NEGATION
from assistant.checking.standing import stands_at
from assistant.verification.omissions import Fault, fault_of
from assistant.verification.quote_pattern import (
    WORD,
    Joint,
    Part,
    Pattern,
    is_article,
    is_modal,
    is_name,
    pattern_of,
    stands_for_a_name,
)
from assistant.verification.record_index import Place, Records, key_of
from corpus.document import Document
from corpus.span import Span

# Letters that an omission may skip: about two pages. Further apart, the words do not belong together.
MOST_OMITTED = 4000
# Words and characters before a quotation in which a name in brackets may find what it replaces.
_MOST_BEFORE = 3
_LOOKED_BACK = 60
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s|[。！？]|\n\s*\n")
# Longer than any run of occurrences that a reader would tell apart.
_MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class Match:
    """Where a quotation stands in a record.

    Attributes:
        document: the record.
        span: from its first to its last quoted character; what an omission leaves out is inside.
        is_exact: whether the quotation is this slice of the record, character for character.
        fault: what is wrong with what an omission leaves out; None where nothing is.
        left_out: what each omission leaves out.
        inserted: what the quotation puts in, in brackets.
    """

    document: Document
    span: Span
    is_exact: bool
    fault: Fault | None = None
    left_out: tuple[str, ...] = ()
    inserted: tuple[str, ...] = ()


def matches(quote: str, records: Records) -> Iterator[Match]:
    """Every place where a quotation stands, exactly or with typographic differences only."""
    quote = quote.strip()
    plain = Pattern((Part(quote),), ())
    found = list(_matches(plain, quote, records)) or list(_matches(plain, quote, records, markdown=True))
    if not found and (pattern := pattern_of(quote)) != plain:
        found = list(_matches(pattern, quote, records))
    yield from found


def _matches(pattern: Pattern, quote: str, records: Records, markdown: bool = False) -> Iterator[Match]:
    keys = [key_of(part.words, markdown) for part in pattern.parts]
    if not keys or not all(keys) or (markdown and keys == [key_of(part.words) for part in pattern.parts]):
        return
    longest = max(range(len(keys)), key=lambda i: len(keys[i]))
    for tried, place in enumerate(records.places(keys[longest])):
        if tried >= _MOST_PLACES:
            return
        spans = _spread(pattern, keys, longest, place, records)
        if spans and _names_fit(pattern, spans, place.document.text):
            span = Span(spans[0].start, spans[-1].end)
            exact = _exact(quote, span, place.document.text)
            gaps = [
                Span(before.end, after.start)
                for joint, before, after in zip(pattern.joints, spans, spans[1:], strict=False)
                if joint is Joint.OMISSION
            ]
            fault = next((f for gap in gaps if (f := fault_of(place.document, gap))), None)
            left_out = tuple(gap.of(place.document.text).strip() for gap in gaps)
            yield Match(place.document, exact or span, exact is not None, fault, left_out, pattern.inserted)


def _names_fit(pattern: Pattern, spans: list[Span], text: str) -> bool:
    """Whether a name put in before or behind all quoted words may replace what the record has there."""
    if pattern.names_before:
        before = _SENTENCE_END.split(text[max(0, spans[0].start - _LOOKED_BACK) : spans[0].start])[-1]
        words = WORD.findall(before)[-_MOST_BEFORE:][::-1]
        behind = next((i for i, word in enumerate(words) if stands_for_a_name(word)), None)
        if behind is None or (behind and not is_article(words[behind])):
            return False
        if any(is_name(w) or is_modal(w) or any(map(str.isdigit, w)) or NEGATION.search(w) for w in words[:behind]):
            return False
    if pattern.names_behind:
        words = WORD.findall(_SENTENCE_END.split(text[spans[-1].end : spans[-1].end + _LOOKED_BACK])[0])
        return bool(words) and stands_for_a_name(words[0])
    return True


def _exact(quote: str, span: Span, text: str) -> Span | None:
    """The slice around a match that is the quotation character for character, marks at its ends and all."""
    start = text.find(quote, max(0, span.end - len(quote)), span.start + len(quote))
    return Span(start, start + len(quote)) if start >= 0 else None


def _spread(pattern: Pattern, keys: list[str], middle: int, place: Place, records: Records) -> list[Span] | None:
    """The spans of all parts around one place of the longest, each the nearest that fits; None when one is missing."""
    spans: dict[int, Span] = {}
    found = stands_at(pattern.parts[middle].words, place, open_end=pattern.open_end(middle))
    if found is None:
        return None
    spans[middle] = found
    for number in (*range(middle - 1, -1, -1), *range(middle + 1, len(keys))):
        backward = number < middle
        beside = spans[number + 1] if backward else spans[number - 1]
        near = Place(place.document, beside.start, beside.end)
        candidates = [
            p
            for p in records.places(keys[number], near, MOST_OMITTED)
            if (p.end <= beside.start if backward else p.start >= beside.end)
        ]
        joint = pattern.joints[number if backward else number - 1]
        for candidate in reversed(candidates) if backward else candidates:
            span = stands_at(pattern.parts[number].words, candidate, open_end=pattern.open_end(number))
            if span is None or (span.end > beside.start if backward else span.start < beside.end):
                continue
            between = (span.end, beside.start) if backward else (beside.end, span.start)
            if joint.fits(place.document.text[slice(*between)]):
                spans[number] = span
                break
        else:
            return None
    return [spans[number] for number in range(len(keys))]
