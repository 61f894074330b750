"""Answer from a table: the row that a question names, or the rows with something in the column that it names."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.minutes.day_range import DAY_WORDS, is_day_first, named_days
from assistant.minutes.question import MinutesQuestion, share, without_days
from assistant.minutes.reply_parts import ReplyParts
from assistant.minutes.tables.cells import find_cells
from assistant.minutes.tables.table import Table, reply_with_rows, tables_of
from corpus.language.minutes_words import pattern, phrases
from corpus.language.names import proper_names
from corpus.language.persons import without_accents
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text, folded_words, stem, stems, without_okurigana
from corpus.passages import Passage
from corpus.tables import cells

# Share of the other words of a question that a row has with its columns and headings.
_LEAST = 0.5
# Values of a column that tells states, at most, and other words of a question for rows of a day.
_MOST_STATES, _MOST_OTHER = 8, 2
# "Who closed it?" asks for no row that is closed, "Who chaired the January meeting?" for no row of January.
_DOES = re.compile(r"^\W*(?:who|wer|qui|quién) (?!(?:is|are|was|were|ist|sind|war|waren|est|sont|está|están)\b)")
# Rows that a question may describe together.
_MOST_DESCRIBED = 3
_HOW_MUCH = re.compile(r"\bhow (?:much|many)\b|\bcombien\b|\bwie ?viel\w*|\bcu[aá]nt[oa]s?\b|いくら|いくつ")
_LIST = re.compile(r"^\W*(?:please )?(?:list|show|give|name)\b|一覧")
_NOTHING = re.compile(r"\b(?:nothing|zero|none|no|not|nichts|rien|nada)\b")
# Characters of a Japanese name of a column without its last.
_LEAST_HEAD = 2
_UNIT = re.compile(r"\([^()]*\)")


def about_tables(question: MinutesQuestion) -> ReplyParts | None:
    """Return the rows of a table that a question asks for, with the column names; None without such rows."""
    tables = tables_of(question.records)
    for find in (_rows_of_column, _named_rows, _all_rows, _rows_of_state):
        found = [(table, rows) for table in tables if (rows := find(question, table))]
        if found:
            return reply_with_rows(question, found, find is not _named_rows)
    return ReplyParts(()) if any(_is_in_no_row(question, table) for table in tables) else None


def about_cells(question: MinutesQuestion) -> ReplyParts | None:
    """Return the row of a table that a question names, or the rows of a day in it; None without such a row."""
    if cell := find_cells(question):
        return cell
    records = [] if question.is_of_days else question.records
    found = [(table, rows) for table in tables_of(records) if (rows := _rows_of_cell(question, table))]
    if found:
        return reply_with_rows(question, found, False)
    tables = tables_of(question.records_of_any_time) if question.asked_days else ()
    of_day = [
        (len(_named(question, table)), table, rows) for table in tables if (rows := _rows_of_day(question, table))
    ]
    most = max((number for number, _, _ in of_day), default=0)
    found = [(table, rows) for number, table, rows in of_day if number == most]
    return replace(reply_with_rows(question, found, True), is_dated=True) if found else None


def _words(question: MinutesQuestion, table: Table) -> set[str]:
    return question.rest(table.record, (), DAY_WORDS)


def _rows_of_column(question: MinutesQuestion, table: Table) -> list[Passage]:
    """Return the rows that are not empty in the column that a question names: "Which boats have a leak?"."""
    words = _words(question, table) - set(stems(" ".join(_NOTHING.findall(question.folded))))
    if not question.asks_who and not question.counts:
        return []
    heads = [_head(name) for name in table.names]
    is_empty = bool(_NOTHING.search(question.folded))
    rows = [(row, values) for row in table.rows if not _is_total(values := cells(row.words_text))]
    named = [at for at, head in enumerate(heads) if at and head and len(head & words) == len(head)]
    if is_empty:
        named = _mixed_columns(words, heads, rows) or named
        words -= set(stems(" ".join(m.group() for m in pattern("cell", "value").finditer(question.folded))))
    if len(named) != 1 or words - set().union(*heads) - table.above:
        return []
    at = named[0]
    long = [(row, values) for row, values in rows if at < len(values)]
    return [row for row, values in long if _is_filled(values[at]) is not is_empty]


def _mixed_columns(
    words: set[str], heads: Sequence[set[str]], rows: Sequence[tuple[Passage, tuple[str, ...]]]
) -> list[int]:
    """Return the columns that are empty in some rows alone and of whose name a question has all words, else some."""
    filled = {at: {_is_filled(values[at]) for _, values in rows if at < len(values)} for at in range(len(heads))}
    mixed = [at for at, states in filled.items() if at and len(states) > 1 and heads[at] & words]
    return [at for at in mixed if heads[at] <= words] or mixed


def _is_in_no_row(question: MinutesQuestion, table: Table) -> bool:
    """Return True if a question asks for the number of somebody whom neither the table nor a sentence has beside it."""
    names = {stem(w) for n in proper_names(question.text) for w in folded_words(question.text[n.start : n.end])}
    value = set(stems(" ".join(m.group() for m in pattern("cell", "value").finditer(question.folded))))
    words = _words(question, table) - value
    of_columns = {word for word in words if share({word}, " ".join(table.names))}
    left = words - of_columns - table.above
    if not (_HOW_MUCH.search(question.folded) and of_columns and left and left <= names):
        return False
    told = (set(stems(s.of(r.document.text))) for r in question.records for p in r.passages for s in p.sentences())
    in_rows = {word for row in table.rows for word in stems(row.words_text)}
    return not left & in_rows and not any(left & there and of_columns & there for there in told)


def _rows_of_cell(question: MinutesQuestion, table: Table) -> list[Passage]:
    return _named_rows(question, table, exactly=True) or _described_rows(question, table)


def _described_rows(question: MinutesQuestion, table: Table) -> list[Passage]:
    """Return the few rows that have all words of a question but those of a column: "the status of the noise study"."""
    words = _words(question, table)
    of_columns = {word for word in words if share({word}, " ".join(table.names))}
    left = words - of_columns
    rows = [row for row in table.rows if share(left, row.words_text) == 1] if of_columns and left else []
    return rows if len(rows) <= _MOST_DESCRIBED else []


def _named_rows(question: MinutesQuestion, table: Table, exactly: bool = False) -> list[Passage]:
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


def _all_rows(question: MinutesQuestion, table: Table) -> list[Passage]:
    """Return all rows for a question that asks for a list of what a column names: "List the dues of all members"."""
    heads = set().union(*map(_head, table.names))
    is_asked = bool(_LIST.search(question.folded)) and bool(heads & set(stems(question.text)))
    left = _words(question, table) - heads - table.above
    if is_asked and not left:
        return table.rows
    own = set(stems(table.header.headings[-1])) if table.header.headings else set[str]()
    own |= set().union(*map(_head, table.names[:2]))
    is_counted = question.counts and own & set(stems(question.text)) and not _words(question, table) - own
    return [row for row in table.rows if not _is_total(cells(row.words_text))] if is_counted else []


def _rows_of_day(question: MinutesQuestion, table: Table) -> list[Passage]:
    """Return the rows with a day that a question names: "Which complaints were received in June 2026?"."""
    if not (question.asks_who or question.counts or _LIST.search(question.folded)) or not _is_of_table(question, table):
        return []
    rows = [(row, cells(row.words_text)) for row in table.rows]
    dated = [at for at in range(len(table.names)) if any(at < len(v) and named_days(v[at]) for _, v in rows)]
    named = [at for at in dated if share(_words(question, table), table.names[at])] or dated
    other = {word for word in _words(question, table) if not share({word}, " ".join(table.names))} - table.above
    if other and _DOES.search(question.folded):
        return []
    asked = question.asked_days
    if asked is None or len(named) != 1 or len(other) > _MOST_OTHER:
        return []
    at = named[0]
    order = is_day_first(v[at] for _, v in rows if at < len(v))
    if order is None and question.query.language in ("French", "German", "Spanish"):
        order = True
    near = table.record.document.meeting.first_day or table.record.document.published
    told = [(row, named_days(v[at], order)) for row, v in rows if at < len(v)]
    return [row for row, days in told if days and all(asked.holds(day, near) for day in days)]


def _rows_of_state(question: MinutesQuestion, table: Table) -> list[Passage]:
    """Return the rows in a state that a question names: "How many berths are closed?"."""
    words = _words(question, table)
    is_list = (question.asks_who or question.counts) and not _DOES.search(question.folded)
    if not is_list or not _is_of_table(question, table):
        return []
    rows = [(row, cells(row.words_text)) for row in table.rows]
    for at in range(1, len(table.names)):
        states = {" ".join(sorted(stems(v[at]))) for _, v in rows if at < len(v) and v[at]}
        asked = {state for state in states if state and set(state.split()) <= words}
        left = words - {word for state in asked for word in state.split()} - table.above
        left -= set(stems(" ".join((*table.names, *_NOTHING.findall(question.folded)))))
        if asked and not left and len(states) <= _MOST_STATES:
            is_not = bool(_NOTHING.search(question.folded))
            kept = [(row, " ".join(sorted(stems(v[at])))) for row, v in rows if at < len(v) and v[at]]
            return [row for row, state in kept if (state in asked) is not is_not]
    return []


def _is_of_table(question: MinutesQuestion, table: Table) -> bool:
    """Return True if a question has a word of the names of the columns, of the lines above or of the record's name."""
    return bool(_named(question, table))


def _named(question: MinutesQuestion, table: Table) -> set[str]:
    """Return the words of a question, without its days, that the names of a table, its lines above or its record have.

    A Japanese name of a column counts without the noun for its values: 受付日 in "受け付けた".
    """
    known = " ".join((*table.names, *table.above, *table.record.about))
    plain = without_accents(known)
    text = without_days(question.text)
    named = {w for w in stems(text) if share({w}, known) or share({stem(without_accents(w))}, plain)}
    heads = (name[:-1] for name in table.names if is_cjk(name) and len(name) > _LEAST_HEAD)
    return named | {head for head in heads if head in without_okurigana(text)}


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
