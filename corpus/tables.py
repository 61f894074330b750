"""Read the rows of tables: their cells, the names of their columns, and a row as a sentence.

Markdown and sheets give a row as "| Fuel | 6,100 |", Word files, PDF files and web pages as "Fuel | 6,100", an item of
a list each. There the first row names the columns where it looks different: no figures, and a column below it has some.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from corpus.document import Block, Document, Kind
from corpus.kept import kept
from corpus.language.dates import YEAR_OR_MONTH
from corpus.language.months import ANY_MONTH
from corpus.lines import is_rule

# "Cost (EUR)": the unit of the numbers in the column.
_UNIT = re.compile(r"^(?P<name>.+?)\s*\((?P<unit>[^()]{1,12})\)$")
_BAR = re.compile(r"[ \t]+\|(?=[ \t]|$)")
# "---|---"
_BARRED = re.compile(r"-[ \t]*[|+][ \t]*:?-")
# A figure or a day, by which a cell is no name of a column; "2023" may be one.
_FIGURE = re.compile(r"^\W*\d[\d\s.,'’%]*\W*\w{0,4}$")
_YEAR_NAME = re.compile(r"^(?:19|20)\d\d$")
_MONTH_NAME = re.compile(rf"{YEAR_OR_MONTH.pattern}|\b{ANY_MONTH}\b", re.IGNORECASE)
_LONGEST_NAME = 60
# Rows below the first that are read to tell if it names the columns.
_ROWS_READ = 40
# With so many columns, a first row of words alone names them.
_MANY = 3
# Documents whose tables are kept.
_MOST_KEPT = 500


def cells(row: str) -> tuple[str, ...]:
    """Return the cells of a row of a table; none for other text."""
    bare = row.strip()
    if bare.startswith("|"):
        return tuple(cell.strip() for cell in bare.strip("|").split("|"))
    return tuple(cell.strip() for cell in _BAR.split(bare)) if _BAR.search(bare) else ()


def column_names(document: Document, start: int) -> tuple[str, ...]:
    """Return the column names of the table that a row belongs to; none for other text or a table without names.

    Args:
        document: the record.
        start: the offset at which the block of the row begins.
    """
    rows = table_around(document, start)
    at = next((n for n, block in enumerate(rows) if block.span.start == start), 0)
    return names_of(document.text, rows) if at else ()


def is_header(document: Document, start: int) -> bool:
    """Return True if a block is the row with the column names of a table.

    Args:
        document: the record.
        start: the offset at which the block begins.
    """
    rows = table_around(document, start)
    return bool(rows) and rows[0].span.start == start and bool(names_of(document.text, rows))


def names_of(text: str, rows: Sequence[Block]) -> tuple[str, ...]:
    """Return the column names in the first row of a table; none if it is a row like the others.

    Args:
        text: the text of the record.
        rows: the blocks of the table, in order, with the rule below its head.
    """
    if len(rows) < 2:
        return ()
    names = cells(rows[0].span.of(text))
    if is_rule(rows[1].span.of(text)):
        return names if len(rows) > 2 else ()
    if text.startswith("|", rows[0].span.start):
        return ()
    return names if _names_columns(names, [cells(row.words.of(text)) for row in rows[1 : 1 + _ROWS_READ]]) else ()


def table_around(document: Document, start: int) -> tuple[Block, ...]:
    """Return the blocks of the table that a block belongs to; none for a block that is no row.

    Args:
        document: the record.
        start: the offset at which the block begins.
    """
    outline = document.outline
    at = bisect_left(outline, start, key=lambda block: block.span.start)
    if at == len(outline) or outline[at].span.start != start:
        return ()
    tables = _tables(document)
    found = bisect_right(tables, at, key=lambda table: table[0]) - 1
    first, end = tables[found] if found >= 0 else (0, 0)
    return outline[first:end] if first <= at < end else ()


@kept(_MOST_KEPT)
def _tables(document: Document) -> tuple[tuple[int, int], ...]:
    """Return where in its outline the tables of a document begin and end; a long table is looked for once."""
    return tuple(_find_tables(document))


def _find_tables(document: Document) -> Iterator[tuple[int, int]]:
    """Yield where tables begin and end; a rule in the middle is below the head of a further one."""
    first: int | None = None
    for at, block in enumerate(document.outline):
        if _is_row(document.text, block):
            if first is not None and at > first + 2 and is_rule(block.span.of(document.text)):
                yield first, at - 1
                first = at - 1
            first = at if first is None else first
        elif first is not None:
            yield first, at
            first = None
    if first is not None:
        yield first, len(document.outline)


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


def _is_row(text: str, block: Block) -> bool:
    """Return True for a row of a table, or the rule below its head."""
    if text.startswith("|", block.span.start):
        return True
    words = block.words.of(text)
    return bool(_BAR.search(words)) if block.kind is Kind.LIST_ITEM else bool(_BARRED.search(words) and is_rule(words))


def _names_columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return True if the cells of a first row name the columns of the rows below it."""
    named = [name for name in names if name]
    below = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(len(names))]
    # "15 Jan" may be the name of a column in which no cell is a day.
    values = [at for at, name in enumerate(names) if _is_value(name) and not (at and _is_day(name) and below[at])]
    of_days = [at for at, name in enumerate(names) if _is_day(name) and any(map(_is_value, below[at]))]
    if len(set(named)) < len(named) or len(named) < 2 or values or of_days:
        return False
    has_values = any(cells and 2 * sum(map(_is_value, cells)) >= len(cells) for cells in below)
    return has_values or len(named) >= _MANY


def _is_value(cell: str) -> bool:
    """Return True if a cell is a figure, a day or too long for a name."""
    if _YEAR_NAME.match(cell):
        return False
    return len(cell) > _LONGEST_NAME or _is_day(cell) or bool(_FIGURE.match(cell))


def _is_day(cell: str) -> bool:
    return bool(re.match(r"\d", cell)) and bool(_MONTH_NAME.search(cell)) and not _YEAR_NAME.match(cell)
