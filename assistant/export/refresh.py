"""A report of what was said a while ago, in the records as they are now."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.version_report import standing
from assistant.export.report import Item, Report, Section
from corpus.document import Document
from index.store.library import Library, shown


def as_it_stands(report: Report, library: Library) -> Report:
    """The report without the quotations that the library's records no longer hold; a remark says whose are left out.

    Raises:
        LibraryError: the library cannot be read.
    """
    return replace(report, sections=tuple(_section(section, library) for section in report.sections))


def _section(section: Section, library: Library) -> Section:
    kept: list[Item] = []
    lost: list[Document] = []
    heading = ""
    for item in section.items:
        heading = item.heading or heading
        citation = standing(library, item.citation)
        if citation is None:
            lost.append(item.citation.document)
            continue
        # What stood above a quotation that is left out stands above the next one.
        kept.append(replace(item, citation=citation, heading=heading))
        heading = ""
    return replace(section, items=tuple(kept), remarks=(*section.remarks, *_left_out(lost)))


def _left_out(lost: Sequence[Document]) -> list[str]:
    counted = {name: sum(document.name == name for document in lost) for name in dict.fromkeys(d.name for d in lost)}
    return [
        f"Left out: {count} quotation{'s' * (count != 1)} from {shown(name)}, which was removed from the library or"
        " replaced since; ask again."
        for name, count in counted.items()
    ]
