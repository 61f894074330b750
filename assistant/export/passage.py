"""Prepare a quotation for export: a line for each of its paragraphs, the paragraphs around it, its web link."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from assistant.citations.citation import Citation
from assistant.export.text import line, visible
from corpus.document import Kind

_MAX_CONTEXT = 600
_CUT = "[…]"


@dataclass(frozen=True, slots=True)
class LinePart:
    """A part of a line, with single spaces, inside or outside the quotation."""

    text: str
    quoted: bool


def quoted_lines(citation: Citation) -> tuple[str, ...]:
    """Return the quotation as one line for each paragraph or list item in it; its own line breaks become spaces."""
    start, end = citation.span.start, citation.span.end
    lines = (line(citation.document.text[i:j]) for i, j in _lines(citation, start, end))
    return tuple(filter(None, lines))


def surroundings(citation: Citation) -> tuple[tuple[LinePart, ...], ...]:
    """Return the lines of a quotation's paragraph and of its two neighbours; "[…]" marks where a long one is cut."""
    blocks = [block for block in citation.document.outline if block.kind is not Kind.MENU]
    touched = [i for i, block in enumerate(blocks) if block.span.overlaps(citation.span)]
    around = blocks[max(touched[0] - 1, 0) : touched[-1] + 2] if touched else []
    start = min([citation.span.start, *(block.span.start for block in around)])
    end = max([citation.span.end, *(block.span.end for block in around)])
    first, last = _context_start(citation, start), _context_end(citation, end)
    lines = [_line_parts(citation, i, j) for i, j in _lines(citation, first, last)]
    if first > start:
        lines[0] = (LinePart(f"{_CUT} ", False), *lines[0])
    if last < end:
        lines[-1] = (*lines[-1], LinePart(f" {_CUT}", False))
    return tuple(filter(None, lines))


def link_of(citation: Citation) -> str | None:
    """Return the citation's deep link if it leads to the web, percent-encoded; None otherwise."""
    return web_address(citation.link)


def web_address(address: str | None) -> str | None:
    """Return an http or https address, percent-encoded; None for any other address."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return percent_encoded(address, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")


def _context_start(citation: Citation, start: int) -> int:
    """Return `start`, or a place between words at most `_MAX_CONTEXT` characters before the quotation."""
    text, end = citation.document.text, citation.span.start
    limit = max(start, end - _MAX_CONTEXT)
    return limit if limit == start else text.find(" ", limit, end) + 1 or limit


def _context_end(citation: Citation, end: int) -> int:
    """Return `end`, or a place between words at most `_MAX_CONTEXT` characters behind the quotation."""
    text, start = citation.document.text, citation.span.end
    limit = min(end, start + _MAX_CONTEXT)
    if limit == end:
        return limit
    space = text.rfind(" ", start, limit)
    return limit if space < 0 else space


def _lines(citation: Citation, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Return a range cut into lines, wherever a block of the outline begins."""
    blocks = citation.document.outline
    return pairwise([start, *(b.span.start for b in blocks if start < b.span.start < end), end])


def _line_parts(citation: Citation, start: int, end: int) -> tuple[LinePart, ...]:
    """Split one line into its quoted and its other words."""
    text, span = citation.document.text, citation.span
    ranges = (
        (start, min(end, span.start), False),
        (max(start, span.start), min(end, span.end), True),
        (max(start, span.end), end, False),
    )
    parts = [LinePart(visible(re.sub(r"\s+", " ", text[i:j])), quoted) for i, j, quoted in ranges if i < j]
    parts[0] = replace(parts[0], text=parts[0].text.lstrip())
    parts[-1] = replace(parts[-1], text=parts[-1].text.rstrip())
    return tuple(part for part in parts if part.text)
