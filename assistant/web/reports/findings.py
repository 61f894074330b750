"""Render the findings of a checked report as HTML for the web page."""

from collections.abc import Iterator

from assistant.citations.citation import Citation
from assistant.verification.annotate import ANNOTATED_SUFFIXES
from assistant.verification.facts.claim import Claim
from assistant.verification.findings import Finding, Findings, Verdict
from assistant.verification.render import (
    SCOPE,
    accepted_lines,
    change_line,
    claim_line,
    claims_summary,
    own_records,
    summary,
    unchecked_lines,
)
from assistant.web.chat.source_links import SourceLink
from assistant.web.escaping import escape, escape_line
from assistant.web.markup import action_row, add_button, copy_buttons, online_link, open_link
from assistant.wording import count

# Sign and word: the colour only repeats them.
_BADGES = {
    Verdict.EXACT: ("✓", "Exact"),
    Verdict.TYPOGRAPHIC: ("✓", "Exact but for typography"),
    Verdict.ALTERED: ("✗", "Altered"),
    Verdict.STITCHED: ("✗", "Stitched"),
    Verdict.MISATTRIBUTED: ("✗", "Misattributed"),
    Verdict.UNSUPPORTED: ("✗", "Unsupported"),
    Verdict.CUT: ("✗", "Cut"),
    Verdict.ABSENT: ("✗", "Absent"),
    Verdict.TOO_SHORT: ("?", "Too short to be checked"),
}
_EXPLANATIONS = {
    Verdict.ALTERED: "The words differ from the record’s.",
    Verdict.STITCHED: "Words that stand apart are joined with no ellipsis.",
    Verdict.CUT: "The words are right, but those directly beside them change their sense.",
    Verdict.MISATTRIBUTED: "The words are right, but the citation names another record.",
    Verdict.UNSUPPORTED: "The words are right, but what is cited for them is no record of the library.",
    Verdict.ABSENT: "These words stand in none of the records.",
}


def render_findings(findings: Findings, records: int, can_annotate: bool) -> str:
    """Render all findings of a report that was checked against a number of records.

    With `can_annotate` there is a copy of the report with the findings in it.
    """
    heading = escape_line(f"{findings.report}: {summary(findings)}{_missing(findings)}.")
    color = " wrong" if findings.is_wrong else " right" if findings.is_ok and not findings.flagged else ""
    listed = "".join(f"<li>{''.join(_quotation(checked))}</li>" for checked in findings.quotations)
    unchecked = "".join(f'<p class="scope">{escape_line(line)}</p>' for line in unchecked_lines(findings))
    held = f"Held against {count(records, 'record')}{own_records(findings)}. {SCOPE}"
    return (
        f'<section class="found"><h3 class="summary{color}" tabindex="-1">{heading}</h3>'
        f'<p class="scope">{escape_line(held)}</p>{unchecked}{_copy(can_annotate)}'
        f'<ol class="checked">{listed}</ol>{_claims(findings)}</section>'
    )


def _missing(findings: Findings) -> str:
    return f"; {_claim_count(len(findings.flagged))} not found" if findings.flagged else ""


def _claim_count(number: int) -> str:
    return f"{number} {'figure, date or name' if number == 1 else 'figures, dates and names'}"


def _copy(can_annotate: bool) -> str:
    if can_annotate:
        return action_row('<button type="button" class="primary" data-annotated>Download the annotated copy</button>')
    kinds = escape_line(", ".join(ANNOTATED_SUFFIXES))
    return f'<p class="scope">A copy with the findings in it is made of {kinds} reports.</p>'


def _quotation(checked: Finding) -> Iterator[str]:
    sign, word = _BADGES[checked.verdict]
    badge = f'<span class="verdict {checked.verdict.value}"><span aria-hidden="true">{sign}</span> {word}</span>'
    yield f'<p class="line">{badge} <span class="where">{escape_line(checked.quotation.where)}</span></p>'
    yield f"<blockquote>{''.join(_highlighted(checked))}</blockquote>"
    if why := checked.because or (None if checked.changes else _EXPLANATIONS.get(checked.verdict)):
        yield _explanation(why)
    if checked.changes:
        changes = "".join(f"<li>{escape_line(_capitalized(change_line(change)))}</li>" for change in checked.changes)
        yield f'<ul class="changes">{changes}</ul>'
    yield from map(_explanation, accepted_lines(checked))
    for piece in checked.pieces:
        yield f'<p class="why">Piece: “{escape_line(piece.quote)}” {_record_link(piece)}</p>'
    if checked.source:
        yield from _source(checked.source, checked.verdict)


def _highlighted(checked: Finding) -> Iterator[str]:
    """Yield the report's words, those that differ marked for the eye and for screen readers."""
    text, at = checked.quotation.text, 0
    for span in sorted(change.span for change in checked.changes if change.span):
        if span.start < at:
            continue
        yield f'{escape(text[at : span.start])}<mark class="altered">{escape(text[span.start : span.end])}</mark>'
        at = span.end
    yield escape(text[at:])


def _source(source: Citation, verdict: Verdict) -> Iterator[str]:
    label = "Most likely from" if verdict is Verdict.ALTERED else "Source"
    yield f'<p class="source-line">{label}: {_record_link(source)}</p>'
    if verdict not in (Verdict.EXACT, Verdict.TYPOGRAPHIC):
        yield f'<p class="why">The record has: “{escape_line(source.quote)}”</p>'
    yield f'<p class="footnote"><span class="name">Footnote:</span> {escape_line(source.reference)}</p>'
    link = SourceLink(source.document, source.span)
    yield f'<div class="tools">{copy_buttons(link)}{add_button(link)}{online_link(source)}</div>'


def _record_link(citation: Citation) -> str:
    return open_link(SourceLink(citation.document, citation.span), citation.document.name)


def _claims(findings: Findings) -> str:
    if not findings.claims:
        return ""
    listed = "".join(f"<li>{_claim(claim)}</li>" for claim in findings.flagged)
    scope = f'<p class="scope">{escape_line(claims_summary(findings))}.</p>'
    return f'<h3>Figures, dates and names</h3>{scope}<ol class="claims">{listed}</ol>'


def _claim(claim: Claim) -> str:
    word = "Contradicted by the record" if claim.recorded else "Not found in the record"
    badge = f'<span class="verdict altered"><span aria-hidden="true">✗</span> {word}</span>'
    line = _explanation(claim_line(claim))
    return f'<p class="line">{badge}</p><blockquote>{escape_line(claim.sentence)}</blockquote>{line}'


def _explanation(line: str) -> str:
    return f'<p class="why">{escape_line(_capitalized(line).rstrip("."))}.</p>'


def _capitalized(line: str) -> str:
    return line[:1].upper() + line[1:]
