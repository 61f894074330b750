"""Check a report: give each quotation a verdict, and look up each figure, date and name ascribed to a record."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from assistant.citations.citation import Citation
from assistant.verification.attribution import anchors_in, resolve_compact
from assistant.verification.facts.claim import Claim
from assistant.verification.facts.claim_checker import ClaimChecker
from assistant.verification.findings import Finding, Findings, Verdict
from assistant.verification.quotations import Quotation, quotations
from assistant.verification.readers.report import Paragraph, ReportText
from assistant.verification.report_attributions import ReportAttributions
from assistant.verification.verdicts.quotation_checker import QuotationChecker, Surroundings, form_of
from corpus.document import Document
from corpus.language.sentences import sentences
from corpus.span import Span


class Checker:
    """Checks reports against one set of records.

    Of several records with the same words, the first is the source where the report names none.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self._quotations = QuotationChecker(self.documents)
        self._claims = ClaimChecker(self.documents)

    def check(self, report: ReportText, progress: Callable[[int, int], None] | None = None) -> Findings:
        """Check every quotation and claim of a report; its wording and figures, never whether they are true.

        `progress` is called with the number of checked paragraphs and the number of all.
        """
        by_paragraph: dict[int, list[Quotation]] = {}
        for quotation in quotations(report):
            by_paragraph.setdefault(quotation.paragraph, []).append(quotation)
        findings: list[Finding] = []
        checked_claims: list[Claim] = []
        titles: list[Quotation] = []
        attributions = ReportAttributions(report, self.documents)
        form = form_of(report)
        for number, paragraph in enumerate(report.paragraphs):
            quoted = by_paragraph.get(number, [])
            spans = [quotation.span for quotation in quoted]
            cut = _sentences(paragraph) if quoted or paragraph.note is None else []
            here: list[Finding] = []
            for quotation in (self._quotations.without_citation(quotation, form) for quotation in quoted):
                source = attributions.of_quotation(quotation, spans, cut)
                finding = self._quotations.check(quotation, source, Surroundings(report, spans, cut), form)
                if finding is None:
                    titles.append(quotation)
                    spans.pop(bisect_left(spans, quotation.span.start, key=lambda span: span.start))
                else:
                    here.append(finding)
            here += self._check_lone_anchors(number, paragraph, [*findings, *here], attributions)
            if paragraph.note is None:
                checked_claims += self._claims.check(number, paragraph, here, cut, attributions)
            findings += here
            if progress:
                progress(number + 1, len(report.paragraphs))
        works = tuple(title for title in titles if not self._quotations.is_title(title))
        return Findings(
            report.name, tuple(findings), tuple(checked_claims), len(titles), works=works, unread=report.unread
        )

    def _check_lone_anchors(
        self, number: int, paragraph: Paragraph, findings: list[Finding], attributions: ReportAttributions
    ) -> Iterator[Finding]:
        """Check the anchors that belong to no quotation: yield a finding on whether their words are unchanged."""
        if "rap1:" not in paragraph.text:
            return
        used = {finding.quotation.paragraph for finding in findings} | attributions.used_notes
        if paragraph.note in used or number in used:
            return
        for compact in anchors_in(paragraph.text):
            start = paragraph.text.find(compact)
            quotation = Quotation(number, Span(start, start + len(compact)), compact, paragraph.where)
            place = resolve_compact(compact, self.documents)
            if place is None:
                because = "no record of the library is the one that this anchor names"
                yield Finding(quotation, Verdict.ABSENT, because=because)
                continue
            document, span = place
            if span is None:
                because = "the words that this anchor was made for do not stand in the record any more"
                yield Finding(quotation, Verdict.ALTERED, because=because, named=document.name)
            else:
                yield Finding(quotation, Verdict.EXACT, Citation(document, span), named=document.name)


def _sentences(paragraph: Paragraph) -> list[Span]:
    return sentences(paragraph.text, Span(0, len(paragraph.text))) if paragraph.text.strip() else []
