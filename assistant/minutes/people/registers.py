"""Read registers of attendance: names with a mark each, and a legend that explains the marks: "P = present"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.minutes.people.legends import Mark, legend_of
from assistant.minutes.record import MinutesRecord
from corpus.document import Kind
from corpus.language.scripts import is_cjk
from corpus.passages import Passage
from corpus.span import Span, trim
from corpus.tables import cells

_LINE = re.compile(r"[^\n]+")
# What stands between a name and its mark.
_LEADERS = r"[\s.·…_:|,–—]"
_OFFICE = re.compile(r"[,(（|;]|\s[–—-]\s")
# A short last line above a paragraph is read as its heading.
_TEXT = (Kind.BODY, Kind.LIST_ITEM, Kind.HEADING)
_MOST_WORDS = 6
# What stands before a name in a list or a row.
_BEFORE = " \t|*•"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of a register.

    Attributes:
        passage: the passage.
        span: the line.
        mark: what its mark says.
        name: the name.
        office: the words between the name and the mark.
        legend: the passage and the line that explain the mark.
    """

    passage: Passage
    span: Span
    mark: Mark
    name: Span
    office: str
    legend: tuple[Passage, Span]


def registers_of(record: MinutesRecord) -> Iterator[RegisterLine]:
    """Yield the lines of the registers of a record, in order."""
    lines = [
        (passage, Span(passage.span.start + m.start(), passage.span.start + m.end()))
        for passage in record.passages
        for m in _LINE.finditer(passage.text)
    ]
    for at, (passage, line) in enumerate(lines):
        marks = legend_of(line.of(record.document.text))
        if not marks:
            continue
        found = list(_run(lines[at + 1 :], marks, (passage, line)))
        yield from found or reversed(list(_run(lines[:at][::-1], marks, (passage, line))))


def _run(
    lines: list[tuple[Passage, Span]], marks: Mapping[str, Mark], legend: tuple[Passage, Span]
) -> Iterator[RegisterLine]:
    """Yield the lines in a row that have a mark."""
    mark = "|".join(sorted(map(re.escape, marks), key=len, reverse=True))
    behind = re.compile(rf"^(?P<name>.*?\w[.)]?){_LEADERS}*(?:{_LEADERS})\(?(?P<mark>{mark})\)?\W*$")
    before = re.compile(rf"^\W*?(?P<mark>{mark})(?:{_LEADERS}|[)\]])+(?P<name>\w.*)$")
    for passage, span in lines:
        text = passage.document.text
        line = span.of(text)
        if not any(map(str.isalnum, line)):
            continue
        match = behind.match(line.strip(_BEFORE)) or before.match(line.strip(_BEFORE))
        start = span.start + len(line) - len(line.lstrip(_BEFORE))
        words = trim(text, start + match.start("name"), start + match.end("name")) if match else None
        name = trim(text, words.start, words.start + len(_OFFICE.split(words.of(text))[0])) if words else None
        if not (match and words and name and _is_name(name.of(text))) or passage.kind not in _TEXT:
            if cells(line):  # the names of the columns
                continue
            return
        yield RegisterLine(passage, span, marks[match["mark"]], name, text[name.end : words.end], legend)


def _is_name(words: str) -> bool:
    """Return True for a few words of which most begin with a capital."""
    parts = words.split()
    capitals = sum(part[0].isupper() or is_cjk(part) for part in parts)
    return len(parts) <= _MOST_WORDS and 2 * capitals > len(parts)
