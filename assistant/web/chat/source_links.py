"""The name of a place in a record, as links of the page carry it."""

import re
from dataclasses import dataclass

from corpus.document import Document
from corpus.span import Span
from index.errors import LibraryError
from index.store.library import Library

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
