"""Join the lines of a table on a PDF page to rows, each one line with its cells."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers.blocks import CELL_BREAK
from corpus.readers.pdf.lines import PrintedLine, joint

# In font sizes: the least distance between columns of a table.
_APART = 0.15
# In font sizes: the distance of baselines above which a new row begins where rows are spaced, and one inside a cell.
_ROW_STEP = 1.45
LINE_STEP = 1.3
# A horizontal line drawn on a page: left, right, distance from the top.
Rule = tuple[float, float, float]


def table_rows(rows: Sequence[Sequence[PrintedLine]], rules: Sequence[Rule]) -> list[PrintedLine]:
    """Return the rows of a table, each as one line with its cells.

    Args:
        rows: its lines from top to bottom, lines of one height as a list.
        rules: horizontal lines drawn on the page: left, right, distance from the top.
    """
    columns = column_edges([line for row in rows for line in row])
    return [_row(group, columns) for group in _group_rows(rows, rules, columns)]


def has_spaced_rows(zone: Sequence[Sequence[PrintedLine]]) -> bool:
    """Return True if the space between a table's rows is wider than that between the lines of a cell."""
    steps = [(b[0].baseline - a[0].baseline) / max(a[0].size, b[0].size) for a, b in pairwise(zone)]
    return bool(steps) and min(steps) <= LINE_STEP and max(steps) > _ROW_STEP


def column_edges(lines: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    """Return the left and right edges of the columns; a column ends where no cell is."""
    columns: list[tuple[float, float]] = []
    for line in sorted(lines, key=lambda line: line.left):
        if columns and line.left < columns[-1][1] + _APART * line.size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], line.right))
        else:
            columns.append((line.left, line.right))
    return columns


def _group_rows(
    zone: Sequence[Sequence[PrintedLine]],
    rules: Sequence[Rule],
    columns: list[tuple[float, float]],
) -> list[list[PrintedLine]]:
    """Group the lines of each row: between two drawn lines, else up to a wider step or a new first cell."""
    left, right = columns[0][0], columns[-1][1]
    heights = [y for x0, x1, y in rules if x0 <= left + 0.5 * (right - left) and x1 >= left + 0.5 * (right - left)]
    is_ruled = sum(zone[0][0].baseline < y < zone[-1][0].baseline for y in heights) >= 2
    steps = [following[0].baseline - before[0].baseline for before, following in pairwise(zone)]
    is_spaced = has_spaced_rows(zone)
    groups: list[list[PrintedLine]] = [list(zone[0])]
    for (before, following), step in zip(pairwise(zone), steps, strict=True):
        if is_ruled:
            new = any(before[0].baseline < y < following[0].baseline for y in heights)
        elif is_spaced:
            new = step > _ROW_STEP * max(before[0].size, following[0].size)
        else:
            new = following[0].left <= columns[0][1]
        if new:
            groups.append([])
        groups[-1] += following
    return groups


def _row(lines: list[PrintedLine], columns: list[tuple[float, float]]) -> PrintedLine:
    cells = ["" for _ in columns]
    for line in lines:
        at = next((i for i, (left, right) in enumerate(columns) if left <= line.left <= right), 0)
        cells[at] += joint(cells[at], line.text) + line.text
    return table_row(lines, tuple(cell for cell in cells if cell))


def table_row(lines: Sequence[PrintedLine], cells: tuple[str, ...]) -> PrintedLine:
    """Merge lines into one row of a table with these cells."""
    first = lines[0]
    return replace(
        first,
        text=CELL_BREAK.join(cells),
        right=max(line.right for line in lines),
        bold=all(line.bold for line in lines),
        cells=cells,
    )
