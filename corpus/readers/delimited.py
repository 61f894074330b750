"""Read tables of text (.csv, .tsv): each row with the names of its columns."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from corpus.content import Content
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.blocks import compose
from corpus.readers.encoding import decode
from corpus.readers.table import table_parts

# A comma last but one: it also stands in numbers.
_DELIMITERS = ("\t", ";", ",", "|")
# Rows that show how a file separates its cells.
_LOOKED_AT = 200


def read_delimited(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a table of text, whatever separates its cells: commas, semicolons, tabs or bars.

    Raises:
        CorpusError: it is no text, has too many rows, or a cell without an end.
    """
    text, warnings = decode(raw, file)
    lines = list(StringIO(text, newline=""))
    delimiter = None
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:  # Excel's own line
        delimiter = lines.pop(0)[4]
    delimiter = delimiter or _delimiter(lines)
    csv.field_size_limit(limits.characters)
    try:
        rows = (dict(enumerate(row)) for row in csv.reader(lines, delimiter=delimiter))
        parts = list(table_parts(rows, file, limits))
    except csv.Error as error:
        raise CorpusError(f"{file}: no table of text ({error}); save it again as .csv in UTF-8, or as .xlsx") from error
    composed, blocks = compose(parts)
    return Content(composed, blocks, warnings=warnings)


def _delimiter(lines: Iterable[str]) -> str:
    """Return the character that cuts most rows into equally many cells."""
    head = list(islice(lines, _LOOKED_AT))
    return max(_DELIMITERS, key=lambda delimiter: _regularity(head, delimiter))


def _regularity(head: list[str], delimiter: str) -> int:
    """Return the number of rows that have the usual number of cells; 0 for one cell a row."""
    widths = Counter(len(row) for row in _rows(head, delimiter) if row)
    return max((count for width, count in widths.items() if width > 1), default=0)


def _rows(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return
