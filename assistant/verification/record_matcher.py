"""Match quotations in the records: as they stand, and where they stand nowhere, without the note marks of either."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from assistant.verification.exact_match import Match, matches
from assistant.verification.note_marks import HIDDEN, glued_marks, hide, note_marks
from assistant.verification.record_index import RecordIndex
from corpus.document import Document, sha256_of
from corpus.span import Span


class ReportForm(NamedTuple):
    """Meaning of the marks of a report: those of its notes and those in its numbers.

    Attributes:
        notes: the marks of its notes.
        group_marks: the marks of which a single one groups digits (see `group_marks`).
    """

    notes: frozenset[str] = frozenset()
    group_marks: frozenset[str] = frozenset(",")


_PLAIN_FORM = ReportForm()
# Quotations whose places are kept: a report repeats some, and a block quotation is looked up twice.
_MOST_KEPT = 1_000


class RecordMatcher:
    """Matches quotations in one set of records."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.records = RecordIndex(documents)
        self._kept: dict[tuple[str, ReportForm], list[Match]] = {}

    def matches(self, quote: str, form: ReportForm = _PLAIN_FORM) -> list[Match]:
        """Return every place of a quotation; `note_marks` of a match are what was left aside, of either side.

        Args:
            quote: the quotation.
            form: the meaning of the report's marks.
        """
        if (quote, form) not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[quote, form] = self._matches(quote, form)
        return self._kept[quote, form]

    def _matches(self, quote: str, form: ReportForm) -> list[Match]:
        if places := list(matches(quote, self.records, form.group_marks)):
            return places
        marks = note_marks(quote, notes=form.notes)
        glued = [mark for mark in glued_marks(quote) if not any(mark.overlaps(other) for other in marks)]
        for aside in (marks, sorted([*marks, *glued])) if glued else (marks,):
            if places := list(self._matches_without(quote, aside, form)):
                return places
        return []

    def _matches_without(self, quote: str, marks: Sequence[Span], form: ReportForm) -> Iterator[Match]:
        hidden = hide(quote, marks)
        reported = tuple(f"{mark.of(quote).strip()} of the report" for mark in marks)
        if marks:
            for match in matches(hidden, self.records, form.group_marks):
                yield replace(match, is_exact=False, note_marks=reported)
        for match in matches(hidden, self._markless.records, form.group_marks):
            original, recorded = self._markless.original(match)
            left_out = tuple(words.replace(HIDDEN, "") for words in match.left_out)
            marks_aside = (*reported, *recorded)
            yield replace(match, document=original, is_exact=False, left_out=left_out, note_marks=marks_aside)

    @cached_property
    def _markless(self) -> "_MarklessRecords":
        return _MarklessRecords(self.records.documents)


class _MarklessRecords:
    """The records that carry note marks, with the marks hidden; every other character has its place."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._originals: dict[str, tuple[Document, list[Span]]] = {}
        self.records = RecordIndex([hidden for document in documents for hidden in self._hidden(document)])

    def original(self, match: Match) -> tuple[Document, list[str]]:
        """Return the record of a match, and the marks inside it."""
        document, marks = self._originals[match.document.id]
        first = bisect_left(marks, match.span.start, key=lambda mark: mark.start)
        inside = [mark for mark in marks[first:] if mark.end <= match.span.end]
        return document, [f"{mark.of(document.text).strip()} of the record" for mark in inside]

    def _hidden(self, document: Document) -> Iterator[Document]:
        if marks := note_marks(document.text, document.source.media_type.endswith("markdown")):
            text = hide(document.text, marks)
            hidden = replace(document, text=text, source=replace(document.source, sha256=sha256_of(text)))
            self._originals[hidden.id] = document, marks
            yield hidden
