"""A quotation as it is set, and the paragraph around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from assistant.citations.citation import Citation
from assistant.export.text import line, visible
from corpus.document import Kind

_MOST_AROUND = 600
_CUT = "[…]"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line.

    Attributes:
        text: the words, white space between them as one space.
        quoted: whether they belong to the quotation.
    """

    text: str
    quoted: bool


def quoted_lines(citation: Citation) -> tuple[str, ...]:
    """The quotation, one line for each paragraph or list item that it touches, its own line breaks as spaces."""
    start, end = citation.span.start, citation.span.end
    lines = (line(citation.document.text[i:j]) for i, j in _lines(citation, start, end))
    return tuple(filter(None, lines))


def surroundings(citation: Citation) -> tuple[tuple[Piece, ...], ...]:
    """The lines of a quotation's paragraph, of the one above and the one below; "[…]" shows where a long one is cut."""
    blocks = [block for block in citation.document.outline if block.kind is not Kind.MENU]
    touched = [i for i, block in enumerate(blocks) if block.span.overlaps(citation.span)]
    around = blocks[max(touched[0] - 1, 0) : touched[-1] + 2] if touched else []
    start = min([citation.span.start, *(block.span.start for block in around)])
    end = max([citation.span.end, *(block.span.end for block in around)])
    near, far = _near(citation, start), _far(citation, end)
    lines = [_pieces(citation, i, j) for i, j in _lines(citation, near, far)]
    if near > start:
        lines[0] = (Piece(f"{_CUT} ", False), *lines[0])
    if far < end:
        lines[-1] = (*lines[-1], Piece(f" {_CUT}", False))
    return tuple(filter(None, lines))


def link_of(citation: Citation) -> str | None:
    """The deep link where it is one to the web, in the characters that a link may hold; None otherwise."""
    return web_address(citation.link)


def web_address(address: str | None) -> str | None:
    """An address of http or https with everything else percent-encoded; None for any other, which no file links to."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return percent_encoded(address, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")


def _near(citation: Citation, start: int) -> int:
    """Where the surroundings begin: at `start`, or between words not too far before the quotation."""
    text, end = citation.document.text, citation.span.start
    near = max(start, end - _MOST_AROUND)
    return near if near == start else text.find(" ", near, end) + 1 or near


def _far(citation: Citation, end: int) -> int:
    """Where the surroundings end, as `_near` has their beginning."""
    text, start = citation.document.text, citation.span.end
    far = min(end, start + _MOST_AROUND)
    if far == end:
        return far
    space = text.rfind(" ", start, far)
    return far if space < 0 else space


def _lines(citation: Citation, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a range: it is cut where a block of the outline begins."""
    blocks = citation.document.outline
    return pairwise([start, *(b.span.start for b in blocks if start < b.span.start < end), end])


def _pieces(citation: Citation, start: int, end: int) -> tuple[Piece, ...]:
    """One line, its quoted words apart from the others."""
    text, span = citation.document.text, citation.span
    ranges = (
        (start, min(end, span.start), False),
        (max(start, span.start), min(end, span.end), True),
        (max(start, span.end), end, False),
    )
    found = [Piece(visible(re.sub(r"\s+", " ", text[i:j])), quoted) for i, j, quoted in ranges if i < j]
    found[0] = replace(found[0], text=found[0].text.lstrip())
    found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return tuple(piece for piece in found if piece.text)
