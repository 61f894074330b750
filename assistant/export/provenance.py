"""Where a quotation comes from, as the annex of a report tells it."""

from dataclasses import dataclass
from datetime import date

from assistant.citations.citation import Citation
from assistant.export.passage import link_of, web_address
from assistant.export.references import Run, Runs
from assistant.export.report import Report
from assistant.export.text import line


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known about a quotation.

    Attributes:
        text: as it is shown.
        link: where it leads; None for nowhere.
        exact: whether its characters matter, as those of a hash.
    """

    text: str
    link: str | None = None
    exact: bool = False


def day_in_words(day: date) -> str:
    """A day as "5 August 2021", whatever the machine's language."""
    months = "January February March April May June July August September October November December".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def summary(report: Report) -> str:
    """What stands under the title: how many quotations of how many records, and when they were read."""
    read = f"accessed {day_in_words(report.accessed)}"
    if not report.items:
        return f"No quotation; {read}"
    quotations, records = len(report.items), len(report.documents)
    return (
        f"{quotations} quotation{'s' * (quotations != 1)} from {records} record{'s' * (records != 1)},"
        f" in their own words; {read}"
    )


def footnote(citation: Citation, reference: Runs) -> Runs:
    """A footnote: reference, pages, the link to the quoted words, the anchor by which a program finds them again."""
    link = link_of(citation)
    led = (Run(" "), Run("Quoted passage", link=link)) if link else ()
    anchored = (Run(f" {line(citation.anchor)}"),) if citation.anchor else ()
    return (*reference, *on_pages(citation), *led, *anchored)


def on_pages(citation: Citation) -> Runs:
    """What follows a reference where the record has pages: " p. 3."."""
    return (Run(f" {citation.pages}."),) if citation.pages else ()


def provenance(citation: Citation, accessed: date) -> dict[str, Fact]:
    """The facts that lead back to the words: the record, the place in it, its hash, the anchor, the day of access."""
    document, span = citation.document, citation.span
    meeting = document.meeting
    forum = None if meeting.forum and meeting.forum in (meeting.name or "") else meeting.forum
    about = ", ".join(filter(None, (forum, meeting.name, meeting.place, meeting.days)))
    address, link = web_address(document.source.address), link_of(citation)
    found = {
        "Record": Fact(line(document.name)),
        "Publisher": Fact(line(document.publisher or "")),
        "Published": Fact(day_in_words(document.published) if document.published else ""),
        "Meeting": Fact(line(about)),
        "Section": Fact(line(" > ".join(citation.section))),
        "Page": Fact(citation.pages.numbers if citation.pages else ""),
        "Address": Fact(address or "none known, so no link", address),
        "Passage": Fact("the quoted words on that page", link) if link else Fact(""),
        "Characters": Fact(f"{span.start}–{span.end} of {len(document.text)}"),
        "SHA-256": Fact(document.source.sha256, exact=True),
        "Anchor": Fact(line(citation.anchor or ""), exact=True),
        "Accessed": Fact(day_in_words(accessed)),
    }
    return {name: fact for name, fact in found.items() if fact.text}
