"""Find who was at a meeting in which part: present, absent, in attendance, in the chair, secretary."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.minutes.people.attendance_predicates import from_predicates
from assistant.minutes.people.attendance_sentences import from_sentences
from assistant.minutes.people.attendance_tables import (
    from_columns_of_days,
    from_columns_of_presence,
    from_rows_of_meetings,
    role_of_cell,
)
from assistant.minutes.people.entry import OFFICES, AttendanceEntry
from assistant.minutes.people.names import NAME_AND_OFFICE, capitalized_names, listed_names
from assistant.minutes.people.registers import registers_of
from assistant.minutes.people.talk_attendance import from_talk
from assistant.minutes.record import KEPT, MinutesRecord
from corpus.document import Block, Kind
from corpus.language.minutes_words import is_label, label_class
from corpus.passages import Passage
from corpus.span import Span, trim
from corpus.tables import cells, table_around

# Names that a list leaves out: then nobody can count it.
_AND_OTHERS = re.compile(
    r"\b\d+ (?:members?|others|guests|observers|people|persons|residents|visitors|personnes|personen|personas)\b|"
    r"\bet al\b|\b(?:and|et|und|y) (?:\d+ )?(?:others|autres|andere|weitere|otros)\b|ほか|他\s*\d*名?|など"
)
_NOBODY = re.compile(
    r"^\W*(?:none|nil|nobody|no one|n/?a|aucune?|néant|keine?|niemand|ninguno|ninguna|nadie|なし|無し?)\W*$", re.I
)
_CAPITALIZED = re.compile(r"[A-ZÀ-Þ][\w'’-]+")
# The most words that name an office behind a name.
_MOST_OFFICE_WORDS = 6
_OFFICE_BEFORE = re.compile(r"(?:the|our|le|la|der|die|el)\s[^,;.:]{1,40},\s+(?=\S)", re.IGNORECASE)
# What stands between a name and the office before the next one.
_BESIDE = re.compile(r"[,;:()（）、，\n·]|\b(?:and|et|und|y|were|was|the)\b")
# Passages at the top among which a label of an office with other sentences behind it is that of the whole meeting.
_TOP = 12
_AND = re.compile(r";|\n|\s(?:and|et|und|y)\s|、")


@lru_cache(maxsize=KEPT)
def attendance_of(record: MinutesRecord) -> tuple[AttendanceEntry, ...]:
    """Return the attendance of a record in order: from labels, headings, tables, and sentences about named people."""
    of_days = [*from_columns_of_days(record), *from_columns_of_presence(record), *from_rows_of_meetings(record)]
    in_tables = {entry.passage.order for entry in of_days}
    found = [*_from_labels(record), *_from_headings(record), *of_days]
    found += [entry for entry in _from_tables(record) if entry.passage.order not in in_tables]
    found += _from_registers(record)
    told = {(entry.span, entry.role) for entry in found}
    found += [entry for entry in from_sentences(record) if (entry.span, entry.role) not in told]
    listed = [entry.span for entry in found]
    found += [entry for entry in from_predicates(record) if not any(entry.span.overlaps(span) for span in listed)]
    found += from_talk(record)
    found += [chair for entry in found if entry.role == "present" for chair in _marked(entry)]
    distinct = {(entry.span, entry.role, entry.names, entry.day): entry for entry in found}
    return tuple(sorted(distinct.values(), key=lambda entry: entry.span))


def _from_labels(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    for labelled in record.labels:
        role = label_class("label", labelled.label)
        if role is None:
            continue
        if labelled.words:
            yield from _labelled(labelled.passage, labelled.span, role, labelled.words)
        else:
            yield from _below(record.passages[labelled.passage.order + 1 :], role)


def _labelled(passage: Passage, span: Span, role: str, words: Span) -> Iterator[AttendanceEntry]:
    """Yield the entry of the words behind a label: all, or the sentence of the label where others follow it."""
    yield from list(_entry(passage, span, role, words)) or _in_sentence(passage, span, role, words)


def _in_sentence(passage: Passage, span: Span, role: str, words: Span) -> Iterator[AttendanceEntry]:
    """Yield the entry of the sentence of a label: its list of names, else all names in it where they are present."""
    text = passage.document.text
    sentence = _sentence_of_label(passage, span, words)
    words, span = _without_office(text, sentence) if role in OFFICES else sentence, Span(span.start, sentence.end)
    entries = list(_entry(passage, span, role, words)) if role not in OFFICES or passage.order < _TOP else []
    # "Guest: Sis." is cut behind a short form.
    entries = [entry for entry in entries if any(" " in name.of(text) for name in entry.names)]
    yield from entries
    names = capitalized_names(text, words) if role == "present" and not entries else []
    if len(names) > 1:
        yield AttendanceEntry(passage, span, role, tuple(names), is_complete=False)


def _sentence_of_label(passage: Passage, span: Span, words: Span) -> Span:
    """Return the words behind a label up to the end of their sentence."""
    own = next((s for s in passage.sentences() if s.start <= words.start < s.end), span)
    return Span(words.start, max(words.start + 1, min(words.end, own.end)))


def _without_office(text: str, words: Span) -> Span:
    """Return words without the office before the name: "the Mayor, Ms Bo"."""
    office = _OFFICE_BEFORE.match(text, words.start, words.end)
    return Span(office.end(), words.end) if office else words


def _from_registers(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the lines of registers whose marks a legend explains."""
    for line in registers_of(record):
        at, name, mark = line.passage, (line.name,), line.mark
        yield AttendanceEntry(at, line.span, mark.role, name, legend=line.legend, mark=mark.words)
        for office in OFFICES if mark.role == "present" else ():
            if any(is_label("label", office, words) for words in re.split(r"[,(（|]", line.office)):
                yield AttendanceEntry(at, line.span, office, name, legend=line.legend, mark=mark.words)


def _from_headings(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    for passage in record.passages:
        title = record.title_class(passage)
        role = title[1] if title and title[0] == "label" else None
        if passage.kind is Kind.HEADING and ":" not in passage.words_text:
            role = role or label_class("label", passage.words_text)
        if role and not passage.words_text.rstrip().endswith((":", "：")):
            yield from _below(record.section(passage), role)


def _below(passages: Sequence[Passage], role: str) -> Iterator[AttendanceEntry]:
    """Yield an entry for each line of names below a heading or a label, up to the first line of another kind."""
    for at, passage in enumerate(passages):
        if passage.kind not in (Kind.BODY, Kind.LIST_ITEM) or cells(passage.words_text):
            return
        text = passage.words_text
        if at == 0 and text.rstrip().endswith((":", "：")):
            continue
        label, colon, _ = text.partition(":" if ":" in text else "：")
        if (colon and label_class("label", label)) or text.rstrip().endswith((":", "：")):
            return
        # "Hask Library: Ms Bo, Mr Cy": the names of a group.
        start = passage.words.start + (len(label) + 1 if colon else 0)
        words = trim(passage.document.text, start, passage.words.end)
        entries = list(_entry(passage, passage.words, role, words)) if words else []
        if passage.kind is Kind.LIST_ITEM and not colon:  # "Ada Bo, Finance"
            entries = [replace(e, names=e.names[:1]) if len(e.names) == NAME_AND_OFFICE else e for e in entries]
        if not entries:
            return
        yield from entries


def _from_tables(record: MinutesRecord) -> Iterator[AttendanceEntry]:
    """Yield the rows of tables that say who was there: by a label in front, by a cell, or by the column."""
    header: Passage | None = None
    for passage in record.passages:
        row = cells(passage.words_text) if passage.kind is Kind.LIST_ITEM else ()
        if not row:
            header = header if passage.kind is Kind.MENU else None
        elif len(row) > 1 and all(label_class("label", cell) for cell in row if cell):
            header = passage
        elif header:
            yield from _by_column(passage, header)
        else:
            yield from _by_row(passage, row)


def _by_column(passage: Passage, header: Passage) -> Iterator[AttendanceEntry]:
    """Yield an entry for each cell of a row below columns such as "Present" and "Apologies"."""
    text, at = passage.document.text, passage.words.start
    for label, cell in zip(cells(header.words_text), cells(passage.words_text), strict=False):
        role = label_class("label", label)
        if cell and role:
            at = text.find(cell, at)
            # The line ends of a cell are lost: each word with a capital may be a name, and nobody can count them.
            names = tuple(Span(at + m.start(), at + m.end()) for m in _CAPITALIZED.finditer(cell))
            yield AttendanceEntry(passage, passage.words, role, names, is_complete=False, header=header)
            at += len(cell)


def _by_row(passage: Passage, row: Sequence[str]) -> Iterator[AttendanceEntry]:
    """Yield a row that begins with a label, or of a person with a cell such as "absent"."""
    start, text = passage.words.start, passage.document.text
    values = [(at, cell) for at, cell in enumerate(row) if cell]
    role = label_class("label", row[0])
    if role and len(values) == 2:
        at = text.find(values[1][1], text.find(row[0], start) + len(row[0]))
        yield from _entry(passage, passage.words, role, Span(at, at + len(values[1][1])))
        return
    stated = next((r for _, cell in values[1:] if (r := role_of_cell(cell))), None)
    is_first = table_around(passage.document, passage.span.start)[:1] == (_block(passage),)
    if stated and values[0][0] == 0 and not is_first:
        at = text.find(row[0], start)
        yield from _entry(passage, passage.words, stated, Span(at, at + len(row[0])))


def _block(passage: Passage) -> Block:
    return Block(passage.kind, passage.span, passage.words)


def _entry(passage: Passage, span: Span, role: str, words: Span) -> Iterator[AttendanceEntry]:
    """Yield the entry of a line of names; none for a line of other words."""
    text = passage.document.text
    line = words.of(text)
    if _NOBODY.match(line):
        yield AttendanceEntry(passage, span, role, ())
    elif names := listed_names(text, words):
        # Behind the name of the chair stands an affiliation.
        names = names[:1] if role in OFFICES and not _AND.search(line) else names
        yield AttendanceEntry(passage, span, role, tuple(names), not _AND_OTHERS.search(line))


def _marked(entry: AttendanceEntry) -> Iterator[AttendanceEntry]:
    """Yield the chair and the secretary that a line marks beside a name: "P. Brandt (chair)", "chairman Ada Bo"."""
    text = entry.passage.document.text
    bounds = [entry.span.start, *(at for name in entry.names for at in (name.start, name.end)), entry.span.end]
    for number, name in enumerate(entry.names):
        before, behind = (text[bounds[2 * at] : bounds[2 * at + 1]] for at in (number, number + 1))
        own = [_BESIDE.split(before)[-1]]
        behind = re.split("[;|]", behind)[0]
        if number + 1 < len(entry.names) and _BESIDE.split(behind)[-1].strip(" *_"):
            behind = behind.rpartition(",")[0]  # the office before the next name
        behind = behind.strip(" ,;.()（）[]、，\n")
        if behind and len(behind.split()) <= _MOST_OFFICE_WORDS:
            own += re.split(r"[,(（]| and ", behind)
        marked = (role for role in OFFICES if any(is_label("label", role, office) for office in own if office.strip()))
        yield from (AttendanceEntry(entry.passage, entry.span, role, (name,)) for role in marked)
