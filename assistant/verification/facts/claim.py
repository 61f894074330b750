"""A figure, date or name that a sentence of a report states about records, and the result of looking it up."""

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.verification.facts.record_sentences import NearSentence
from corpus.document import Document
from corpus.span import Span


class ClaimState(StrEnum):
    """Result of looking a value up in the records."""

    FOUND = "found"
    CONTRADICTED = "contradicted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure, date or name that a sentence states about a record.

    Attributes:
        sentence: the sentence of the report.
        where: description of its paragraph's place for a reader.
        paragraph: index of the paragraph.
        span: place of the value in the paragraph's text.
        kind: "figure", "date", "name" or "outcome"; of the last only those that a record contradicts.
        value: the value as the report writes it.
        document: the record that the sentence cites or is about.
        is_found: True if the cited passage has the value or, where only a record is cited, the record.
        is_elsewhere: True if the record has the value outside the cited passage only.
        recorded: the value that the record's own sentence has in its place; None where none is known.
    """

    sentence: str
    where: str
    paragraph: int
    span: Span
    kind: str
    value: str
    document: Document
    is_found: bool
    is_elsewhere: bool = False
    recorded: str | None = None

    def moved(self, offset: int) -> "Claim":
        """Return the claim with its place moved by an offset."""
        return replace(self, span=Span(self.span.start + offset, self.span.end + offset))

    @property
    def state(self) -> ClaimState:
        """The result: found, contradicted or missing."""
        if self.is_found:
            return ClaimState.FOUND
        return ClaimState.CONTRADICTED if self.recorded else ClaimState.MISSING


@dataclass(frozen=True, slots=True)
class StatingSentence:
    """A sentence that states something about records.

    Attributes:
        paragraph: index of the report's paragraph.
        where: description of its place for a reader.
        span: the sentence in the paragraph's text.
        text: the paragraph's text, without quotations.
        documents: the records that it cites or is about.
        cited: the places that its anchors point at.
        near: the sentences of the records that it is about, the nearest first.
        is_cell: True for a cell of a table behind the words of its column and row, whose order says nothing.
        places: the parts of the places of the meetings of the library.
    """

    paragraph: int
    where: str
    span: Span
    text: str
    documents: tuple[Document, ...]
    cited: tuple[tuple[Document, Span], ...] = ()
    near: tuple[NearSentence, ...] = ()
    is_cell: bool = False
    places: frozenset[tuple[str, ...]] = frozenset()
