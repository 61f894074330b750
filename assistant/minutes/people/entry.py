"""Hold a line of a record that says who was at a meeting in which part."""

from dataclasses import dataclass

from assistant.minutes.day_range import NamedDays
from corpus.passages import Passage
from corpus.span import Span

# Roles of one person.
OFFICES = ("chair", "secretary")


@dataclass(frozen=True, slots=True)
class AttendanceEntry:
    """A line of a record that says who was at the meeting in one part.

    Attributes:
        passage: the passage.
        span: the words to cite.
        role: "present", "excused", "absent", "attending", "chair" or "secretary".
        names: where each name stands; none for "Apologies: none".
        is_complete: False if the line says that it leaves names out.
        header: the row with the column names of its table, where a column says the part.
        day: the day of the meeting, where its table has a column for each of several.
        legend: the line that explains the mark of a register, with its passage.
        mark: the words of the legend for it, folded; empty elsewhere.
    """

    passage: Passage
    span: Span
    role: str
    names: tuple[Span, ...]
    is_complete: bool = True
    header: Passage | None = None
    day: NamedDays | None = None
    legend: tuple[Passage, Span] | None = None
    mark: str = ""
