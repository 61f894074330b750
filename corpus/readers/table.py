"""Write the rows of a sheet or a CSV file as Markdown tables, so that each row keeps the names of its columns."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.language.dates import find_date_ranges
from corpus.limits import Limits
from corpus.readers.blocks import Part

# The words of a row's cells by the numbers of their columns.
Row = Mapping[int, str]
_NUMBER = re.compile(r"[^\w\s]{0,2}\s?\d[\d.,:/+\-–−\s]*\s?[%€$£¥]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_DAY = 30
# Characters that a cell takes in the text, with the bar and the spaces around it, at least.
_LEAST_CHARACTERS = 3
# A cell may hold a bar; in a row it would begin a new cell.
_BAR = str.maketrans("|", "¦")


def table_parts(rows: Iterable[Row], file: str, limits: Limits) -> Iterator[Part]:
    """Yield the rows of a sheet as parts: tables between empty rows, with a line of text above them as a paragraph.

    The first row of a table names its columns, unless one of its cells is a number over numbers or a day over days, or
    the table is a list of labels and values.

    Args:
        rows: the words of their cells; a row without words for a gap.
        file: its name for messages.
        limits: of the number of pieces, which bounds that of the rows, and of the characters.

    Raises:
        CorpusError: there are too many rows, or too many columns for so many rows.
    """
    block: list[Row] = []
    count = filled = 0
    for row in rows:
        cells = {column: short for column, words in row.items() if (short := " ".join(words.translate(_BAR).split()))}
        if cells:
            block.append(cells)
            count += 1
            filled += len(cells)
            if filled * _LEAST_CHARACTERS > limits.characters:
                raise CorpusError(f"{file}: over {filled - 1:,} cells, the limit; split the file")
            if count > limits.pieces:
                raise CorpusError(f"{file}: over {limits.pieces:,} rows, the limit; split the file")
        elif block:
            yield from _block_parts(block, file, limits)
            block = []
    yield from _block_parts(block, file, limits)


def _block_parts(block: Sequence[Row], file: str, limits: Limits) -> Iterator[Part]:
    """Yield the parts of rows without an empty one between them: lines of one cell as paragraphs, and the table."""
    first = next((n for n, row in enumerate(block) if len(row) > 1), len(block))
    yield from (Part(Kind.BODY, words) for row in block[:first] for words in row.values())
    table = block[first:]
    columns = sorted({column for row in table for column in row})
    if _LEAST_CHARACTERS * len(table) * len(columns) > limits.characters:
        raise CorpusError(f"{file}: {len(table):,} rows of {len(columns):,} columns are over the limit; split the file")
    for number, row in enumerate(table):
        yield Part(Kind.LIST_ITEM, f"| {' | '.join(row.get(column, '') for column in columns)} |", joined=number > 0)
        if number == 0 and _names_columns(table):
            yield Part(Kind.LIST_ITEM, f"|{' --- |' * len(columns)}", joined=True)


def _names_columns(table: Sequence[Row]) -> bool:
    """Return True if the first row of a table names its columns."""
    names, rows = table[0], table[1:]
    if not rows or next(iter(names.values())).endswith((":", "：")):
        return False
    if len({column for row in table for column in row}) < 3:
        return not any(_kind(name) in ("number", "day") for name in names.values())
    return not any(
        _is_like(_kind(name), [row[column] for row in rows if column in row]) for column, name in names.items()
    )


def _is_like(kind: str, cells: Sequence[str]) -> bool:
    """Return True for a number over numbers, or a day over days; a year over numbers is a name."""
    return kind in ("number", "day") and 2 * sum(_kind(cell) == kind for cell in cells) > len(cells)


def _kind(cell: str) -> str:
    if _YEAR.fullmatch(cell):
        return "year"
    if _NUMBER.fullmatch(cell):
        return "number"
    days = next(iter(find_date_ranges(cell)), None) if len(cell) <= _LONGEST_DAY else None
    return "day" if days and days.start == 0 else "words"
