"""Words of a page become its printed lines."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.language.scripts import CJK, CJK_MARKS, FULL_WIDTH, KANA, KANJI
from corpus.readers.pdf.words import Word

# In sizes of the letters. Words further apart stand in two columns or cells; where the file itself has a space between
# them, a justified line may have stretched it.
_WIDE = 1.0
_WIDE_ELSEWHERE = 0.75
_STRETCHED = 2.6
_STRETCHED_ALIKE = 1.5
_WIDEST = 15.0
_SAME_BASE = 0.25
_LEAST_SPACE = 0.12
# A mark or number in front of a list item stands further from its words than words do.
_MARK_GAP = 5.0
_MARK = re.compile(
    r"[•‣▪◦●○■□◆◇・–—*\-\uf0a7\uf0b7\uf0a8\uf076\uf0d8-]$|[(（]?[\divxIVX]{1,4}[.)）．]$|[(（]?[A-Za-z][.)）]$"
)
_UNSPACED = re.compile(f"[{CJK}{CJK_MARKS}{FULL_WIDTH}]")
_RAISED = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_UNCUT = re.compile(
    r"[（「『【〈《〔]*(?:[A-Za-z0-9.,’'\-]+|.)[）」』】〉》〕、。，．・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
)
# A vertical line drawn on a page: its place from the left, its upper and its lower end from the top.
Wall = tuple[float, float, float]
_RAISED_LETTERS = 9
# A line is as large as the largest letters that make up this part of it.
_PART = 0.2
_NUMBER = re.compile(r"[\d(),+\-–]{1,9}$")


@dataclass(frozen=True, slots=True)
class Line:
    """Words printed side by side on one line of a column, or of a table's cell.

    Attributes:
        text: its words.
        page: from 1.
        left: in points from the page's left edge.
        right: where its last letter ends.
        base: its base line, in points from the top of the page.
        size: of its letters, in points.
        bold: whether all its letters are bold.
        opening: width of its first word, in points: the room that it would have needed on the line before.
        edges: left and right edge of the column that it stands in.
        cells: for a row of a table the words of its cells; else empty.
        part: number of the column or other part of the page, in reading order.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
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
    """What stands between two words: a space, but nothing where one of them is Japanese or Chinese."""
    return "" if not before or not after or is_unspaced(before[-1]) or is_unspaced(after[0]) else " "


def lines_of(words: Sequence[Word], page: int, walls: Sequence[Wall] = ()) -> list[list[Line]]:
    """The lines of a page from top to bottom, those on one height together, from left to right.

    Args:
        words: of the page.
        page: its number, from 1.
        walls: vertical lines drawn on it, which part the cells of tables.
    """
    found: list[list[Line]] = []
    for row in _rows(_with_raised(words)):
        found.append([_line(group, page) for group in _groups(_without_doubles(row), _beside(row, walls))])
    return [row for row in found if row]


def _with_raised(words: Sequence[Word]) -> list[Word]:
    """Words with the small numbers that stand raised or lowered behind them made part of them: "policy³", "CO₂"."""
    joined: list[Word] = []
    for word in words:
        before = joined[-1] if joined else None
        if before is None or not _hangs_on(before, word):
            joined.append(word)
            continue
        raised = word.base < before.base
        text = word.text.translate(_RAISED if raised else _LOWERED) if _NUMBER.match(word.text) else word.text
        joined[-1] = replace(before, text=before.text + text, right=word.right)
    return joined


def _hangs_on(before: Word, word: Word) -> bool:
    near = -0.3 * before.size <= word.left - before.right <= 0.35 * before.size
    off = abs(word.base - before.base) / before.size
    if not near or len(word.text) > _RAISED_LETTERS:
        return False
    small = word.size <= 0.85 * before.size and 0.08 <= off <= 0.8
    small = small or (word.size < 0.95 * before.size and 0.2 <= off <= 0.7)
    return small or (_NUMBER.match(word.text) is not None and 0.2 <= off <= 0.7 and word.size <= before.size)


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    row: list[Word] = []
    base = size = 0.0
    for word in sorted(words, key=lambda w: w.base):
        if row and word.base - base > _SAME_BASE * max(size, word.size):
            yield row
            row, size = [], 0.0
        if word.size > size:
            base, size = word.base, word.size
        row.append(word)
    if row:
        yield row


def _without_doubles(row: list[Word]) -> list[Word]:
    """A row from left to right, without words printed twice on the same place to look bold."""
    ordered = sorted(row, key=lambda w: (w.left, w.right))
    kept = ordered[:1]
    for before, word in pairwise(ordered):
        if word.text != before.text or word.left - before.left > 0.25 * word.size:
            kept.append(word)
    return kept


def _groups(row: list[Word], walls: Sequence[float]) -> Iterator[list[Word]]:
    """A row cut at its wide gaps; where a justified line stretched all its spaces alike, none of them is wide."""
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


def _beside(row: list[Word], walls: Sequence[Wall]) -> list[float]:
    """Where vertical lines cross a row, from the left."""
    middle = max(word.base - 0.3 * word.size for word in row)
    return [x for x, top, foot in walls if top <= middle <= foot]


def _is_ruled_off(before: Word, word: Word, walls: Sequence[float]) -> bool:
    return any(before.right - 1 <= x <= word.left + 1 for x in walls)


def _opening(first: Word) -> float:
    """The room that the first word of a line needs; in Japanese what may not be cut by a line end."""
    if not is_unspaced(first.text[:1]):
        return first.right - first.left
    found = _UNCUT.match(first.text)
    return sum(first.size if is_unspaced(c) else 0.55 * first.size for c in found.group()) if found else first.size


def _line(group: list[Word], page: int) -> Line:
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
    return Line(text, page, first.left, max(w.right for w in group), largest.base, size, bold, _opening(first))


_READING = re.compile(f"[{KANA}・]{{1,16}}")
_KANJI = re.compile(f"[{KANJI}]")
# Against the size of the word that they stand at: their own size, and how far above its base line they stand.
_SMALL = 0.62
_NEAREST, _FURTHEST = 0.6, 1.7


def without_furigana(words: Sequence[Word]) -> list[Word]:
    """The words of a page, upright and in the file's order, without the readings that stand above other words."""
    if not any(_READING.fullmatch(word.text) for word in words):
        return list(words)
    rows: dict[int, list[Word]] = defaultdict(list)
    for word in sorted(words, key=lambda word: word.left):
        if _KANJI.search(word.text):
            rows[round(word.base)].append(word)
    return [word for word in words if not (_READING.fullmatch(word.text) and _stands_above(word, rows))]


def _stands_above(word: Word, rows: dict[int, list[Word]]) -> bool:
    middle = (word.left + word.right) / 2
    nearest, furthest = (int(word.base + part * word.size / _SMALL) for part in (_NEAREST, _FURTHEST))
    for base in range(nearest, furthest + 1):
        at = bisect_right(rows.get(base, ()), middle, key=lambda other: other.left)
        below = rows[base][at - 1] if at else None
        if below is not None and middle <= below.right and word.size <= _SMALL * below.size:
            return True
    return False
