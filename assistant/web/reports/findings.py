"""Render the findings of a checked report as HTML for the web page."""

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.citations.citation import Citation
from assistant.verification.annotate import ANNOTATED_SUFFIXES
from assistant.verification.facts.claim import Claim, ClaimState
from assistant.verification.findings import Finding, Findings, Verdict
from assistant.verification.render import (
    accepted_lines,
    change_line,
    claim_line,
    unchecked_lines,
)
from assistant.web.chat.source_links import SourceLink
from assistant.web.escaping import escape, escape_line
from assistant.web.language import text
from assistant.web.markup import action_row, add_button, copy_buttons, online_link, open_link
from assistant.web.translated import translated

# With the word beside it, which the colour only repeats.
_SIGNS = {Verdict.EXACT: "✓", Verdict.TYPOGRAPHIC: "✓", Verdict.TOO_SHORT: "?"}
_WRONG = "✗"
_RIGHT = (Verdict.EXACT, Verdict.TYPOGRAPHIC)


def render_findings(findings: Findings, records: int, can_annotate: bool) -> str:
    """Render all findings of a report that was checked against a number of records.

    With `can_annotate` there is a copy of the report with the findings in it.
    """
    heading = escape_line(text("findings.heading", report=findings.report, summary=_summary(findings)))
    color = " wrong" if findings.is_wrong else " right" if findings.is_ok and not findings.flagged else ""
    listed = "".join(f"<li>{''.join(_quotation(checked))}</li>" for checked in findings.quotations)
    unchecked = "".join(f'<p class="scope">{escape_line(translated(line))}</p>' for line in unchecked_lines(findings))
    own = text("findings.own", names=text("findings.between").join(findings.own)) if findings.own else ""
    held = text("findings.held", records, own=own)
    return (
        f'<section class="found"><h3 class="summary{color}" tabindex="-1">{heading}</h3>'
        f'<p class="scope">{escape_line(held)}</p>{unchecked}{_copy(can_annotate)}'
        f'<ol class="checked">{listed}</ol>{_claims(findings)}</section>'
    )


def _summary(findings: Findings) -> str:
    """Return the numbers of quotations and of anchors by verdict, and that of figures, dates and names not found."""
    anchors = [finding.verdict for finding in findings.quotations if finding.is_anchor]
    quoted = [finding.verdict for finding in findings.quotations if not finding.is_anchor]
    nothing = "no_quotation" if findings.claims or anchors else "nothing"
    parts = [_verdicts(quoted, "quotations") if quoted else text(f"findings.{nothing}")]
    parts += [_verdicts(anchors, "anchors")] if anchors else []
    parts += [text("findings.not_found", len(findings.flagged))] if findings.flagged else []
    return text("findings.semicolon").join(parts)


def _verdicts(verdicts: Sequence[Verdict], what: str) -> str:
    counts = Counter(verdicts)
    parts = (text(f"findings.count_{v.value}", counts[v]) for v in Verdict if counts[v])
    return text(f"findings.{what}", len(verdicts), parts=text("findings.between").join(parts))


def _copy(can_annotate: bool) -> str:
    if can_annotate:
        return action_row(f'<button type="button" class="primary" data-annotated>{text("findings.copy")}</button>')
    kinds = text("findings.between").join(ANNOTATED_SUFFIXES)
    return f'<p class="scope">{escape_line(text("findings.no_copy", kinds=kinds))}</p>'


def _quotation(checked: Finding) -> Iterator[str]:
    sign, word = _SIGNS.get(checked.verdict, _WRONG), text(f"findings.verdict_{checked.verdict.value}")
    badge = f'<span class="verdict {checked.verdict.value}"><span aria-hidden="true">{sign}</span> {word}</span>'
    yield f'<p class="line">{badge} <span class="where">{escape_line(translated(checked.quotation.where))}</span></p>'
    yield f"<blockquote>{''.join(_highlighted(checked))}</blockquote>"
    if checked.because:
        yield _explanation(checked.because)
    elif not checked.changes and checked.verdict not in (*_RIGHT, Verdict.TOO_SHORT):
        yield f'<p class="why">{text(f"findings.why_{checked.verdict.value}")}</p>'
    if checked.changes:
        changes = "".join(
            f"<li>{escape_line(translated(_capitalized(change_line(change))))}</li>" for change in checked.changes
        )
        yield f'<ul class="changes">{changes}</ul>'
    yield from map(_explanation, accepted_lines(checked))
    for piece in checked.pieces:
        yield f'<p class="why">{escape_line(text("findings.piece", quotation=piece.quote))} {_record_link(piece)}</p>'
    if checked.source:
        yield from _source(checked.source, checked.verdict)


def _highlighted(checked: Finding) -> Iterator[str]:
    """Yield the report's words, those that differ marked for the eye and for screen readers."""
    quoted, at = checked.quotation.text, 0
    for span in sorted(change.span for change in checked.changes if change.span):
        if span.start < at:
            continue
        yield f'{escape(quoted[at : span.start])}<mark class="altered">{escape(quoted[span.start : span.end])}</mark>'
        at = span.end
    yield escape(quoted[at:])


def _source(source: Citation, verdict: Verdict) -> Iterator[str]:
    label = text("findings.likely" if verdict is Verdict.ALTERED else "findings.source")
    yield f'<p class="source-line">{label} {_record_link(source)}</p>'
    if verdict not in _RIGHT:
        yield f'<p class="why">{escape_line(text("findings.record_has", quotation=source.quote))}</p>'
    label = text("findings.footnote")
    yield f'<p class="footnote"><span class="name">{label}</span> {escape_line(source.reference)}</p>'
    link = SourceLink(source.document, source.span)
    yield f'<div class="tools">{copy_buttons(link)}{add_button(link)}{online_link(source)}</div>'


def _record_link(citation: Citation) -> str:
    return open_link(SourceLink(citation.document, citation.span), citation.document.name)


def _claims(findings: Findings) -> str:
    if not findings.claims:
        return ""
    listed = "".join(f"<li>{_claim(claim)}</li>" for claim in findings.flagged)
    scope = f'<p class="scope">{escape_line(_claims_summary(findings))}</p>'
    return f'<h3>{text("findings.claims_title")}</h3>{scope}<ol class="claims">{listed}</ol>'


def _claims_summary(findings: Findings) -> str:
    counts = Counter(claim.state for claim in findings.claims)
    parts = (text(f"findings.state_{s.value}", counts[s]) for s in ClaimState if counts[s])
    return text("findings.claims", len(findings.claims), parts=text("findings.between").join(parts))


def _claim(claim: Claim) -> str:
    word = text("findings.contradicted" if claim.recorded else "findings.missing")
    badge = f'<span class="verdict altered"><span aria-hidden="true">✗</span> {word}</span>'
    line = _explanation(claim_line(claim))
    return f'<p class="line">{badge}</p><blockquote>{escape_line(claim.sentence)}</blockquote>{line}'


def _explanation(line: str) -> str:
    sentence = _capitalized(line).rstrip(".") + "."
    return f'<p class="why">{escape_line(translated(sentence))}</p>'


def _capitalized(line: str) -> str:
    return line[:1].upper() + line[1:]
