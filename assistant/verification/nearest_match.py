"""Find the most likely source of a wrong quotation in the records, and the words in which the two differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from assistant.verification.normalize import LINE_HYPHEN, fold, letters
from assistant.verification.record_index import RecordIndex, RecordRange, key_of
from corpus.document import Document
from corpus.language.figures import GroupedInteger, grouped_integers
from corpus.language.scripts import is_cjk_text
from corpus.span import Span

# Costs of an alignment. A run of words that only the record has costs little more than a single one.
_GAP_OPENING = 1.0
_GAP_EXTENSION = 0.05
_INSERTION = 1.0
_OTHER_CASE = 0.5
_OTHER_WORD = 1.5


def align(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """Align `ours` with the part of `theirs` that differs least; words outside that part cost nothing.

    The algorithm is Sellers', "The theory and computation of evolutionary distances" (1980), with Gotoh's affine gaps.

    Returns:
        The index of the part's first word and of the word behind its last; equal when nothing fits.
    """
    count = len(theirs)
    # Cost and first word of the best fit that ends before word j; `open_` ends in words that only the record has.
    cost: list[float] = [0.0] * (count + 1)
    first = list(range(count + 1))
    for word in ours:
        above, above_first = cost, first
        cost, first = [above[0] + _INSERTION], [above_first[0]]
        open_, open_first = float("inf"), 0
        for j in range(1, count + 1):
            best, best_first = above[j] + _INSERTION, above_first[j]
            step = above[j - 1] + (0.0 if word == theirs[j - 1] else _replacement_cost(word, theirs[j - 1]))
            if step <= best:
                best, best_first = step, above_first[j - 1]
            if cost[j - 1] + _GAP_OPENING < open_ + _GAP_EXTENSION:
                open_, open_first = cost[j - 1] + _GAP_OPENING, first[j - 1]
            else:
                open_ += _GAP_EXTENSION
            if open_ < best:
                best, best_first = open_, open_first
            cost.append(best)
            first.append(best_first)
    behind = min(range(count + 1), key=lambda j: cost[j])
    if cost[behind : behind + 2] == [cost[behind]] * 2 and first[behind] == first[behind + 1]:
        behind += 1  # the last word replaces the record's next word rather than none
    return first[behind], behind


def _replacement_cost(one: str, other: str) -> float:
    """Return the cost of one word in place of another: less for words of one kind."""
    if one.lower() == other.lower():
        return _OTHER_CASE
    a, b = one[0], other[0]
    if a.isalnum() != b.isalnum():
        return 2 * _INSERTION
    alike = (a.isdigit() and b.isdigit()) or (a.isupper() and b.isupper()) or one[:2] == other[:2]
    return _INSERTION if alike or not a.isalnum() else _OTHER_WORD


WORD = re.compile(r"[^\W_]+(?:[.,:'’\-‐‑/][^\W_]+)*|\S")
"""A word, a number, or a mark."""
Token = tuple[str, Span]
"""A word or mark in the form in which it is compared, and its place."""
_BARE = re.compile(r"(?<![\w.,])\d{4,}(?![\w]|[.,]\d)")
_NUMBER_OR_CHARACTER = re.compile(r"\d+|\S")


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that differ between report and record.

    Attributes:
        report: the report's words; empty for words that it leaves out.
        record: the record's words; empty for words that it does not have.
        span: the place of the report's words in the quotation; None where there are none.
    """

    report: str
    record: str
    span: Span | None = None


def word_changes(quote: str, ours: list[Token], text: str, theirs: list[Token]) -> tuple[WordChange, ...]:
    """Return the words that differ between a quotation (`ours`) and a place of a record's text (`theirs`)."""
    from rapidfuzz.distance import Indel

    changes: list[WordChange] = []
    steps = Indel.opcodes([form for form, _ in ours], [form for form, _ in theirs])
    for is_equal, run in groupby(steps, key=lambda step: step.tag == "equal"):
        if is_equal:
            continue
        block = list(run)  # neighbouring insertions and deletions are one change
        a, b = block[0].src_start, block[-1].src_end
        c, d = block[0].dest_start, block[-1].dest_end
        span = Span(ours[a][1].start, ours[b - 1][1].end) if a < b else None
        recorded = " ".join(text[theirs[c][1].start : theirs[d - 1][1].end].split()) if c < d else ""
        if span or recorded:
            changes.append(WordChange(span.of(quote) if span else "", recorded, span))
    return tuple(changes)


def figure_spellings(
    quote: str, recorded: str, marks: frozenset[str], recorded_marks: frozenset[str]
) -> tuple[WordChange, ...]:
    """Return the integers that a quotation and the record's words group in two ways.

    Args:
        quote: the quotation.
        recorded: the record's words.
        marks: the marks of which a single one groups digits in the report (see `group_marks`).
        recorded_marks: those of the record.
    """
    written = {number.digits: text for number, text in _integers(recorded, recorded_marks)}
    return tuple(
        WordChange(text, written[number.digits], Span(number.start, number.end))
        for number, text in _integers(quote, marks)
        if fold(text).text != fold(written.get(number.digits, text)).text
    )


def _integers(text: str, marks: frozenset[str]) -> Iterator[tuple[GroupedInteger, str]]:
    """Yield the integers of four digits or more, each with its spelling."""
    grouped = list(grouped_integers(text, marks))
    bare = [GroupedInteger(m.start(), m.end(), m.group()) for m in _BARE.finditer(text)]
    for number in sorted([*grouped, *bare]):
        yield number, text[number.start : number.end]


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of a part of a text; Japanese is cut into characters."""
    forms = []
    for m in WORD.finditer(text, start, end):
        one_word = _is_latin(m.group()[0])
        ranges = [m.span()] if one_word else [n.span() for n in _NUMBER_OR_CHARACTER.finditer(text, *m.span())]
        for a, b in ranges:
            form = fold(text, a, b).text.replace(LINE_HYPHEN, "")
            if form:
                forms.append((form, Span(a, b)))
    return forms


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range of a text so that it cuts no word."""
    while start > 0 and not text[start - 1].isspace() and _is_latin(text[start - 1]):
        start -= 1
    while end < len(text) and not text[end].isspace() and _is_latin(text[end]):
        end += 1
    return start, end


def _is_latin(character: str) -> bool:
    """Return True if white space separates words in this character's script."""
    return character < "\u3000"


# Share of the quotation's letters, in order, that a place needs to be shown as the likely source. It accepts nothing.
LEAST_LIKENESS = 0.6
_SEEDS = 12
_MOST_HITS = 60
_WINDOWS = 6
_ROOM = 60
# Characters; the time of an alignment is their square. Longer quotations are compared by words.
_LONGEST_ALIGNED = 600
_LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Likely source of a wrong quotation: the most similar words of a record, and the words that differ.

    There are no changes where only marks differ.
    """

    document: Document
    span: Span
    changes: tuple[WordChange, ...]

    @property
    def words_changed(self) -> int:
        """Number of words that differ; where words replace others, the larger number counts."""
        return sum(max(len(WORD.findall(c.report)), len(WORD.findall(c.record))) for c in self.changes)


def find_candidate(quote: str, records: RecordIndex) -> Candidate | None:
    """Return the most similar place of all records; None when none is similar enough to be the source."""
    if len(quote) > _LONGEST_ALIGNED:
        return _long_candidate(quote, records)
    from rapidfuzz import fuzz

    best: tuple[float, RecordRange] | None = None
    quoted = fold(quote).text
    for window in _windows(quote, records):
        there = fold(window.document.text, window.start, window.end)
        aligned = fuzz.partial_ratio_alignment(quoted, there.text, score_cutoff=100 * LEAST_LIKENESS)
        if aligned is None or aligned.dest_end <= aligned.dest_start or (best and aligned.score <= best[0]):
            continue
        # The aligned part is at most as long as the quotation, so further words of the record may be outside it.
        room = abs(len(quoted) - (aligned.dest_end - aligned.dest_start)) + _ROOM + len(quoted) // 4
        start, end = max(0, aligned.dest_start - room), min(len(there.text), aligned.dest_end + room)
        best = (aligned.score, RecordRange(window.document, there.starts[start], there.ends[end - 1]))
    return _candidate(quote, best[1]) if best else None


def _long_candidate(quote: str, records: RecordIndex) -> Candidate | None:
    """Find the source of a long quotation: align its two ends, and compare the words between them."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    if len(quote) > _LONGEST or not (windows := _windows(quote, records)):
        return None
    window = windows[0]
    there = fold(window.document.text, window.start, window.end)
    half = _LONGEST_ALIGNED // 2
    head = fuzz.partial_ratio_alignment(fold(quote[:half]).text, there.text)
    tail = fuzz.partial_ratio_alignment(fold(quote[-half:]).text, there.text)
    if head is None or tail is None or head.dest_start >= tail.dest_end:
        return None
    place = RecordRange(window.document, there.starts[head.dest_start], there.ends[tail.dest_end - 1])
    candidate = _candidate(quote, place)
    if candidate is None:
        return None
    ours = [form for form, _ in tokens(quote, 0, len(quote))]
    theirs = [form for form, _ in tokens(candidate.document.text, candidate.span.start, candidate.span.end)]
    return candidate if Indel.normalized_similarity(ours, theirs) >= LEAST_LIKENESS else None


def _windows(quote: str, records: RecordIndex) -> list[RecordRange]:
    """Return stretches of the records that share runs of words with the quotation, the most similar first."""
    votes: Counter[tuple[str, int]] = Counter()
    seen: dict[tuple[str, int], RecordRange] = {}
    for seeds in _seeds(quote):
        for key, offset, weight in seeds:
            for place in islice(records.places(key), _MOST_HITS):
                start = max(0, place.start - offset)
                spot = (place.document.id, start // (2 * _ROOM))
                votes[spot] += weight
                seen.setdefault(spot, RecordRange(place.document, start, start))
        if votes:
            break
    return [_window(seen[spot], len(quote)) for spot, _ in votes.most_common(_WINDOWS)]


def _seeds(quote: str) -> Iterator[list[tuple[str, int, int]]]:
    """Yield runs of words to search, the longest first: their letters, offset in the quotation, and weight.

    Japanese has no spaces between words, so runs of four to six letters are searched there.
    """
    if is_cjk_text(quote):
        parts = list(letters(quote))
        for length in (6, 5, 4):
            yield [
                ("".join(letter for letter, _ in parts[first : first + length]), parts[first][1], length)
                for first in _spread_out(len(parts) - length + 1)
            ]
    words = [m.group() for m in WORD.finditer(quote) if m.group()[0].isalnum()]
    for length in (3, 2, 1):
        if length == 1 and len(words) > 5:
            break
        seeds = []
        for first in _spread_out(len(words) - length + 1):
            key = key_of("".join(words[first : first + length]))
            if length > 1 or len(key) >= 4:
                seeds.append((key, len(" ".join(words[:first])), length))
        yield seeds


def _window(place: RecordRange, length: int) -> RecordRange:
    room = _ROOM + length // 4
    text = place.document.text
    return RecordRange(place.document, max(0, place.start - 2 * room), min(len(text), place.start + length + 3 * room))


def _spread_out(count: int) -> list[int]:
    if count <= _SEEDS:
        return list(range(max(count, 0)))
    return sorted({round(i * (count - 1) / (_SEEDS - 1)) for i in range(_SEEDS)})


def _candidate(quote: str, place: RecordRange) -> Candidate | None:
    text = place.document.text
    start, end = whole_words(text, place.start, place.end)
    ours, theirs = tokens(quote, 0, len(quote)), tokens(text, start, end)
    first, behind = align([form for form, _ in ours], [form for form, _ in theirs])
    theirs = theirs[first:behind]
    if not theirs:
        return None
    span = Span(theirs[0][1].start, theirs[-1][1].end)
    return Candidate(place.document, span, word_changes(quote, ours, text, theirs))
