"""Describe the sources in an exported report: summary line, footnotes, and facts for the annex."""

from dataclasses import dataclass
from datetime import date

from assistant.citations.citation import Citation
from assistant.export.bibliography.references import Run, Runs
from assistant.export.note_detail import NoteDetail
from assistant.export.passage import link_of, web_address
from assistant.export.report import Report
from assistant.export.text import line
from corpus.language.months import spell_day


@dataclass(frozen=True, slots=True)
class SourceFact:
    """One fact about a quotation's source.

    Attributes:
        text: the text to print.
        link: the web address it links to; None for none.
        exact: True if every character matters, as in a hash.
    """

    text: str
    link: str | None = None
    exact: bool = False


def summary(report: Report) -> str:
    """Return the line under the title: the numbers of quotations and records, and the day of access."""
    accessed = f"accessed {spell_day(report.accessed)}"
    if not report.items:
        return f"No quotation; {accessed}"
    quotations, records = len(report.items), len(report.documents)
    return (
        f"{quotations} quotation{'s' * (quotations != 1)} from {records} record{'s' * (records != 1)},"
        f" in their own words; {accessed}"
    )


def footnote(citation: Citation, reference: Runs, detail: NoteDetail = NoteDetail.ANCHOR) -> Runs:
    """Return a footnote: speaker, reference, pages; by choice the link to the quoted words, and the anchor."""
    link = None if detail is NoteDetail.REFERENCE else link_of(citation)
    link_runs = (Run(" "), Run("Quoted passage", link=link)) if link else ()
    anchor_runs = (Run(f" {line(citation.anchor)}"),) if detail is NoteDetail.ANCHOR and citation.anchor else ()
    speaker_runs = (Run(f"{line(citation.said_by)}, in: "),) if citation.said_by else ()
    return (*speaker_runs, *reference, *page_runs(citation), *link_runs, *anchor_runs)


def page_runs(citation: Citation) -> Runs:
    """Return the pages that follow a reference, as " p. 3."; nothing for a record without pages."""
    return (Run(f" {citation.pages}."),) if citation.pages else ()


def provenance(citation: Citation, accessed: date) -> dict[str, SourceFact]:
    """Return the known facts about a quotation's source by name: record, place, hash, anchor, day of access."""
    document, span = citation.document, citation.span
    meeting = document.meeting
    forum = None if meeting.forum and meeting.forum in (meeting.name or "") else meeting.forum
    meeting_line = ", ".join(filter(None, (forum, meeting.name, meeting.place, meeting.days)))
    address, link = web_address(document.source.address), link_of(citation)
    facts = {
        "Record": SourceFact(line(document.name)),
        "Publisher": SourceFact(line(document.publisher or "")),
        "Published": SourceFact(spell_day(document.published) if document.published else ""),
        "Meeting": SourceFact(line(meeting_line)),
        "Speaker": SourceFact(line(citation.said_by)),
        "Section": SourceFact(line(" > ".join(citation.section))),
        "Page": SourceFact(citation.pages.numbers if citation.pages else ""),
        "Address": SourceFact(address or "none known, so no link", address),
        "Passage": SourceFact("the quoted words on that page", link) if link else SourceFact(""),
        "Characters": SourceFact(f"{span.start}–{span.end} of {len(document.text)}"),
        "SHA-256": SourceFact(document.source.sha256, exact=True),
        "Anchor": SourceFact(line(citation.anchor or ""), exact=True),
        "Accessed": SourceFact(spell_day(accessed)),
    }
    return {name: fact for name, fact in facts.items() if fact.text}
