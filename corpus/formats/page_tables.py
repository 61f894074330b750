"""Which tables and definition lists of a page tabulate, and which only set it; and the rows of those that do."""

from typing import Any

from corpus.readers.html.elements import HEADINGS, is_element

# A table with a longer cell sets a page, it does not tabulate.
_CELL_CHARACTERS = 1000
# Nor does one with a cell that is so long and has paragraphs in it.
_PARAGRAPHS_CHARACTERS = 200


def rows_of(element: Any) -> list[list[Any]]:
    """The cells of a row, or of each term of a definition list."""
    if element.tag == "tr":
        return [[cell for cell in element if cell.tag in ("td", "th")]]
    rows: list[list[Any]] = []
    for item in element.iter("dt", "dd"):
        if item.tag == "dt" and (not rows or rows[-1][-1].tag == "dd"):
            rows.append([item])
        elif rows:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def is_table(table: Any) -> bool:
    """Whether a table tabulates: of several columns, without another table, a heading or long text in its cells."""
    if (table.get("role") or "") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", *HEADINGS), None) is not None:
        return False
    if all(sum(1 for cell in row if cell.tag in ("td", "th")) < 2 for row in table.iterdescendants("tr")):
        return False
    return all(_is_short(cell) and not _has_paragraphs(cell) for cell in table.iterdescendants("td", "th"))


def is_terms(terms: Any) -> bool:
    """Whether a definition list pairs short words, so that a term and what it means read as one row."""
    if next(terms.iterdescendants("dl", "table", *HEADINGS), None) is not None:
        return False
    if any(is_element(child) and child.tag not in ("dt", "dd", "div") for child in terms):
        return False
    return all(_is_short(cell) for cell in terms.iter("dt", "dd"))


def _is_short(cell: Any) -> bool:
    return sum(map(len, cell.itertext())) <= _CELL_CHARACTERS


def _has_paragraphs(cell: Any) -> bool:
    if sum(map(len, cell.itertext())) < _PARAGRAPHS_CHARACTERS:
        return False
    parted = (br for br in cell.iterdescendants("br") if not (br.tail or "").strip() and _follows(br, "br"))
    return next(parted, None) is not None or sum(1 for _ in cell.iterdescendants("p")) > 1


def _follows(element: Any, tag: str) -> bool:
    following = element.getnext()
    return following is not None and following.tag == tag
