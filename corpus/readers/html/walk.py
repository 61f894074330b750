"""Walk through the elements of a web page and collect its headings, paragraphs, list items and table rows."""

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from corpus.document import Kind
from corpus.readers.blocks import Part, collapse_space, format_number, row_words
from corpus.readers.html.elements import (
    BLOCKS,
    HEADINGS,
    LISTS,
    is_element,
    is_unseen,
    note_letters,
    traverse,
    words_of,
)

# A table with a longer cell is for layout.
_CELL_CHARACTERS = 1000
# A table with a cell that is so long and has paragraphs is for layout too.
_PARAGRAPHS_CHARACTERS = 200
_TYPES = {"1": "decimal", "a": "lower-latin", "A": "upper-latin", "i": "lower-roman", "I": "upper-roman"}
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,80}?\b(none|decimal|(?:lower|upper)-(?:roman|latin|alpha))", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡↩︎↑^]{1,2}|注\d{0,3})[\])]?")
_LINKED_SHARE = 0.8
_MOST_SPANNED = 100
_EMPTY_LINES = re.compile(r"\n\s*\n")
# Paragraphs before a list to look at, and the least characters of prose.
_NEAR = 10
_PROSE = 60


def rows_of(element: Any) -> list[list[Any]]:
    """Return the cells of a row, or of each term of a definition list."""
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


def is_data_table(table: Any) -> bool:
    """Return True for a table of data: several columns, and no table, heading or long text in its cells."""
    if (table.get("role") or "") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", *HEADINGS), None) is not None:
        return False
    if all(sum(1 for cell in row if cell.tag in ("td", "th")) < 2 for row in table.iterdescendants("tr")):
        return False
    return all(_is_short(cell) and not _has_paragraphs(cell) for cell in table.iterdescendants("td", "th"))


def is_terms(terms: Any) -> bool:
    """Return True for a definition list of short words, so that a term and its definition read as one row."""
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
    breaks = (br for br in cell.iterdescendants("br") if not (br.tail or "").strip() and _follows(br, "br"))
    return next(breaks, None) is not None or sum(1 for _ in cell.iterdescendants("p")) > 1


def _follows(element: Any, tag: str) -> bool:
    following = element.getnext()
    return following is not None and following.tag == tag


@dataclass(slots=True)
class _List:
    """A list that is open: the style of its numbers, the next number and the step, and True if it follows prose."""

    style: str
    number: int
    step: int
    is_beside_prose: bool


@dataclass(slots=True)
class PageWalk:
    """One pass through a page, or through a cell of it.

    Attributes:
        hidden: classes and ids that the style sheet hides.
        left_out: elements that are skipped with their content.
        parts: those collected so far.
        letters: the superscript letters of its notes; None before the page is walked through.
    """

    hidden: frozenset[str] = frozenset()
    left_out: frozenset[Any] = frozenset()
    parts: list[Part] = field(default_factory=list)
    letters: frozenset[str] | None = None
    _words: list[str] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _level: int = 0
    _marker: str | None = None
    _preformatted: int = 0
    _links: int = 0
    _linked: int = 0
    _bolds: int = 0
    _is_bold: bool = True
    _last_group: Any = None
    _table: Any = None
    _is_data_table: bool = False
    _spanned: dict[int, tuple[int, str]] = field(default_factory=dict)

    def through(self, root: Any) -> list[Part]:
        """Return the parts of an element in the order of the page."""
        if self.letters is None:
            self.letters = note_letters(root.getroottree())
        for event, element in traverse(root, self._enters):
            if event == "start":
                self._enter(element)
                continue
            if event == "end":
                self._leave(element)
            if element is not root:
                self._add(element.tail)
        self._close()
        return self.parts

    def _enters(self, element: Any) -> bool:
        """Return True to enter an element; a table's row is collected whole, an invisible element is skipped."""
        if not is_element(element) or element in self.left_out or is_unseen(element, self.hidden):
            if is_element(element) and element.tag in BLOCKS:
                self._close()
            return False
        if _is_note_mark(element):
            return False
        if not self._level and _is_word_marker(element):
            self._marker = _word_marker(element)
            return False
        if (element.tag == "tr" and self._is_data_row(element)) or (element.tag == "dl" and is_terms(element)):
            self._close()
            self._add_rows(element)
            return False
        return True

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._close()
            self._level = HEADINGS.get(tag, self._level)
            if tag in LISTS:
                self._lists.append(_list_of(element))
            elif tag == "li" and self._lists:
                self._marker = _marker(element, self._lists[-1])
            elif tag in ("pre", "listing", "xmp"):
                self._preformatted += 1
        elif tag == "a" and element.get("href"):
            self._links += 1
        elif tag in ("b", "strong"):
            self._bolds += 1
        elif tag == "br":
            self._words.append("\n")
        elif tag == "q":
            self._words.append("“")
        self._add(words_of(element, self.letters or frozenset()))

    def _leave(self, element: Any) -> None:
        tag = element.tag
        if tag == "q":
            self._words.append("”")
        elif tag == "a" and element.get("href"):
            self._links -= 1
        elif tag in ("b", "strong"):
            self._bolds -= 1
        if tag not in BLOCKS:
            return
        self._close()
        if tag in HEADINGS:
            self._level = 0
        elif tag in LISTS and self._lists:
            self._lists.pop()
            if not self._lists:
                self._last_group = None
        elif tag == "li":
            self._marker = None
        elif tag == "table":
            self._last_group = None
        elif tag in ("pre", "listing", "xmp"):
            self._preformatted = max(0, self._preformatted - 1)

    def _add(self, words: str | None) -> None:
        """Add words to the paragraph; line breaks of the source are white space unless the text is preformatted."""
        if words:
            self._linked += len(words.strip()) if self._links else 0
            self._is_bold = self._is_bold and (self._bolds > 0 or not words.strip())
            self._words.append(words if self._preformatted else words.replace("\n", " "))

    def _close(self) -> None:
        """End the current paragraph, and split it at empty lines."""
        text, linked, bold = "".join(self._words), self._linked, self._is_bold
        self._words.clear()
        self._linked, self._is_bold = 0, True
        if not collapse_space(text).strip():
            return
        linked_only = linked > _LINKED_SHARE * len(collapse_space(text)) and not (
            self._lists and self._lists[0].is_beside_prose
        )
        if self._level:
            self._add_part(Part(Kind.HEADING, collapse_space(text).replace("\n", " "), level=self._level))
            return
        for words in _EMPTY_LINES.split(text):
            if not collapse_space(words).strip():
                continue
            if self._marker is not None:
                self._add_part(Part(Kind.LIST_ITEM, collapse_space(words), self._marker, linked=linked_only), "list")
                self._marker = None
            else:
                part = Part(Kind.BODY, collapse_space(words), linked=linked_only, bold=bold and not self._lists)
                self._add_part(part, "list" if self._lists else None)

    def _add_part(self, part: Part, group: Any = None) -> None:
        joined = group is not None and group == self._last_group and part.kind is Kind.LIST_ITEM
        self.parts.append(replace(part, joined=joined))
        self._last_group = group

    def _is_data_row(self, row: Any) -> bool:
        """Return True for a row of a table of data; each table is judged once."""
        table = next(row.iterancestors("table"), None)
        if table is None or any(is_element(cell) and cell.tag not in ("td", "th") for cell in row):
            return False
        if table is not self._table:
            self._table, self._is_data_table = table, is_data_table(table)
            self._spanned = {}
        return self._is_data_table

    def _add_rows(self, element: Any) -> None:
        group = "dl" if element.tag == "dl" else next(element.iterancestors("table"), "table")
        for cells in rows_of(element):
            words = row_words([self._cell(cell) for cell in cells]) if element.tag == "dl" else self._row(cells)
            if words:
                self._add_part(Part(Kind.LIST_ITEM, words), group)

    def _row(self, cells: list[Any]) -> str:
        """Return the words of a row of a table; a cell that spans several rows repeats its words in each of them."""
        row: list[str] = []
        spanned, has_words = self._spanned, False
        self._spanned = {column: (left - 1, words) for column, (left, words) in spanned.items() if left > 1}
        for cell in cells:
            while len(row) in spanned:
                row.append(spanned[len(row)][1])
            words = self._cell(cell)
            has_words = has_words or bool(words)
            if (rows := span_of(cell, "rowspan")) > 1 and words:
                self._spanned[len(row)] = (rows - 1, words)
            row += [words, *[""] * (span_of(cell, "colspan") - 1)]
        while len(row) in spanned:
            row.append(spanned[len(row)][1])
        return row_words(row) if has_words else ""

    def _cell(self, element: Any) -> str:
        if is_unseen(element, self.hidden):
            return ""
        parts = PageWalk(self.hidden, self.left_out, letters=self.letters).through(element)
        return " ".join(part.marker + part.words.replace("\n", " ") for part in parts)


def span_of(cell: Any, name: str) -> int:
    """Return the number of rows or columns that a cell spans."""
    words = (cell.get(name) or "1").strip()
    return max(1, min(int(words), _MOST_SPANNED)) if re.fullmatch(r"\d{1,5}", words) else 1


def _list_of(element: Any) -> _List:
    count = sum(1 for child in element if child.tag == "li")
    reverse = element.get("reversed") is not None
    start = (element.get("start") or "").strip()
    first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else count if reverse else 1
    bullet = "bullet" if element.tag != "ol" else _TYPES.get(element.get("type") or "1", "decimal")
    return _List(_list_style(element) or bullet, first, -1 if reverse else 1, _is_beside_prose(element))


def _is_beside_prose(element: Any) -> bool:
    """Return True if prose precedes a list in the same element: its links are then words of the text."""
    before = islice(element.itersiblings("p", preceding=True), _NEAR)
    return any(next(p.iter("a"), None) is None and sum(map(len, p.itertext())) >= _PROSE for p in before)


def _list_style(element: Any) -> str | None:
    match = _LIST_STYLE.search((element.get("style") or "")[:500])
    return match.group(1).lower() if match else None


def _marker(element: Any, of: _List) -> str:
    """Return the visible bullet or number of an item."""
    value = (element.get("value") or "").strip()
    if re.fullmatch(r"-?\d{1,6}", value):
        of.number = int(value)
    number, of.number = of.number, of.number + of.step
    style = _list_style(element) or of.style
    if style == "none":
        return ""
    return "• " if style == "bullet" else f"{format_number(number, style)}. "


def _is_word_marker(element: Any) -> bool:
    """Return True for the bullet or number that Word wrote before a list item of a saved page."""
    return element.tag == "span" and "mso-list:ignore" in (element.get("style") or "").replace(" ", "").lower()


def _word_marker(element: Any) -> str:
    mark = "".join(element.itertext()).strip()
    return f"{mark} " if len(mark) > 1 else "• "  # a letter of a symbol font


def _is_note_mark(element: Any) -> bool:
    """Return True for the mark of a footnote, or the link back to the text."""
    if element.tag == "sup" and len(element) == 1 and not (element.text or "").strip():
        return not (element[0].tail or "").strip() and _is_note_mark(element[0])
    if element.tag != "a" or "#" not in (element.get("href") or ""):
        return False
    words = "".join(element.itertext()).strip()
    is_raised = next(element.iterdescendants("sup"), None) is not None or element.getparent().tag == "sup"
    names = f"{element.get('class') or ''} {element.get('role') or ''} {element.get('href') or ''}"
    is_note_link = re.search(r"foot-?note|noteref|backlink|#_?(?:ft?n|edn|cite|ref|注)", names, re.IGNORECASE)
    return bool((is_raised or is_note_link) and _NOTE_MARK.fullmatch(words))
