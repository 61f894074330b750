"""Match a quotation in the records exactly, ignoring typography only."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.verification.insertions import addition_fits, may_replace
from assistant.verification.normalize import fold, same
from assistant.verification.quote_pattern import (
    WORD,
    Joint,
    Pattern,
    is_article,
    is_modal,
    is_name,
    is_replaceable,
    pattern_of,
)
from assistant.verification.record_index import RecordIndex, RecordRange, key_of
from assistant.verification.sense.omissions import NEGATION, Fault, fault_of
from corpus.document import Document
from corpus.language.figures import group_marks, grouped_integers, join_groups
from corpus.language.scripts import is_cjk
from corpus.language.tokens import STOP_WORDS
from corpus.span import Span

# Characters beside the letters that may belong to a quotation's ends.
_MARGIN = 12
_PREFIXES = re.compile(r"(?:non|un|anti|de|dis|counter|ex|pre|post|sub|semi|half|quasi)[-‐‑]$", re.IGNORECASE)
_LINK_END = re.compile(r"\]\([^()\s]*\)")
_CLOSING_MARKS = ".,。、，．"


def match_exactly(
    words: str, place: RecordRange, open_end: bool = False, marks: frozenset[str] | None = None
) -> Span | None:
    """Match words at a place that has their letters; return their span, or None when more than typography differs.

    The case of the first letter makes no difference.

    Args:
        words: the words as quoted.
        place: the place of their letters.
        open_end: True if the last word may continue in the record.
        marks: the marks that group digits in the report (see `group_marks`); those of the record when None.
    """
    recorded_marks = marks_of(place.document)
    text = place.document.text
    if not _is_border(text, place.start, place.end, open_end):
        return None
    if _cuts_integer(place.document, place.start) or _cuts_integer(place.document, place.end):
        return None
    markdown = place.document.source.media_type.endswith("markdown")
    quoted = fold(words, markdown=markdown).text
    behind = _LINK_END.match(text, place.end) if markdown else None
    end = min(len(text), (behind.end() if behind else place.end) + _MARGIN)
    there = fold(text, max(0, place.start - _MARGIN), end, markdown)
    for quote in (quoted, quoted[:-1]) if quoted[-1:] in _CLOSING_MARKS else (quoted,):
        head = next((i for i, c in enumerate(quote) if c.isalnum()), None)
        if head is None:
            return None
        tail = len(quote) - 1 - next(i for i, c in enumerate(reversed(quote)) if c.isalnum())
        first = _index_at(there.starts, there.text, place.start) - head
        last = _last_index_at(there.ends, there.text, place.end) + len(quote) - 1 - tail
        if first < 0 or last >= len(there.text):
            continue
        recorded = there.text[first : last + 1]
        before = text[max(0, there.starts[first] - _LOOKED_BACK) : there.starts[first]]
        if _same_words((quote, recorded), head, recorded_marks if marks is None else marks, recorded_marks, before):
            return Span(there.starts[first], there.ends[last])
    return None


def marks_of(document: Document) -> frozenset[str]:
    """Return the marks of which a single one groups digits in a record."""
    return group_marks(document.text, document.language)


def _same_words(
    texts: tuple[str, str], head: int, marks: frozenset[str], recorded_marks: frozenset[str], before: str
) -> bool:
    """Return True if two folded texts are equal but for the case of the first letter and the marks in integers.

    Args:
        texts: the quotation's and the record's words.
        head: the offset of the first letter.
        marks: the marks that group digits in the report.
        recorded_marks: the marks that group digits in the record.
        before: what the record has before its words.
    """
    quote, recorded = texts
    if same(quote, recorded) or _same_but_case(quote, recorded, head):
        return True
    grouped, recorded_grouped = join_groups(quote, marks), join_groups(recorded, recorded_marks, before)
    if grouped == quote and recorded_grouped == recorded:
        return False
    return same(grouped, recorded_grouped) or _same_but_case(grouped, recorded_grouped, head)


def _same_but_case(quote: str, recorded: str, head: int) -> bool:
    """Return True if the texts differ only in the case of the first letter."""
    if head >= len(recorded) or quote[head].lower() != recorded[head].lower():
        return False
    return same(quote[:head] + recorded[head] + quote[head + 1 :], recorded)


def _index_at(starts: list[int], text: str, place: int) -> int:
    return next((i for i, start in enumerate(starts) if start >= place and text[i].isalnum()), len(starts))


def _last_index_at(ends: list[int], text: str, place: int) -> int:
    return next((i for i in range(len(ends) - 1, -1, -1) if ends[i] <= place and text[i].isalnum()), -1)


def _cuts_integer(document: Document, at: int) -> bool:
    """Return True if an offset is inside an integer whose digits are grouped: "10 000", "10'000"."""
    text, start = document.text, max(0, at - _MARGIN)
    numbers = grouped_integers(text[start : at + _MARGIN], marks_of(document))
    return any(number.start < at - start < number.end for number in numbers)


def _is_border(text: str, start: int, end: int, open_end: bool) -> bool:
    """Return True if a range of a text begins and ends with whole words and numbers."""
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


# Letters that an omission may skip: about two pages. Words further apart do not belong together.
MOST_OMITTED = 4000
# Words and characters before a quotation among which a name in brackets may replace one.
_MOST_BEFORE = 3
_LOOKED_BACK = 60
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s|[。！？]|\n\s*\n")
# More occurrences than a reader would distinguish.
_MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class Match:
    """The place of a quotation in a record.

    Attributes:
        document: the record.
        span: from the first to the last quoted character, including omitted words.
        is_exact: True if the quotation is this slice of the record, character for character.
        fault: the fault of an omission; None for none.
        left_out: the words that each omission leaves out.
        inserted: the bracketed words that the quotation inserts.
        replaced: for each of `inserted`, the record's words in whose place it stands; empty for none.
        note_marks: the note marks of report and record that were left aside.
    """

    document: Document
    span: Span
    is_exact: bool
    fault: Fault | None = None
    left_out: tuple[str, ...] = ()
    inserted: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    note_marks: tuple[str, ...] = ()


def matches(quote: str, records: RecordIndex, marks: frozenset[str] | None = None) -> Iterator[Match]:
    """Yield every place of a quotation, exact or with typographic differences only.

    Args:
        quote: the quotation.
        records: the records.
        marks: the marks that group digits in the report; those of each record when None.
    """
    quote = quote.strip()
    plain = Pattern((quote,), ())
    places = list(_matches(plain, quote, records, marks)) or list(_matches(plain, quote, records, marks, markdown=True))
    if not places and (pattern := pattern_of(quote)) != plain:
        places = list(_matches(pattern, quote, records, marks))
    yield from places


def _matches(
    pattern: Pattern, quote: str, records: RecordIndex, marks: frozenset[str] | None, markdown: bool = False
) -> Iterator[Match]:
    keys = [key_of(part, markdown) for part in pattern.parts]
    if not keys or not all(keys) or (markdown and keys == [key_of(part) for part in pattern.parts]):
        return
    longest = max(range(len(keys)), key=lambda i: len(keys[i]))
    for place in islice(records.places(keys[longest]), _MOST_PLACES):
        spans = _part_spans(pattern, keys, longest, place, records, marks)
        if spans and _names_fit(pattern, spans, place.document.text) and _additions_fit(pattern, spans, place.document):
            span = Span(spans[0].start, spans[-1].end)
            exact = _exact_span(quote, span, place.document.text)
            gaps = [
                Span(before.end, after.start)
                for joint, before, after in zip(pattern.joints, spans, spans[1:], strict=False)
                if joint is Joint.OMISSION
            ]
            fault = next((f for gap in gaps if (f := fault_of(place.document, gap))), None)
            left_out = tuple(gap.of(place.document.text).strip() for gap in gaps)
            replaced = tuple(_between(spans, number, place.document.text) for number in pattern.inserted_at)
            yield Match(place.document, exact or span, exact is not None, fault, left_out, pattern.inserted, replaced)


def _between(spans: Sequence[Span], number: int, text: str) -> str:
    """Return the record's words between two parts, of which so many stand before; at the end the next, behind "the"."""
    if number == len(spans) and {*WORD.findall(spans[-1].of(text))[-1:]} & STOP_WORDS:
        return " ".join(WORD.findall(_SENTENCE_END.split(text[spans[-1].end :][:_LOOKED_BACK])[0])[:1])
    words = text[spans[number - 1].end : spans[number].start] if 0 < number < len(spans) else ""
    return " ".join(words.split()) if any(c.isalnum() for c in words) else ""


def _names_fit(pattern: Pattern, spans: list[Span], text: str) -> bool:
    """Return True if what is inserted before or behind all quoted words may replace the record's word there."""
    if 0 in pattern.inserted_at:
        before = _SENTENCE_END.split(text[max(0, spans[0].start - _LOOKED_BACK) : spans[0].start])[-1]
        if NEGATION.search(" ".join(WORD.findall(before)[-_MOST_BEFORE:])):
            return False
    if pattern.names_before:
        before = _SENTENCE_END.split(text[max(0, spans[0].start - _LOOKED_BACK) : spans[0].start])[-1]
        words = WORD.findall(before)[-_MOST_BEFORE:][::-1]
        behind = next((i for i, word in enumerate(words) if is_replaceable(word)), None)
        if behind is None or (behind and not is_article(words[behind])):
            return False
        if any(is_name(w) or is_modal(w) or any(map(str.isdigit, w)) or NEGATION.search(w) for w in words[:behind]):
            return False
    if pattern.names_behind:
        words = WORD.findall(_SENTENCE_END.split(text[spans[-1].end : spans[-1].end + _LOOKED_BACK])[0])
        return bool(words) and is_replaceable(words[0])
    return True


def _additions_fit(pattern: Pattern, spans: list[Span], document: Document) -> bool:
    """Return True if each phrase with a name that the quotation adds says what the record says elsewhere.

    Other words in brackets may stand only for small words of the record, for forms of themselves, or as a name.
    """
    pairs = zip(pattern.inserted, pattern.inserted_at, strict=False)
    return all(may_replace(inserted, _between(spans, number, document.text)) for inserted, number in pairs) and all(
        addition_fits(inside, document, spans[before - 1].end if before else spans[0].start)
        for inside, before in pattern.added
    )


def _exact_span(quote: str, span: Span, text: str) -> Span | None:
    """Return the slice around a match that is the whole quotation, character for character; None for none."""
    start = text.find(quote, max(0, span.end - len(quote)), span.start + len(quote))
    return Span(start, start + len(quote)) if start >= 0 else None


def _part_spans(
    pattern: Pattern,
    keys: list[str],
    middle: int,
    place: RecordRange,
    records: RecordIndex,
    marks: frozenset[str] | None,
) -> list[Span] | None:
    """Return the spans of all parts around a place of the longest, each the nearest that fits; None if one fails."""
    spans: dict[int, Span] = {}
    longest = match_exactly(pattern.parts[middle], place, pattern.open_end(middle), marks)
    if longest is None:
        return None
    spans[middle] = longest
    for number in (*range(middle - 1, -1, -1), *range(middle + 1, len(keys))):
        backward = number < middle
        beside = spans[number + 1] if backward else spans[number - 1]
        near = RecordRange(place.document, beside.start, beside.end)
        candidates = [
            p
            for p in records.places(keys[number], near, MOST_OMITTED)
            if (p.end <= beside.start if backward else p.start >= beside.end)
        ]
        joint = pattern.joints[number if backward else number - 1]
        for candidate in reversed(candidates) if backward else candidates:
            span = match_exactly(pattern.parts[number], candidate, pattern.open_end(number), marks)
            if span is None or (span.end > beside.start if backward else span.start < beside.end):
                continue
            between = (span.end, beside.start) if backward else (beside.end, span.start)
            if joint.fits(place.document.text[slice(*between)]):
                spans[number] = span
                break
        else:
            return None
    return [spans[number] for number in range(len(keys))]
