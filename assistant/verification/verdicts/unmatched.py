"""Judge a quotation whose words are in no record: stitched from several places, altered or absent."""

from assistant.citations.citation import Citation
from assistant.verification.attribution import WORD, Attribution
from assistant.verification.exact_match import marks_of
from assistant.verification.findings import Finding, Verdict
from assistant.verification.nearest_match import WordChange, figure_spellings, find_candidate
from assistant.verification.normalize import fold
from assistant.verification.note_marks import hide, note_marks
from assistant.verification.quotations import Quotation
from assistant.verification.quote_pattern import OMISSION
from assistant.verification.record_index import RecordIndex
from assistant.verification.record_matcher import ReportForm
from assistant.verification.stitched import find_pieces
from corpus.language.figures import join_groups


def judge_unmatched(quotation: Quotation, records: RecordIndex, attribution: Attribution, form: ReportForm) -> Finding:
    """Return the finding on a quotation whose words are in no record: stitched, altered or absent."""
    named = attribution.named_record
    unclosed = None if quotation.is_closed else "the quotation mark is not closed"
    candidate = find_candidate(quotation.text, records)
    pieces = tuple(Citation(match.document, match.span) for match in find_pieces(quotation.text, records))
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


def _is_same(change: WordChange, marks: frozenset[str], recorded_marks: frozenset[str]) -> bool:
    """Return True if two spellings differ only in the marks of a figure or in note marks."""
    report, record = (
        join_groups(fold(hide(words, note_marks(words))).text, of)
        for words, of in ((change.report, marks), (change.record, recorded_marks))
    )
    return report == record
