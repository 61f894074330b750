"""The link to a quotation: the official address with a text fragment that finds its words on the page.

Source: WICG, "URL Fragment Text Directives"; how the words are chosen follows Chromium's and the polyfill's generators:
the least that is found once, with words around it where it is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citations.fragment_matcher import BLOCK_BREAK, DELIMITER, PageText, TextDirective, find_range, page_text
from assistant.citations.pages import pages_of
from corpus.document import Document
from corpus.span import Span

# A page has menus and notices that the stored text has not: fewer words might be met there first.
_START_WORDS = 3
_END_WORDS = 2
# Up to so many characters the words stand whole in the link, where a reader can check them.
_SHORT = 60
# Words of a neighbour that are tried; a longer link helps nobody.
_AROUND_WORDS = 24
_UNIT = re.compile(r"[^\s、。」』】〉》]+[、。」』】〉》]*|[、。」』】〉》]+")


@dataclass(frozen=True, slots=True)
class _Terms:
    """Ranges of a page's text for the terms of a directive; an empty range is no term."""

    start: tuple[int, int]
    end: tuple[int, int] = (0, 0)
    prefix: tuple[int, int] = (0, 0)
    suffix: tuple[int, int] = (0, 0)


def link(document: Document, span: Span) -> str | None:
    """The address that opens a document's page at a span.

    Returns:
        None where the document has no address. Without a text fragment where none can tell the words from others (the
        same lines with the same neighbours). The address of a PDF names the page: viewers know that fragment (RFC 8118,
        section 3), but hardly any the other.
    """
    address = document.source.address
    if not address:
        return None
    found = directive(document.text, span)
    plain = address.partition(DELIMITER)[0].removesuffix("#")
    page = pages_of(document, span) if _is_pdf(plain) else None
    if page:
        plain = f"{plain}#page={page.first}"
    if not found:
        return plain
    # A viewer that leaves the text directive where it is must find it behind the page's number, not in it.
    return f"{plain}{'&' if page else '' if '#' in plain else '#'}{DELIMITER}{found}"


def _is_pdf(address: str) -> bool:
    """Whether an address leads to a PDF file, and to no place of its own in it."""
    return "#" not in address and address.partition("?")[0].lower().endswith(".pdf")


def directive(text: str, span: Span) -> TextDirective | None:
    """The shortest directive that finds a span of a text and nothing before it; None where there is none.

    Every term stays inside one line and is met once in the text with its lines joined, so it holds whatever blocks the
    page has. Only where that is not enough, terms go on over single line breaks, which in wrapped texts are no page's.
    What a directive finds is checked with `fragment_matcher` for each way of reading the lines.
    """
    page = page_text(text)
    start, end = page.range_of(span)
    if start == end:
        return None
    for read in (page, page.in_paragraphs):
        written = (_written(text, page, terms) for terms in _choices(read, start, end))
        right = [
            made
            for made in written
            if find_range(made, read) == (start, end) and find_range(made, page.in_one_block) == (start, end)
        ]
        if right:
            short = end - start <= _SHORT and not right[0].end
            return right[0] if short else min(right, key=lambda made: len(str(made)))
    return None


def _written(text: str, page: PageText, terms: _Terms) -> TextDirective:
    start, end, prefix, suffix = (
        " ".join(page.span(a, b).of(text).split()) if a < b else None
        for a, b in (terms.start, terms.end, terms.prefix, terms.suffix)
    )
    return TextDirective(start or "", end, prefix, suffix)


def _choices(page: PageText, start: int, end: int) -> Iterator[_Terms]:
    """The words whole where they stand on one line, and their beginning with their end."""
    prefixes, suffixes = _before(page, start), _after(page, end)
    if not prefixes or not suffixes:
        return
    if BLOCK_BREAK not in page.blocks[start:end]:
        around = (
            *((prefix, suffixes[0]) for prefix in prefixes),
            *((prefixes[0], suffix) for suffix in suffixes),
            *((prefixes[-1], suffix) for suffix in suffixes),
        )
        for prefix, suffix in (pair for pair in around if _is_once(page, *pair)):
            yield _Terms((start, end), prefix=(prefix, start), suffix=(end, suffix))
            break
    units = _units(page, start, _line_end(page, start, end))
    cuts = [cut for _, cut in units[_START_WORDS - 1 :] or units[-1:] if cut < end]
    growth = (
        *((prefixes[0], cut) for cut in cuts),
        *((prefix, cuts[0]) for prefix in prefixes if cuts),
        *((prefix, cuts[-1]) for prefix in prefixes if cuts),
    )
    for prefix, cut in (pair for pair in growth if _is_once(page, *pair)):
        last = _last_term(page, cut, end, suffixes)
        if last:
            yield _Terms((start, cut), (last[0], end), (prefix, start), (end, last[1]))
        return


def _last_term(page: PageText, cut: int, end: int, suffixes: list[int]) -> tuple[int, int] | None:
    """Where the end term begins and its suffix ends: the shortest that is met first behind the start term."""
    units = _units(page, max(cut, _line_start(page, cut, end)), end)
    starts = [start for start, _ in reversed(units)]
    starts = starts[_END_WORDS - 1 :] or starts[-1:]
    growth = (*((start, suffixes[0]) for start in starts), *((starts[-1], suffix) for suffix in suffixes if starts))
    return next((pair for pair in growth if page.joined.find(page.joined[slice(*pair)], cut) == pair[0]), None)


def _before(page: PageText, start: int) -> list[int]:
    """Where a prefix may begin, nearest first; `start` itself, which means none, where a word begins there."""
    last = start
    while last and page.blocks[last - 1].isspace():
        last -= 1
    units = _units(page, _line_start(page, 0, last), last)[-_AROUND_WORDS:]
    return [*([start] if page.is_word_bound(start) else []), *(place for place, _ in reversed(units))]


def _after(page: PageText, end: int) -> list[int]:
    """Where a suffix may end, nearest first; `end` itself, which means none, where a word ends there."""
    first = end
    while first < len(page.blocks) and page.blocks[first].isspace():
        first += 1
    units = _units(page, first, _line_end(page, first, len(page.blocks)))[:_AROUND_WORDS]
    return [*([end] if page.is_word_bound(end) else []), *(place for _, place in units)]


def _units(page: PageText, start: int, end: int) -> list[tuple[int, int]]:
    """What terms grow by: words between spaces, or Japanese up to a closing mark, where every browser ends a word."""
    return [found.span() for found in _UNIT.finditer(page.blocks, start, end)]


def _line_end(page: PageText, place: int, end: int) -> int:
    found = page.blocks.find(BLOCK_BREAK, place, end)
    return found if found >= 0 else end


def _line_start(page: PageText, start: int, place: int) -> int:
    return max(start, page.blocks.rfind(BLOCK_BREAK, start, place) + 1)


def _is_once(page: PageText, start: int, end: int) -> bool:
    """Whether a range's words, as they stand, are met nowhere else in the text."""
    words = page.joined[start:end]
    return page.joined.find(words) == start and page.joined.find(words, start + 1) < 0
