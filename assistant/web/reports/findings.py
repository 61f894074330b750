"""What the checker found in a report, as the page shows it."""

from collections.abc import Iterator

from assistant.citations.citation import Citation
from assistant.verification.annotate import ANNOTATED_SUFFIXES
from assistant.verification.findings import Finding, Findings, Verdict
from assistant.verification.render import SCOPE, change_line, claim_line, summary
from assistant.web.chat.source_links import Place
from assistant.web.chat.sources import online
from assistant.web.escaping import one_line, shown
from assistant.web.evidence.panel import copies

# Sign and word: the colour only repeats what they say.
_BADGES = {
    Verdict.EXACT: ("✓", "Exact"),
    Verdict.TYPOGRAPHIC: ("✓", "Exact but for typography"),
    Verdict.ALTERED: ("✗", "Altered"),
    Verdict.STITCHED: ("✗", "Stitched"),
    Verdict.MISATTRIBUTED: ("✗", "Misattributed"),
    Verdict.ABSENT: ("✗", "Absent"),
    Verdict.TOO_SHORT: ("?", "Too short to be checked"),
}
_MEANS = {
    Verdict.ALTERED: "The words differ from the record’s.",
    Verdict.STITCHED: "Words that stand apart are joined with no ellipsis.",
    Verdict.MISATTRIBUTED: "The words are right, but the citation names another record.",
    Verdict.ABSENT: "These words stand in none of the records.",
}


def findings(found: Findings, records: int, can_annotate: bool) -> str:
    """All findings of a report.

    Args:
        found: what the checker found.
        records: how many records the report was held against.
        can_annotate: whether there is a copy of the report with the findings in it.
    """
    told = one_line(f"{found.report}: {summary(found)}{_missing(found)}.")
    looks = " wrong" if found.is_wrong else " right" if found.is_ok and not found.flagged else ""
    held = "1 record" if records == 1 else f"{records} records"
    listed = "".join(f"<li>{_checked(checked)}</li>" for checked in found.quotations)
    return (
        f'<section class="found"><h3 class="summary{looks}" tabindex="-1">{told}</h3>'
        f'<p class="scope">Held against {held}. {one_line(SCOPE)}</p>{_copy(can_annotate)}'
        f'<ol class="checked">{listed}</ol>{_claims(found)}</section>'
    )


def _missing(found: Findings) -> str:
    if not found.flagged:
        return ""
    count = len(found.flagged)
    return f"; {count} {'figure, date or name' if count == 1 else 'figures, dates and names'} not found where cited"


def _copy(can_annotate: bool) -> str:
    if can_annotate:
        button = '<button type="button" class="primary" data-annotated>Download the annotated copy</button>'
        return f'<div class="actions">{button}</div>'
    kinds = ", ".join(ANNOTATED_SUFFIXES)
    return f'<p class="scope">A copy with the findings in it is made of {one_line(kinds)} reports.</p>'


def _checked(checked: Finding) -> str:
    return "".join(_parts(checked))


def _parts(checked: Finding) -> Iterator[str]:
    sign, word = _BADGES[checked.verdict]
    badge = f'<span class="verdict {checked.verdict.value}"><span aria-hidden="true">{sign}</span> {word}</span>'
    yield f'<p class="line">{badge} <span class="where">{one_line(checked.quotation.where)}</span></p>'
    yield f"<blockquote>{''.join(_marked(checked))}</blockquote>"
    if why := checked.because or (None if checked.changes else _MEANS.get(checked.verdict)):
        yield f'<p class="why">{one_line(why[:1].upper() + why[1:].rstrip("."))}.</p>'
    if checked.changes:
        told = (change_line(change) for change in checked.changes)
        lines = "".join(f"<li>{one_line(line[:1].upper() + line[1:])}</li>" for line in told)
        yield f'<ul class="changes">{lines}</ul>'
    for piece in checked.pieces:
        yield f'<p class="why">Piece: “{one_line(piece.quote)}” {_opens(piece)}</p>'
    if checked.source:
        yield from _source(checked.source, checked.verdict)


def _marked(checked: Finding) -> Iterator[str]:
    """The report's words, those that differ marked; the mark is read out as well as seen."""
    text, at = checked.quotation.text, 0
    for span in sorted(change.span for change in checked.changes if change.span):
        if span.start < at:
            continue
        yield f'{shown(text[at : span.start])}<mark class="altered">{shown(text[span.start : span.end])}</mark>'
        at = span.end
    yield shown(text[at:])


def _source(source: Citation, verdict: Verdict) -> Iterator[str]:
    likely = "Most likely from" if verdict is Verdict.ALTERED else "Source"
    yield f'<p class="source-line">{likely}: {_opens(source)}</p>'
    if verdict not in (Verdict.EXACT, Verdict.TYPOGRAPHIC):
        yield f'<p class="why">The record has: “{one_line(source.quote)}”</p>'
    yield f'<p class="footnote"><span class="name">Footnote:</span> {one_line(source.reference)}</p>'
    place = Place(source.document, source.span)
    yield (
        f'<div class="tools">{copies(place)}<button type="button" data-add="{place.name}">Add to evidence</button>'
        f"{online(source)}</div>"
    )


def _opens(citation: Citation) -> str:
    place = Place(citation.document, citation.span)
    return f'<a class="open" href="#cite-{place.name}">{one_line(citation.document.name)}</a>'


def _claims(found: Findings) -> str:
    if not found.claims:
        return ""
    checked = len(found.claims)
    kind = "figure, date or name" if checked == 1 else "figures, dates and names"
    missing = len(found.flagged)
    count = f"{checked} {kind} in sentences that cite a record without quoting it; {missing or 'none'} missing there."
    listed = "".join(f"<li>{_claim(claim_line(claim), claim.sentence)}</li>" for claim in found.flagged)
    return f'<h3>Figures, dates and names</h3><p class="scope">{one_line(count)}</p><ol class="claims">{listed}</ol>'


def _claim(line: str, sentence: str) -> str:
    badge = '<span class="verdict altered"><span aria-hidden="true">✗</span> Not found where cited</span>'
    said = f"<blockquote>{one_line(sentence)}</blockquote>"
    return f'<p class="line">{badge}</p>{said}<p class="why">{one_line(line[:1].upper() + line[1:])}.</p>'
