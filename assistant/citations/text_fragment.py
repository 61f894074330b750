"""Link to a quotation: the document's address with a text fragment that matches these words alone.

Source: WICG, "URL Fragment Text Directives". The words are chosen as in the generators of Chromium and of the polyfill:
as few as occur once, with words around them where that is not enough.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citations.fragment_matcher import BLOCK_BREAK, DELIMITER, PageText, TextDirective, find_range, page_text
from corpus.document import Document
from corpus.span import Span, trim

# A page has menus and notices that the stored text lacks: fewer words could occur there first.
_START_WORDS = 3
_END_WORDS = 2
# A quotation of at most this many characters is written whole into the link, so that a reader can check it.
_SHORT = 60
# The most words of a prefix or suffix that are tried; a longer link helps nobody.
_AROUND_WORDS = 24
_UNIT = re.compile(r"[^\s、。」』】〉》]+[、。」』】〉》]*|[、。」』】〉》]+")


@dataclass(frozen=True, slots=True)
class _Terms:
    """Ranges of a page's text for the terms of a directive; an empty range means no term."""

    start: tuple[int, int]
    end: tuple[int, int] = (0, 0)
    prefix: tuple[int, int] = (0, 0)
    suffix: tuple[int, int] = (0, 0)


def link(document: Document, span: Span) -> str | None:
    """Return the address that opens a document's page at a span.

    Returns:
        None where the document has no address. The address has no text fragment where none is unique (the same lines
        with the same neighbours). The address of a PDF has the page's number, a fragment that viewers support (RFC
        8118, section 3); few support text fragments.
    """
    address = document.source.address
    if not address:
        return None
    target = directive(document.text, span)
    plain = address.partition(DELIMITER)[0].removesuffix("#")
    words = trim(document.text, span.start, span.end) or span
    page = document.page_at(words.start) if _is_pdf(plain) else None
    if page is not None:
        plain = f"{plain}#page={page}"
    if not target:
        return plain
    # A viewer that does not remove the text directive must find it behind the page's number.
    return f"{plain}{'&' if page else '' if '#' in plain else '#'}{DELIMITER}{target}"


def _is_pdf(address: str) -> bool:
    """Return True if an address leads to a PDF file and has no fragment."""
    return "#" not in address and address.partition("?")[0].lower().endswith(".pdf")


def directive(text: str, span: Span) -> TextDirective | None:
    """Return the directive that finds a span of a text and nothing before it; None where there is none.

    Every term stays inside one line and occurs once in the text with its lines joined, so it works whatever blocks the
    page has. Only where that is not enough, terms cross single line breaks, which a page lacks where the text was
    wrapped. Each directive is checked with `fragment_matcher` for both ways of reading the lines.
    """
    page = page_text(text)
    start, end = page.range_of(span)
    if start == end:
        return None
    for reading in (page, page.in_paragraphs):
        candidates = (_directive(text, page, terms) for terms in _candidate_terms(reading, start, end))
        correct = [
            candidate
            for candidate in candidates
            if find_range(candidate, reading) == (start, end)
            and find_range(candidate, page.in_one_block) == (start, end)
        ]
        if correct:
            is_whole_and_short = end - start <= _SHORT and not correct[0].end
            return correct[0] if is_whole_and_short else min(correct, key=lambda candidate: len(str(candidate)))
    return None


def _directive(text: str, page: PageText, terms: _Terms) -> TextDirective:
    start, end, prefix, suffix = (
        " ".join(page.span(a, b).of(text).split()) if a < b else None
        for a, b in (terms.start, terms.end, terms.prefix, terms.suffix)
    )
    return TextDirective(start or "", end, prefix, suffix)


def _candidate_terms(page: PageText, start: int, end: int) -> Iterator[_Terms]:
    """Yield the terms of the whole words where they are on one line, and those of their beginning and end."""
    prefixes, suffixes = _prefix_starts(page, start), _suffix_ends(page, end)
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
    """Return the start of the end term and the end of its suffix: the shortest that occurs first behind `cut`."""
    units = _units(page, max(cut, _line_start(page, cut, end)), end)
    starts = [start for start, _ in reversed(units)]
    starts = starts[_END_WORDS - 1 :] or starts[-1:]
    growth = (*((start, suffixes[0]) for start in starts), *((starts[-1], suffix) for suffix in suffixes if starts))
    return next((pair for pair in growth if page.joined.find(page.joined[slice(*pair)], cut) == pair[0]), None)


def _prefix_starts(page: PageText, start: int) -> list[int]:
    """Return the offsets at which a prefix may begin, nearest first; `start` itself means no prefix."""
    last = start
    while last and page.blocks[last - 1].isspace():
        last -= 1
    units = _units(page, _line_start(page, 0, last), last)[-_AROUND_WORDS:]
    return [*([start] if page.is_word_bound(start) else []), *(place for place, _ in reversed(units))]


def _suffix_ends(page: PageText, end: int) -> list[int]:
    """Return the offsets at which a suffix may end, nearest first; `end` itself means no suffix."""
    first = end
    while first < len(page.blocks) and page.blocks[first].isspace():
        first += 1
    units = _units(page, first, _line_end(page, first, len(page.blocks)))[:_AROUND_WORDS]
    return [*([end] if page.is_word_bound(end) else []), *(place for _, place in units)]


def _units(page: PageText, start: int, end: int) -> list[tuple[int, int]]:
    """Return the units that terms grow by: words, or Japanese up to a closing mark, where browsers end a word."""
    return [match.span() for match in _UNIT.finditer(page.blocks, start, end)]


def _line_end(page: PageText, place: int, end: int) -> int:
    line_break = page.blocks.find(BLOCK_BREAK, place, end)
    return line_break if line_break >= 0 else end


def _line_start(page: PageText, start: int, place: int) -> int:
    return max(start, page.blocks.rfind(BLOCK_BREAK, start, place) + 1)


def _is_once(page: PageText, start: int, end: int) -> bool:
    """Return True if a range's words occur nowhere else in the text."""
    words = page.joined[start:end]
    return page.joined.find(words) == start and page.joined.find(words, start + 1) < 0
