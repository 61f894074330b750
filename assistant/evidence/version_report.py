"""Report what a new version of a record does to its quotations in the evidence list."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.citations.resolve import State, resolve
from assistant.evidence.evidence_list import EvidenceItem, EvidenceList
from corpus.document import Document
from index.library import Library

_QUOTED_CHARACTERS = 80  # of a quotation in a line
_QUOTED_LOSSES = 2  # in the one-line report; `lost` has all
_WORDS = {State.SAME: "unchanged", State.MOVED: "moved", State.CHANGED: "changed", State.GONE: "gone"}


@dataclass(frozen=True, slots=True)
class QuotationOutcome:
    """State of one quotation in the new version of its record.

    Attributes:
        item: the quotation's id in the evidence list.
        quote: the cited words.
        state: of the words in the new version: in the same place, elsewhere, changed or gone.
        now: the new words in place of changed ones; else empty.
    """

    item: int
    quote: str
    state: State
    now: str = ""

    @property
    def line(self) -> str:
        """The shortened quotation and its state."""
        if self.state is State.CHANGED:
            return f"“{_short(self.quote)}” now reads “{_short(self.now)}”"
        return f"“{_short(self.quote)}” {'is' if self.state is State.GONE else 'stands'} {_WORDS[self.state]}"


@dataclass(frozen=True, slots=True)
class VersionReport:
    """States of a record's quotations, at least one, in its new version, in the order of the evidence list."""

    name: str
    quotations: tuple[QuotationOutcome, ...]

    @property
    def counts(self) -> dict[State, int]:
        """The number of quotations in each state that occurs."""
        counts = Counter(quotation.state for quotation in self.quotations)
        return {state: counts[state] for state in State if counts[state]}

    @property
    def lost(self) -> tuple[str, ...]:
        """A line for each quotation that was changed or is gone."""
        return tuple(q.line for q in self.quotations if q.state in (State.CHANGED, State.GONE))

    @property
    def line(self) -> str:
        """The report in one line: "replaced NAME: of 5 cited quotations 4 unchanged, 1 gone: “...” is gone"."""
        total = f"{len(self.quotations)} cited quotation{'s' * (len(self.quotations) != 1)}"
        counts = ", ".join(f"{count} {_WORDS[state]}" for state, count in self.counts.items())
        quoted = "; ".join(self.lost[:_QUOTED_LOSSES])
        more = f"; {len(self.lost) - _QUOTED_LOSSES} more" if len(self.lost) > _QUOTED_LOSSES else ""
        return f"replaced {self.name}: of {total} {counts}" + (f": {quoted}{more}" if quoted else "")

    @property
    def object(self) -> dict[str, Any]:
        """The report for JSON: the counts of all states, and every quotation with its state."""
        return {
            "document": self.name,
            "quotations": len(self.quotations),
            **{state.value: self.counts.get(state, 0) for state in State},
            "outcomes": [
                {"item": q.item, "quote": q.quote, "state": q.state.value, "now": q.now or None}
                for q in self.quotations
            ],
        }


def outcome(library: Library, former: Document, document: Document) -> VersionReport | None:
    """Compare the evidence list's quotations of a record with its new version.

    Only quotations that the former version still had count. Where the former text stays in the library under another
    name, its quotations are unchanged there.

    Returns:
        The report; None where the list has no quotation of the record.

    Raises:
        LibraryError: the library cannot be read.
    """
    cited = (item for item in EvidenceList(library).items_of(former) if _was_in(item, former))
    outcomes = tuple(_outcome(item, document) for item in cited)
    return VersionReport(former.name, outcomes) if outcomes else None


def current_citation(library: Library, citation: Citation) -> Citation | None:
    """Find a citation's very words in the library's present version of the record.

    Returns:
        The citation there; None where the record was removed or no longer has the words.

    Raises:
        LibraryError: the library cannot be read.
    """
    document = library.version_of(citation.document.id, citation.document.name)
    if document is None:
        return None
    if document.id == citation.document.id:
        return Citation(document, citation.span, citation.section)
    span = resolve(Anchor.of(citation.document, citation.span), document).exact_span
    return Citation(document, span, citation.section) if span else None


def _was_in(item: EvidenceItem, former: Document) -> bool:
    """Return True if the former version had the item's words."""
    anchor = item.anchor
    return anchor.is_version(former) or (anchor.names(former.name) and resolve(anchor, former).exact_span is not None)


def _outcome(item: EvidenceItem, document: Document) -> QuotationOutcome:
    """Return an item's state in its record; in the new version where that has another name than the record."""
    resolution = item.resolution if item.document else resolve(item.anchor, document)
    text = (item.document or document).text
    now = resolution.span.of(text) if resolution.span and resolution.state is State.CHANGED else ""
    return QuotationOutcome(item.id, item.quote, resolution.state, now)


def _short(words: str) -> str:
    line = " ".join(words.split())
    if len(line) <= _QUOTED_CHARACTERS:
        return line
    return line[:_QUOTED_CHARACTERS].rsplit(" ", 1)[0].rstrip() + " …"
