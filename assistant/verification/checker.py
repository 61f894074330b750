"""Checks a report: each quotation gets a verdict, each figure, date and name ascribed to a record is looked up."""

from collections.abc import Callable, Iterator, Sequence

from assistant.citations.citation import Citation
from assistant.verification.attribution import WORD, Attribution, Naming, anchored, anchors_in, is_title
from assistant.verification.claims import Cited, Claim, claims
from assistant.verification.exact_match import Match, matches
from assistant.verification.findings import Checked, Findings, Verdict
from assistant.verification.nearest_match import candidate
from assistant.verification.normalize import fold
from assistant.verification.quotations import Quotation, inner, quotations
from assistant.verification.quote_pattern import OMISSION
from assistant.verification.readers.report import Paragraph, Report
from assistant.verification.record_index import Records
from assistant.verification.stitched import stitched
from corpus.document import Document
from corpus.language.scripts import count_cjk
from corpus.language.sentences import sentences
from corpus.span import Span

# Japanese characters that make two words.
_LEAST_CJK = 4


class Checker:
    """Holds reports against one set of records.

    Args:
        documents: the records; where words stand in several and the report names none, the first is given as source.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self._records = Records(self.documents)
        self._titles = frozenset(_plain(document.title) for document in self.documents)

    def check(self, report: Report, progress: Callable[[int, int], None] | None = None) -> Findings:
        """Check every quotation and claim of a report; its wording and figures, never whether they are true.

        Args:
            report: as `read_report` gives it.
            progress: told how many paragraphs are checked, and how many there are.
        """
        by_paragraph: dict[int, list[Quotation]] = {}
        for quotation in quotations(report):
            by_paragraph.setdefault(quotation.paragraph, []).append(quotation)
        checked: list[Checked] = []
        found_claims: list[Claim] = []
        titles = 0
        named = Naming(report, self.documents)
        for number, paragraph in enumerate(report.paragraphs):
            here = by_paragraph.get(number, [])
            spans = [quotation.span for quotation in here]
            cut = (
                _sentences(paragraph)
                if here
                or paragraph.pointers
                or paragraph.links
                or "http" in paragraph.text
                or "rap1:" in paragraph.text
                else []
            )
            for quotation in here:
                verdict = self._quotation(quotation, named.beside(number, quotation, spans, cut), paragraph)
                if verdict is None:
                    titles += 1
                    spans = [span for span in spans if span != quotation.span]
                else:
                    checked.append(verdict)
            checked += self._lone_anchors(number, paragraph, checked, named)
            if paragraph.note is None:
                found_claims += self._claims(number, paragraph, spans, cut, named)
            if progress:
                progress(number + 1, len(report.paragraphs))
        return Findings(report.name, tuple(checked), tuple(found_claims), titles)

    def _quotation(self, quotation: Quotation, named: Attribution, paragraph: Paragraph) -> Checked | None:
        """The verdict on one quotation; None for the title of a work, which is no quotation."""
        if _plain(quotation.text) in self._titles:
            return None
        found = list(matches(quotation.text, self._records))
        if not found and quotation.is_block and (shorter := inner(quotation)):
            found = list(matches(shorter.text, self._records))
            quotation = shorter if found else quotation
        if _is_too_short(quotation.text):
            return Checked(quotation, Verdict.TOO_SHORT, because="one word stands in too many places to be checked")
        if found:
            return _found(quotation, found, named)
        if paragraph.note is not None and is_title(quotation.text):
            return None
        return self._not_found(quotation, named)

    def _not_found(self, quotation: Quotation, named: Attribution) -> Checked:
        named_record = named.documents[0].name if named.documents else None
        unclosed = None if quotation.is_closed else "the quotation mark is not closed"
        near = candidate(quotation.text, self._records)
        pieces = tuple(Citation(match.document, match.span) for match in stitched(quotation.text, self._records))
        # Where few words differ from one passage, that is the plainer account.
        if pieces and (near is None or near.words_changed >= min(len(WORD.findall(p.quote)) for p in pieces)):
            because = (
                "the pieces stand in another order, or too far apart, in the record"
                if OMISSION.search(quotation.text)
                else f"{len(pieces)} pieces that stand apart are joined without an ellipsis"
            )
            return Checked(quotation, Verdict.STITCHED, pieces[0], pieces=pieces, because=because, named=named_record)
        if near is None:
            because = unclosed or "these words stand in none of the records"
            return Checked(quotation, Verdict.ABSENT, because=because, named=named_record)
        source = Citation(near.document, near.span)
        why = unclosed or (None if near.changes else "the words are there, but not with these marks, or not whole")
        return Checked(quotation, Verdict.ALTERED, source, near.changes, because=why, named=named_record)

    def _lone_anchors(
        self, number: int, paragraph: Paragraph, checked: list[Checked], named: Naming
    ) -> Iterator[Checked]:
        """Anchors that vouch for no quotation of their own: whether what they point at still stands there."""
        if "rap1:" not in paragraph.text:
            return
        used = {c.quotation.paragraph for c in checked} | named.used_notes
        if paragraph.note in used or number in used:
            return
        for compact in anchors_in(paragraph.text):
            start = paragraph.text.find(compact)
            quotation = Quotation(number, Span(start, start + len(compact)), compact, paragraph.where)
            found = anchored(compact, self.documents)
            if found is None:
                yield Checked(
                    quotation, Verdict.ABSENT, because="no record of the library is the one that this anchor names"
                )
            elif found[1] is None:
                because = "the words that this anchor was made for do not stand in the record any more"
                yield Checked(quotation, Verdict.ALTERED, because=because, named=found[0].name)
            else:
                yield Checked(quotation, Verdict.EXACT, Citation(*found), named=found[0].name)  # type: ignore[arg-type]

    def _claims(
        self, number: int, paragraph: Paragraph, quoted: list[Span], cut: list[Span], named: Naming
    ) -> Iterator[Claim]:
        for sentence in cut:
            if any(sentence.overlaps(span) for span in quoted):
                continue
            cited = named.of_sentence(number, sentence)
            meant = _meant(cited, self.documents)
            if meant:
                yield from claims(Cited(number, paragraph.where, sentence, paragraph.text, cited, meant))


def _found(quotation: Quotation, found: list[Match], named: Attribution) -> Checked:
    named_record = named.documents[0].name if named.documents else None
    fitting = [match for match in found if named.objection(match.document) is None]
    best = min(fitting or found, key=lambda match: (match.fault is not None, not match.is_exact))
    best = _pointed_at(fitting or found, named) or best
    source = Citation(best.document, best.span)
    if best.fault:
        verdict = Verdict.STITCHED if best.fault.joins else Verdict.ALTERED
        return Checked(quotation, verdict, source, because=best.fault.because, named=named_record)
    if not fitting:
        because = f"the words stand in {best.document.name}, but the citation {named.objection(best.document)}"
        return Checked(quotation, Verdict.MISATTRIBUTED, source, because=because, named=named_record)
    verdict = Verdict.EXACT if best.is_exact else Verdict.TYPOGRAPHIC
    return Checked(quotation, verdict, source, named=named_record, left_out=best.left_out, inserted=best.inserted)


def _pointed_at(found: list[Match], named: Attribution) -> Match | None:
    """The match at which an anchor of the footnote points, where the words stand several times."""
    spans = [(document.id, span) for document, span in named.spans]
    return next(
        (m for m in found if not m.fault and any(i == m.document.id and s.overlaps(m.span) for i, s in spans)), None
    )


def _meant(named: Attribution, documents: Sequence[Document]) -> tuple[Document, ...]:
    """The records that a citation means: those it names, or those that all of it fits, unless all records do."""
    if named.documents:
        return named.documents
    if not named or named.unknown:
        return ()
    fitting = tuple(document for document in documents if named.objection(document) is None)
    return fitting if 0 < len(fitting) < len(documents) else ()


def _sentences(paragraph: Paragraph) -> list[Span]:
    return sentences(paragraph.text, Span(0, len(paragraph.text))) if paragraph.text.strip() else []


def _is_too_short(text: str) -> bool:
    return len(WORD.findall(text)) < 2 and count_cjk(text) < _LEAST_CJK


def _plain(words: str) -> str:
    return fold(words.strip(" .,")).text.casefold()
