"""What a reference manager keeps beside a reference: the quotations that a report takes from it."""

from assistant.export.passage import link_of, quoted_lines
from assistant.export.report import Item, Report
from assistant.export.text import line
from corpus.document import Document


def annotations(report: Report, document: Document) -> tuple[str, ...]:
    """The quotations from a document, in their order, each with its pages, its link and the user's note."""
    return tuple(_annotation(item) for item in report.items if item.citation.document.id == document.id)


def _annotation(item: Item) -> str:
    pages = f" ({item.citation.pages})" if item.citation.pages else ""
    said = f"“{' / '.join(quoted_lines(item.citation))}”{pages}"
    return " ".join(filter(None, (said, link_of(item.citation), line(item.note))))
