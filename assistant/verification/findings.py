"""What the checker says of a quotation, a claim and a report."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.citations.citation import Citation
from assistant.verification.claims import Claim
from assistant.verification.nearest_match import Change
from assistant.verification.quotations import Quotation


class Verdict(StrEnum):
    """What a quotation is, held against the records."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    ALTERED = "altered"
    STITCHED = "stitched"
    MISATTRIBUTED = "misattributed"
    ABSENT = "absent"
    TOO_SHORT = "too_short"

    @property
    def is_wrong(self) -> bool:
        """Whether the report has to be corrected."""
        return self not in (Verdict.EXACT, Verdict.TYPOGRAPHIC, Verdict.TOO_SHORT)


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation with its verdict.

    Attributes:
        quotation: what the report quotes, and where; for an anchor that stands alone, its compact form.
        verdict: what it is.
        source: where its words stand or, when it is altered, where they most likely come from; None when nowhere.
        changes: the words that differ from the source's.
        pieces: of a stitched quotation, where each piece stands.
        because: what speaks against it, in one line; None when nothing does.
        named: the record that the report names for it; None when it names none, or none that is known.
        left_out: of an accepted quotation, what the record has at each of its omissions.
        inserted: of an accepted quotation, what it puts in, in brackets.
    """

    quotation: Quotation
    verdict: Verdict
    source: Citation | None = None
    changes: tuple[Change, ...] = ()
    pieces: tuple[Citation, ...] = ()
    because: str | None = None
    named: str | None = None
    left_out: tuple[str, ...] = ()
    inserted: tuple[str, ...] = ()

    @property
    def is_anchor(self) -> bool:
        """Whether it is an anchor that stands alone, and no quotation."""
        return self.quotation.text.startswith("rap1:")


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was checked in a report.

    Attributes:
        report: its file name.
        quotations: in reading order.
        claims: the figures, dates and names in sentences that cite a record without quoting it.
        titles: how many quoted titles of works were passed over.
    """

    report: str
    quotations: tuple[Checked, ...]
    claims: tuple[Claim, ...] = ()
    titles: int = 0

    @property
    def is_wrong(self) -> bool:
        """Whether anything in the report has to be corrected."""
        return any(checked.verdict.is_wrong for checked in self.quotations)

    @property
    def is_ok(self) -> bool:
        """Whether there are quotations and none is wrong; a report without any is not right, only unchecked."""
        return bool(self.quotations) and not self.is_wrong

    @property
    def flagged(self) -> tuple[Claim, ...]:
        """The claims that do not stand where they are cited from."""
        return tuple(claim for claim in self.claims if not claim.is_found)
