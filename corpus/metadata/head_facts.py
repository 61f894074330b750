"""Add the day and the place of a record's head where no other source states them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from corpus.document import Document, Kind, sha256_of
from corpus.facts import Fact
from corpus.metadata.head import first_lines, head_and_opening
from corpus.metadata.head_days import days_of_head, release_day
from corpus.metadata.head_rows import head_rows
from corpus.metadata.opening_days import days_of_opening, days_of_talk
from corpus.metadata.place_beside_day import place_beside_day
from corpus.metadata.record_kind import RECORDINGS, words_of
from corpus.transcript import turns

_DAYS = frozenset({"published", "meeting_date"})
# Characters that show whether a record is a transcript.
_READ = 20_000
# What is read of a transcript: turns, or characters where it names no speakers.
_FIRST_TURNS, _FIRST_CHARACTERS = 3, 600


def facts_of_head(document: Document, is_of_meeting: bool, known: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the days and the place that the head, the opening or the first speakers state, those that are not known.

    Args:
        document: with its text and outline, under the name of its file.
        is_of_meeting: True for the record of a meeting.
        known: the facts of all other sources.
    """
    found = {fact.name: fact for fact in reversed(known)}
    text, blocks = document.text, document.outline
    talk = turns(_beginning(document))
    rows = head_rows(text, blocks, talk[0].span.start if talk else len(text))
    is_of_other = any(words_of("other_meetings").search(row.words) for row in rows if row.kind is Kind.TITLE)
    is_of_meeting = is_of_meeting and not is_of_other
    if not _DAYS & found.keys():
        days = list(days_of_head(rows, is_of_meeting, bool(talk)))
        if not days and (talk or document.name.lower().endswith(RECORDINGS)):
            said = [turn.words.of(text) for turn in talk[:_FIRST_TURNS]] or [text[:_FIRST_CHARACTERS]]
            days = list(days_of_talk(said))
        yield from days
        found |= {fact.name: fact for fact in days}
    if "published" not in found and not is_of_meeting:
        stamps = list(release_day(rows))
        yield from stamps
        found |= {fact.name: fact for fact in stamps}
    published = found.get("published")
    if "meeting_date" not in found and published and published.origin == "first lines":
        assert isinstance(published.value, date)
        opening = list(days_of_opening(head_and_opening(first_lines(text, blocks))[1], published.value))
        yield from opening
        found |= {fact.name: fact for fact in opening}
    if "place" not in found and (place := place_beside_day(rows, text)):
        yield Fact("place", place, "first lines")


def _beginning(document: Document) -> Document:
    """Return a document of the first characters, which show whether it is a transcript."""
    blocks = tuple(takewhile(lambda block: block.span.end <= _READ, document.outline))
    text = document.text[:_READ]
    return replace(document, text=text, outline=blocks, source=replace(document.source, sha256=sha256_of(text)))
