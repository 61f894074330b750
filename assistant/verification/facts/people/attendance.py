"""Compare what a report says of who chaired, attended or missed a meeting with its record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.minutes.people.attendance import attendance_of
from assistant.minutes.people.entry import AttendanceEntry
from assistant.minutes.record import read_record
from assistant.verification.facts.people.stated_roles import NamedOne, is_of, is_to_come, stated_roles
from corpus.document import Document, Kind
from corpus.facts import facts_text
from corpus.kept import kept
from corpus.language.countries import country_named
from corpus.language.minutes_words import classes, says
from corpus.language.persons import is_same_person, persons
from corpus.language.sentences import sentences
from corpus.language.tokens import fold_text
from corpus.span import Span
from corpus.speech import name_bearers

# The roles of a record that each role of a report is compared with.
_PRESENT = ("present", "chair", "attending", "secretary")
_SAME = {"chair": ("chair",), "present": _PRESENT, "absent": ("absent", "excused")}
_OTHER = {"chair": ("chair",), "present": ("absent", "excused"), "absent": ("present", "chair")}
# Characters of a record's line that is shown whole.
_LONGEST = 100
# Characters at the top of a record that name its meeting.
_TOP = 600
_MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class CheckedRole:
    """A person of whom a report says who chaired, attended or missed a meeting.

    Attributes:
        span: the name in the sentence of the report.
        is_found: True if the record says the same.
        recorded: what the record says instead; None where it does not.
        is_elsewhere: True if the record names the person, and not as one of those.
    """

    span: Span
    is_found: bool
    recorded: str | None = None
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class _AttendanceLine:
    """Words of a record that give persons a role; certain unless a sentence only seems to say it."""

    role: str
    named: tuple[NamedOne, ...]
    words: str
    is_certain: bool = True
    is_complete: bool = True


@dataclass(frozen=True)
class _Attendance:
    lines: tuple[_AttendanceLine, ...] = ()
    facts: str = field(default="", repr=False)
    presidency: str | None = None

    def names(self, one: NamedOne) -> bool:
        """Return True if a line names a person or country."""
        return any(_is_same(one, named) for line in self.lines for named in line.named)

    def lines_of(self, roles: Sequence[str], one: NamedOne, certain: bool = False) -> list[_AttendanceLine]:
        """Return the lines that give a person one of some roles."""
        return [
            line
            for line in self.lines
            if line.role in roles and (line.is_certain or not certain) and any(_is_same(one, n) for n in line.named)
        ]


def checked_roles(sentence: str, documents: Sequence[Document]) -> Iterator[CheckedRole]:
    """Yield each person of whom a sentence says who chaired, attended or missed the meeting of its only record.

    Nothing is said of what the record leaves open.
    """
    if len(documents) != 1:
        return
    for stated in stated_roles(sentence):
        attendance = _attendance(documents[0])
        if not is_of(stated.meeting, attendance.facts):
            return
        for one in stated.named:
            if checked := _check(stated.role, one, attendance, documents[0]):
                yield checked


def _check(role: str, one: NamedOne, attendance: _Attendance, document: Document) -> CheckedRole | None:
    if one.country and role == "chair" and attendance.presidency:
        is_own = country_named(attendance.presidency) == one.country
        return CheckedRole(one.span, is_own, None if is_own else f"the presidency of {attendance.presidency}")
    if one.person and not one.person.is_titled and not attendance.names(one):
        return None  # may be no person
    if attendance.lines_of(_SAME[role], one):
        return CheckedRole(one.span, True)
    if role == "chair":
        others = [line for line in attendance.lines if line.role == "chair" and line.is_certain and line.named]
        others = [line for line in others if bool(line.named[0].country) == bool(one.country)]
    else:
        others = attendance.lines_of(_OTHER[role], one, certain=True)
    if others:
        return CheckedRole(one.span, False, _shown(others[0], one))
    lists = [line for line in attendance.lines if line.role == "present" and line.is_certain and line.named]
    is_listed = role == "present" and one.person and lists and all(line.is_complete for line in lists)
    if not is_listed or one.person is None:
        return None
    return CheckedRole(one.span, False, is_elsewhere=bool(list(name_bearers(document, one.person.words[-1]))))


def _shown(line: _AttendanceLine, one: NamedOne) -> str:
    """Return a line of a record, of a long one the role with the person."""
    words = " ".join(line.words.split())
    if len(words) <= _LONGEST:
        return words
    person = next((n for n in line.named if _is_same(one, n)), line.named[0])
    return f"{line.role}: {person.person.name if person.person else person.country}"


def _is_same(one: NamedOne, other: NamedOne) -> bool:
    if one.person and other.person:
        return is_same_person(one.person, other.person)
    return one.country is not None and one.country == other.country


@kept(_MOST_KEPT)
def _attendance(document: Document) -> _Attendance:
    """Return who was at the meeting of a record, as its lists and sentences say."""
    entries = attendance_of(read_record(document))
    facts = f"{document.title} {facts_text(document)} {document.text[:_TOP]}"
    if any(entry.day for entry in entries):  # a table of several meetings
        return _Attendance((), facts)
    lines = [line for entry in entries if (line := _line_of(entry, document))]
    lines += [
        line for block in document.outline if block.kind is not Kind.MENU for line in _said(document, block.words)
    ]
    return _Attendance(tuple(lines), facts, document.meeting.presidency)


def _line_of(entry: AttendanceEntry, document: Document) -> _AttendanceLine | None:
    words = entry.span.of(document.text)
    if is_to_come(words):
        return None
    named = [one for name in entry.names for one in _named(name.of(document.text))]
    is_sentence = entry.role in classes("sentence") and says("sentence", entry.role, fold_text(words))
    # A sentence is read once more, with the persons beside its verb; countries that were invited may have stayed away.
    is_certain = entry.role in ("present", "chair", "absent", "excused") and not is_sentence
    return _AttendanceLine(
        entry.role, tuple(named), words, is_certain, entry.is_complete and len(named) == len(entry.names)
    )


def _said(document: Document, words: Span) -> Iterator[_AttendanceLine]:
    """Yield what the sentences of a paragraph say of persons."""
    for span in sentences(document.text, words):
        sentence = span.of(document.text)
        for stated in stated_roles(sentence):
            # A sentence names some of those who were there.
            yield _AttendanceLine(stated.role, stated.named, sentence, is_certain=True, is_complete=False)


def _named(name: str) -> Iterator[NamedOne]:
    country = country_named(name.strip())
    if country:
        yield NamedOne(Span(0, len(name)), None, country)
        return
    person = next(persons(name), None)
    if person:
        yield NamedOne(Span(person.start, person.end), person, None)
