"""Find the cell of a table that a question asks for by its row and its column: "the actual cost of water in 2024"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import ShortAnswer
from assistant.minutes.day_range import DAY_WORDS
from assistant.minutes.question import MinutesQuestion, share
from assistant.minutes.reply_parts import ReplyParts
from assistant.minutes.tables.table import Table, reply_with_rows, tables_of
from corpus.language.dates import find_date_ranges, find_years
from corpus.language.minutes_words import pattern, says
from corpus.language.tokens import folded_words, stems
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells
from index.search.filters import years_of

# Rows that one question names together, at most.
_MOST_ROWS = 3
_HOW_MUCH = re.compile(r"\bhow (?:much|many)\b|\bcombien\b|\bwie ?viel\w*|\bcu[aá]nt[oa]s?\b|いくら|いくつ|何票")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _NamedRow:
    """A row that has the subject of a question.

    Attributes:
        table: the table.
        row: the row.
        values: its cells.
        label: the number of the cell that names it.
        rank: the higher, the more of the question it has.
    """

    table: Table
    row: Passage
    values: tuple[str, ...]
    label: int
    rank: tuple[bool, bool, int]


def find_cells(question: MinutesQuestion) -> ReplyParts | None:
    """Return the row of a table with the number that a question asks for; None if no row has its subject.

    Where the question names one column, or there is but one with numbers, the cell is the short answer.
    """
    years = find_years(question.text)
    named = [row for table in tables_of(question.records_of_any_year) for row in _named_rows(question, table, years)]
    best = max((row.rank for row in named), default=None)
    chosen = [row for row in named if row.rank == best]
    if not chosen or len(chosen) > _MOST_ROWS:
        return None
    by_table = [(table, [r.row for r in rows]) for table, rows in groupby(chosen, key=lambda row: row.table)]
    reply = reply_with_rows(question, by_table, False)
    short = _cell(question, chosen[0], years) if len(chosen) == 1 else None
    return ReplyParts(reply.citations, short_answer=short, is_dated=bool(years))


def _named_rows(question: MinutesQuestion, table: Table, years: set[int]) -> list[_NamedRow]:
    """Return the rows whose first cell has a word of the question, while the table has all others of its subject."""
    words = question.rest(table.record, (), DAY_WORDS)
    names = " ".join(table.names)
    value_words = set(stems(" ".join(m.group() for m in pattern("cell", "value").finditer(question.folded))))
    counts = bool(_HOW_MUCH.search(question.folded))
    asks_value = counts or says("cell", "value", question.folded)
    has_column = share(words, names) > 0 and not question.asks_who
    if not (asks_value or has_column) or not _is_of_years(table, years):
        return []
    in_columns = bool(years & find_years(names))
    found: list[_NamedRow] = []
    for row in table.rows:
        values = cells(row.words_text)
        label = next((at for at, value in enumerate(values) if _LETTERS.search(value)), None)
        if label is None or not any(map(_is_number, values[label + 1 :])):
            continue
        if counts and not any(_is_number(value) and not _is_day(value) for value in values[label + 1 :]):
            continue
        of_label = {word for word in words if share({word}, values[label])}
        left = words - value_words - of_label - table.above
        is_whole = _is_phrase(values[label], question.text)
        if (of_label or is_whole) and (not left or share(left, f"{names} {row.words_text}") == 1):
            found.append(_NamedRow(table, row, values, label, (in_columns, is_whole, len(of_label))))
    return found


def _is_of_years(table: Table, years: set[int]) -> bool:
    """Return True if a table or its record is of the years of a question; without years, any table is."""
    told = find_years(" ".join((*table.names, *table.header.headings, table.record.document.title)))
    return not years or bool(years & (told | years_of(table.record.document)))


def _is_phrase(label: str, text: str) -> bool:
    """Return True if a question has all words of a label in a row: "Variant A"."""
    return f" {' '.join(folded_words(label))} " in f" {' '.join(folded_words(text))} "


def _cell(question: MinutesQuestion, named: _NamedRow, years: set[int]) -> ShortAnswer | None:
    """Return the cell in the only column that has most of the question's words and its year; None if it is open."""
    table, values = named.table, named.values
    counts = bool(_HOW_MUCH.search(question.folded))
    numbers = [
        at
        for at in range(named.label + 1, min(len(values), len(table.names)))
        if _is_number(values[at]) and not (counts and _is_day(values[at]))
    ]
    asked = set(stems(question.text)) - set(stems(values[named.label]))
    ranks = {at: _fit(table.names[at], asked, years) for at in numbers}
    best = [at for at in numbers if ranks[at] == max(ranks.values())]
    is_of_year = not years or not any(find_years(name) for name in table.names)
    if len(best) != 1 or not (ranks[best[0]][0] or is_of_year) or not (len(numbers) == 1 or any(ranks[best[0]])):
        return None
    spans = _spans(named.row, values)
    citation = table.record.cite(named.row, named.row.words)
    return ShortAnswer(citation, spans[best[0]]) if len(spans) == len(values) else None


def _fit(name: str, asked: set[str], years: set[int]) -> tuple[bool, int]:
    words = {word for word in stems(name) if not word.isdigit()}
    return bool(years & find_years(name)), sum(share({word}, " ".join(asked)) > 0 for word in words)


def _is_number(cell: str) -> bool:
    return any(c.isdigit() for c in cell)


def _is_day(cell: str) -> bool:
    """Return True for a cell that is a day or a range of days, which is no amount."""
    return any(not any(c.isalnum() for c in cell[: d.start] + cell[d.end :]) for d in find_date_ranges(cell))


def _spans(row: Passage, values: Sequence[str]) -> list[Span]:
    """Return where the cells of a row stand; an incomplete list if one is not found."""
    text, at, found = row.document.text, row.words.start, list[Span]()
    for value in values:
        start = text.find(value, at, row.words.end)
        if start < 0:
            break
        found.append(Span(start, start + len(value)))
        at = start + len(value)
    return found
