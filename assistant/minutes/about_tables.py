"""Answer from a table: the row that a question names, or the rows with something in the column that it names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.citations.citation import Citation
from assistant.minutes.actions import action_tables
from assistant.minutes.found import Found, count_line
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.record import MinutesRecord
from corpus.language.minutes_words import phrases
from corpus.language.tokens import fold_text, stems
from corpus.passages import Passage
from corpus.tables import cells

# A longer record is left to the search: its rows would be read for each question.
_MOST_BLOCKS = 5000
# Share of the other words of a question that a row has with its columns and headings.
_LEAST = 0.5
# Rows that a question may describe together.
_MOST_DESCRIBED = 3
_HOW_MUCH = re.compile(r"\bhow (?:much|many)\b|\bcombien\b|\bwie ?viel\w*|\bcu[aá]nt[oa]s?\b|いくら|いくつ")
_LIST = re.compile(r"^\W*(?:please )?(?:list|show|give|name)\b|一覧")
_NOTHING = re.compile(r"\b(?:nothing|zero|none|no|not|nichts|rien|nada)\b")
# Characters of a line that may be the title of a table.
_TITLE = 80
_UNIT = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Table:
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


def about_tables(question: MinutesQuestion) -> Found | None:
    """Return the rows of a table that a question asks for, with the column names; None without such rows."""
    tables = _tables(question)
    for find in (_rows_of_column, _named_rows, _all_rows):
        found = [(table, rows) for table in tables if (rows := find(question, table))]
        if found:
            return _found(question, found, find is not _named_rows)
    return None


def about_cells(question: MinutesQuestion) -> Found | None:
    """Return the row of a table that a question names, with a column and nothing else; None without such a row."""
    found = [(table, rows) for table in _tables(question) if (rows := _rows_of_cell(question, table))]
    return _found(question, found, False) if found else None


def _tables(question: MinutesQuestion) -> list[_Table]:
    """Return the tables with column names of the records that a question may be about."""
    return [
        _Table(record, names, rows[0], rows[1:])
        for record in question.records
        if "|" in record.document.text and len(record.document.outline) <= _MOST_BLOCKS
        for names, rows in action_tables(record)
        if names and len(rows) > 1
    ]


def _found(question: MinutesQuestion, found: Sequence[tuple[_Table, list[Passage]]], counted: bool) -> Found:
    cited: list[Citation] = []
    cited_rows: list[Citation] = []
    for table, rows in found:
        of_rows = [table.record.cite(row, row.words) for row in rows]
        cited += [table.record.cite(table.header, table.header.words), *of_rows]
        cited_rows += of_rows
    lines = (count_line(question, len(cited_rows), "listed", cited_rows),) if question.counts and counted else ()
    return Found(tuple(cited), lines)


def _words(question: MinutesQuestion, table: _Table) -> set[str]:
    return question.rest(table.record, ())


def _rows_of_column(question: MinutesQuestion, table: _Table) -> list[Passage]:
    """Return the rows that are not empty in the column that a question names: "Which members are in arrears?"."""
    words = _words(question, table) - set(stems(" ".join(_NOTHING.findall(question.folded))))
    if not question.asks_who and not question.counts:
        return []
    heads = [_head(name) for name in table.names]
    named = [at for at, head in enumerate(heads) if at and head and len(head & words) == len(head)]
    if len(named) != 1 or words - set().union(*heads) - table.above:
        return []
    is_empty = bool(_NOTHING.search(question.folded))
    rows = [(row, cells(row.words_text)) for row in table.rows]
    at = named[0]
    long = [(row, values) for row, values in rows if at < len(values) and not _is_total(values)]
    return [row for row, values in long if _is_filled(values[at]) is not is_empty]


def _rows_of_cell(question: MinutesQuestion, table: _Table) -> list[Passage]:
    return _named_rows(question, table, exactly=True) or _described_rows(question, table)


def _described_rows(question: MinutesQuestion, table: _Table) -> list[Passage]:
    """Return the few rows that have all words of a question but those of a column: "the status of the noise study"."""
    words = _words(question, table)
    of_columns = {word for word in words if share({word}, " ".join(table.names))}
    left = words - of_columns
    rows = [row for row in table.rows if share(left, row.words_text) == 1] if of_columns and left else []
    return rows if len(rows) <= _MOST_DESCRIBED else []


def _named_rows(question: MinutesQuestion, table: _Table, exactly: bool = False) -> list[Passage]:
    """Return the rows whose first words a question names, if it names a column or the table, too."""
    words = _words(question, table)
    rows: list[Passage] = []
    for row in table.rows:
        values = cells(row.words_text)
        label = set(stems(values[0])) or set(stems(" ".join(values[:2])))
        if not label or not label <= set(stems(question.text)):
            continue
        known = " ".join((*table.names, *row.headings, row.words_text, table.record.document.title))
        left = words - label
        if exactly:
            of_columns = share(left, " ".join(table.names)) if left else 0.0
            if of_columns > 0 and share(left, " ".join((*table.names, *row.headings))) == 1:
                rows.append(row)
        elif share(left, known) >= _LEAST or (len(left) < 2 and _gives_number(question, values)):
            rows.append(row)
    return rows


def _gives_number(question: MinutesQuestion, values: Sequence[str]) -> bool:
    """Return True if a question asks for a number and a row has one behind its first cell."""
    return bool(_HOW_MUCH.search(question.folded)) and any(c.isdigit() for value in values[1:] for c in value)


def _all_rows(question: MinutesQuestion, table: _Table) -> list[Passage]:
    """Return all rows for a question that asks for a list of what a column names: "List the dues of all members"."""
    heads = set().union(*map(_head, table.names))
    is_asked = bool(_LIST.search(question.folded)) and bool(heads & set(stems(question.text)))
    left = _words(question, table) - heads - table.above
    return table.rows if is_asked and not left else []


def _head(name: str) -> set[str]:
    """Return the stems of the name of a column without its unit and year."""
    return {word for word in stems(_UNIT.sub("", name)) if not word.isdigit()}


def _is_filled(cell: str) -> bool:
    folded = fold_text(cell).strip()
    return (
        bool(folded)
        and folded not in phrases("empty", "values")
        and not (set(folded) <= set("0., €$£¥%") and "0" in folded)
    )


def _is_total(values: Sequence[str]) -> bool:
    return bool(values) and fold_text(values[0]).strip(" :*") in phrases("empty", "total")
