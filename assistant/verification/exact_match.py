"""Whether a quotation stands in a record, differing in nothing but typography. Nothing here is approximate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.verification.normalize import fold, same
from assistant.verification.omissions import NEGATION, Fault, fault_of
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
from corpus.language.scripts import is_cjk
from corpus.span import Span

# Characters looked at beside the letters for the marks that belong to a quotation's ends.
_MARGIN = 12
_PREFIXES = re.compile(r"(?:non|un|anti|de|dis|counter|ex|pre|post|sub|semi|half|quasi)[-‐‑]$", re.IGNORECASE)
_LINK_END = re.compile(r"\]\([^()\s]*\)")
_CLOSING_MARKS = ".,。、，．"


def match_exactly(words: str, place: Place, free_case: bool = True, open_end: bool = False) -> Span | None:
    """The span of some words at a place that has their letters; None when they differ there by more than typography.

    Args:
        words: the words as quoted.
        place: where their letters stand.
        free_case: whether the first letter may be a capital in one and small in the other.
        open_end: whether the last word may go on in the record.
    """
    text = place.document.text
    if not _is_border(text, place.start, place.end, open_end):
        return None
    markdown = place.document.source.media_type.endswith("markdown")
    quoted = fold(words, markdown=markdown).text
    behind = _LINK_END.match(text, place.end) if markdown else None
    end = min(len(text), (behind.end() if behind else place.end) + _MARGIN)
    there = fold(text, max(0, place.start - _MARGIN), end, markdown)
    for wanted in (quoted, quoted[:-1]) if quoted[-1:] in _CLOSING_MARKS else (quoted,):
        head = next((i for i, c in enumerate(wanted) if c.isalnum()), None)
        if head is None:
            return None
        tail = len(wanted) - 1 - next(i for i, c in enumerate(reversed(wanted)) if c.isalnum())
        first = _index_at(there.starts, there.text, place.start) - head
        last = _last_index_at(there.ends, there.text, place.end) + len(wanted) - 1 - tail
        if first < 0 or last >= len(there.text):
            continue
        recorded = there.text[first : last + 1]
        if same(wanted, recorded) or (free_case and _with_case_of(wanted, recorded, head)):
            return Span(there.starts[first], there.ends[last])
    return None


def _with_case_of(wanted: str, recorded: str, head: int) -> bool:
    """Whether the texts are the same but for the case of the first letter."""
    if head >= len(recorded) or wanted[head].lower() != recorded[head].lower():
        return False
    return same(wanted[:head] + recorded[head] + wanted[head + 1 :], recorded)


def _index_at(starts: list[int], text: str, place: int) -> int:
    return next((i for i, start in enumerate(starts) if start >= place and text[i].isalnum()), len(starts))


def _last_index_at(ends: list[int], text: str, place: int) -> int:
    return next((i for i in range(len(ends) - 1, -1, -1) if ends[i] <= place and text[i].isalnum()), -1)


def _is_border(text: str, start: int, end: int, open_end: bool) -> bool:
    """Whether a range of a text begins and ends with whole words and numbers."""
    before, first = text[max(0, start - 10) : start], text[start]
    if before and not is_cjk(first):
        if before[-1].isalnum() and not is_cjk(before[-1]):
            return False
        if first.isdigit() and re.search(r"\d[.,]$", before):
            return False
        if _PREFIXES.search(before) and re.search(rf"(?<![^\W\d_]){_PREFIXES.pattern}", before, re.IGNORECASE):
            return False
    if first.isdigit() and before and before[-1].isdigit():
        return False
    after, last = text[end : end + 3], text[end - 1]
    if not after or open_end:
        return True
    if after[0].isalnum() and not (is_cjk(last) or is_cjk(after[0])):
        return False
    if last.isdigit() and (after[0].isdigit() or re.match(r"[.,]\d", after)):
        return False
    return not (last in "nN" and re.match(r"['’][tT](?![^\W_])", after))


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
    found = match_exactly(pattern.parts[middle].words, place, open_end=pattern.open_end(middle))
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
            span = match_exactly(pattern.parts[number].words, candidate, open_end=pattern.open_end(number))
            if span is None or (span.end > beside.start if backward else span.start < beside.end):
                continue
            between = (span.end, beside.start) if backward else (beside.end, span.start)
            if joint.fits(place.document.text[slice(*between)]):
                spans[number] = span
                break
        else:
            return None
    return [spans[number] for number in range(len(keys))]
