"""Render verification findings as JSON, as plain text for the terminal, and as remarks for annotations."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from assistant.citations.citation import Citation
from assistant.verification.facts.claim import Claim, ClaimState
from assistant.verification.findings import Finding, Findings, Verdict
from assistant.verification.nearest_match import WordChange

SCOPE = "Wording and figures were compared with the records; whether what they say is true was not."


def findings_object(findings: Findings) -> dict[str, Any]:
    """Return all findings for JSON; `start` and `end` count code points of the document's stored text.

    `ok` is true when something was checked, no quotation has to be corrected, and no figure, date or name is
    contradicted.
    """
    counts = Counter(finding.verdict for finding in findings.quotations)
    return {
        "report": findings.report,
        "quotations": [_quotation_object(finding) for finding in findings.quotations],
        "claims": [_claim_object(claim) for claim in findings.claims],
        "counts": {verdict.value: counts[verdict] for verdict in Verdict},
        "titles": findings.titles,
        "works": [{"quote": work.text, "where": work.where} for work in findings.works],
        "unread": dict(findings.unread),
        "own": list(findings.own),
        "scope": SCOPE,
        "ok": findings.is_ok,
    }


def _quotation_object(finding: Finding) -> dict[str, Any]:
    source = finding.source
    return {
        "quote": finding.quotation.text,
        "verdict": finding.verdict.value,
        **_source_object(source),
        "reference": source.reference if source else None,
        "anchor": source.anchor if source else None,
        "where": finding.quotation.where,
        "named": finding.named,
        "because": finding.because,
        "speakers": dict(zip(("report", "record"), finding.speakers, strict=True)) if finding.speakers else None,
        "changes": [{"report": change.report, "record": change.record} for change in finding.changes],
        "pieces": [_source_object(piece) for piece in finding.pieces],
        "left_out": list(finding.left_out),
        "inserted": list(finding.inserted),
        "replaced": list(finding.replaced),
        "citation": finding.quotation.citation or None,
        "note_marks": list(finding.note_marks),
        "spellings": [{"report": spelling.report, "record": spelling.record} for spelling in finding.spellings],
    }


def _claim_object(claim: Claim) -> dict[str, Any]:
    return {
        "kind": claim.kind,
        "value": claim.value,
        "sentence": claim.sentence,
        "where": claim.where,
        "document": claim.document.name,
        "found": claim.is_found,
        "elsewhere": claim.is_elsewhere,
        "state": claim.state.value,
        "recorded": claim.recorded,
    }


def _source_object(source: Citation | None) -> dict[str, Any]:
    return {
        "document": source.document.name if source else None,
        "start": source.span.start if source else None,
        "end": source.span.end if source else None,
        "found": source.quote if source else None,
        "link": source.link if source else None,
    }


_CLAIM_STATES = {
    ClaimState.FOUND: "found",
    ClaimState.CONTRADICTED: "contradicted",
    ClaimState.MISSING: "not in the record",
}
NO_QUOTATION = "no quotation was found, so nothing was verified"
UNSEEN_IN_PDF = "Quotations without quotation marks are not seen in a PDF."
_LONGEST = 200
_SHORTER = 120


def findings_lines(findings: Findings, records: int) -> Iterator[str]:
    """Render all findings as plain text for the terminal; the first line has the number of each verdict.

    `records` is the number of records that the report was compared with.
    """
    yield f"{findings.report}: {summary(findings)}."
    for number, finding in enumerate(findings.quotations, start=1):
        verdict = finding.verdict.value.replace("_", " ")
        yield ""
        yield f"{number}. {verdict}, {finding.quotation.where}: “{_short(finding.quotation.text)}”"
        yield from (f"   {line}" for line in _explanation(finding))
    if findings.claims:
        yield ""
        yield f"{claims_summary(findings)}."
    for claim in findings.flagged:
        yield f"   {claim_line(claim)}"
    yield ""
    yield from unchecked_lines(findings)
    if findings.report.lower().endswith(".pdf"):
        yield UNSEEN_IN_PDF
    yield f"Held against {_counted(records, 'record', 'records')}{own_records(findings)}. {SCOPE}"


def unchecked_lines(findings: Findings) -> Iterator[str]:
    """Yield a line on what was not checked: titles of works, and what a reader sees and nobody read."""
    for work in findings.works:
        yield f"Not checked, the title of a work ({work.where}): “{_short(work.text)}”"
    if findings.unread:
        parts = ", ".join(_counted(number, what, _plural(what)) for what, number in findings.unread)
        yield f"Not read, so not checked: {parts}."


def _plural(what: str) -> str:
    """Return the plural of a kind of what is not read: "blocks of code", "pictures", "hidden words"."""
    head, of, rest = what.partition(" of ")
    return what if head.endswith("s") else f"{head}s{of}{rest}"


def own_records(findings: Findings) -> str:
    """Return the records that were left out because they are the report itself; an empty string for none."""
    return f", not against {', '.join(findings.own)}, which is this report itself" if findings.own else ""


def summary(findings: Findings) -> str:
    """Return the numbers of quotations by verdict, and those of anchors without a quotation."""
    anchors = [finding.verdict for finding in findings.quotations if finding.is_anchor]
    quoted = [finding.verdict for finding in findings.quotations if not finding.is_anchor]
    if not anchors:
        nothing = "no quotation was found" if findings.claims else NO_QUOTATION
        return _verdicts(quoted, "quotation") if quoted else nothing
    return f"{_verdicts(quoted, 'quotation') if quoted else 'no quotation'}; {_verdicts(anchors, 'anchor')}"


def remark(finding: Finding) -> str:
    """Return a verdict with its explanation, in one paragraph for a comment or a note."""
    sentences = (_verdict_text(finding.verdict).capitalize(), *(line.rstrip(".") for line in _explanation(finding)))
    return f"{'. '.join(sentences)}."


def claim_line(claim: Claim) -> str:
    """Return the fault of a claim, in one line."""
    if claim.recorded:
        return f"{claim.kind} “{claim.value}”, {claim.where}: {claim.document.name} has “{claim.recorded}” there"
    where = "in the cited passage, or with these words, though elsewhere" if claim.is_elsewhere else "anywhere"
    return f"{claim.kind} “{claim.value}”, {claim.where}: does not stand {where} in {claim.document.name}"


def claims_summary(findings: Findings) -> str:
    """Return the numbers of figures, dates and names that were found, contradicted and missing."""
    counts = Counter(claim.state for claim in findings.claims)
    number = _counted(len(findings.claims), "figure, date or name", "figures, dates and names")
    parts = ", ".join(f"{counts[state]} {_CLAIM_STATES[state]}" for state in ClaimState if counts[state])
    return f"{number} outside quotation marks: {parts}"


def change_line(change: WordChange) -> str:
    """Return the report's and the record's differing words, in one line."""
    if not change.report:
        return f"left out: “{_short(change.record)}”"
    if not change.record:
        return f"not in the record: “{_short(change.report)}”"
    return f"the report has “{_short(change.report)}”, the record “{_short(change.record)}”"


def accepted_lines(finding: Finding) -> Iterator[str]:
    """Yield a line on each difference that is accepted: omissions, insertions, spellings, citations, note marks."""
    yield from (f"the ellipsis leaves out: “{_short(words, _SHORTER)}”" for words in finding.left_out if words)
    for words, replaced in zip_longest(finding.inserted, finding.replaced):
        yield f"inserted by the report: {words}" + (f", in the place of “{_short(replaced)}”" if replaced else "")
    for same in finding.spellings:
        yield f"the same figure in another spelling: the report has “{same.report}”, the record “{same.record}”"
    if finding.quotation.citation:
        yield f"left aside as a citation: {finding.quotation.citation}"
    yield from (f"left aside as a note mark: {mark}" for mark in finding.note_marks)


def _verdicts(verdicts: Sequence[Verdict], one: str) -> str:
    counts = Counter(verdicts)
    parts = ", ".join(f"{counts[verdict]} {_verdict_text(verdict)}" for verdict in Verdict if counts[verdict])
    return f"{_counted(len(verdicts), one, f'{one}s')}: {parts}"


def _verdict_text(verdict: Verdict) -> str:
    return "too short to be checked" if verdict is Verdict.TOO_SHORT else verdict.value


def _explanation(finding: Finding) -> Iterator[str]:
    if finding.because:
        yield finding.because
    yield from map(change_line, finding.changes)
    yield from accepted_lines(finding)
    for piece in finding.pieces:
        yield f"piece: “{_short(piece.quote)}” in {piece.document.name}, {piece.span.start} to {piece.span.end}"
    source = finding.source
    if source:
        place = f"{source.document.name}, {source.span.start} to {source.span.end}"
        yield f"likely source: {place}" if finding.verdict is Verdict.ALTERED else f"source: {place}"
        yield f"footnote: {source.reference}"
        yield f"link: {source.link}" if source.link else "link: none, since the record has no address"


def _short(text: str, longest: int = _LONGEST) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else f"{words[: longest - 2]} …"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
