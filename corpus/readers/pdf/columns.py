"""Put the lines of a PDF page in reading order, column after column."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.readers.pdf.lines import PrintedLine, joint
from corpus.readers.pdf.tables import LINE_STEP, Rule, column_edges, has_spaced_rows, table_row, table_rows

# Of a page's lines, the fewest on each side of a gap that make columns, and that make a table.
_COLUMN_LINES = 4
_TABLE_LINES = 2
# A single line is a row of a table if wide gaps cut it into at least so many parts.
_LONE_ROW = 3
# Positions tried as gap between columns; the most frequent left edges come first.
_MOST_PLACES = 24
_DEEPEST = 4
# The share of a column's width that its median line fills at least; cells of a table mostly fill less.
_FILLED = 0.6
# In font sizes: the narrowest column of text.
_NARROWEST = 6
# In points: how much the edges of a column differ from page to page.
_SAME_EDGE = 3.0
# The number of steps from which their median is trusted.
_ENOUGH = 3
# In font sizes: the widest step from line to line, that of a hearing in triple spacing.
_WIDEST_STEP = 3.2
# A line this much nearer to the one above it than to the one below belongs to the paragraph above.
_NEARER = 0.85


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns of a document: the position between them, and the left and right edges of each, in points."""

    gap: float
    left: tuple[float, float]
    right: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Zone:
    """Rows of a page that are read together; `gap` separates two columns, or the cells of a table."""

    rows: list[list[PrintedLine]]
    gap: float | None = None
    is_table: bool = False


def document_columns(
    pages: Sequence[Sequence[Sequence[PrintedLine]]], rules: Sequence[Sequence[Rule]]
) -> list[Columns]:
    """Return the columns that at least one page shows, those of most lines first.

    Args:
        pages: for each page its lines from top to bottom, lines of one height as a list.
        rules: for each page the horizontal lines drawn on it.
    """
    found: list[tuple[int, Columns]] = []
    for rows, drawn in zip(pages, rules, strict=True):
        for zone in _zones([list(row) for row in rows], drawn, ()):
            if zone.gap is None or zone.is_table:
                continue
            sides = [[line for row in side for line in row] for side in _sides(zone.rows, zone.gap)]
            left, right = ((min(line.left for line in s), max(line.right for line in s)) for s in sides)
            found.append((sum(map(len, sides)), Columns(zone.gap, left, right)))
    columns: list[Columns] = []
    for _, new in sorted(found, key=lambda item: -item[0]):
        same = next((i for i, other in enumerate(columns) if abs(other.gap - new.gap) <= _SAME_EDGE), None)
        if same is None:
            columns.append(new)
        else:
            old = columns[same]
            columns[same] = Columns(old.gap, _union(old.left, new.left), _union(old.right, new.right))
    return columns


def _union(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return min(one[0], other[0]), max(one[1], other[1])


def set_column_edges(lines: Sequence[PrintedLine], columns: Sequence[Columns]) -> list[PrintedLine]:
    """Give the lines of each part that lies in a column of the document the edges of this column."""
    edges: dict[int, tuple[float, float]] = {}
    for part in {line.part for line in lines}:
        own = [line for line in lines if line.part == part]
        left, right = min(line.left for line in own), max(line.right for line in own)
        if sum(line.right >= right - _SAME_EDGE for line in own) >= max(_ENOUGH, len(own) / 2):
            continue  # justified lines show their own edge
        for column in (side for pair in columns for side in (pair.left, pair.right)):
            if abs(left - column[0]) <= _SAME_EDGE and right <= column[1] + _SAME_EDGE:
                edges.setdefault(part, column)
    return [replace(line, edges=edges.get(line.part, line.edges)) for line in lines]


def order_lines(
    rows: Sequence[Sequence[PrintedLine]], rules: Sequence[Rule], columns: Sequence[Columns]
) -> list[PrintedLine]:
    """Put a page's lines in reading order, each with the edges of its part; rows of tables become one line each.

    Args:
        rows: the lines from top to bottom, lines of one height as a list.
        rules: horizontal lines drawn on the page: left, right, distance from the top.
        columns: those of the document, of which a short page has perhaps a line or two.
    """
    lines_in_order: list[PrintedLine] = []
    for part, lines in enumerate(_parts([list(row) for row in rows], rules, columns, 0)):
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        lines_in_order += [replace(line, edges=(left, right), part=part) for line in lines]
    return lines_in_order


def _parts(
    rows: list[list[PrintedLine]], rules: Sequence[Rule], columns: Sequence[Columns], depth: int
) -> list[list[PrintedLine]]:
    """Return the parts of a page in reading order, each a column or a region as wide as the page."""
    parts: list[list[PrintedLine]] = []
    plain: list[list[PrintedLine]] = []
    zones = _zones(rows, rules, columns) if depth < _DEEPEST else [_Zone(rows)]
    for zone in zones:
        if zone.is_table:
            plain += [[line] for line in table_rows(zone.rows, rules)]
        elif zone.gap is None and len(zones) == 1:
            plain += zone.rows
        elif zone.gap is None:  # it may have columns or a table at another position
            parts += _single_part(plain)
            plain = []
            parts += _parts(zone.rows, rules, columns, depth + 1)
        else:
            parts += _single_part(plain)
            plain = []
            for side in _sides(zone.rows, zone.gap):
                parts += _parts(side, rules, columns, depth + 1)
    return parts + _single_part(plain)


def _single_part(rows: list[list[PrintedLine]]) -> list[list[PrintedLine]]:
    lines = [_join_lines(row) for row in rows]
    return [lines] if lines else []


def _join_lines(row: list[PrintedLine]) -> PrintedLine:
    """Join the lines of one height in a column; those that wide gaps cut often become a row of a table."""
    if len(row) >= _LONE_ROW:
        return table_row(row, tuple(line.text for line in row))
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


def _zones(rows: list[list[PrintedLine]], rules: Sequence[Rule], columns: Sequence[Columns]) -> list[_Zone]:
    """Cut the page into zones from top to bottom, at the gap that most lines are beside."""
    best: list[tuple[int, int, bool]] = []
    gap = most = 0.0
    known = {pair.gap: pair for pair in columns}
    for candidate in [*known, *_column_starts(rows)]:
        runs = _runs_beside(rows, candidate, rules, known.get(candidate))
        count = sum(len(row) for start, end, _ in runs for row in rows[start:end])
        if count > most:
            most, gap, best = count, candidate, runs
    zones: list[_Zone] = []
    at = 0
    for start, end, is_table in best:
        if start > at:
            zones.append(_Zone(rows[at:start]))
        zones.append(_Zone(rows[start:end], gap, is_table))
        at = end
    if at < len(rows):
        zones.append(_Zone(rows[at:]))
    return zones


def _column_starts(rows: list[list[PrintedLine]]) -> list[float]:
    """Return where a right-hand column may begin: left edges of lines, the most frequent first."""
    counted: Counter[float] = Counter()
    least = min((line.left for row in rows for line in row), default=0.0)
    for row in rows:
        for i, line in enumerate(row):
            if i or line.left > least + 3 * line.size:
                counted[round(line.left)] += 3 if i else 1
    return [place - 1.5 for place, _ in counted.most_common(_MOST_PLACES)]


def _runs_beside(
    rows: list[list[PrintedLine]], place: float, rules: Sequence[Rule], columns: Columns | None
) -> list[tuple[int, int, bool]]:
    """Return the runs of rows with lines on both sides of a position that no line crosses, and True for a table."""
    runs: list[tuple[int, int, bool]] = []
    start = 0
    for i in range(len(rows) + 1):
        if i < len(rows) and not any(line.left < place < line.right for line in rows[i]):
            continue
        run = _trim_run(rows, start, i, place, rules, columns)
        if run is not None:
            runs.append(run)
        start = i + 1
    return runs


def _trim_run(
    rows: list[list[PrintedLine]], start: int, end: int, place: float, rules: Sequence[Rule], columns: Columns | None
) -> tuple[int, int, bool] | None:
    """Trim a run to the rows that both sides share; None if too few rows are side by side."""
    left = [i for i in range(start, end) if any(line.right <= place for line in rows[i])]
    right = [i for i in range(start, end) if any(line.left >= place for line in rows[i])]
    if columns is not None and left and right and _fills(rows[start:end], columns, rules):
        first, last = max(left[0], right[0]), min(left[-1], right[-1])
        return (_extend_column(rows, first, start, -1), _extend_down(rows, last, end, place) + 1, False)
    if len(left) < _TABLE_LINES or len(right) < _TABLE_LINES:
        return None
    first, last = max(left[0], right[0]), min(left[-1], right[-1])
    beside = min(sum(first <= i <= last for i in side) for side in (left, right))
    if beside < _TABLE_LINES:
        return None
    if _is_table(rows[first : last + 1], place, rules):
        first, last = _extend_to_rules(rows, (first, last), (start, end - 1), [y for a, b, y in rules if a < place < b])
        return first, last + 1, True
    if beside < _COLUMN_LINES:
        return None
    # A column may be longer than its neighbour: lines below it without a wider step still belong to it.
    return _extend_column(rows, first, start, -1), _extend_down(rows, last, end, place) + 1, False


def _fills(rows: list[list[PrintedLine]], columns: Columns, rules: Sequence[Rule]) -> bool:
    """Return True if lines beside each other are those of a document's columns, and no cells of a table."""
    left, right = ([line for row in side for line in row] for side in _sides(rows, columns.gap))
    if max(map(len, rows)) > 2 or any(
        a < columns.gap < b and rows[0][0].baseline < y < rows[-1][0].baseline for a, b, y in rules
    ):
        return False
    sides = ((left, columns.left), (right, columns.right))
    if not all(edges[0] - _SAME_EDGE <= line.left for own, edges in sides for line in own):
        return False
    return any(median(line.right - line.left for line in own) >= _FILLED * (e[1] - e[0]) for own, e in sides)


def _extend_to_rules(
    rows: list[list[PrintedLine]], rows_of_table: tuple[int, int], within: tuple[int, int], heights: Sequence[float]
) -> tuple[int, int]:
    """Extend a table to the lines drawn above and below it: a cell may begin higher than its neighbours."""
    first, last = rows_of_table
    if not any(rows[first][0].baseline < y < rows[last][0].baseline for y in heights):
        heights = ()  # a line below the table may be that above the footnotes
    above = max((y for y in heights if y < rows[first][0].baseline), default=float("inf"))
    below = min((y for y in heights if y > rows[last][0].baseline), default=float("-inf"))
    cells_go_on = has_spaced_rows(rows[first : last + 1])
    while first > within[0] and (
        rows[first - 1][0].baseline > above or (cells_go_on and _is_close(rows[first - 1], rows[first]))
    ):
        first -= 1
    while last < within[1] and (
        rows[last + 1][0].baseline < below or (cells_go_on and _is_close(rows[last], rows[last + 1]))
    ):
        last += 1
    return first, last


def _is_close(row: list[PrintedLine], following: list[PrintedLine]) -> bool:
    return following[0].baseline - row[0].baseline <= LINE_STEP * max(row[0].size, following[0].size)


def _extend_column(rows: list[list[PrintedLine]], at: int, stop: int, step: int) -> int:
    while at != stop:
        one, other = rows[at][0], rows[at + step][0]
        if abs(other.baseline - one.baseline) > 2.2 * max(one.size, other.size) or len(rows[at + step]) > 2:
            break
        if step < 0 and at + step == stop and _ends_above(rows, stop):
            break
        at += step
    return at


def _extend_down(rows: list[list[PrintedLine]], at: int, end: int, place: float) -> int:
    """Return the last row of two columns; at the foot of the page the longer one goes on over spaces of a line."""
    at = _extend_column(rows, at, end - 1, 1)
    below = [line for row in rows[at + 1 : end] for line in row]
    if end < len(rows) or not below:
        return at
    above, side = rows[: at + 1], 0 if below[0].right <= place else 1
    own, ends = (_sides(zone, place)[side] for zone in (above, rows[at + 1 : end]))
    column = [line for row in own for line in row]
    left, right = min(line.left for line in column), max(line.right for line in column)
    fills = median(line.right - line.left for line in below) >= _FILLED * (right - left)
    if len(ends) < end - at - 1 or not fills or any(not left - _SAME_EDGE <= b.left <= right for b in below):
        return at
    while at + 1 < end:
        one, other = rows[at][0], rows[at + 1][0]
        if other.baseline - one.baseline > _WIDEST_STEP * one.size or abs(other.size - one.size) > 0.05 * one.size:
            break
        at += 1
    return at


def _ends_above(rows: list[list[PrintedLine]], at: int) -> bool:
    """Return True if a row ends the paragraph of the full lines above it, to which it is nearer than to those below."""
    if not 0 < at < len(rows) - 1 or len(rows[at]) > 1:
        return False
    above, own, below = (rows[i][0] for i in (at - 1, at, at + 1))
    same = abs(above.size - own.size) < 0.05 * own.size and abs(above.left - own.left) <= _SAME_EDGE
    return same and own.baseline - above.baseline < _NEARER * (below.baseline - own.baseline)


def _sides(zone: list[list[PrintedLine]], gap: float) -> tuple[list[list[PrintedLine]], list[list[PrintedLine]]]:
    """Return the left and right columns of a zone."""
    return (
        [lines for row in zone if (lines := [line for line in row if line.right <= gap])],
        [lines for row in zone if (lines := [line for line in row if line.left >= gap])],
    )


def _is_table(zone: list[list[PrintedLine]], gap: float, rules: Sequence[Rule]) -> bool:
    """Return True if a zone is a table: lines drawn across its gap, or cells too short for lines of a column."""
    top, bottom = zone[0][0].baseline, zone[-1][0].baseline
    inside = [rule for rule in rules if rule[0] < gap < rule[1] and top < rule[2] < bottom]
    if len(inside) >= 2 or (len(inside) == 1 and len(zone) <= 4):
        return True
    both = sum(len(row) > 1 for row in zone)
    if both < _TABLE_LINES:
        return False
    if len(zone) < _COLUMN_LINES:
        return True
    lines = [line for row in zone for line in row]
    for left, right in column_edges(lines):
        widths = [line.right - line.left for line in lines if left <= line.left <= right]
        if right - left < _NARROWEST * lines[0].size:
            return True
        if median(widths) < _FILLED * (right - left) and both >= 0.5 * len(zone):
            return True
    return False


def usual_steps(lines: Sequence[PrintedLine]) -> dict[float, float]:
    """Return the usual distance of baselines in points, by font size rounded to half points.

    Steps to a line that begins in lower case count alone where there are enough: others may separate paragraphs.
    """
    steps: dict[float, list[float]] = {}
    inside: dict[float, list[float]] = {}
    for before, following in pairwise(lines):
        step, size = following.baseline - before.baseline, round(2 * before.size) / 2
        same = (
            before.page == following.page
            and before.part == following.part
            and abs(before.size - following.size) < 0.05 * before.size
        )
        if same and 0.8 * before.size < step < _WIDEST_STEP * before.size:
            steps.setdefault(size, []).append(step)
            if following.text[0].islower():
                inside.setdefault(size, []).append(step)
    best = {
        size: inside[size] if len(inside.get(size, ())) >= _ENOUGH else all_steps for size, all_steps in steps.items()
    }
    return {size: _low_median(all_steps) for size, all_steps in best.items() if len(all_steps) >= _ENOUGH}


def _low_median(steps: list[float]) -> float:
    """Return the 40th percentile: steps between paragraphs are wider than those inside."""
    ordered = sorted(steps)
    return ordered[int(0.4 * (len(ordered) - 1))]
