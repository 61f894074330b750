"""Read the printed lines of a page of a PDF report, and tell which of them begin paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

# A line begins a paragraph where the step to it is this many times the usual step; a raised footnote mark in a line
# widens the step by a tenth.
_WIDE_STEP = 1.22
_OTHER_SIZE = 1.08
MARKED_END = re.compile(r"[.!?。！？][\"”’»')\]」』]*\s?\d{1,3}\s*$")
"""The end of a line with the mark of a note behind its sentence."""
# Usual width of a letter as a share of its size.
_WIDTH = 0.6


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A printed line of a PDF report.

    Attributes:
        text: its characters.
        page: its page number, from 1.
        height: its baseline in points above the foot of the page; None when unknown.
        size: the size of its letters in points; 0 when unknown.
        is_row: True if its words are separated by a gap as wide as between the columns of a table.
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
    begins_text: bool


def lines_of(page: Any, number: int) -> list[ReportLine]:
    """Return the lines of a pypdf page; without heights and sizes where they cannot be computed."""
    letters: list[_Letter] = []

    def visit(text: str, matrix: Sequence[float], place: Sequence[float], font: object, size: float) -> None:
        x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        scaled = abs(size * place[3] * matrix[3])
        characters = [c for c in text if not c.isspace()]
        letters.extend(_Letter(c, x, y, scaled, i == 0) for i, c in enumerate(characters))

    printed = page.extract_text(visitor_text=visit).splitlines()
    visited = "".join(letter.character for letter in letters)
    if visited != "".join("".join(line.split()) for line in printed):
        return [ReportLine(text, number) for text in printed]
    lines: list[ReportLine] = []
    at = 0
    for text in printed:
        count = len("".join(text.split()))
        lines.append(_line(text, number, letters[at : at + count]))
        at += count
    return lines


def usual_step(lines: Sequence[ReportLine]) -> float:
    """Return the median step from line to line, in letter sizes; 0 when no step is known."""
    return median([s for a, b in pairwise(lines) if (s := _step(a, b)) is not None and 0.9 < s < 4] or [0.0])


def begins_paragraph(above: ReportLine, line: ReportLine, usual: float) -> bool:
    """Return True if a line begins a paragraph, judged by the step above it, its size, or the columns of a table.

    At the head of a page it does if the last line above ends a sentence with the mark of a note, as quotations do.
    """
    if line.is_row:
        return True
    if above.page != line.page:
        return bool(MARKED_END.search(above.text))
    step = _step(above, line)
    if step is None or not usual:
        return False
    other_size = max(above.size, line.size) > _OTHER_SIZE * min(above.size, line.size)
    return other_size or step < 0 or step > _WIDE_STEP * usual


def _step(above: ReportLine, line: ReportLine) -> float | None:
    if above.page != line.page or above.height is None or line.height is None or not above.size or not line.size:
        return None
    return (above.height - line.height) / max(above.size, line.size)


def _line(text: str, number: int, letters: Sequence[_Letter]) -> ReportLine:
    """Return a line at the height and size of most of its letters, which ignores a raised mark."""
    if not letters:
        return ReportLine(text, number)
    (height, size), _ = Counter((round(letter.y, 1), round(letter.size, 1)) for letter in letters).most_common(1)[0]
    return ReportLine(text, number, height, size, _is_row(letters))


def _is_row(letters: Sequence[_Letter]) -> bool:
    starts = [i for i, letter in enumerate(letters) if letter.begins_text]
    for i, j in pairwise(starts):
        one, other = letters[i], letters[j]
        width = (j - i) * _WIDTH * one.size
        if i == starts[0] and j - i <= 30 and abs(one.y - other.y) < 1 and other.x - one.x - width > one.size:
            return True
    return False
