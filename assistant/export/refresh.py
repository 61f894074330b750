"""Update a report that was made earlier to the records as they are now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.version_report import current_citation
from assistant.export.report import Item, Report, Section
from corpus.errors import printable
from index.library import Library


def refresh_report(report: Report, library: Library) -> Report:
    """Drop the quotations that the library's records no longer hold; a remark names the records they came from.

    Raises:
        LibraryError: the library cannot be read.
    """
    return replace(report, sections=tuple(_refresh_section(section, library) for section in report.sections))


def _refresh_section(section: Section, library: Library) -> Section:
    kept: list[Item] = []
    lost: list[str] = []
    heading = ""
    for item in section.items:
        heading = item.heading or heading
        citation = current_citation(library, item.citation)
        if citation is None:
            lost.append(item.citation.document.name)
            continue
        # The heading of a dropped quotation goes to the next one.
        kept.append(replace(item, citation=citation, heading=heading))
        heading = ""
    return replace(section, items=tuple(kept), remarks=(*section.remarks, *_loss_remarks(lost)))


def _loss_remarks(names: Sequence[str]) -> list[str]:
    return [
        f"Left out: {count} quotation{'s' * (count != 1)} from {printable(name)}, which was removed from the library or"
        " replaced since; ask again."
        for name, count in Counter(names).items()
    ]
