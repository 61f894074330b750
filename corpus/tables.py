"""Read the rows of Markdown tables: the cells of a row, the names of its columns, and the row as a sentence."""

import re
from bisect import bisect_left

from corpus.document import Document
from corpus.lines import is_rule

# "Cost (EUR)": the unit of the numbers in the column.
_UNIT = re.compile(r"^(?P<name>.+?)\s*\((?P<unit>[^()]{1,12})\)$")


def cells(row: str) -> tuple[str, ...]:
    """Return the cells of a row of a Markdown table; none for other text."""
    bare = row.strip()
    return tuple(cell.strip() for cell in bare.strip("|").split("|")) if bare.startswith("|") else ()


def column_names(document: Document, start: int) -> tuple[str, ...]:
    """Return the column names of the table that a row belongs to; none for other text or a table without names.

    Args:
        document: the record.
        start: the offset at which the block of the row begins.
    """
    outline, text = document.outline, document.text
    at = bisect_left(outline, start, key=lambda block: block.span.start)
    if at == len(outline) or not text.startswith("|", start):
        return ()
    first = at
    while first > 0 and text.startswith("|", outline[first - 1].span.start):
        first -= 1
    is_named = first + 1 < at and is_rule(outline[first + 1].span.of(text))
    return cells(outline[first].span.of(text)) if is_named else ()


def row_sentence(row: str, columns: tuple[str, ...]) -> str:
    """Return a row as a sentence: each cell behind the name of its column, and before the unit that the name gives.

    Args:
        row: the row as in the record.
        columns: the names of its columns; other text, or a row without names, is returned unchanged.
    """
    values = cells(row)
    if not columns or not values:
        return row
    parts: list[str] = []
    for number, value in enumerate(values):
        name = columns[number] if number < len(columns) else ""
        match = _UNIT.match(name)
        if match and value[-1:].isdigit():
            parts.append(f"{match['name']}: {value} {match['unit']}")
        elif value:
            parts.append(f"{name}: {value}" if name else value)
    return "; ".join(parts)
