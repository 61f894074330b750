"""Find quotations whose words are the record's, but which leave off words beside them that turn their sense."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.citations.citation import Citation
from assistant.verification.exact_match import Match
from assistant.verification.findings import Finding, Verdict
from assistant.verification.readers.report import ReportText
from assistant.verification.sense.clauses import denied_words
from assistant.verification.sense.cuts import missing_words
from corpus.document import Document
from corpus.span import Span

# Characters of the report beside a quotation in which it may supply what the quotation leaves off.
_BESIDE = 160
# Places of a single word at which it is looked at for what is cut off.
_MOST_PLACES = 50


def cut(finding: Finding, places: Sequence[Match], report: ReportText) -> Finding:
    """Return a finding that accepts a quotation, or that it is cut where its words are whole nowhere."""
    text, span = report.paragraphs[finding.quotation.paragraph].text, finding.quotation.span
    beside = text[max(0, span.start - _BESIDE) : span.start], text[span.end :][:_BESIDE]
    source = finding.source
    missing = _missing(source.document, source.span, beside) if source else None
    if missing is None or any(m.fault is None and _missing(m.document, m.span, beside) is None for m in places):
        return finding
    because = f"the record has “{missing}” beside these words, which changes their sense"
    return replace(finding, verdict=Verdict.CUT, because=because)


def cut_everywhere(finding: Finding, places: Sequence[Match], report: ReportText) -> Finding | None:
    """Return the finding on a word that the records have, but cut at each place; None where one has it whole."""
    if not 0 < len(places) <= _MOST_PLACES:
        return None
    source = Citation(places[0].document, places[0].span)
    found = cut(replace(finding, source=source), places, report)
    return found if found.verdict is Verdict.CUT else None


def _missing(document: Document, span: Span, beside: tuple[str, str]) -> str | None:
    """Return what a quotation leaves off directly beside it or in its sentence that turns its sense; None for none."""
    return missing_words(document, span, *beside) or denied_words(document, span, *beside)
