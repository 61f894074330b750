"""Group the words of a PDF page into printed lines and drop furigana."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.language.scripts import CJK, CJK_MARKS, FULL_WIDTH, KANA, KANJI
from corpus.readers.pdf.words import Word

# In font sizes. Words further apart are in two columns or cells; a justified line may have stretched a space that the
# file has between them.
_WIDE = 1.0
_WIDE_ELSEWHERE = 0.75
_STRETCHED = 2.6
_STRETCHED_ALIKE = 1.5
_WIDEST = 15.0
_SAME_BASE = 0.25
_LEAST_SPACE = 0.12
# The gap behind a list item's bullet or number is wider than that between words.
_MARK_GAP = 5.0
_MARK = re.compile(
    r"[•‣▪◦●○■□◆◇・–—*\-\uf0a7\uf0b7\uf0a8\uf076\uf0d8-]$|[(（]?[\divxIVX]{1,4}[.)）．]$|[(（]?[A-Za-z][.)）]$"
    r"|[QA]:?$"  # of a hearing's questions and answers
)
_UNSPACED = re.compile(f"[{CJK}{CJK_MARKS}{FULL_WIDTH}]")
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_UNCUT = re.compile(
    r"[（「『【〈《〔]*(?:[A-Za-z0-9.,’'\-]+|.)[）」』】〉》〕、。，．・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
)
# A vertical line drawn on a page: its distance from the left, its upper and its lower end from the top.
Wall = tuple[float, float, float]
_RAISED_LETTERS = 9
# The size of a line is the largest font size with at least this share of its letters.
_PART = 0.2
_NUMBER = re.compile(r"[\d(),+\-–]{1,9}$")
_READING = re.compile(f"[{KANA}・]{{1,16}}")
_KANJI = re.compile(f"[{KANJI}]")
# In font sizes of the word below: the largest size of a reading, and its distance from that word's baseline.
_SMALL = 0.62
_NEAREST, _FURTHEST = 0.6, 1.7


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words side by side on one line of a column, or of a table's cell.

    Attributes:
        text: its words.
        page: from 1.
        left: in points from the page's left edge.
        right: where its last letter ends.
        baseline: its baseline, in points from the top of the page.
        size: of its font, in points.
        bold: True if all its letters are bold.
        opening: width of its first word, in points: the room that it would have needed on the line before.
        edges: left and right edge of its column.
        cells: for a row of a table the words of its cells; else empty.
        part: number of the column or other part of the page, in reading order.
    """

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    opening: float
    edges: tuple[float, float] = (0.0, 0.0)
    cells: tuple[str, ...] = field(default=())
    part: int = 0


def is_unspaced(character: str) -> bool:
    """Return True if a character belongs to a script that puts no spaces between words."""
    return bool(_UNSPACED.match(character))


def joint(before: str, after: str) -> str:
    """Return the separator of two words: a space, or nothing where one of them is Japanese or Chinese."""
    return "" if not before or not after or is_unspaced(before[-1]) or is_unspaced(after[0]) else " "


def group_words(words: Sequence[Word], page: int, walls: Sequence[Wall]) -> list[list[PrintedLine]]:
    """Return the lines of a page from top to bottom, lines of one height as a list from left to right.

    Args:
        words: of the page.
        page: its number, from 1.
        walls: vertical lines drawn on it, which separate the cells of tables.
    """
    lines: list[list[PrintedLine]] = []
    for row in _rows(_with_raised(words)):
        lines.append([_line(group, page) for group in _groups(_without_doubles(row), _walls_crossing(row, walls))])
    return [row for row in lines if row]


def _with_raised(words: Sequence[Word]) -> list[Word]:
    """Join raised and lowered numbers to the word before them: "policy³", "CO₂"."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if before is None or not _is_raised(before, word):
            joined.append(word)
            continue
        raised = word.baseline < before.baseline
        text = word.text.translate(_RAISED if raised else _LOWERED) if _NUMBER.match(word.text) else word.text
        joined[-1] = replace(before, text=before.text + text, right=word.right)
    return joined


def _is_raised(before: Word, word: Word) -> bool:
    near = -0.3 * before.size <= word.left - before.right <= 0.35 * before.size
    off = abs(word.baseline - before.baseline) / before.size
    if not near or len(word.text) > _RAISED_LETTERS:
        return False
    small = word.size <= 0.85 * before.size and 0.08 <= off <= 0.8
    small = small or (word.size < 0.95 * before.size and 0.2 <= off <= 0.7)
    return small or (_NUMBER.match(word.text) is not None and 0.2 <= off <= 0.7 and word.size <= before.size)


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    row: list[Word] = []
    baseline = size = 0.0
    for word in sorted(words, key=lambda w: w.baseline):
        if row and word.baseline - baseline > _SAME_BASE * max(size, word.size):
            yield row
            row, size = [], 0.0
        if word.size > size:
            baseline, size = word.baseline, word.size
        row.append(word)
    if row:
        yield row


def _without_doubles(row: list[Word]) -> list[Word]:
    """Sort a row from left to right and drop words printed twice at one position to look bold."""
    ordered = sorted(row, key=lambda w: (w.left, w.right))
    unique = ordered[:1]
    for before, word in pairwise(ordered):
        if word.text != before.text or word.left - before.left > 0.25 * word.size:
            unique.append(word)
    return unique


def _groups(row: list[Word], walls: Sequence[float]) -> Iterator[list[Word]]:
    """Cut a row at its wide gaps; a gap as wide as all others of a justified line is not wide."""
    narrowest: dict[int, float] = {}
    for before, word in pairwise(row):
        if before.drawn == word.drawn:
            gap = word.left - before.right
            narrowest[word.drawn] = min(gap, narrowest.get(word.drawn, gap))
    group = row[:1]
    for before, word in pairwise(row):
        is_mark = len(group) == 1 and before.text.isdecimal() and before.size <= 0.85 * word.size
        size = word.size if is_mark else min(before.size, word.size)
        most = _STRETCHED if word.spaced else _WIDE if before.drawn == word.drawn else _WIDE_ELSEWHERE
        if len(group) == 1 and _MARK.match(before.text):
            most = _MARK_GAP
        if before.drawn == word.drawn:
            most = max(most, min(_STRETCHED_ALIKE * narrowest[word.drawn] / size, _WIDEST))
        if word.left - before.right > most * size or _is_ruled_off(before, word, walls):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _walls_crossing(row: list[Word], walls: Sequence[Wall]) -> list[float]:
    """Return where vertical lines cross a row, from the left."""
    middle = max(word.baseline - 0.3 * word.size for word in row)
    return [x for x, top, foot in walls if top <= middle <= foot]


def _is_ruled_off(before: Word, word: Word, walls: Sequence[float]) -> bool:
    return any(before.right - 1 <= x <= word.left + 1 for x in walls)


def _opening(first: Word) -> float:
    """Return the width that a line's first word needs; in Japanese, of the characters that no line end may separate."""
    if not is_unspaced(first.text[:1]):
        return first.right - first.left
    match = _UNCUT.match(first.text)
    return sum(first.size if is_unspaced(c) else 0.55 * first.size for c in match.group()) if match else first.size


def _line(group: list[Word], page: int) -> PrintedLine:
    text = group[0].text
    for before, word in pairwise(group):
        gap = word.left - before.right
        apart = word.spaced or gap > _LEAST_SPACE * min(before.size, word.size)
        both_unspaced = is_unspaced(before.text[-1:]) and is_unspaced(word.text[:1])
        text += (" " if apart and not (both_unspaced and gap < 0.6 * word.size) else "") + word.text
    letters = sum(len(word.text) for word in group)
    bold = all(word.bold for word in group if any(c.isalnum() for c in word.text)) and any(w.bold for w in group)
    largest = max(group, key=lambda word: len(word.text))
    sizes: dict[float, int] = {}
    for word in group:
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    size = max(size for size, count in sizes.items() if count >= _PART * letters or len(sizes) > 4)
    first = group[0]
    return PrintedLine(
        text, page, first.left, max(w.right for w in group), largest.baseline, size, bold, _opening(first)
    )


def without_furigana(words: Sequence[Word]) -> list[Word]:
    """Drop furigana, the small readings above kanji; return the other words in the file's order."""
    if not any(_READING.fullmatch(word.text) for word in words):
        return list(words)
    rows: dict[int, list[Word]] = defaultdict(list)
    for word in sorted(words, key=lambda word: word.left):
        if _KANJI.search(word.text):
            rows[round(word.baseline)].append(word)
    return [word for word in words if not (_READING.fullmatch(word.text) and _is_furigana(word, rows))]


def _is_furigana(word: Word, rows: dict[int, list[Word]]) -> bool:
    middle = (word.left + word.right) / 2
    nearest, furthest = (int(word.baseline + part * word.size / _SMALL) for part in (_NEAREST, _FURTHEST))
    for baseline in range(nearest, furthest + 1):
        at = bisect_right(rows.get(baseline, ()), middle, key=lambda other: other.left)
        below = rows[baseline][at - 1] if at else None
        if below is not None and middle <= below.right and word.size <= _SMALL * below.size:
            return True
    return False
