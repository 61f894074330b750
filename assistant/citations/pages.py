"""Find the pages of a span of a paged document, and format them for a footnote."""

from collections.abc import Iterable
from typing import NamedTuple

from corpus.document import Document
from corpus.span import Span, trimmed


class Pages(NamedTuple):
    """The first and the last page of some words, counted from 1; `str` gives "p. 3" or "pp. 3-4"."""

    first: int
    last: int

    @property
    def numbers(self) -> str:
        """The numbers alone: "3" or "3-4"."""
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"

    def __str__(self) -> str:
        return f"{'p' if self.first == self.last else 'pp'}. {self.numbers}"


def pages_of(document: Document, span: Span) -> Pages | None:
    """Return the first and last page of a span's words; None for a document without pages."""
    words = trimmed(document.text, span.start, span.end) or span
    first, last = document.page_at(words.start), document.page_at(words.end - 1)
    return Pages(first, last) if first is not None and last is not None else None


def locator(pages: Iterable[Pages | None]) -> str:
    """Return pages for a reference, each once and in order: "3, 5-6"; empty where there are none."""
    return ", ".join(page.numbers for page in sorted({page for page in pages if page}))
