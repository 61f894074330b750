"""Results of checking a report: a verdict on each quotation, and the checked claims."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.citations.citation import Citation
from assistant.verification.facts.claim import Claim, ClaimState
from assistant.verification.nearest_match import WordChange
from assistant.verification.quotations import Quotation


class Verdict(StrEnum):
    """Result of comparing a quotation with the records."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    ALTERED = "altered"
    CUT = "cut"
    STITCHED = "stitched"
    MISATTRIBUTED = "misattributed"
    UNSUPPORTED = "unsupported"
    ABSENT = "absent"
    TOO_SHORT = "too_short"

    @property
    def is_wrong(self) -> bool:
        """True if the report has to be corrected."""
        return self not in (Verdict.EXACT, Verdict.TYPOGRAPHIC, Verdict.TOO_SHORT)


@dataclass(frozen=True, slots=True)
class Finding:
    """A quotation with its verdict.

    Attributes:
        quotation: the quotation; for an anchor without a quotation, its compact form.
        verdict: the result of the comparison.
        source: the place of its words or, when it is altered, their most likely source; None for none.
        changes: the words that differ from the source's.
        pieces: the place of each piece of a stitched quotation.
        because: the reason against it, in one line; None for none.
        named: the record that the report names for it; None when it names none of the known records.
        left_out: the words that an accepted quotation omits, one entry an omission.
        inserted: the words in brackets that an accepted quotation inserts.
        replaced: for each of `inserted`, the record's words in whose place it stands; empty for none.
        note_marks: the note marks of the report or the record that were left aside.
        speakers: the persons to whom the report and the record give the words, where they differ; None otherwise.
        spellings: the figures that report and record spell in two ways, as in "1 250 000" and "1,250,000".
    """

    quotation: Quotation
    verdict: Verdict
    source: Citation | None = None
    changes: tuple[WordChange, ...] = ()
    pieces: tuple[Citation, ...] = ()
    because: str | None = None
    named: str | None = None
    left_out: tuple[str, ...] = ()
    inserted: tuple[str, ...] = ()
    note_marks: tuple[str, ...] = ()
    spellings: tuple[WordChange, ...] = ()
    speakers: tuple[str, str] | None = None
    replaced: tuple[str, ...] = ()

    @property
    def is_anchor(self) -> bool:
        """True if it is an anchor without a quotation."""
        return self.quotation.text.startswith("rap1:")


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of one report.

    Attributes:
        report: the report's file name.
        quotations: the findings on its quotations, in reading order.
        claims: the figures, dates and names outside quotation marks, in sentences that cite a record or are about one.
        titles: number of quoted titles, of records and of other works.
        works: the quoted titles of other works in notes, which are not checked.
        unread: what a reader sees in the report and nobody read, such as "picture", each with its number.
        own: names of the records that are the report itself, which it was not held against.
    """

    report: str
    quotations: tuple[Finding, ...]
    claims: tuple[Claim, ...] = ()
    titles: int = 0
    own: tuple[str, ...] = ()
    works: tuple[Quotation, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()

    @property
    def is_wrong(self) -> bool:
        """True if a quotation has to be corrected, or a figure, date or name that a record contradicts."""
        return any(finding.verdict.is_wrong for finding in self.quotations) or bool(self.contradicted)

    @property
    def is_checked(self) -> bool:
        """True if there was anything to check: a quotation, or a figure, date or name."""
        return bool(self.quotations or self.claims)

    @property
    def is_ok(self) -> bool:
        """True if something was checked and nothing of it is wrong."""
        return self.is_checked and not self.is_wrong

    @property
    def flagged(self) -> tuple[Claim, ...]:
        """The claims that their record does not contain."""
        return tuple(claim for claim in self.claims if not claim.is_found)

    @property
    def contradicted(self) -> tuple[Claim, ...]:
        """The claims in whose place their record has something else."""
        return tuple(claim for claim in self.claims if claim.state is ClaimState.CONTRADICTED)
