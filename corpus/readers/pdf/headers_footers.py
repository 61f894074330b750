"""What a PDF repeats on its pages: running headers and footers, and page numbers. None of it is text of the record."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.readers.pdf.lines import Line

Row = list[Line]
# Rows at the top and at the foot of a page that may be furniture.
_DEEP = 4
# Of the page's height, how far down and up furniture stands.
_MARGIN = 0.16
# In points: how much the height of a running line differs from page to page.
_SAME_HEIGHT = 4.0
_LEAST_PAGES = 3
# Characters of a line that counts pages.
_LONGEST_COUNTING = 80
_NUMBERS = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|página|s\.)?\s*[-–—‐(\[|]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—‐)\]|]?"
    r"(?:\s*(?:of|de|von|sur|/|／)\s*\d{1,4})?(?:\s*(?:ページ|頁))?$",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[list[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """Take away running headers, footers and page numbers.

    A line goes when it stands at the same height near the edge of several pages with the same words, where a number may
    count with the pages; a page number alone goes when it is that of its page, counted from any start.

    Args:
        pages: for each page its rows from top to bottom.
        heights: of the pages, in points.
    """
    places: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for number, (rows, height) in enumerate(zip(pages, heights, strict=True)):
        for line, foot in _edges(rows, height):
            for key in _keys(line.text, number):
                places[key].append((number, height - line.base if foot else line.base))
    counted = {key: found for key, found in places.items() if len({page for page, _ in found}) >= 2}
    kept: list[list[Row]] = []
    for number, (rows, height) in enumerate(zip(pages, heights, strict=True)):
        gone = {
            id(line)
            for line, foot in _edges(rows, height)
            if _repeats(line, foot, number, height, counted, len(pages)) or _is_lone_number(line, number)
        }
        # Furniture stands outside the text: nothing goes that has words of the text between it and the edge.
        outer = {id(line) for line in [*_outer(rows, gone), *_outer(rows[::-1], gone)]}
        left = ([line for line in row if id(line) not in outer] for row in rows)
        kept.append([row for row in left if row])
    return kept


def _outer(rows: list[Row], gone: set[int]) -> Iterator[Line]:
    """Lines to go, from the edge inwards up to the first row that keeps one."""
    for row in rows:
        leaving = [line for line in row if id(line) in gone]
        yield from leaving
        if len(leaving) < len(row):
            return


def _edges(rows: list[Row], height: float) -> Iterator[tuple[Line, bool]]:
    """The lines near a page's top and foot, with whether it is the foot."""
    for row in rows[:_DEEP]:
        yield from ((line, False) for line in row if line.base <= _MARGIN * height)
    for row in rows[-_DEEP:]:
        yield from ((line, True) for line in row if line.base >= (1 - _MARGIN) * height)


def _keys(text: str, page: int) -> Iterator[tuple[str, str]]:
    """Names of a line that are the same on every page: its words, or these with one number that counts pages."""
    folded = " ".join(text.split())
    yield ("words", folded)
    if len(folded) > _LONGEST_COUNTING:
        return
    for match in list(_NUMBERS.finditer(folded))[:4]:
        offset = int(match.group()) - page
        yield ("counting", f"{folded[: match.start()]}\0{offset}\0{folded[match.end() :]}")


def _repeats(
    line: Line,
    foot: bool,
    page: int,
    height: float,
    counted: dict[tuple[str, str], list[tuple[int, float]]],
    pages: int,
) -> bool:
    here = height - line.base if foot else line.base
    for key in _keys(line.text, page):
        near = {other for other, there in counted.get(key, ()) if abs(there - here) <= _SAME_HEIGHT}
        # On two pages the same words may be chance; a number that counts with the pages is none.
        if len(near) >= (2 if key[0] == "counting" or pages == 2 else _LEAST_PAGES):
            return True
    return False


def _is_lone_number(line: Line, page: int) -> bool:
    """Whether a line is nothing but the number of its page, counted in the file."""
    if not _PAGE_NUMBER.match(line.text.strip()):
        return False
    number = _NUMBERS.search(line.text)
    return number is not None and int(number.group()) == page + 1
