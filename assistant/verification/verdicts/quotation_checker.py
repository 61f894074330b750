"""Check one quotation of a report against the records, with the words beside it that name speaker and occasion."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.attribution import Attribution, span_at
from assistant.verification.findings import Finding, Verdict
from assistant.verification.note_marks import noted
from assistant.verification.quotations import Quotation, unquoted_text, without_citation
from assistant.verification.readers.report import Paragraph, ReportText
from assistant.verification.record_matcher import RecordMatcher, ReportForm
from assistant.verification.speakers.conflict import report_speakers
from assistant.verification.verdicts.cut import cut, cut_everywhere
from assistant.verification.verdicts.matched import Saying, judge_matched
from assistant.verification.verdicts.not_quoted import has_single_words, is_term, is_too_short, is_work, plain
from assistant.verification.verdicts.unmatched import judge_unmatched
from corpus.document import Document
from corpus.language.figures import group_marks
from corpus.language.identify import language_of
from corpus.span import Span

# Characters of a sentence before a quotation that are looked at.
_MOST_LEAD = 600
# Characters behind a quotation that are looked at.
_MOST_BEHIND = 60


@dataclass(frozen=True)
class Surroundings:
    """The paragraph of a quotation.

    Attributes:
        report: the report.
        quoted: its quotations.
        sentences: its sentences.
    """

    report: ReportText
    quoted: Sequence[Span]
    sentences: Sequence[Span]


class QuotationChecker:
    """Checks quotations of reports against one set of records."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._matcher = RecordMatcher(documents)
        self._titles = frozenset(plain(document.title) for document in documents)

    def is_title(self, quotation: Quotation) -> bool:
        """Return True if the words of a quotation are the title of a record."""
        return plain(quotation.text) in self._titles

    def without_citation(self, quotation: Quotation, form: ReportForm) -> Quotation:
        """Return a block quotation without the citation at its end, where no record has that too."""
        shorter = without_citation(quotation) if quotation.is_block else None
        if shorter is None or self._matcher.matches(quotation.text, form):
            return quotation
        return shorter if self._matcher.matches(shorter.text, form) else quotation

    def check(
        self, quotation: Quotation, attribution: Attribution, around: Surroundings, form: ReportForm
    ) -> Finding | None:
        """Return the finding on a quotation; None for the title of a work, which is no quotation."""
        paragraph = around.report.paragraphs[quotation.paragraph]
        if self.is_title(quotation):
            return None
        if has_single_words(quotation.text):
            because = "single words between ellipses stand in too many places to be checked"
            return Finding(quotation, Verdict.TOO_SHORT, because=because)
        places = self._matcher.matches(quotation.text, form)
        if is_too_short(quotation.text):
            because = "one word stands in too many places to be checked"
            finding = Finding(quotation, Verdict.TOO_SHORT, because=because)
            return cut_everywhere(finding, places, around.report) or finding
        if places:
            said = self._saying(quotation, around)
            finding = judge_matched(quotation, places, attribution, said, form)
            return finding if finding.verdict.is_wrong else cut(finding, places, around.report)
        finding = judge_unmatched(quotation, self._matcher.records, attribution, form)
        if not attribution and is_term(quotation, paragraph):
            because = "these two words stand in no record; they may be a term rather than a quotation"
            return Finding(quotation, Verdict.TOO_SHORT, because=because)
        return None if is_work(finding, paragraph, around.quoted) else finding

    def _saying(self, quotation: Quotation, around: Surroundings) -> Saying:
        paragraph = around.report.paragraphs[quotation.paragraph]
        lead = _lead(paragraph, quotation.span, around.quoted, around.sentences)
        behind = paragraph.text[quotation.span.end :][:_MOST_BEHIND]
        return Saying(report_speakers(around.report, quotation, around.quoted), lead, behind, self._documents)


def form_of(report: ReportText) -> ReportForm:
    """Return the marks of a report's notes, those that it links and those that lines begin with, and of its numbers."""
    linked = {paragraph.note for paragraph in report.paragraphs if paragraph.note}
    text = "\n".join(paragraph.text for paragraph in report.paragraphs)
    language = next((str(fact.value) for fact in language_of(text)), None)
    return ReportForm(noted(text.split("\n")) | linked, group_marks(text, language))


def _lead(paragraph: Paragraph, quotation: Span, quoted: Sequence[Span], cut: Sequence[Span]) -> str:
    """Return the words of a sentence before a quotation, at most some, without those of other quotations."""
    sentence = span_at(cut, quotation.start)
    start = max(sentence.start if sentence else 0, quotation.start - _MOST_LEAD)
    if start >= quotation.start:
        return ""
    first = bisect_left(quoted, start, key=lambda s: s.end)
    before = quoted[first : bisect_left(quoted, quotation.start, key=lambda s: s.start)]
    return unquoted_text(paragraph, Span(start, quotation.start), list(before))
