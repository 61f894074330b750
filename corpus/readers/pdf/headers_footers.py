"""Remove running headers, footers and page numbers from the pages of a PDF."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.readers.pdf.lines import PrintedLine

Row = list[PrintedLine]
# Rows at the top and at the foot of a page that may be headers or footers.
_DEEP = 4
# The share of the page's height at its top and at its foot that headers and footers take at most.
_MARGIN = 0.16
# In points: how much the position of a header differs from page to page.
_SAME_HEIGHT = 4.0
_LEAST_PAGES = 3
# Characters of a line that counts pages, at most.
_LONGEST_COUNTING = 80
_NUMBERS = re.compile(r"\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|página|s\.)?\s*[-–—‐(\[|]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—‐)\]|]?"
    r"(?:\s*(?:of|de|von|sur|/|／)\s*\d{1,4})?(?:\s*(?:ページ|頁))?$",
    re.IGNORECASE,
)


def remove_headers_footers(pages: Sequence[list[Row]], heights: Sequence[float]) -> list[list[Row]]:
    """Remove running headers, footers and page numbers; return the rows that remain of each page.

    A header or footer has the same words at the same height near the edge of several pages, or the same but for a
    number that counts with the pages. A lone page number is removed if it is that of its page in the file.

    Args:
        pages: for each page its rows from top to bottom.
        heights: of the pages, in points.
    """
    positions_by_key: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for number, (rows, height) in enumerate(zip(pages, heights, strict=True)):
        for line, foot in _edges(rows, height):
            for key in _keys(line.text, number):
                positions_by_key[key].append((number, line.baseline - height if foot else line.baseline))
    repeated = {
        key: positions for key, positions in positions_by_key.items() if len({page for page, _ in positions}) >= 2
    }
    remaining_pages: list[list[Row]] = []
    for number, (rows, height) in enumerate(zip(pages, heights, strict=True)):
        removable = {
            id(line)
            for line, foot in _edges(rows, height)
            if _repeats(line, foot, number, height, repeated, len(pages)) or _is_lone_number(line, number)
        }
        # Headers and footers are outside the text: a line with text between it and the edge remains.
        outer = {id(line) for line in [*_outer_lines(rows, removable), *_outer_lines(rows[::-1], removable)]}
        remaining = ([line for line in row if id(line) not in outer] for row in rows)
        remaining_pages.append([row for row in remaining if row])
    return remaining_pages


def _outer_lines(rows: list[Row], removable: set[int]) -> Iterator[PrintedLine]:
    """Yield the lines to remove, from the edge inwards up to the first row that keeps a line."""
    for row in rows:
        removed = [line for line in row if id(line) in removable]
        yield from removed
        if len(removed) < len(row):
            return


def _edges(rows: list[Row], height: float) -> Iterator[tuple[PrintedLine, bool]]:
    """Yield the lines near a page's top and foot, with True for those at the foot."""
    for row in rows[:_DEEP]:
        yield from ((line, False) for line in row if line.baseline <= _MARGIN * height)
    for row in rows[-_DEEP:]:
        yield from ((line, True) for line in row if line.baseline >= (1 - _MARGIN) * height)


def _keys(text: str, page: int) -> Iterator[tuple[str, str]]:
    """Yield keys of a line that are equal on every page: its words, or its words and a number minus the page."""
    folded = " ".join(text.split())
    yield ("words", folded)
    if len(folded) > _LONGEST_COUNTING:
        return
    for match in list(_NUMBERS.finditer(folded))[:4]:
        offset = int(match.group()) - page
        yield ("counting", f"{folded[: match.start()]}\0{offset}\0{folded[match.end() :]}")


def _repeats(
    line: PrintedLine,
    foot: bool,
    page: int,
    height: float,
    repeated: dict[tuple[str, str], list[tuple[int, float]]],
    pages: int,
) -> bool:
    position = line.baseline - height if foot else line.baseline  # negative at the foot
    for key in _keys(line.text, page):
        near = {
            other for other, other_position in repeated.get(key, ()) if abs(other_position - position) <= _SAME_HEIGHT
        }
        # The same words on two pages may be chance; a number that counts with the pages is not.
        if len(near) >= (2 if key[0] == "counting" or pages == 2 else _LEAST_PAGES):
            return True
    return False


def _is_lone_number(line: PrintedLine, page: int) -> bool:
    """Return True if a line is only the number of its page, counted in the file."""
    if not _PAGE_NUMBER.match(line.text.strip()):
        return False
    number = _NUMBERS.search(line.text)
    return number is not None and int(number.group()) == page + 1
