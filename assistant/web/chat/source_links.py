"""The name of a place in a record, as links of the page carry it."""

import re
from dataclasses import dataclass

from assistant.web.escaping import place_in
from corpus.document import Document
from corpus.span import Span, trimmed
from index.errors import LibraryError
from index.library import Library

_IDENTITY = re.compile(r"[0-9a-f]{16}")
# Fewer digits than Python refuses to read, more than any text has characters.
_OFFSET = re.compile(r"[0-9]{1,12}")


class RecordGone(LibraryError):
    """The library has the record no more; the message says so to the user."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document, or the whole of it, found again in any library that holds the same text.

    Attributes:
        document: the record.
        span: the words meant; None for the whole record.
    """

    document: Document
    span: Span | None = None

    @property
    def name(self) -> str:
        """The place in a link, such as "9f86d081884c7d65-120-180"; it depends on the text alone."""
        identity = self.document.id[:16]
        return identity if self.span is None else f"{identity}-{self.span.start}-{self.span.end}"


def resolve(library: Library, name: str) -> Place:
    """Find the place that a link names; the name comes from a browser and may be anything.

    Raises:
        RecordGone: the record was removed or replaced, or never was there.
        LibraryError: it is no name of a place, or the span does not exist; the message is for the user.
    """
    identity, *offsets = name.split("-")
    if not _IDENTITY.fullmatch(identity) or len(offsets) not in (0, 2) or not all(map(_OFFSET.fullmatch, offsets)):
        raise LibraryError("This link names no place in a record.")
    document = next((d for d in library.documents() if d.id.startswith(identity)), None)
    if document is None:
        raise RecordGone("This record was removed from the library, or replaced by a new version. Ask again.")
    if not offsets:
        return Place(document)
    start, end = map(int, offsets)
    if not start < end <= len(document.text):
        raise LibraryError("The record holds no words at this place. Ask again.")
    return Place(document, Span(start, end))


# Longer than any paragraph that somebody quotes whole.
MOST_MARKED = 5_000


@dataclass(frozen=True, slots=True)
class Mark:
    """One end of the marked words.

    Attributes:
        block: where the piece of the outline begins that it lies in, in characters of the document.
        offset: how many code points of that piece stand before it, as the browser shows them.
    """

    block: int
    offset: int


def marked(document: Document, first: Mark, last: Mark) -> Place:
    """The place of the marked words, without the white space at their ends.

    Raises:
        LibraryError: the marks lie in no piece of the record, hold no words, or too many; the message is for the user.
    """
    start, end = _place(document, first), _place(document, last)
    if end - start > MOST_MARKED:
        raise LibraryError(f"The marked text has {end - start:,} characters; mark {MOST_MARKED:,} at the most.")
    span = trimmed(document.text, start, end) if start < end else None
    if span is None:
        raise LibraryError("No words of the record are marked.")
    return Place(document, span)


def _place(document: Document, mark: Mark) -> int:
    block = next((block for block in document.outline if block.span.start == mark.block), None)
    if block is None:
        raise LibraryError("The record has changed since it was shown. Open it again.")
    return block.span.start + place_in(block.span.of(document.text), mark.offset)
