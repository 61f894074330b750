"""The lines of a PDF page, with what tells paragraphs apart: their place, their size, their columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

# A line stands apart where the step to it is so many times the usual one of its size; a raised footnote mark in a line
# widens the step by a tenth.
_APART = 1.22
_OTHER_SIZE = 1.08
# Of a letter's size, its usual width.
_WIDTH = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        text: its characters.
        page: its page, from 1.
        height: its baseline, in points from the foot of the page; None where the page does not tell.
        size: of its letters, in points; 0 where the page does not tell.
        is_row: whether a gap as wide as between the columns of a table parts its words.
    """

    text: str
    page: int
    height: float | None = None
    size: float = 0.0
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class _Letter:
    character: str
    x: float
    y: float
    size: float
    begins: bool


def lines_of(page: Any, number: int) -> list[Line]:
    """The lines of a page of pypdf; without places where these cannot be told."""
    letters: list[_Letter] = []

    def visit(text: str, matrix: Sequence[float], place: Sequence[float], font: object, size: float) -> None:
        x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        scaled = abs(size * place[3] * matrix[3])
        seen = [c for c in text if not c.isspace()]
        letters.extend(_Letter(c, x, y, scaled, i == 0) for i, c in enumerate(seen))

    printed = page.extract_text(visitor_text=visit).splitlines()
    seen = "".join(letter.character for letter in letters)
    if seen != "".join("".join(line.split()) for line in printed):
        return [Line(text, number) for text in printed]
    found: list[Line] = []
    at = 0
    for text in printed:
        count = len("".join(text.split()))
        found.append(_line(text, number, letters[at : at + count]))
        at += count
    return found


def usual_step(lines: Sequence[Line]) -> float:
    """From one line to the next, the usual step in sizes of the letters; 0 where none is known."""
    return median([s for a, b in pairwise(lines) if (s := _step(a, b)) is not None and 0.9 < s < 4] or [0.0])


def is_apart(above: Line, line: Line, usual: float) -> bool:
    """Whether a line begins a paragraph of its own, by the room above it, its size, or the columns of a table.

    Args:
        above: the line before it.
        line: the line.
        usual: of the report, as `usual_step` gives it.
    """
    if line.is_row:
        return True
    step = _step(above, line)
    if step is None or not usual:
        return False
    other_size = max(above.size, line.size) > _OTHER_SIZE * min(above.size, line.size)
    return other_size or step < 0 or step > _APART * usual


def _step(above: Line, line: Line) -> float | None:
    if above.page != line.page or above.height is None or line.height is None or not above.size or not line.size:
        return None
    return (above.height - line.height) / max(above.size, line.size)


def _line(text: str, number: int, letters: Sequence[_Letter]) -> Line:
    """A line where most of its letters stand: a raised mark in it counts little."""
    if not letters:
        return Line(text, number)
    (height, size), _ = Counter((round(letter.y, 1), round(letter.size, 1)) for letter in letters).most_common(1)[0]
    return Line(text, number, height, size, _is_row(letters))


def _is_row(letters: Sequence[_Letter]) -> bool:
    starts = [i for i, letter in enumerate(letters) if letter.begins]
    for i, j in pairwise(starts):
        one, other = letters[i], letters[j]
        width = (j - i) * _WIDTH * one.size
        if i == starts[0] and j - i <= 30 and abs(one.y - other.y) < 1 and other.x - one.x - width > one.size:
            return True
    return False
