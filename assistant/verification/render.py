"""The findings in lines for a reader."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.citations.citation import Citation
from assistant.verification.claims import Claim
from assistant.verification.findings import Checked, Findings, Verdict
from assistant.verification.nearest_match import Change

SCOPE = "Wording and figures were compared with the records; whether what they say is true was not."


def findings_object(findings: Findings) -> dict[str, Any]:
    """Everything that was found; `start` and `end` count code points of the document's stored text.

    `ok` is true when there are quotations and none of them is altered, stitched, misattributed or absent.
    """
    counted = Counter(checked.verdict for checked in findings.quotations)
    return {
        "report": findings.report,
        "quotations": [checked_object(checked) for checked in findings.quotations],
        "claims": [claim_object(claim) for claim in findings.claims],
        "counts": {verdict.value: counted[verdict] for verdict in Verdict},
        "titles": findings.titles,
        "scope": SCOPE,
        "ok": findings.is_ok,
    }


def checked_object(checked: Checked) -> dict[str, Any]:
    """A quotation with its verdict and its source."""
    source = checked.source
    return {
        "quote": checked.quotation.text,
        "verdict": checked.verdict.value,
        **_source_object(source),
        "reference": source.reference if source else None,
        "anchor": source.anchor if source else None,
        "where": checked.quotation.where,
        "named": checked.named,
        "because": checked.because,
        "changes": [{"report": change.report, "record": change.record} for change in checked.changes],
        "pieces": [_source_object(piece) for piece in checked.pieces],
    }


def claim_object(claim: Claim) -> dict[str, Any]:
    """A figure, date or name that a sentence ascribes to a record."""
    return {
        "kind": claim.kind,
        "value": claim.value,
        "sentence": claim.sentence,
        "where": claim.where,
        "document": claim.document.name,
        "found": claim.is_found,
        "elsewhere": claim.is_elsewhere,
    }


def _source_object(source: Citation | None) -> dict[str, Any]:
    return {
        "document": source.document.name if source else None,
        "start": source.span.start if source else None,
        "end": source.span.end if source else None,
        "found": source.quote if source else None,
        "link": source.link if source else None,
    }


NO_QUOTATION = "no quotation was found, so nothing was verified"
UNSEEN_IN_PDF = "Quotations without quotation marks are not seen in a PDF."
_LONGEST = 200
_SHORTER = 120


def findings_lines(findings: Findings, records: int) -> Iterator[str]:
    """All findings, one after the other; what has to be corrected is said in the first line.

    Args:
        findings: what the checker found.
        records: how many records the report was held against.
    """
    yield f"{findings.report}: {summary(findings)}."
    for number, checked in enumerate(findings.quotations, start=1):
        yield ""
        yield f"{number}. {_named(checked.verdict)}, {checked.quotation.where}: “{_short(checked.quotation.text)}”"
        yield from (f"   {line}" for line in _explained(checked))
    if findings.claims:
        yield ""
        yield (
            f"{_counted(len(findings.claims), 'figure, date or name', 'figures, dates and names')} in sentences that"
            f" cite a record without quoting it; {len(findings.flagged) or 'none'} missing there."
        )
    for claim in findings.flagged:
        yield f"   {claim_line(claim)}"
    yield ""
    if findings.report.lower().endswith(".pdf"):
        yield UNSEEN_IN_PDF
    yield f"Held against {_counted(records, 'record', 'records')}. {SCOPE}"


def summary(findings: Findings) -> str:
    """How many quotations of which verdict there are, and how many anchors that stand alone."""
    anchors = [checked.verdict for checked in findings.quotations if checked.is_anchor]
    quoted = [checked.verdict for checked in findings.quotations if not checked.is_anchor]
    if not anchors:
        return _verdicts(quoted, "quotation") if quoted else NO_QUOTATION
    return f"{_verdicts(quoted, 'quotation') if quoted else 'no quotation'}; {_verdicts(anchors, 'anchor')}"


def render_text(verdict: Verdict) -> str:
    """A verdict in words."""
    return "too short to be checked" if verdict is Verdict.TOO_SHORT else verdict.value


def remark(checked: Checked) -> str:
    """A verdict with all that explains it, in one paragraph for a margin or a note."""
    return (
        ". ".join((render_text(checked.verdict).capitalize(), *(line.rstrip(".") for line in _explained(checked))))
        + "."
    )


def claim_line(claim: Claim) -> str:
    """What is wrong with a claim."""
    where = "in the cited passage, though elsewhere" if claim.is_elsewhere else "anywhere"
    return f"{claim.kind} “{claim.value}”, {claim.where}: does not stand {where} in {claim.document.name}"


def change_line(change: Change) -> str:
    """How the report's words differ from the record's."""
    if not change.report:
        return f"left out: “{_short(change.record)}”"
    if not change.record:
        return f"not in the record: “{_short(change.report)}”"
    return f"the report has “{_short(change.report)}”, the record “{_short(change.record)}”"


def _verdicts(found: Sequence[Verdict], one: str) -> str:
    counted = Counter(found)
    parts = ", ".join(f"{counted[verdict]} {render_text(verdict)}" for verdict in Verdict if counted[verdict])
    return f"{_counted(len(found), one, f'{one}s')}: {parts}"


def _named(verdict: Verdict) -> str:
    return verdict.value.replace("_", " ")


def _explained(checked: Checked) -> Iterator[str]:
    if checked.because:
        yield checked.because
    yield from map(change_line, checked.changes)
    yield from (f"the ellipsis leaves out: “{_short(words, _SHORTER)}”" for words in checked.left_out if words)
    yield from (f"inserted by the report: {words}" for words in checked.inserted)
    for piece in checked.pieces:
        yield f"piece: “{_short(piece.quote)}” in {piece.document.name}, {piece.span.start} to {piece.span.end}"
    source = checked.source
    if source:
        place = f"{source.document.name}, {source.span.start} to {source.span.end}"
        yield f"likely source: {place}" if checked.verdict is Verdict.ALTERED else f"source: {place}"
        yield f"footnote: {source.reference}"
        yield f"link: {source.link}" if source.link else "link: none, since the record has no address"


def _short(text: str, longest: int = _LONGEST) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[: longest - 2]} …"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
