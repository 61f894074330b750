"""The rows of a table on a PDF page, each as one line whose cells are parted by " | "."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers.pdf.lines import Line, joint

CELL_MARK = " | "
# In sizes of the letters: columns of a table stand at least so far apart.
_APART = 0.15
# In sizes of the letters: a step from line to line that begins a new row where rows stand apart, and one inside
# a cell.
_ROW_STEP = 1.45
_LINE_STEP = 1.3


def rows_of(zone: Sequence[Sequence[Line]], rules: Sequence[tuple[float, float, float]]) -> list[Line]:
    """The rows of a table.

    Args:
        zone: its lines, those on one height together, from top to bottom.
        rules: horizontal lines drawn on the page: left, right, distance from the top.
    """
    columns = columns_of([line for row in zone for line in row])
    return [_row(group, columns) for group in _grouped(zone, rules, columns)]


def stand_apart(zone: Sequence[Sequence[Line]]) -> bool:
    """Whether a table's rows are parted by more room than the lines inside its cells."""
    steps = [(b[0].base - a[0].base) / max(a[0].size, b[0].size) for a, b in pairwise(zone)]
    return bool(steps) and min(steps) <= _LINE_STEP and max(steps) > _ROW_STEP


def columns_of(lines: Sequence[Line]) -> list[tuple[float, float]]:
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
    apart = stand_apart(zone)
    groups: list[list[Line]] = [list(zone[0])]
    for (one, other), step in zip(pairwise(zone), steps, strict=True):
        if ruled:
            new = any(one[0].base < y < other[0].base for y in heights)
        elif apart:
            new = step > _ROW_STEP * max(one[0].size, other[0].size)
        else:
            new = other[0].left <= columns[0][1]
        if new:
            groups.append([])
        groups[-1] += other
    return groups


def _row(lines: list[Line], columns: list[tuple[float, float]]) -> Line:
    cells = ["" for _ in columns]
    for line in lines:
        at = next((i for i, (left, right) in enumerate(columns) if left <= line.left <= right), 0)
        cells[at] += joint(cells[at], line.text) + line.text
    return row_of(lines, tuple(cell for cell in cells if cell))


def row_of(lines: Sequence[Line], kept: tuple[str, ...]) -> Line:
    """Lines as a row of a table.

    Args:
        lines: of the row.
        kept: the words of its cells.
    """
    first = lines[0]
    return replace(
        first,
        text=CELL_MARK.join(kept),
        right=max(line.right for line in lines),
        bold=all(line.bold for line in lines),
        cells=kept,
    )
