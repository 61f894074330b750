"""Figures as Markdown."""

from collections.abc import Sequence

from benchmarks.figures import Interval

Cell = str | int | float | None


def table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    cells = [list(head), *([shown(cell) for cell in row] for row in rows)]
    widths = [max(3, *(len(row[column]) for row in cells)) for column in range(len(head))]
    rule = ["-" * width if column == 0 else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    lines = [[_padded(cell, widths[n], n) for n, cell in enumerate(row)] for row in cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in (lines[0], rule, *lines[1:]))


def shown(cell: Cell) -> str:
    """A figure with three decimals, a count or text as it is, "-" for what there is none of."""
    if cell is None:
        return "-"
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def with_interval(value: float | None, bounds: Interval | Sequence[float] | None) -> str:
    """A figure with its 95 % interval, where there is one: "0.612 [0.540, 0.683]"."""
    return shown(value) if value is None or bounds is None else f"{value:.3f} [{bounds[0]:.3f}, {bounds[1]:.3f}]"


def difference(value: float | None, bounds: Interval | Sequence[float] | None) -> str:
    """A signed difference with its 95 % interval, where there is one: "+0.120 [+0.051, +0.190]"."""
    if value is None:
        return shown(None)
    return f"{value:+.3f}" + (f" [{bounds[0]:+.3f}, {bounds[1]:+.3f}]" if bounds is not None else "")


def _padded(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column == 0 else cell.rjust(width)
