"""The lines of a page in the order in which they are read: column after column, tables row by row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from corpus.formats.pdf_lines import Line, joint
from corpus.formats.pdf_tables import rows_of

# Of a page's lines, the fewest on each side of a gap that make columns, and that make a table.
_COLUMN_LINES = 4
_TABLE_LINES = 2
# Places tried as gap between columns; the left edges that most lines have come first.
_MOST_PLACES = 24
_DEEPEST = 4
# Of a column's width, what its middle line fills at least; cells of a table mostly fill less.
_FILLED = 0.6


def in_reading_order(rows: Sequence[Sequence[Line]], rules: Sequence[tuple[float, float, float]]) -> list[Line]:
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


def _parts(rows: list[list[Line]], rules: Sequence[tuple[float, float, float]], depth: int) -> list[list[Line]]:
    """Parts of a page, each a column or a stretch as wide as the page."""
    found: list[list[Line]] = []
    plain: list[list[Line]] = []
    for zone, gap in _zones(rows) if depth < _DEEPEST else [(rows, None)]:
        if gap is None:
            plain += zone
        elif _is_table(zone, gap, rules):
            plain += [[line] for line in rows_of(zone, rules)]
        elif (sides := _sides(zone, gap)) is None:
            plain += zone
        else:
            found += _whole(plain)
            plain = []
            for side in sides:
                found += _parts(side, rules, depth + 1)
    return found + _whole(plain)


def _whole(rows: list[list[Line]]) -> list[list[Line]]:
    lines = [_joined(row) for row in rows]
    return [lines] if lines else []


def _joined(row: list[Line]) -> Line:
    """Lines on one height in one column: one line, with the words that a wide gap parts."""
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


def _zones(rows: list[list[Line]]) -> list[tuple[list[list[Line]], float | None]]:
    """The page cut into zones from top to bottom, each with the place of a gap that parts it into two, or None."""
    best: tuple[int, float, list[tuple[int, int]]] = (0, 0.0, [])
    for place in _places(rows):
        runs = _parted(rows, place)
        count = sum(len(row) for start, end in runs for row in rows[start:end])
        if count > best[0]:
            best = (count, place, runs)
    _, place, runs = best
    zones: list[tuple[list[list[Line]], float | None]] = []
    at = 0
    for start, end in runs:
        if start > at:
            zones.append((rows[at:start], None))
        zones.append((rows[start:end], place))
        at = end
    if at < len(rows):
        zones.append((rows[at:], None))
    return zones


def _places(rows: list[list[Line]]) -> list[float]:
    """Where a right-hand column may begin: left edges of lines, the most usual first."""
    counted: Counter[float] = Counter()
    least = min((line.left for row in rows for line in row), default=0.0)
    for row in rows:
        for i, line in enumerate(row):
            if line.left > least + 3 * line.size:
                counted[round(line.left)] += 3 if i else 1
    return [place - 1.5 for place, _ in counted.most_common(_MOST_PLACES)]


def _parted(rows: list[list[Line]], place: float) -> list[tuple[int, int]]:
    """Runs of rows that no word crosses at a place, with enough lines on both sides of it."""
    runs: list[tuple[int, int]] = []
    start = 0
    for i in range(len(rows) + 1):
        if i < len(rows) and not any(line.left < place < line.right for line in rows[i]):
            continue
        run = _trimmed(rows, start, i, place)
        if run is not None:
            runs.append(run)
        start = i + 1
    return runs


def _trimmed(rows: list[list[Line]], start: int, end: int, place: float) -> tuple[int, int] | None:
    """A run of rows from the first to the last that both sides share; None where they do not stand side by side."""
    left = [i for i in range(start, end) if any(line.right <= place for line in rows[i])]
    right = [i for i in range(start, end) if any(line.left >= place for line in rows[i])]
    if len(left) < _TABLE_LINES or len(right) < _TABLE_LINES:
        return None
    first, last = max(left[0], right[0]), min(left[-1], right[-1])
    beside = sum(first <= i <= last for i in left), sum(first <= i <= last for i in right)
    if min(beside) < _TABLE_LINES:
        return None
    # A column may be longer than its neighbour: what goes on below it without a wider step still belongs to it.
    return (_grown(rows, first, start, -1), _grown(rows, last, end - 1, 1) + 1)


def _grown(rows: list[list[Line]], at: int, stop: int, step: int) -> int:
    while at != stop:
        one, other = rows[at][0], rows[at + step][0]
        if abs(other.base - one.base) > 2.2 * max(one.size, other.size) or len(rows[at + step]) > 2:
            break
        at += step
    return at


def _sides(zone: list[list[Line]], gap: float) -> tuple[list[list[Line]], list[list[Line]]] | None:
    """A zone's left and right columns; None where these are no columns of text."""
    sides = (
        [kept for row in zone if (kept := [line for line in row if line.right <= gap])],
        [kept for row in zone if (kept := [line for line in row if line.left >= gap])],
    )
    return sides if all(_is_text(side) for side in sides) else None


def _is_text(rows: list[list[Line]]) -> bool:
    return len(rows) >= _COLUMN_LINES


def _is_table(zone: list[list[Line]], gap: float, rules: Sequence[tuple[float, float, float]]) -> bool:
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
    for lines in (
        [x for row in zone for x in row if x.right <= gap],
        [x for row in zone for x in row if x.left >= gap],
    ):
        width = max(x.right for x in lines) - min(x.left for x in lines)
        filled = median(x.right - x.left for x in lines)
        if width and filled < _FILLED * width and both >= 0.5 * len(zone):
            return True
        if width < 6 * lines[0].size:
            return True
    return False


def usual_steps(lines: Sequence[Line]) -> dict[float, float]:
    """For each size of letters, rounded to half points, the usual step from one line to the next, in points."""
    steps: dict[float, list[float]] = {}
    for one, other in pairwise(lines):
        step = other.base - one.base
        same = one.page == other.page and one.part == other.part and abs(one.size - other.size) < 0.05 * one.size
        if same and 0.8 * one.size < step < 3 * one.size:
            steps.setdefault(round(2 * one.size) / 2, []).append(step)
    return {size: _low_middle(found) for size, found in steps.items() if len(found) >= 3}


def _low_middle(steps: list[float]) -> float:
    """A step that is usual inside paragraphs: at most the middle one, since steps between paragraphs are wider."""
    ordered = sorted(steps)
    return ordered[int(0.4 * (len(ordered) - 1))]
