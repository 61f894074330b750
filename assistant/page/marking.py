"""Words that were marked with the mouse in a record, as the browser tells of them, and where they stand."""

from dataclasses import dataclass

from assistant.web.chat.source_links import Place
from assistant.web.escaping import place_in
from corpus.document import Document
from corpus.span import trimmed
from index.errors import LibraryError

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
