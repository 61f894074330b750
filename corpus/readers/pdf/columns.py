"""The lines of a page in the order in which they are read: column after column, tables row by row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

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


# Of a page's lines, the fewest on each side of a gap that make columns, and that make a table.
_COLUMN_LINES = 4
_TABLE_LINES = 2
# Pieces of a line, parted by wide gaps, from which it is a row of a table even if it stands alone.
_LONE_ROW = 3
# Places tried as gap between columns; the left edges that most lines have come first.
_MOST_PLACES = 24
_DEEPEST = 4
# Of a column's width, what its middle line fills at least; cells of a table mostly fill less.
_FILLED = 0.6
# In sizes of the letters: the narrowest column of text, and the step from line to line inside a cell.
_NARROWEST = 6
_CLOSE = 1.3
# Steps that show what is usual.
_ENOUGH = 3


# A horizontal line drawn on a page: left, right, distance from the top.
Rule = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Zone:
    """Rows of a page that are read together; `gap` parts them into two columns, or the cells of a table."""

    rows: list[list[Line]]
    gap: float | None = None
    is_table: bool = False


def in_reading_order(rows: Sequence[Sequence[Line]], rules: Sequence[Rule]) -> list[Line]:
    """Put a page's lines in reading order, each with the edges of its column; rows of tables become one line each.

    Args:
        rows: the lines, those on one height together, from top to bottom.
        rules: horizontal lines drawn on the page: left, right, distance from the top.
    """
    found: list[Line] = []
    for part, lines in enumerate(_parts([list(row) for row in rows], rules, 0)):
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        found += [replace(line, edges=(left, right), part=part) for line in lines]
    return found


def _parts(rows: list[list[Line]], rules: Sequence[Rule], depth: int) -> list[list[Line]]:
    """Parts of a page, each a column or a stretch as wide as the page."""
    found: list[list[Line]] = []
    plain: list[list[Line]] = []
    zones = _zones(rows, rules) if depth < _DEEPEST else [_Zone(rows)]
    for zone in zones:
        if zone.is_table:
            plain += [[line] for line in rows_of(zone.rows, rules)]
        elif zone.gap is None and len(zones) == 1:
            plain += zone.rows
        elif zone.gap is None:  # it may have columns or a table at another place
            found += _whole(plain)
            plain = []
            found += _parts(zone.rows, rules, depth + 1)
        else:
            found += _whole(plain)
            plain = []
            for side in _sides(zone.rows, zone.gap):
                found += _parts(side, rules, depth + 1)
    return found + _whole(plain)


def _whole(rows: list[list[Line]]) -> list[list[Line]]:
    lines = [_joined(row) for row in rows]
    return [lines] if lines else []


def _joined(row: list[Line]) -> Line:
    """Lines on one height in one column as one: a row where wide gaps part it often, as in a table's head."""
    if len(row) >= _LONE_ROW:
        return row_of(row, tuple(line.text for line in row))
    line = row[0]
    for other in row[1:]:
        line = replace(
            line,
            text=line.text + (joint(line.text, other.text) or " ") + other.text,
            right=max(line.right, other.right),
            size=max(line.size, other.size),
            bold=line.bold and other.bold,
        )
    return line


def _zones(rows: list[list[Line]], rules: Sequence[Rule]) -> list[_Zone]:
    """The page cut into zones from top to bottom."""
    best: list[tuple[int, int, bool]] = []
    place = most = 0.0
    for tried in _places(rows):
        runs = _parted(rows, tried, rules)
        count = sum(len(row) for start, end, _ in runs for row in rows[start:end])
        if count > most:
            most, place, best = count, tried, runs
    zones: list[_Zone] = []
    at = 0
    for start, end, is_table in best:
        if start > at:
            zones.append(_Zone(rows[at:start]))
        zones.append(_Zone(rows[start:end], place, is_table))
        at = end
    if at < len(rows):
        zones.append(_Zone(rows[at:]))
    return zones


def _places(rows: list[list[Line]]) -> list[float]:
    """Where a right-hand column may begin: left edges of lines, the most usual first."""
    counted: Counter[float] = Counter()
    least = min((line.left for row in rows for line in row), default=0.0)
    for row in rows:
        for i, line in enumerate(row):
            if i or line.left > least + 3 * line.size:
                counted[round(line.left)] += 3 if i else 1
    return [place - 1.5 for place, _ in counted.most_common(_MOST_PLACES)]


def _parted(rows: list[list[Line]], place: float, rules: Sequence[Rule]) -> list[tuple[int, int, bool]]:
    """Runs of rows that no word crosses at a place, with lines on both sides of it, and whether each is a table."""
    runs: list[tuple[int, int, bool]] = []
    start = 0
    for i in range(len(rows) + 1):
        if i < len(rows) and not any(line.left < place < line.right for line in rows[i]):
            continue
        run = _trimmed(rows, start, i, place, rules)
        if run is not None:
            runs.append(run)
        start = i + 1
    return runs


def _trimmed(
    rows: list[list[Line]], start: int, end: int, place: float, rules: Sequence[Rule]
) -> tuple[int, int, bool] | None:
    """A run of rows from the first to the last that both sides share; None where they do not stand side by side."""
    left = [i for i in range(start, end) if any(line.right <= place for line in rows[i])]
    right = [i for i in range(start, end) if any(line.left >= place for line in rows[i])]
    if len(left) < _TABLE_LINES or len(right) < _TABLE_LINES:
        return None
    first, last = max(left[0], right[0]), min(left[-1], right[-1])
    beside = min(sum(first <= i <= last for i in side) for side in (left, right))
    if beside < _TABLE_LINES:
        return None
    if _is_table(rows[first : last + 1], place, rules):
        first, last = _ruled(rows, (first, last), (start, end - 1), [y for a, b, y in rules if a < place < b])
        return first, last + 1, True
    if beside < _COLUMN_LINES:
        return None
    # A column may be longer than its neighbour: what goes on below it without a wider step still belongs to it.
    return _grown(rows, first, start, -1), _grown(rows, last, end - 1, 1) + 1, False


def _ruled(
    rows: list[list[Line]], found: tuple[int, int], within: tuple[int, int], heights: Sequence[float]
) -> tuple[int, int]:
    """A table up to the lines drawn above and below it: a cell's first words may stand higher than its neighbours'."""
    first, last = found
    if not any(rows[first][0].base < y < rows[last][0].base for y in heights):
        heights = ()  # a line below the table may be that above the footnotes
    above = max((y for y in heights if y < rows[first][0].base), default=float("inf"))
    below = min((y for y in heights if y > rows[last][0].base), default=float("-inf"))
    cells_go_on = stand_apart(rows[first : last + 1])
    while first > within[0] and (
        rows[first - 1][0].base > above or (cells_go_on and _is_close(rows[first - 1], rows[first]))
    ):
        first -= 1
    while last < within[1] and (
        rows[last + 1][0].base < below or (cells_go_on and _is_close(rows[last], rows[last + 1]))
    ):
        last += 1
    return first, last


def _is_close(row: list[Line], following: list[Line]) -> bool:
    return following[0].base - row[0].base <= _CLOSE * max(row[0].size, following[0].size)


def _grown(rows: list[list[Line]], at: int, stop: int, step: int) -> int:
    while at != stop:
        one, other = rows[at][0], rows[at + step][0]
        if abs(other.base - one.base) > 2.2 * max(one.size, other.size) or len(rows[at + step]) > 2:
            break
        at += step
    return at


def _sides(zone: list[list[Line]], gap: float) -> tuple[list[list[Line]], list[list[Line]]]:
    """A zone's left and right columns."""
    return (
        [kept for row in zone if (kept := [line for line in row if line.right <= gap])],
        [kept for row in zone if (kept := [line for line in row if line.left >= gap])],
    )


def _is_table(zone: list[list[Line]], gap: float, rules: Sequence[Rule]) -> bool:
    """Whether a zone is a table: lines drawn across its gap, or cells too short to be lines of a column."""
    top, bottom = zone[0][0].base, zone[-1][0].base
    inside = [rule for rule in rules if rule[0] < gap < rule[1] and top < rule[2] < bottom]
    if len(inside) >= 2 or (len(inside) == 1 and len(zone) <= 4):
        return True
    both = sum(len(row) > 1 for row in zone)
    if both < _TABLE_LINES:
        return False
    if len(zone) < _COLUMN_LINES:
        return True
    lines = [line for row in zone for line in row]
    for left, right in columns_of(lines):
        widths = [line.right - line.left for line in lines if left <= line.left <= right]
        if right - left < _NARROWEST * lines[0].size:
            return True
        if median(widths) < _FILLED * (right - left) and both >= 0.5 * len(zone):
            return True
    return False


def usual_steps(lines: Sequence[Line]) -> dict[float, float]:
    """For each size of letters, rounded to half points, the usual step from one line to the next, in points.

    Where paragraphs are short, most steps part them: those to a line that begins in lower case tell more.
    """
    steps: dict[float, list[float]] = {}
    inside: dict[float, list[float]] = {}
    for one, other in pairwise(lines):
        step, size = other.base - one.base, round(2 * one.size) / 2
        same = one.page == other.page and one.part == other.part and abs(one.size - other.size) < 0.05 * one.size
        if same and 0.8 * one.size < step < 3 * one.size:
            steps.setdefault(size, []).append(step)
            if other.text[0].islower():
                inside.setdefault(size, []).append(step)
    best = {size: inside[size] if len(inside.get(size, ())) >= _ENOUGH else found for size, found in steps.items()}
    return {size: _low_middle(found) for size, found in best.items() if len(found) >= _ENOUGH}


def _low_middle(steps: list[float]) -> float:
    """A step that is usual inside paragraphs: at most the middle one, since steps between paragraphs are wider."""
    ordered = sorted(steps)
    return ordered[int(0.4 * (len(ordered) - 1))]
