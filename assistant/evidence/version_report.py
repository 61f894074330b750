"""What a new version of a record does to the quotations of it that the evidence list holds."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from assistant.citations.anchor import Anchor
from assistant.citations.citation import Citation
from assistant.citations.resolve import Resolution, State, resolve
from assistant.evidence.evidence_list import EvidenceItem, EvidenceList
from corpus.document import Document
from index.library import Library

_SHOWN = 80  # characters of a quotation in a line
_NAMED = 2  # quotations that the one line quotes; `lost` has them all
_WORDS = {State.SAME: "unchanged", State.MOVED: "moved", State.CHANGED: "changed", State.GONE: "gone"}


@dataclass(frozen=True, slots=True)
class QuotationOutcome:
    """What has become of one quotation.

    Attributes:
        item: the quotation's id in the evidence list.
        quote: the words as they were cited.
        state: whether they stand in the new version where they stood, elsewhere, changed, or not at all.
        now: where they were changed, the words that stand in their place; else empty.
    """

    item: int
    quote: str
    state: State
    now: str = ""

    @property
    def line(self) -> str:
        """The quotation, shortened, with what has become of it."""
        if self.state is State.CHANGED:
            return f"“{_short(self.quote)}” now reads “{_short(self.now)}”"
        return f"“{_short(self.quote)}” {'is' if self.state is State.GONE else 'stands'} {_WORDS[self.state]}"


@dataclass(frozen=True, slots=True)
class VersionReport:
    """What a new version of a record did to its quotations in the evidence list.

    Attributes:
        name: the record's name.
        quotations: each quotation of the record, in the order of the list; at least one.
    """

    name: str
    quotations: tuple[QuotationOutcome, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many quotations there are in each state that occurs."""
        counted = Counter(quotation.state for quotation in self.quotations)
        return {state: counted[state] for state in State if counted[state]}

    @property
    def lost(self) -> tuple[str, ...]:
        """A line for each quotation that no longer stands as it was cited."""
        return tuple(q.line for q in self.quotations if q.state in (State.CHANGED, State.GONE))

    @property
    def line(self) -> str:
        """All of it in one line: "replaced NAME: of 5 cited quotations 4 unchanged, 1 gone: “...” is gone"."""
        many = f"{len(self.quotations)} cited quotation{'s' * (len(self.quotations) != 1)}"
        counted = ", ".join(f"{count} {_WORDS[state]}" for state, count in self.counts.items())
        named = "; ".join(self.lost[:_NAMED])
        more = f"; {len(self.lost) - _NAMED} more" if len(self.lost) > _NAMED else ""
        return f"replaced {self.name}: of {many} {counted}" + (f": {named}{more}" if named else "")

    @property
    def object(self) -> dict[str, Any]:
        """The same for JSON: the counts of all states, and every quotation with its state."""
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
    """What became of the evidence list's quotations when one version of a record replaced another.

    A quotation counts that the former version still held; what an earlier version had lost is no news. Where the former
    text stays in the library under another name, its quotations are unchanged there.

    Args:
        library: the library that holds the new version now.
        former: the version that was replaced, under its name in the library.
        document: the new version.

    Returns:
        None where the list cites nothing of the record.

    Raises:
        LibraryError: the library cannot be read.
    """
    cited = (item for item in EvidenceList(library).items_of(former) if _held(item, former))
    found = tuple(_outcome(item, document) for item in cited)
    return VersionReport(former.name, found) if found else None


def standing(library: Library, citation: Citation) -> Citation | None:
    """A citation in the library as it is now: where its very words stand, be it in a later version of the record.

    Returns:
        None where the record was removed or its new version has the words no more.

    Raises:
        LibraryError: the library cannot be read.
    """
    document = library.version_of(citation.document.id, citation.document.name)
    if document is None:
        return None
    if document.id == citation.document.id:
        return Citation(document, citation.span, citation.section)
    found = resolve(Anchor.of(citation.document, citation.span), document)
    stands = found.span if found.state in (State.SAME, State.MOVED) else None
    return Citation(document, stands, citation.section) if stands else None


def _held(item: EvidenceItem, former: Document) -> bool:
    if item.anchor.is_version(former):
        return True
    return item.anchor.names(former.name) and resolve(item.anchor, former).state in (State.SAME, State.MOVED)


def _outcome(item: EvidenceItem, document: Document) -> QuotationOutcome:
    """The outcome as the evidence list has it; looked up in the new version where that got another name."""
    found: Resolution = item.resolution if item.document else resolve(item.anchor, document)
    standing = item.document or document
    now = found.span.of(standing.text) if found.span and found.state is State.CHANGED else ""
    return QuotationOutcome(item.id, item.quote, found.state, now)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rsplit(" ", 1)[0].rstrip() + " …"
