"""The rows of a table on a PDF page, each as one line whose cells are parted by " | "."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.formats.pdf_lines import Line, joint

CELL_MARK = " | "
# In sizes of the letters: columns of a table stand at least so far apart.
_APART = 0.4
# A step from line to line so many times the narrowest one begins a new row.
_WIDER = 1.2


def rows_of(zone: Sequence[Sequence[Line]], rules: Sequence[tuple[float, float, float]]) -> list[Line]:
    """The rows of a table.

    Args:
        zone: its lines, those on one height together, from top to bottom.
        rules: horizontal lines drawn on the page: left, right, distance from the top.
    """
    columns = _columns([line for row in zone for line in row])
    return [_row(group, columns) for group in _grouped(zone, rules, columns)]


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The columns' left and right edges: where no cell stands, a column ends."""
    found: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.left):
        if found and line.left < found[-1][1] + _APART * line.size:
            found[-1] = (found[-1][0], max(found[-1][1], line.right))
        else:
            found.append((line.left, line.right))
    return found


def _grouped(
    zone: Sequence[Sequence[Line]], rules: Sequence[tuple[float, float, float]], columns: list[tuple[float, float]]
) -> list[list[Line]]:
    """The lines of each row: between two drawn lines, or without these parted by a wider step or a new first cell."""
    left, right = columns[0][0], columns[-1][1]
    heights = [y for x0, x1, y in rules if x0 <= left + 0.5 * (right - left) and x1 >= left + 0.5 * (right - left)]
    ruled = sum(zone[0][0].base < y < zone[-1][0].base for y in heights) >= 2
    steps = [other[0].base - one[0].base for one, other in pairwise(zone)]
    least = min(steps, default=0.0)
    uneven = bool(steps) and max(steps) > _WIDER * least
    groups: list[list[Line]] = [list(zone[0])]
    for (one, other), step in zip(pairwise(zone), steps, strict=True):
        if ruled:
            new = any(one[0].base < y < other[0].base for y in heights)
        elif uneven and step <= _WIDER * least:
            new = False
        else:
            new = other[0].left <= columns[0][1] or (uneven and step > _WIDER * least)
        if new:
            groups.append([])
        groups[-1] += other
    return groups


def _row(lines: list[Line], columns: list[tuple[float, float]]) -> Line:
    cells = ["" for _ in columns]
    for line in lines:
        at = next((i for i, (left, right) in enumerate(columns) if left <= line.left <= right), 0)
        cells[at] += joint(cells[at], line.text) + line.text
    kept = tuple(cell for cell in cells if cell)
    first = lines[0]
    return replace(
        first,
        text=CELL_MARK.join(kept),
        right=max(line.right for line in lines),
        bold=all(line.bold for line in lines),
        cells=kept,
    )
