"""Build a document with pages, as the reader of PDF files does."""

from dataclasses import replace
from itertools import accumulate

from assistant.citations.citation import Citation
from corpus.document import Document
from corpus.reading import document_from
from corpus.span import Span

ADDRESS = "https://example.org/talks.pdf"


def paged(*pages: str, name: str = "talks.pdf", address: str | None = ADDRESS, between: str = "\n\n") -> Document:
    """A document of these pages; what stands between two of them belongs to the first."""
    starts = (0, *accumulate(len(page) + len(between) for page in pages[:-1]))
    plain = document_from(between.join(pages), name, "text/plain")
    return replace(plain, pages=starts, source=replace(plain.source, address=address))


def cited(document: Document, words: str, section: tuple[str, ...] = ()) -> Citation:
    """The first place of these words in a document."""
    start = document.text.index(words)
    return Citation(document, Span(start, start + len(words)), section)
