"""Answer who was at a meeting, who was not, who was in the chair, and at which meetings somebody was."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import ShortAnswer
from assistant.citations.citation import Citation
from assistant.minutes.day_range import NamedDays
from assistant.minutes.people.attendance import attendance_of
from assistant.minutes.people.count_names import count_names
from assistant.minutes.people.entry import OFFICES, AttendanceEntry
from assistant.minutes.people.names import is_named
from assistant.minutes.question import ANY_MEETING, MinutesQuestion, days_of, without_days
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts, count_line, distinct
from assistant.understanding.recency import names_next_meeting
from corpus.language.dates import DateMention
from corpus.language.minutes_words import classes, says
from corpus.language.tokens import STOP_WORDS, fold_text, stem, stems

# The roles that a question for one of them is answered with.
_ANSWERS = {"present": ("present", "chair", "attending"), "absent": ("absent", "excused"), "unexcused": ("absent",)}
# "What did Mr Ito present?" asks for no attendance.
_OTHER = re.compile(
    r"\b(?:what (?:did|does|was|were|is)|how did|why|qu'a|que dit|was sagte)\b(?! absent| the attendance)"
)
_MEETINGS = re.compile(
    r"\b(?:which|what|how many|list|all|at which|in which) (?:of the )?(?:\w+ ){0,2}?(?:meetings?|sessions?)\b"
    r"|\bhow often\b|\bwhen (?:was|were|did)\b"
    r"|\bquelles? (?:réunions?|séances?)|\bwelche[nr]? sitzung"
    r"|\bqué (?:reuniones|sesiones|reunión)|どの(?:会議|会合|回)|何回"
)


# "Ms Bo will chair" in minutes is of a later meeting.
_TO_COME = re.compile(r"\b(?:will|shall|wird|présidera|presidirá)\b")
_NOW_OR_TO_COME = re.compile(r"\b(?:will|shall|chairs|presides|takes)\b")
# "Was Ms Bo there on 3 May?"
_THERE = re.compile(r"\b(?:there|at (?:the|this|that|our)\b)")
# What a record may have about who chaired it or took its minutes.
_OFFICE_WORDS = {
    "chair": re.compile(
        r"\b(?:co-?)?chair|presid|moderat|facilitat|\bled\b|\blead|\bhost|vorsitz|leit|議長|座長|委員長|司会"
    ),
    "secretary": re.compile(
        r"\b(?:took|tak(?:es?|en|ing)|wr[io]t|kept|keep|record(?:ed|er)|secretar|secrétair|clerk|rapporteur|scribe)"
        r"|\bnotes? by|\bminutes by|protokoll|schrift|acta|書記|記録"
    ),
}
_AND_WHO = re.compile(r"\b(?:and|und|et|y)\s+(?=who\b|wer\b|qui\b|quién)")
# "Who sent apologies for absence?" asks for apologies alone.
_APOLOGIES = re.compile(r"\bapolog\w+ for\b|\babsen\w+ (?:with|excus)|ausencia")


@dataclass(frozen=True, slots=True)
class _RecordAttendance:
    """A record with its attendance, and the entries that name somebody whom the question names."""

    record: MinutesRecord
    entries: tuple[AttendanceEntry, ...]
    named: list[AttendanceEntry]


def about_attendance(question: MinutesQuestion) -> ReplyParts | None:
    """Return the lines of attendance that a question asks for; None if it asks for anything else.

    "Who chaired it, and who was absent?" asks for two roles.
    """
    role = _role_of(question)
    if role is None:
        return None
    first = _about_role(question, role)
    others = _other_roles(question, role) if first and first.citations else []
    further = [found for other in others if (found := _about_role(question, other)) and found.citations]
    if not first or not further:
        return first
    citations = tuple(distinct(c for part in (first, *further) for c in part.citations))
    return replace(first, citations=citations, short_answer=None)  # a name alone would answer one of the roles


def _other_roles(question: MinutesQuestion, role: str) -> list[str]:
    """Return the other roles that a question asks for behind "and who"."""
    parts = _AND_WHO.split(question.folded)
    told = [next((r for r in classes("asks") if says("asks", r, part)), None) for part in parts]
    return list(dict.fromkeys(r for r in told if r and r != role)) if len(parts) > 1 else []


def _about_role(question: MinutesQuestion, role: str) -> ReplyParts | None:
    if _is_of_other_day(question):
        return ReplyParts(())
    read = [_RecordAttendance(r, entries, []) for r, entries in _entries(question, role)]
    read = [
        _RecordAttendance(a.record, a.entries, [e for e in a.entries if _named_in(question, a.record, e)]) for a in read
    ]
    names = [n for a in read for e in a.named for n in _named_in(question, a.record, e)]
    removed = [("asks", name) for name in classes("asks")]
    read = [a for a in read if not question.rest(a.record, removed, (*names, *map(_label, a.entries)))]
    read = [a for a in read if _own_words(question, a.record)] or read
    if not read:
        return _refusal(question, role)
    if not (names or any(says("asks", name, question.folded) for name in classes("asks"))):
        return None
    if names:
        return _of_person(question, role, read)
    if role == "chair" and not question.asks_who:
        return None
    roles = _ANSWERS.get(role, (role,))
    pairs = [(a.record, e) for a in read for e in a.entries if e.role in roles or _is_also(role, e)]
    pairs = _of_meeting(question, pairs, role)
    marks = {e.mark for _, e in pairs if e.mark}
    if len(marks) > 1 and any(mark in question.folded for mark in marks):  # "on leave" of two marks for the absent
        pairs = [(r, e) for r, e in pairs if not e.mark or e.mark in question.folded]
    is_answer = any(e.role == role for _, e in pairs) or (bool(pairs) and role != "present")
    return _reply_with(question, pairs, role) if is_answer else _refusal(question, role)


def _own_words(question: MinutesQuestion, record: MinutesRecord) -> set[str]:
    """Return the stems of a question, without its days, that the name of a record has, such as "governor"."""
    return (set(stems(without_days(question.text))) & record.about) - ANY_MEETING - set(map(stem, STOP_WORDS))


def _of_meeting(
    question: MinutesQuestion, pairs: list[tuple[MinutesRecord, AttendanceEntry]], role: str
) -> list[tuple[MinutesRecord, AttendanceEntry]]:
    """Return the entries of the meetings themselves, or of those to come if a question is about the next one.

    A question in the present or the future gets both.
    """
    to_come = [(r, e) for r, e in pairs if not r.talk and _TO_COME.search(e.span.of(r.document.text))]
    if names_next_meeting(question.query.text) and (to_come or role in OFFICES):
        return to_come
    if _NOW_OR_TO_COME.search(question.folded):  # "Who chairs it?"
        return pairs
    return [pair for pair in pairs if pair not in to_come]


def about_attendance_of_day(question: MinutesQuestion) -> ReplyParts | None:
    """Return a reply without quotations for a day on which no meeting was; None for any other question."""
    return ReplyParts(()) if _role_of(question) and _is_of_other_day(question) else None


def _is_of_other_day(question: MinutesQuestion) -> bool:
    """Return True if a question names a day, all records have their day, and none of them, nor a column, has that."""
    days = [day for day in question.days if day.day and day.month]
    records = question.records_of_any_year
    of_days = [(days_of(record.document), attendance_of(record)) for record in records if record.is_minutes]
    if not days or not of_days or not all(own for own, _ in of_days):
        return False
    return not any(
        any(day.matches(other) for day in days for other in own) or _of_days(days, entries) for own, entries in of_days
    )


def _refusal(question: MinutesQuestion, role: str) -> ReplyParts | None:
    """Return a reply without quotations if the records meant have no word for who chaired or took the minutes."""
    removed = [("asks", name) for name in classes("asks")]
    meant = [r for r in question.records_of_kind if not question.rest(r, removed)]
    is_asked = role in OFFICES and question.asks_who and bool(meant)
    is_told = is_asked and any(_OFFICE_WORDS[role].search(fold_text(r.document.text)) for r in meant)
    return ReplyParts(()) if is_asked and not is_told else None


def _entries(question: MinutesQuestion, role: str) -> Iterator[tuple[MinutesRecord, tuple[AttendanceEntry, ...]]]:
    """Yield the records with their attendance; of one with columns for several meetings the column of the day."""
    records = question.records_of_kind
    own = [(r, attendance_of(r)) for r in records]
    others = [r for r in question.records_of_any_year if question.days and r not in question.records]
    of_day = [(r, e) for r in (*records, *others) if (e := _of_days(question.days, attendance_of(r)))]
    if of_day and (role not in OFFICES or any(e.role == role for _, found in of_day for e in found)):
        yield from of_day
        columns = {record.document.id for record, _ in of_day}
        own = [(r, e) for r, e in own if r.document.id not in columns and _is_of_day(question, r)]
    for record, entries in own:
        day = record.document.meeting.first_day
        mentions = [DateMention(day.year, day.month, day.day, 0, 0)] if day else []
        is_of_all = bool(_MEETINGS.search(question.folded))
        kept = tuple(e for e in entries if e.day is None or is_of_all) + _of_days(
            [] if is_of_all else mentions, entries
        )
        if not record.is_minutes:
            kept = tuple(e for e in kept if e.role == role and (role in OFFICES or record.talk))
        if kept:
            yield record, kept


def _is_of_day(question: MinutesQuestion, record: MinutesRecord) -> bool:
    """Return True if a record is of a day or a month that a question names."""
    return any(day.matches(own) for day in question.days for own in days_of(record.document))


def _of_days(days: Sequence[DateMention], entries: Sequence[AttendanceEntry]) -> tuple[AttendanceEntry, ...]:
    """Return the entries of columns of one of some days."""
    return tuple(e for e in entries if e.day and any(_is_day(day, e.day) for day in days))


def _is_day(day: DateMention, column: NamedDays) -> bool:
    is_month = column.first != column.last
    is_year = None in (day.year, column.year) or day.year == column.year
    return is_year and day.month == column.first[0] and (is_month or day.day in (None, column.first[1]))


def _role_of(question: MinutesQuestion) -> str | None:
    """Return the role that a question asks for: the first of the file that it has a word of."""
    if _OTHER.search(question.folded):
        return None
    told = [role for role in classes("asks") if says("asks", role, question.folded)]
    if not told and question.is_yes_or_no and _THERE.search(question.folded):
        return "present"
    is_either = told[:2] == ["excused", "absent"] and not _APOLOGIES.search(question.folded)
    return "absent" if is_either else next(iter(told), None)


def _is_also(role: str, entry: AttendanceEntry) -> bool:
    """Return True for a line of absent people that says who of them sent apologies: "Absent: M. Bo (excused)"."""
    text = fold_text(entry.span.of(entry.passage.document.text))
    is_excused = says("asks", "excused", text) and not says("asks", "unexcused", text)
    return role == "excused" and entry.role == "absent" and is_excused


def _label(entry: AttendanceEntry) -> str:
    """Return the words of a line that are not the last of a name: its label, titles and offices."""
    text = entry.passage.document.text
    words = entry.span.of(text)
    for span in entry.names:
        words = words.replace(span.of(text), " ".join(span.of(text).split()[:-1]))
    return words


def _named_in(question: MinutesQuestion, record: MinutesRecord, entry: AttendanceEntry) -> list[str]:
    """Return the names of a line that a question names, unless they are words of the record's own name."""
    text = entry.passage.document.text
    return [
        name
        for span in entry.names
        if is_named(name := span.of(text), question.text) and not set(stems(name)[-1:]) & record.about
    ]


def _of_person(question: MinutesQuestion, role: str, read: Sequence[_RecordAttendance]) -> ReplyParts:
    """Return the lines that name a person in the role; for a question of yes or no those of any role."""
    roles = _ANSWERS.get(role, (role,))
    pairs = [(a.record, e) for a in read for e in a.named]
    of_role = [(record, e) for record, e in pairs if e.role in roles]
    if not (of_role or question.asks_who or question.counts or _MEETINGS.search(question.folded)):
        return _reply_with(question, pairs, "")
    cited = [c for record, e in of_role for c in _cite(record, e)]
    meetings = len({record.document.id for record, _ in of_role})
    lines = (count_line(question, meetings, "listed", cited),) if question.counts and cited else ()
    return ReplyParts(tuple(cited), lines)


def _cite(record: MinutesRecord, entry: AttendanceEntry) -> list[Citation]:
    """Return the line of an entry, below the names of the columns or the legend if these say the part."""
    rows = [record.cite(entry.header, entry.header.words)] if entry.header else []
    rows += [record.cite(*entry.legend)] if entry.legend else []
    return [*rows, record.cite(entry.passage, entry.span)]


def _reply_with(
    question: MinutesQuestion, pairs: Sequence[tuple[MinutesRecord, AttendanceEntry]], role: str
) -> ReplyParts:
    cited = [c for record, e in pairs for c in _cite(record, e)]
    lines = count_names(question, pairs) if question.counts and role else ()
    short = None
    names = [(record.cite(e.passage, e.span), span) for record, e in pairs for span in e.names]
    if (
        role in ("chair", "secretary")
        and names
        and len({span.of(c.document.text).casefold() for c, span in names}) == 1
    ):
        short = ShortAnswer(*names[0])
    return ReplyParts(tuple(cited), lines, short_answer=short)
