"""Check a report: give each quotation a verdict, and look up each figure, date and name ascribed to a record."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from assistant.citations.citation import Citation
from assistant.verification.attribution import (
    WORD,
    Attribution,
    ReportAttributions,
    anchors_in,
    is_title,
    resolve_compact,
    span_at,
)
from assistant.verification.exact_match import Match, marks_of
from assistant.verification.extraction.trailing_citation import is_citation
from assistant.verification.facts.claims import Claim, StatingSentence, claims
from assistant.verification.facts.named_sources import named_sources, without_source
from assistant.verification.facts.record_sentences import RecordSentences, keys_of
from assistant.verification.findings import Finding, Findings, Verdict
from assistant.verification.nearest_match import WordChange, figure_spellings, find_candidate
from assistant.verification.normalize import fold
from assistant.verification.note_marks import hide, note_marks, noted
from assistant.verification.quotations import Quotation, quotations, unquoted_text, without_citation
from assistant.verification.quote_pattern import OMISSION
from assistant.verification.readers.report import Paragraph, ReportText
from assistant.verification.record_matcher import RecordMatcher, ReportForm
from assistant.verification.sense.clauses import denied_words
from assistant.verification.sense.cuts import missing_words
from assistant.verification.sense.omissions import NEGATION
from assistant.verification.speakers.conflict import (
    inserted_conflict,
    record_speakers,
    report_speakers,
    speaker_conflict,
)
from assistant.verification.speakers.occasion import occasion_conflict
from assistant.verification.speakers.unnamed import office_conflict, unnamed_speaker
from assistant.verification.stitched import find_pieces
from corpus.document import Document, Kind
from corpus.language.figures import group_marks, join_groups
from corpus.language.identify import language_of
from corpus.language.persons import Person
from corpus.language.scripts import count_cjk
from corpus.language.sentences import sentences
from corpus.language.word_lists import word_list
from corpus.span import Span

# A record's sentence differs from a quotation of it in at most one of so many words.
_NEAR_WORDS = 3
# Words of a sentence that a record has where the sentence goes on about it.
_SHARED = 2
# A citation beside a quotation, whose names and dates are no claims.
_BRACKETED = re.compile(r"\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\]")
# Characters of the report beside a quotation in which it may supply what the quotation leaves off.
_BESIDE = 160
_BEFORE_TERMS = word_list("before_terms.txt")
# Characters of a sentence before a quotation that are looked at.
_MOST_LEAD = 600
# Places of a single word at which it is looked at for what is cut off.
_MOST_CUT = 50
# Japanese characters that make two words.
_ELLIPSIS = re.compile(r"[\[(]?(?:…|\.{3,}|(?:\.\s){2,}\.)[\])]?")
# Single words between ellipses up to which their places are compared.
_MOST_SINGLE_WORDS = 3
_LEAST_CJK = 4


class Checker:
    """Checks reports against one set of records.

    Of several records with the same words, the first is the source where the report names none.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self._matcher = RecordMatcher(self.documents)
        self._records = self._matcher.records
        self._titles = frozenset(_plain(document.title) for document in self.documents)

    def check(self, report: ReportText, progress: Callable[[int, int], None] | None = None) -> Findings:
        """Check every quotation and claim of a report; its wording and figures, never whether they are true.

        `progress` is called with the number of checked paragraphs and the number of all.
        """
        by_paragraph: dict[int, list[Quotation]] = {}
        for quotation in quotations(report):
            by_paragraph.setdefault(quotation.paragraph, []).append(quotation)
        findings: list[Finding] = []
        checked_claims: list[Claim] = []
        titles = 0
        works: list[Quotation] = []
        attributions = ReportAttributions(report, self.documents)
        form = _form_of(report)
        for number, paragraph in enumerate(report.paragraphs):
            quoted = by_paragraph.get(number, [])
            spans = [quotation.span for quotation in quoted]
            cut = _sentences(paragraph) if quoted or paragraph.note is None else []
            for quotation in (self._without_citation(quotation, form) for quotation in quoted):
                source = attributions.of_quotation(quotation, spans, cut)
                finding = self._check_quotation(quotation, source, report, spans, cut, form)
                if finding is None:
                    titles += 1
                    works += [] if _plain(quotation.text) in self._titles else [quotation]
                    spans.pop(bisect_left(spans, quotation.span.start, key=lambda span: span.start))
                else:
                    findings.append(finding)
            findings += self._check_lone_anchors(number, paragraph, findings, attributions)
            if paragraph.note is None:
                checked_claims += self._check_claims(number, paragraph, findings, cut, attributions)
            if progress:
                progress(number + 1, len(report.paragraphs))
        return Findings(
            report.name, tuple(findings), tuple(checked_claims), titles, works=tuple(works), unread=report.unread
        )

    def _check_quotation(
        self,
        quotation: Quotation,
        attribution: Attribution,
        report: ReportText,
        quoted: Sequence[Span],
        cut: Sequence[Span],
        form: ReportForm,
    ) -> Finding | None:
        """Return the finding on a quotation; None for the title of a work, which is no quotation."""
        if _plain(quotation.text) in self._titles:
            return None
        if _has_single_words(quotation.text):
            because = "single words between ellipses stand in too many places to be checked"
            return Finding(quotation, Verdict.TOO_SHORT, because=because)
        places = self._matcher.matches(quotation.text, form)
        if _is_too_short(quotation.text):
            because = "one word stands in too many places to be checked"
            finding = Finding(quotation, Verdict.TOO_SHORT, because=because)
            return _cut_everywhere(finding, places, report) or finding
        if places:
            lead = _lead(report.paragraphs[quotation.paragraph], quotation.span, quoted, cut)
            said = Saying(report_speakers(report, quotation, quoted), lead, self.documents)
            finding = _matched(quotation, places, attribution, said, form)
            return finding if finding.verdict.is_wrong else _cut(finding, places, report)
        finding = self._unmatched(quotation, attribution, form)
        if not attribution and _is_term(quotation, report.paragraphs[quotation.paragraph]):
            because = "these two words stand in no record; they may be a term rather than a quotation"
            return Finding(quotation, Verdict.TOO_SHORT, because=because)
        return None if _is_work(finding, report.paragraphs[quotation.paragraph], quoted) else finding

    def _without_citation(self, quotation: Quotation, form: ReportForm) -> Quotation:
        """Return a block quotation without the citation at its end, where no record has that too."""
        shorter = without_citation(quotation) if quotation.is_block else None
        if shorter is None or self._matcher.matches(quotation.text, form):
            return quotation
        return shorter if self._matcher.matches(shorter.text, form) else quotation

    def _unmatched(self, quotation: Quotation, attribution: Attribution, form: ReportForm) -> Finding:
        """Return the finding on a quotation whose words are in no record: stitched, altered or absent."""
        named = _named_record(attribution)
        unclosed = None if quotation.is_closed else "the quotation mark is not closed"
        candidate = find_candidate(quotation.text, self._records)
        pieces = tuple(Citation(match.document, match.span) for match in find_pieces(quotation.text, self._records))
        # Where few words differ from one passage, an altered quotation is the simpler explanation.
        if pieces and (candidate is None or candidate.words_changed >= min(len(WORD.findall(p.quote)) for p in pieces)):
            because = (
                "the pieces stand in another order, or too far apart, in the record"
                if OMISSION.search(quotation.text)
                else f"{len(pieces)} pieces that stand apart are joined without an ellipsis"
            )
            return Finding(quotation, Verdict.STITCHED, pieces[0], pieces=pieces, because=because, named=named)
        if candidate is None:
            because = unclosed or "these words stand in none of the records"
            return Finding(quotation, Verdict.ABSENT, because=because, named=named)
        source = Citation(candidate.document, candidate.span)
        marks = form.group_marks, marks_of(candidate.document)
        changes = tuple(change for change in candidate.changes if not _is_same(change, *marks)) or candidate.changes
        spellings = figure_spellings(quotation.text, source.quote, *marks)
        marks_only = None if candidate.changes else "the words are there, but not with these marks, or not whole"
        return Finding(
            quotation,
            Verdict.ALTERED,
            source,
            changes,
            because=unclosed or marks_only,
            named=named,
            spellings=spellings,
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

    def _check_claims(
        self,
        number: int,
        paragraph: Paragraph,
        found: Sequence[Finding],
        cut: list[Span],
        attributions: ReportAttributions,
    ) -> Iterator[Claim]:
        """Check what the sentences of a paragraph state outside quotations about the records that they are about."""
        here = [finding for finding in found if finding.quotation.paragraph == number]
        quoted = [finding.quotation.span for finding in here]
        text = unquoted_text(paragraph, Span(0, len(paragraph.text)), quoted) if paragraph.text else ""
        lead = f"{paragraph.context}: " if paragraph.context else ""
        if lead:  # a cell of a table states something with its row and column
            cut = [Span(0, len(text))]
        is_block = any(finding.quotation.is_block for finding in here)
        before: tuple[Document, ...] = ()
        for sentence in cut:
            words = lead + sentence.of(text)
            if not any(c.isnumeric() or c.isupper() for c in words):
                continue
            attribution = attributions.of_sentence(number, sentence)
            inside = here[
                bisect_right(quoted, sentence.start, key=lambda s: s.end) : bisect_left(
                    quoted, sentence.end, key=lambda s: s.start
                )
            ]
            sources = [finding.source.document for finding in inside if finding.source]
            documents = _cited_documents(attribution, self.documents) or _distinct(sources)
            documents = documents or named_sources(words, self.documents)
            stated = without_source(words, self.documents)
            known = {document.id for document in documents}
            near = tuple(n for n in self._sentences.near(stated) if not documents or n.document.id in known)
            documents = documents or _distinct(n.document for n in near) or _going_on(words, before)
            if not documents and (only := self._sentences.document_with(words)):
                documents = (only,)
            if attribution.unknown or not documents or is_block:
                continue
            before = documents
            is_quoting = bool(inside)
            shown = _BRACKETED.sub(lambda m: " " * len(m.group()), text) if is_quoting else text
            whole = Span(sentence.start, sentence.end + len(lead))
            stating = StatingSentence(
                number,
                paragraph.where,
                whole,
                lead + shown,
                documents,
                attribution.spans,
                near,
                bool(lead) or "|" in words,
            )
            # Beside a quotation a report names its own sources and speakers, too.
            for claim in claims(stating):
                if claim.span.start >= len(lead) and (not is_quoting or claim.kind != "name" or claim.recorded):
                    yield claim.moved(-len(lead))

    @cached_property
    def _sentences(self) -> RecordSentences:
        return RecordSentences(self.documents)


class Saying(NamedTuple):
    """Speakers and occasion to which a report gives some words."""

    speakers: Sequence[Person]
    lead: str
    documents: Sequence[Document]

    def occasion_conflict(self, document: Document) -> str | None:
        """Return the day, place or body that the report names and the record's occasion is not; None for none."""
        return occasion_conflict(self.lead, document, self.documents) if self.lead.strip() else None

    def speaker_conflict(self, document: Document, span: Span) -> tuple[str, str] | None:
        """Return the names of the report's and of the record's speaker, where they differ; None otherwise."""
        if self.speakers and (conflict := speaker_conflict(self.speakers, document, span)):
            return conflict
        if unnamed := unnamed_speaker(self.speakers, document):
            return unnamed, "somebody else"
        return office_conflict(self.lead, record_speakers(document, span), document) if self.lead.strip() else None


def _matched(
    quotation: Quotation, places: list[Match], attribution: Attribution, said: Saying, form: ReportForm
) -> Finding:
    """Return the finding on a quotation whose words the records contain."""
    named = _named_record(attribution)
    fitting = [match for match in places if attribution.objection(match.document) is None]
    conflicts = {id(m): said.speaker_conflict(m.document, m.span) for m in fitting[:_MOST_CUT]}
    occasions = (
        {} if attribution.documents else {id(m): said.occasion_conflict(m.document) for m in fitting[:_MOST_CUT]}
    )
    fitting = [m for m in fitting if not occasions.get(id(m)) and not conflicts.get(id(m))] or fitting
    best = min(fitting or places, key=lambda match: (match.fault is not None, not match.is_exact))
    best = _anchored_match(fitting or places, attribution) or best
    source = Citation(best.document, best.span)
    if best.fault:
        verdict = Verdict.STITCHED if best.fault.joins else Verdict.ALTERED
        return Finding(quotation, verdict, source, because=best.fault.because, named=named)
    if not fitting:
        because = f"the words stand in {best.document.name}, but the citation {attribution.objection(best.document)}"
        return Finding(quotation, Verdict.MISATTRIBUTED, source, because=because, named=named)
    if occasion := occasions.get(id(best)):
        because = f"the words stand in {best.document.name}, but the report names {occasion}"
        return Finding(quotation, Verdict.MISATTRIBUTED, source, because=because, named=named)
    if speakers := conflicts.get(id(best)):
        because = f"the report gives the words to {speakers[0]}, the record to {speakers[1]}"
        return Finding(quotation, Verdict.MISATTRIBUTED, source, because=because, named=named, speakers=speakers)
    if attribution.is_unsupported:
        because = f"the words stand in {best.document.name}, but {attribution.unknown} is no record of the library"
        return Finding(quotation, Verdict.UNSUPPORTED, source, because=because)
    if persons := inserted_conflict(quotation.text, best.document, best.span) if best.inserted else None:
        because = f"the report inserts {persons[0]}, where the record speaks of {persons[1]}"
        return Finding(quotation, Verdict.MISATTRIBUTED, source, because=because, named=named, speakers=persons)
    verdict = Verdict.EXACT if best.is_exact else Verdict.TYPOGRAPHIC
    return Finding(
        quotation,
        verdict,
        source,
        because=_heading_inside(quotation.text, best),
        named=named,
        left_out=best.left_out,
        inserted=best.inserted,
        replaced=best.replaced,
        note_marks=best.note_marks,
        spellings=figure_spellings(quotation.text, source.quote, form.group_marks, marks_of(best.document)),
    )


def _heading_inside(quote: str, match: Match) -> str | None:
    """Return that a heading of the record runs into the words below it, where the quotation has no line end there."""
    for block in match.document.outline:
        if block.kind in (Kind.HEADING, Kind.TITLE) and match.span.start <= block.words.end < match.span.end - 1:
            return (
                None if "\n" in quote else f"the record's heading “{block.words.of(match.document.text)}” stands apart"
            )
    return None


def _lead(paragraph: Paragraph, quotation: Span, quoted: Sequence[Span], cut: Sequence[Span]) -> str:
    """Return the words of a sentence before a quotation, at most some, without those of other quotations."""
    sentence = span_at(cut, quotation.start)
    start = max(sentence.start if sentence else 0, quotation.start - _MOST_LEAD)
    if start >= quotation.start:
        return ""
    first = bisect_left(quoted, start, key=lambda s: s.end)
    before = quoted[first : bisect_left(quoted, quotation.start, key=lambda s: s.start)]
    return unquoted_text(paragraph, Span(start, quotation.start), list(before))


def _cut(finding: Finding, places: Sequence[Match], report: ReportText) -> Finding:
    """Return a finding that accepts a quotation, or that it is cut where its words are whole nowhere."""
    text, span = report.paragraphs[finding.quotation.paragraph].text, finding.quotation.span
    beside = text[max(0, span.start - _BESIDE) : span.start], text[span.end :][:_BESIDE]
    source = finding.source
    missing = _missing(source.document, source.span, beside) if source else None
    if missing is None or any(m.fault is None and _missing(m.document, m.span, beside) is None for m in places):
        return finding
    because = f"the record has “{missing}” beside these words, which changes their sense"
    return replace(finding, verdict=Verdict.CUT, because=because)


def _missing(document: Document, span: Span, beside: tuple[str, str]) -> str | None:
    """Return what a quotation leaves off directly beside it or in its sentence that turns its sense; None for none."""
    return missing_words(document, span, *beside) or denied_words(document, span, *beside)


def _cut_everywhere(finding: Finding, places: Sequence[Match], report: ReportText) -> Finding | None:
    """Return the finding on a word that the records have, but cut at each place; None where one has it whole."""
    if not 0 < len(places) <= _MOST_CUT:
        return None
    source = Citation(places[0].document, places[0].span)
    cut = _cut(replace(finding, source=source), places, report)
    return cut if cut.verdict is Verdict.CUT else None


def _form_of(report: ReportText) -> ReportForm:
    """Return the marks of a report's notes, those that it links and those that lines begin with, and of its numbers."""
    linked = {paragraph.note for paragraph in report.paragraphs if paragraph.note}
    text = "\n".join(paragraph.text for paragraph in report.paragraphs)
    language = next((str(fact.value) for fact in language_of(text)), None)
    return ReportForm(noted(text.split("\n")) | linked, group_marks(text, language))


def _is_work(finding: Finding, paragraph: Paragraph, quoted: Sequence[Span]) -> bool:
    """Return True if a quotation in a note is the title of a work: beside it stands a reference, and nobody speaks.

    It is none where it is a record's sentence with a word changed.
    """
    whole = Span(0, len(paragraph.text))
    reference = unquoted_text(paragraph, whole, list(quoted)) if paragraph.note is not None else ""
    if not any(c.isalnum() for c in reference) or not is_citation(reference):
        return False
    words = len(WORD.findall(finding.quotation.text))
    changed = sum(max(len(WORD.findall(c.report)), len(WORD.findall(c.record))) for c in finding.changes)
    is_near = finding.verdict is Verdict.ALTERED and changed * _NEAR_WORDS <= words
    return is_title(finding.quotation.text) and not is_near


def _is_same(change: WordChange, marks: frozenset[str], recorded_marks: frozenset[str]) -> bool:
    """Return True if two spellings differ only in the marks of a figure or in note marks."""
    report, record = (
        join_groups(fold(hide(words, note_marks(words))).text, of)
        for words, of in ((change.report, marks), (change.record, recorded_marks))
    )
    return report == record


def _named_record(attribution: Attribution) -> str | None:
    return attribution.documents[0].name if attribution.documents else None


def _anchored_match(places: list[Match], attribution: Attribution) -> Match | None:
    """Return the match that an anchor of the footnote points at, for words that occur several times."""
    spans = [(document.id, span) for document, span in attribution.spans]
    return next(
        (m for m in places if not m.fault and any(i == m.document.id and s.overlaps(m.span) for i, s in spans)), None
    )


def _cited_documents(attribution: Attribution, documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the records that a citation names, or those that it fits, unless it fits all records."""
    if attribution.documents:
        return attribution.documents
    if not attribution or attribution.unknown:
        return ()
    fitting = tuple(document for document in documents if attribution.objection(document) is None)
    return fitting if 0 < len(fitting) < len(documents) else ()


def _distinct(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple({document.id: document for document in documents}.values())


def _going_on(sentence: str, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return the records of the sentence before, where a sentence goes on about them: it shares words with them."""
    keys = keys_of(sentence)
    return tuple(d for d in documents if len(keys & _keys_of_document(d.text)) >= min(_SHARED, len(keys)) > 0)


@lru_cache(maxsize=64)
def _keys_of_document(text: str) -> frozenset[str]:
    return keys_of(text)


def _sentences(paragraph: Paragraph) -> list[Span]:
    return sentences(paragraph.text, Span(0, len(paragraph.text))) if paragraph.text.strip() else []


def _is_too_short(text: str) -> bool:
    return len(WORD.findall(text)) < 2 and count_cjk(text) < _LEAST_CJK


def _has_single_words(text: str) -> bool:
    """Return True if ellipses leave only single words of a quotation: they prove nothing, and are found everywhere."""
    parts = _ELLIPSIS.split(text)
    return len(parts) > _MOST_SINGLE_WORDS and all(map(_is_too_short, parts))


def _is_term(quotation: Quotation, paragraph: Paragraph) -> bool:
    """Return True if a quotation may be a term in marks: two plain words behind an article, without a footnote."""
    words = WORD.findall(quotation.text)
    before = WORD.findall(paragraph.text[: quotation.span.start][-_BESIDE:])[-1:]
    behind = quotation.span.end, quotation.span.end + 2
    return (
        len(words) == 2
        and not quotation.is_block
        and bool(before)
        and before[0].casefold() in _BEFORE_TERMS
        and not any(c.isdigit() for c in quotation.text)
        and not NEGATION.search(quotation.text)
        and not any(behind[0] <= p.place <= behind[1] for p in paragraph.pointers)
    )


def _plain(words: str) -> str:
    return fold(words.strip(" .,")).text.casefold()
