"""The place in the records that a wrong quotation most likely comes from, and the words in which the two differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.verification.normalize import LINE_HYPHEN, fold, letters
from assistant.verification.record_index import Place, Records, key_of
from corpus.document import Document
from corpus.language.scripts import is_cjk_text
from corpus.span import Span

# Words that the record has and the quotation does not: one run of them costs little more than a single word.
_OPENING = 1.0
_GOING_ON = 0.05
_PUT_IN = 1.0
_OTHER_CASE = 0.5
_OTHER_WORD = 1.5


def align(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """The part of `theirs` that `ours` fits with the least differences; what stands beside it costs nothing.

    The algorithm is Sellers', "The theory and computation of evolutionary distances" (1980), with Gotoh's affine gaps.

    Returns:
        The number of its first word and of the word behind its last; equal when nothing fits.
    """
    count = len(theirs)
    # Cost and first word of the best fit that ends before word j; `open_` ends in words that only the record has.
    cost: list[float] = [0.0] * (count + 1)
    first = list(range(count + 1))
    for word in ours:
        above, above_first = cost, first
        cost, first = [above[0] + _PUT_IN], [above_first[0]]
        open_, open_first = float("inf"), 0
        for j in range(1, count + 1):
            best, begun = above[j] + _PUT_IN, above_first[j]
            step = above[j - 1] + (0.0 if word == theirs[j - 1] else _difference(word, theirs[j - 1]))
            if step <= best:
                best, begun = step, above_first[j - 1]
            if cost[j - 1] + _OPENING < open_ + _GOING_ON:
                open_, open_first = cost[j - 1] + _OPENING, first[j - 1]
            else:
                open_ += _GOING_ON
            if open_ < best:
                best, begun = open_, open_first
            cost.append(best)
            first.append(begun)
    behind = min(range(count + 1), key=lambda j: cost[j])
    if cost[behind : behind + 2] == [cost[behind]] * 2 and first[behind] == first[behind + 1]:
        behind += 1  # the last word stands for the record's next rather than for none
    return first[behind], behind


def _difference(one: str, other: str) -> float:
    """What it costs that one word stands for another: less for words of one kind."""
    if one.lower() == other.lower():
        return _OTHER_CASE
    a, b = one[0], other[0]
    if a.isalnum() != b.isalnum():
        return 2 * _PUT_IN
    alike = (a.isdigit() and b.isdigit()) or (a.isupper() and b.isupper()) or one[:2] == other[:2]
    return _PUT_IN if alike or not a.isalnum() else _OTHER_WORD


WORD = re.compile(r"[^\W_]+(?:[.,:'’\-‐‑/][^\W_]+)*|\S")
"""A word, a number, or a mark."""
Token = tuple[str, Span]
"""A word or mark in the form in which it is compared, and its place."""
_NUMBER_OR_CHARACTER = re.compile(r"\d+|\S")


@dataclass(frozen=True, slots=True)
class Change:
    """Words that differ.

    Attributes:
        report: as the report has them; empty for words that it leaves out.
        record: as the record has them; empty for words that it does not have.
        span: where the report's words stand in the quotation; None where there are none.
    """

    report: str
    record: str
    span: Span | None = None


def changes(quote: str, ours: list[Token], text: str, theirs: list[Token]) -> tuple[Change, ...]:
    """The words that differ.

    Args:
        quote: the quotation.
        ours: all its tokens.
        text: of the record.
        theirs: the tokens of the place there.
    """
    from rapidfuzz.distance import Indel

    found = Indel.opcodes([form for form, _ in ours], [form for form, _ in theirs])
    steps = [(step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end) for step in found]
    changed: list[Change] = []
    replaced: tuple[int, int, int, int] | None = None
    for tag, a, b, c, d in [*steps, ("equal", 0, 0, 0, 0)]:
        if tag != "equal":
            replaced = (replaced[0], b, replaced[2], d) if replaced else (a, b, c, d)
        else:
            if replaced and (change := _change(quote, ours, text, theirs, replaced)):
                changed.append(change)
            replaced = None
    return tuple(changed)


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of a part of a text; Japanese character by character."""
    found = []
    for m in WORD.finditer(text, start, end):
        one_word = _is_latin(m.group()[0])
        pieces = [m.span()] if one_word else [n.span() for n in _NUMBER_OR_CHARACTER.finditer(text, *m.span())]
        for a, b in pieces:
            form = fold(text, a, b).text.replace(LINE_HYPHEN, "")
            if form:
                found.append((form, Span(a, b)))
    return found


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of a text made wider where it cuts a word."""
    while start > 0 and not text[start - 1].isspace() and _is_latin(text[start - 1]):
        start -= 1
    while end < len(text) and not text[end].isspace() and _is_latin(text[end]):
        end += 1
    return start, end


def _change(
    quote: str,
    ours: list[Token],
    text: str,
    theirs: list[Token],
    step: tuple[int, int, int, int],
) -> Change | None:
    a, b, c, d = step
    span = Span(ours[a][1].start, ours[b - 1][1].end) if a < b else None
    recorded = " ".join(text[theirs[c][1].start : theirs[d - 1][1].end].split()) if c < d else ""
    return Change(span.of(quote) if span else "", recorded, span) if span or recorded else None


def _is_latin(character: str) -> bool:
    """Whether words of this character's script are parted by white space."""
    return character < "\u3000"


# A place is shown as the likely source when it has this share of the quotation's letters, in order. It accepts nothing.
LEAST_LIKENESS = 0.6
_SEEDS = 12
_MOST_HITS = 60
_WINDOWS = 6
_ROOM = 60
# Characters: aligning takes the square of them. Longer quotations are compared by words.
_LONGEST_ALIGNED = 600
_LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """The likely source of a wrong quotation.

    Attributes:
        document: the record.
        span: the words there that it resembles.
        changes: the words that differ, in order; never empty.
    """

    document: Document
    span: Span
    changes: tuple[Change, ...]

    @property
    def words_changed(self) -> int:
        """How many words differ; of words in the place of others, the larger number."""
        return sum(max(len(WORD.findall(c.report)), len(WORD.findall(c.record))) for c in self.changes)


def candidate(quote: str, records: Records) -> Candidate | None:
    """The most similar place of all records; None when nothing is similar enough to be its source."""
    if len(quote) > _LONGEST_ALIGNED:
        return _long_candidate(quote, records)
    from rapidfuzz import fuzz

    best: tuple[float, Place] | None = None
    wanted = fold(quote).text
    for window in _windows(quote, records):
        there = fold(window.document.text, window.start, window.end)
        aligned = fuzz.partial_ratio_alignment(wanted, there.text, score_cutoff=100 * LEAST_LIKENESS)
        if aligned is None or aligned.dest_end <= aligned.dest_start or (best and aligned.score <= best[0]):
            continue
        # The aligned part is no longer than the quotation, so that what the record has besides may lie outside it.
        room = abs(len(wanted) - (aligned.dest_end - aligned.dest_start)) + _ROOM + len(wanted) // 4
        start, end = max(0, aligned.dest_start - room), min(len(there.text), aligned.dest_end + room)
        best = (aligned.score, Place(window.document, there.starts[start], there.ends[end - 1]))
    return _candidate(quote, best[1]) if best else None


def _long_candidate(quote: str, records: Records) -> Candidate | None:
    """The same for a long quotation: its two ends are aligned, and what lies between them is compared by words."""
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
    place = Place(window.document, there.starts[head.dest_start], there.ends[tail.dest_end - 1])
    found = _candidate(quote, place)
    if found is None:
        return None
    ours = [form for form, _ in tokens(quote, 0, len(quote))]
    theirs = [form for form, _ in tokens(found.document.text, found.span.start, found.span.end)]
    return found if Indel.normalized_similarity(ours, theirs) >= LEAST_LIKENESS else None


def _windows(quote: str, records: Records) -> list[Place]:
    """Stretches of the records that share runs of words with the quotation, those that share most first."""
    votes: Counter[tuple[str, int]] = Counter()
    seen: dict[tuple[str, int], Place] = {}
    for seeds in _seeds(quote):
        for key, offset, weight in seeds:
            for number, place in enumerate(records.places(key)):
                if number >= _MOST_HITS:
                    break
                start = max(0, place.start - offset)
                spot = (place.document.id, start // (2 * _ROOM))
                votes[spot] += weight
                seen.setdefault(spot, Place(place.document, start, start))
        if votes:
            break
    return [_window(seen[spot], len(quote)) for spot, _ in votes.most_common(_WINDOWS)]


def _seeds(quote: str) -> Iterator[list[tuple[str, int, int]]]:
    """Runs of words to look for, the longest first: their letters, where they stand, and what a find counts.

    Japanese parts no words, so there runs of four to six letters are looked for.
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


def _window(place: Place, length: int) -> Place:
    room = _ROOM + length // 4
    text = place.document.text
    return Place(place.document, max(0, place.start - 2 * room), min(len(text), place.start + length + 3 * room))


def _spread_out(count: int) -> list[int]:
    if count <= _SEEDS:
        return list(range(max(count, 0)))
    return sorted({round(i * (count - 1) / (_SEEDS - 1)) for i in range(_SEEDS)})


def _candidate(quote: str, place: Place) -> Candidate | None:
    text = place.document.text
    start, end = whole_words(text, place.start, place.end)
    ours, theirs = tokens(quote, 0, len(quote)), tokens(text, start, end)
    begun, ended = align([form for form, _ in ours], [form for form, _ in theirs])
    theirs = theirs[begun:ended]
    if not theirs:
        return None
    span = Span(theirs[0][1].start, theirs[-1][1].end)
    return Candidate(place.document, span, changes(quote, ours, text, theirs))
