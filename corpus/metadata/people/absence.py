"""Tell where a record lists those who are absent: a name there links no office and no label to a person."""

import re
from itertools import islice

from corpus.language.minutes_words import classes, is_label, label_class, pattern
from corpus.language.persons import is_title
from corpus.language.tokens import fold_text
from corpus.metadata.people.record_text import MOST_PLACES, TOP, RecordText
from corpus.span import Span

_CLASSES = ("excused", "absent")
_ABSENCE = [pattern(section, name) for section in ("label", "sentence") for name in _CLASSES]
# Words of a heading of those who are absent.
_LONGEST_HEADING = 5
# Characters behind a name in which a word says that the person is absent, and lines of a list below its heading.
_NEAR, _LIST = 30, 40


def is_absent(record: RecordText, name: str) -> bool:
    """Return True if a record lists a person among those who are absent."""
    places = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", record.text[: record.lists_end])
    return any(is_in_absence(record, Span(*place.span())) for place in islice(places, MOST_PLACES))


def is_in_absence(record: RecordText, place: Span) -> bool:
    """Return True if a place is in a line or a list of those who are absent."""
    span = record.line_at(place.start, place.end)
    line = span.of(record.text)
    before, behind = fold_text(line[: place.start - span.start]), fold_text(line[place.end - span.start :])
    if any(_is_said_of(found, behind) for words in _ABSENCE for found in words.finditer(behind[: 2 * _NEAR])):
        return True
    label, colon, _ = line.partition(":")
    has_label = bool(colon) and label_class("label", label) is not None
    if not has_label:  # of prose, the sentence of the place
        ends = [m.end() for m in re.finditer(r"(\w{2,})\.\s+", before) if not is_title(m[1])]
        before = before[ends[-1] :] if ends else before
    absent = max((found.end() for words in _ABSENCE for found in words.finditer(before)), default=-1)
    others = [m.end() for m in re.finditer(r"([^:;.,/|]*):", before) if _label_kind(m[1]) == "other"]
    if absent >= 0:
        return absent > max(others, default=-1)
    return not has_label and _is_below_absence(record.text, span.start)


def _is_below_absence(text: str, start: int) -> bool:
    """Return True if the nearest label or heading above a line is one of those who are absent."""
    has_blank = False
    for line in reversed(text[max(0, start - 2 * TOP) : start].splitlines()[-_LIST:]):
        label, colon, rest = line.partition(":")
        kind = _label_kind(label) if colon or line.startswith("#") else _kind_of_line(line)
        if kind == "absence":
            return not (rest.strip(" *_") and has_blank)
        if kind or line.startswith("#"):
            return False
        has_blank |= not line.strip()
    return False


def _label_kind(label: str) -> str:
    """Return "absence" for a label of those who are absent, "other" for another label of minutes, else nothing."""
    name = label_class("label", label)
    return "absence" if name in _CLASSES else "other" if name else ""


def _kind_of_line(line: str) -> str:
    """Return the kind of a label that is a line of its own; nothing for other lines."""
    words = fold_text(line).strip(" #*_|>-.0123456789")
    if len(words.split()) <= _LONGEST_HEADING and any(absence.match(words) for absence in _ABSENCE):
        return "absence"
    return "other" if any(is_label("label", name, words) for name in classes("label")) else ""


def _is_said_of(absence: re.Match[str], behind: str) -> bool:
    """Return True if a word of absence near behind a name is said of it, and no label of what follows."""
    return absence.start() <= _NEAR and not re.match(r"[*_ \t]*:", behind[absence.end() :])
