"""Read attendance from tables: a column for each of several meetings, a column of presence, a row for each meeting."""

import re
from collections.abc import Iterator

from assistant.minutes.day_range import named_days
from assistant.minutes.people.entry import OFFICES, AttendanceEntry
from assistant.minutes.people.names import listed_names
from assistant.minutes.record import MinutesRecord
from corpus.language.minutes_words import classes, is_label, label_class, says
from corpus.language.tokens import fold_text
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells

# Columns of days of a table of attendance, at least, and the marks in them.
_LEAST_DAYS = 2
_PRESENT, _ABSENT = re.compile(r"^(?:[xX✓✔☑●•]|[yY](?:es)?|[pP])$"), re.compile(r"^(?:[nN]o|[aA]|✗|✘|0)$")
_WORDS = re.compile(r"[^\W\d_]{2}")
_REMARK = re.compile(r"[,;:(（、。]|\s[–—-]\s")
_YES, _NO = re.compile(r"^\W*(?:yes|ja|oui|sí|はい)\b"), re.compile(r"^\W*(?:no|not|nein|nicht|non|いいえ)\b")


def from_columns_of_days(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the cells of tables with a column for each of several meetings: "Name | 15 Jan | 14 May"."""
    for names, rows in record.tables:
        days = {at: told[0] for at, name in enumerate(names) if at and len(told := named_days(name)) == 1}
        values = [(row, cells(row.words_text)) for row in rows[1:]]
        told_roles = [_role_in_column(v[at]) for _, v in values for at in days if at < len(v) and v[at]]
        if len(days) < _LEAST_DAYS or 2 * sum(map(bool, told_roles)) <= len(told_roles):
            continue
        for row, v in values:
            if not v or not v[0]:  # a row of sums
                continue
            name = _span_in(row, v[0])
            for office in (o for cell in v[1:] for o in OFFICES if is_label("label", o, cell)):
                yield AttendanceEntry(row, row.words, office, (name,), header=rows[0])
            for at, day in days.items():
                if at < len(v) and (role := _role_in_column(v[at])):
                    yield AttendanceEntry(row, row.words, role, (name,), header=rows[0], day=day)


def _role_in_column(cell: str) -> str | None:
    return "present" if _PRESENT.match(cell) else "absent" if _ABSENT.match(cell) else role_of_cell(cell)


def role_of_cell(cell: str) -> str | None:
    """Return the role that a cell says, whole or before a remark: "excused, proxy: Ms Bo", "absent (ill)"."""
    if role := next((role for role in classes("label") if is_label("label", role, cell)), None):
        return role
    first = _REMARK.split(cell, maxsplit=1)[0]
    return next((role for role in ("excused", "absent", "present") if is_label("label", role, first)), None)


def from_columns_of_presence(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the rows of tables with a column such as "Present", whose cells say yes or no: "no – apologies"."""
    for names, rows in record.tables:
        at = next((n for n, name in enumerate(names) if n and is_label("label", "present", name)), None)
        values = [(row, cells(row.words_text)) for row in rows[1:]]
        roles = [_presence(v[at]) if at is not None and at < len(v) else None for _, v in values]
        if at is None or 2 * sum(map(bool, roles)) <= len(roles):
            continue
        for (row, v), role in zip(values, roles, strict=True):
            cell = v[at] if at < len(v) else ""
            # "items 4 and 5 only" tells that somebody came for these; a row of sums has no words.
            role = role or role_of_cell(cell) or ("attending" if _WORDS.search(cell) else None)
            if not v or not v[0] or not role:
                continue
            name = _span_in(row, v[0])
            for office in (
                o for n, cell in enumerate(v) if n and n != at for o in OFFICES if is_label("label", o, cell)
            ):
                yield AttendanceEntry(row, row.words, office, (name,), header=rows[0])
            yield AttendanceEntry(row, row.words, role, (name,), header=rows[0])


def _presence(cell: str) -> str | None:
    """Return the role that a cell of a column of presence says by yes or no; None for other words."""
    folded = fold_text(cell)
    if _YES.match(folded) or _PRESENT.match(cell):
        return "present"
    if not (_NO.match(folded) or _ABSENT.match(cell)):
        return None
    if says("asks", "unexcused", folded):
        return "absent"
    return "excused" if says("asks", "excused", folded) else "absent"


def from_rows_of_meetings(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the cells of tables with a row for each meeting: "Date | Place | Chair | Absent"."""
    for names, rows in record.tables:
        roles = {at: role for at, name in enumerate(names) if (role := label_class("label", name))}
        values = [(row, cells(row.words_text)) for row in rows[1:]]
        dated = [(row, v, days[0]) for row, v in values if v and len(days := named_days(v[0])) == 1]
        if not roles or 0 in roles or 2 * len(dated) <= len(values):
            continue
        for row, v, day in dated:
            for at, role in roles.items():
                if at < len(v) and v[at]:
                    found = tuple(listed_names(row.document.text, _span_in(row, v[at])))
                    yield AttendanceEntry(row, row.words, role, found, header=rows[0], day=day)


def _span_in(row: Passage, cell: str) -> Span:
    """Return where a cell, which is not empty, first stands in its row."""
    start = row.document.text.index(cell, row.words.start)
    return Span(start, start + len(cell))
