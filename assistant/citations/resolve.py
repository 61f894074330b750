"""An anchor meets a document, perhaps in a later version: what has become of the quoted words."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.citations.anchor import Anchor
from assistant.citations.folded_text import FoldedText, folded
from assistant.difference import Piece, difference, difference_by_signs
from assistant.fingerprint import KEPT_WORDS, Fingerprint
from assistant.nearest import between_neighbours, nearest
from corpus.document import Document
from corpus.span import Span


class State(StrEnum):
    """What has become of a quote."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where an anchor leads in a document.

    Attributes:
        state: `same` words in the same place, the same words `moved`, `changed` words, or `gone`.
        span: where they stand; for `changed` the nearest words that there are, None for `gone`.
        difference: for `changed`, how the quote became what stands there, in order; empty for the other states, and
            where the anchor carries too little of a long quote to tell (see `Fingerprint.is_cut`).
    """

    state: State
    span: Span | None = None
    difference: tuple[Piece, ...] = ()


def resolve(anchor: Anchor, document: Document) -> Resolution:
    """Find an anchor's words in a document: the cited version, a later one, or any other text.

    Words are the same when the hash of the folded words is; white space may differ, but not where paragraphs end.
    Where they stand several times, what stands before and behind decides, then the old place. Where other words stand
    between the old neighbours of the quote, it has changed, even if its words stand elsewhere too.
    """
    text, mark = folded(document.text), anchor.fingerprint
    places = _places(anchor, document, text)
    place = places[0] if places else None
    # The same words outside their old surroundings are others where changed words stand in these.
    near = None
    if place is not None and mark.neighbours_at(text, place) < 2:
        near = between_neighbours(mark, text, places)
    if place is not None and not near:
        if place == _old_place(anchor, document, text):
            return Resolution(State.SAME, anchor.span)
        return Resolution(State.MOVED, text.span(place, place + mark.length))
    near = near or nearest(mark, anchor.quote, text)
    if not near:
        return Resolution(State.GONE)
    start, end = near
    start, end = start - len(text.rest_before(start)), end + len(text.rest_after(end))
    return Resolution(State.CHANGED, text.span(start, end), _difference(anchor, text.text[start:end]))


def _places(anchor: Anchor, document: Document, text: FoldedText) -> list[int]:
    """The folded places of the very words, the likeliest first."""
    mark = anchor.fingerprint
    old = _old_place(anchor, document, text)
    if anchor.is_version(document) and old is not None and mark.is_at(text, old):
        return [old]
    expected = text.place(min(anchor.start, len(document.text)))
    return sorted(
        _found(mark, text),
        key=lambda place: (
            -mark.neighbours_at(text, place),
            -mark.paragraph_ends_at(text, place),
            abs(place - expected),
        ),
    )


def _old_place(anchor: Anchor, document: Document, text: FoldedText) -> int | None:
    """Where the old range stands folded; None where the document has other white space or nothing there."""
    quote = anchor.span.of(document.text)
    if anchor.end > len(document.text) or not quote.strip():
        return None
    start = text.place(anchor.start + len(quote) - len(quote.lstrip()))
    return start if text.place(anchor.start + len(quote.rstrip())) == start + anchor.fingerprint.length else None


def _found(mark: Fingerprint, text: FoldedText) -> Iterator[int]:
    """Every folded place where the very words stand: the signs of the words find them, the hash decides."""
    first_words = mark.words[:KEPT_WORDS] if mark.is_cut else mark.words
    found = text.signs.find(first_words)
    while found >= 0:
        # A quote may begin inside its first word.
        yield from (place for place in range(*text.words[found]) if mark.is_at(text, place))
        found = text.signs.find(first_words, found + 1)


def _difference(anchor: Anchor, words: str) -> tuple[Piece, ...]:
    if anchor.quote is not None:
        return difference(anchor.quote, words)
    return () if anchor.fingerprint.is_cut else difference_by_signs(anchor.fingerprint.words, words)
