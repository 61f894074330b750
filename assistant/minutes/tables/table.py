"""Read the tables of records that have column names, and cite rows of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations.citation import Citation
from assistant.minutes.question import MinutesQuestion
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts, count_line
from corpus.language.tokens import stems
from corpus.passages import Passage
from corpus.tables import cells

# A longer record is left to the search: its rows would be read for each question.
_MOST_BLOCKS = 5000
# Lines of page ends and heads between two parts of a table, at most.
_MOST_BETWEEN = 5
# Characters of a line that may be the title of a table.
_TITLE = 80


@dataclass(frozen=True, slots=True)
class Table:
    """A table with column names."""

    record: MinutesRecord
    names: tuple[str, ...]
    header: Passage
    rows: list[Passage]

    @property
    def above(self) -> set[str]:
        """The stems of the headings above it, and of the line before it."""
        before = [p.words_text for p in self.record.passages[max(0, self.header.order - 1) : self.header.order]]
        lines = [line for line in before if len(line) <= _TITLE]
        return set(stems(" ".join((*self.header.headings, *lines))))


def tables_of(records: Sequence[MinutesRecord]) -> list[Table]:
    """Return the tables with column names of some records, one that goes on over pages with its names on each."""
    found: list[Table] = []
    for record in records:
        if "|" not in record.document.text or len(record.document.outline) > _MOST_BLOCKS:
            continue
        last: Table | None = None
        for names, rows in record.tables:
            if rows and last and _goes_on(last, names, rows):
                last = Table(record, last.names, last.header, rows)
                found.append(last)
            elif names and len(rows) > 1:
                last = Table(record, names, rows[0], rows[1:])
                found.append(last)
    return found


def _goes_on(table: Table, names: Sequence[str], rows: Sequence[Passage]) -> bool:
    """Return True if rows continue a table on the next page: as many cells, and no names of columns of their own."""
    first = cells(rows[0].words_text)
    is_near = 0 < rows[0].order - table.rows[-1].order <= _MOST_BETWEEN
    if not is_near or len(first) != len(table.names) or first == table.names:
        return False
    above = [cells(row.words_text) for row in table.rows]
    is_row = any(cell and cell in {row[at] for row in above if at < len(row)} for at, cell in enumerate(first))
    return not names or is_row


def reply_with_rows(
    question: MinutesQuestion, found: Sequence[tuple[Table, list[Passage]]], counted: bool
) -> ReplyParts:
    """Return the rows of tables as a reply, below the names of their columns.

    Args:
        question: the question.
        found: each table with rows of it.
        counted: True if their number answers "how many".
    """
    cited: list[Citation] = []
    cited_rows: list[Citation] = []
    headed: set[tuple[MinutesRecord, tuple[str, ...]]] = set()
    for table, rows in found:
        of_rows = [table.record.cite(row, row.words) for row in rows]
        if (table.record, table.names) not in headed:  # the names of columns stand on each page of a long table
            cited.append(table.record.cite(table.header, table.header.words))
        headed.add((table.record, table.names))
        cited += of_rows
        cited_rows += of_rows
    lines = (count_line(question, len(cited_rows), "listed", cited_rows),) if question.counts and counted else ()
    return ReplyParts(tuple(cited), lines)
