"""Add the day and the place of a record's head where no other source states them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from corpus.document import Document, Kind, sha256_of
from corpus.facts import Fact
from corpus.metadata.first_lines import ORIGIN
from corpus.metadata.head import FirstLine, first_lines, head_and_opening
from corpus.metadata.head_days import days_of_head, release_day
from corpus.metadata.head_rows import head_rows
from corpus.metadata.opening_days import days_of_opening, days_of_talk
from corpus.metadata.place_beside_day import place_beside_day
from corpus.metadata.record_kind import RECORDINGS, words_of
from corpus.transcript import SpeechTurn, turns

_DAYS = frozenset({"published", "meeting_date"})
# Characters that show whether a record is a transcript.
_READ = 20_000
# What is read of a transcript: turns, or characters where it names no speakers.
_FIRST_TURNS, _FIRST_CHARACTERS = 3, 600
# The facts that are known, by name.
_Known = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a record.

    Attributes:
        document: the record.
        rows: those of the head.
        talk: the first turns of a transcript; none for another record.
        is_of_meeting: True for the record of a meeting.
    """

    document: Document
    rows: Sequence[FirstLine]
    talk: Sequence[SpeechTurn]
    is_of_meeting: bool


def facts_of_head(document: Document, is_of_meeting: bool, known: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the days and the place that the head, the opening or the first speakers state, those that are not known.

    Args:
        document: with its text and outline, under the name of its file.
        is_of_meeting: True for the record of a meeting.
        known: the facts of all other sources.
    """
    found = {fact.name: fact for fact in reversed(known)}
    head = _head(document, is_of_meeting)
    for find in (_days, _release_day, _days_of_opening, _place):
        new = list(find(head, found))
        yield from new
        found |= {fact.name: fact for fact in new}


def _head(document: Document, is_of_meeting: bool) -> _Head:
    talk = turns(_beginning(document))
    end = talk[0].span.start if talk else len(document.text)
    rows = head_rows(document.text, document.outline, end)
    is_of_other = any(words_of("other_meetings").search(row.words) for row in rows if row.kind is Kind.TITLE)
    return _Head(document, rows, talk, is_of_meeting and not is_of_other)


def _days(head: _Head, found: _Known) -> Iterator[Fact]:
    """Yield the only day of the head, else the one that the first speakers name."""
    if _DAYS & found.keys():
        return
    days = list(days_of_head(head.rows, head.is_of_meeting, bool(head.talk)))
    yield from days
    if not days and (head.talk or head.document.name.lower().endswith(RECORDINGS)):
        text = head.document.text
        yield from days_of_talk(
            [turn.words.of(text) for turn in head.talk[:_FIRST_TURNS]] or [text[:_FIRST_CHARACTERS]]
        )


def _release_day(head: _Head, found: _Known) -> Iterator[Fact]:
    if "published" not in found and not head.is_of_meeting:
        yield from release_day(head.rows)


def _days_of_opening(head: _Head, found: _Known) -> Iterator[Fact]:
    """Yield the days of the opening, and its place, where the head states the day of publication alone."""
    published = found.get("published")
    if "meeting_date" not in found and published and published.origin == ORIGIN:
        assert isinstance(published.value, date)
        _, opening = head_and_opening(first_lines(head.document.text, head.document.outline))
        yield from days_of_opening(opening, published.value)


def _place(head: _Head, found: _Known) -> Iterator[Fact]:
    if "place" not in found and (place := place_beside_day(head.rows, head.document.text)):
        yield Fact("place", place, ORIGIN)


def _beginning(document: Document) -> Document:
    """Return a document of the first characters, which show whether it is a transcript."""
    blocks = tuple(takewhile(lambda block: block.span.end <= _READ, document.outline))
    text = document.text[:_READ]
    return replace(document, text=text, outline=blocks, source=replace(document.source, sha256=sha256_of(text)))
