"""The findings in the JSON form that programs rely on."""

from collections import Counter
from typing import Any

from assistant.citations.citation import Citation
from assistant.verification.claims import Claim
from assistant.verification.findings import Checked, Findings, Verdict

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
