"""Names of the links to records and to words in them, as the web page writes them, and their look-up in the library."""

import re
from dataclasses import dataclass

from assistant.web.escaping import source_offset
from assistant.web.record.whole_words import whole_words
from corpus.document import Document
from corpus.span import Span, trim
from index.errors import LibraryError
from index.library import Library

ID_DIGITS = 16  # of a document's id, as links and the library's table name it
# Longer than any paragraph that somebody quotes whole.
MOST_SELECTED = 5_000
_ID = re.compile(rf"[0-9a-f]{{{ID_DIGITS}}}")
# Fewer digits than Python refuses to read, more than any text has characters.
_OFFSET = re.compile(r"[0-9]{1,12}")


class RecordGone(LibraryError):
    """The library no longer has the record; the message says so to the user."""


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A link to a span of a document or, without a span, to the whole of it.

    It works in any library that holds the same text.
    """

    document: Document
    span: Span | None = None

    @property
    def name(self) -> str:
        """The link as the page writes it, such as "9f86d081884c7d65-120-180"; it depends on the text alone."""
        document_id = self.document.id[:ID_DIGITS]
        return document_id if self.span is None else f"{document_id}-{self.span.start}-{self.span.end}"


def resolve_link(library: Library, name: str) -> SourceLink:
    """Find the record and the words that a link names; the name comes from a browser and may be anything.

    Raises:
        RecordGone: the record was removed or replaced, or never was in the library.
        LibraryError: the name is malformed, or the span does not exist; the message is for the user.
    """
    document_id, *offsets = name.split("-")
    if not _ID.fullmatch(document_id) or len(offsets) not in (0, 2) or not all(map(_OFFSET.fullmatch, offsets)):
        raise LibraryError("This link names no place in a record.")
    document = next((d for d in library.documents() if d.id.startswith(document_id)), None)
    if document is None:
        raise RecordGone("This record was removed from the library, or replaced by a new version. Ask again.")
    if not offsets:
        return SourceLink(document)
    start, end = map(int, offsets)
    if not start < end <= len(document.text):
        raise LibraryError("The record holds no words at this place. Ask again.")
    return SourceLink(document, Span(start, end))


@dataclass(frozen=True, slots=True)
class SelectionEnd:
    """One end of words that the user selected in a record.

    Attributes:
        block: offset of its block in the document.
        offset: the code points of that block before it, as the browser shows them.
    """

    block: int
    offset: int


def link_selection(document: Document, first: SelectionEnd, last: SelectionEnd) -> SourceLink:
    """Return a link to the selected words, whole ones, without the white space at their ends.

    Raises:
        LibraryError: the ends lie in no block of the record, or hold no words or too many; the message is for the user.
    """
    start, end = _document_offset(document, first), _document_offset(document, last)
    if end - start > MOST_SELECTED:
        raise LibraryError(f"The marked text has {end - start:,} characters; mark {MOST_SELECTED:,} at the most.")
    span = trim(document.text, start, end) if start < end else None
    if span is None:
        raise LibraryError("No words of the record are marked.")
    return SourceLink(document, whole_words(document.text, span))


def _document_offset(document: Document, selected: SelectionEnd) -> int:
    block = next((block for block in document.outline if block.span.start == selected.block), None)
    if block is None:
        raise LibraryError("The record has changed since it was shown. Open it again.")
    return block.span.start + source_offset(block.span.of(document.text), selected.offset)
