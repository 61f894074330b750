"""Judge a quotation whose words the records contain: exact, or given to the wrong record, speaker or occasion."""

from collections.abc import Sequence
from typing import NamedTuple

from assistant.citations.citation import Citation
from assistant.verification.attribution import Attribution
from assistant.verification.exact_match import Match, marks_of
from assistant.verification.findings import Finding, Verdict
from assistant.verification.nearest_match import figure_spellings
from assistant.verification.quotations import Quotation
from assistant.verification.record_matcher import ReportForm
from assistant.verification.speakers.conflict import inserted_conflict, record_speakers, speaker_conflict
from assistant.verification.speakers.japanese import japanese_conflict
from assistant.verification.speakers.occasion import occasion_conflict
from assistant.verification.speakers.office_names import office_said
from assistant.verification.speakers.offices import office_conflict, other_office
from assistant.verification.speakers.unnamed import unnamed_speaker
from corpus.document import Document, Kind
from corpus.language.persons import Person
from corpus.language.scripts import is_cjk_text
from corpus.span import Span

# Characters of a record that tell its script.
_LOOKED_AT = 2_000
# Places of the words at which speaker and occasion are compared.
_MOST_PLACES = 50


class Saying(NamedTuple):
    """Speakers and occasion to which a report gives some words."""

    speakers: Sequence[Person]
    lead: str
    behind: str
    documents: Sequence[Document]

    def occasion_conflict(self, document: Document) -> str | None:
        """Return the day, place or body that the report names and the record's occasion is not; None for none."""
        return occasion_conflict(self.lead, document, self.documents) if self.lead.strip() else None

    def speaker_conflict(self, document: Document, span: Span) -> tuple[str, str] | None:
        """Return the names of the report's and of the record's speaker, where they differ; None otherwise."""
        if is_cjk_text(document.text[:_LOOKED_AT]):
            return japanese_conflict(self.lead, self.behind, document, span)
        if self.speakers and (conflict := speaker_conflict(self.speakers, document, span)):
            return conflict
        if unnamed := unnamed_speaker(self.speakers, document):
            return unnamed, "somebody else"
        recorded, office = record_speakers(document, span), office_said(self.lead, self.behind)
        if recorded:
            return office_conflict(office, recorded, document)
        return other_office(office, self.speakers, document, span)


def judge_matched(
    quotation: Quotation, places: list[Match], attribution: Attribution, said: Saying, form: ReportForm
) -> Finding:
    """Return the finding on a quotation whose words the records contain."""
    fitting = [match for match in places if attribution.objection(match.document) is None]
    conflicts = {id(m): said.speaker_conflict(m.document, m.span) for m in fitting[:_MOST_PLACES]}
    occasions = (
        {} if attribution.documents else {id(m): said.occasion_conflict(m.document) for m in fitting[:_MOST_PLACES]}
    )
    fitting = [m for m in fitting if not occasions.get(id(m)) and not conflicts.get(id(m))] or fitting
    best = min(fitting or places, key=lambda match: (match.fault is not None, not match.is_exact))
    best = _anchored_match(fitting or places, attribution) or best
    source = Citation(best.document, best.span)
    if best.fault:
        verdict = Verdict.STITCHED if best.fault.joins else Verdict.ALTERED
        return Finding(quotation, verdict, source, because=best.fault.because, named=attribution.named_record)
    if wrong := _wrong_source(quotation, best, attribution, occasions.get(id(best)), conflicts.get(id(best))):
        return wrong
    return Finding(
        quotation,
        Verdict.EXACT if best.is_exact else Verdict.TYPOGRAPHIC,
        source,
        because=_heading_inside(quotation.text, best),
        named=attribution.named_record,
        left_out=best.left_out,
        inserted=best.inserted,
        replaced=best.replaced,
        note_marks=best.note_marks,
        spellings=figure_spellings(quotation.text, source.quote, form.group_marks, marks_of(best.document)),
    )


def _wrong_source(
    quotation: Quotation,
    match: Match,
    attribution: Attribution,
    occasion: str | None,
    speakers: tuple[str, str] | None,
) -> Finding | None:
    """Return the finding on words that the report gives to a wrong record, occasion or person; None if to none.

    Args:
        quotation: the quotation.
        match: the place of its words.
        attribution: the records that the report names for it.
        occasion: the occasion that the report names, where the record's is another.
        speakers: the names of the report's and of the record's speaker, where they differ.
    """
    source, name = Citation(match.document, match.span), match.document.name

    def misattributed(because: str, speakers: tuple[str, str] | None = None) -> Finding:
        verdict, named = Verdict.MISATTRIBUTED, attribution.named_record
        return Finding(quotation, verdict, source, because=because, named=named, speakers=speakers)

    if objection := attribution.objection(match.document):
        return misattributed(f"the words stand in {name}, but the citation {objection}")
    if occasion:
        return misattributed(f"the words stand in {name}, but the report names {occasion}")
    if speakers:
        return misattributed(f"the report gives the words to {speakers[0]}, the record to {speakers[1]}", speakers)
    if attribution.is_unsupported:
        because = f"the words stand in {name}, but {attribution.unknown} is no record of the library"
        return Finding(quotation, Verdict.UNSUPPORTED, source, because=because)
    if persons := inserted_conflict(quotation.text, match.document, match.span) if match.inserted else None:
        because = f"the report inserts {persons[0]}, where the record speaks of {persons[1]}"
        return misattributed(because, persons)
    return None


def _heading_inside(quote: str, match: Match) -> str | None:
    """Return that a heading of the record runs into the words below it, where the quotation has no line end there."""
    for block in match.document.outline:
        if block.kind in (Kind.HEADING, Kind.TITLE) and match.span.start <= block.words.end < match.span.end - 1:
            return (
                None if "\n" in quote else f"the record's heading “{block.words.of(match.document.text)}” stands apart"
            )
    return None


def _anchored_match(places: list[Match], attribution: Attribution) -> Match | None:
    """Return the match that an anchor of the footnote points at, for words that occur several times."""
    spans = [(document.id, span) for document, span in attribution.spans]
    return next(
        (m for m in places if not m.fault and any(i == m.document.id and s.overlaps(m.span) for i, s in spans)), None
    )
