"""Walk through the text of an OpenDocument file and collect its headings, paragraphs, list items, tables and notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.document import Kind
from corpus.limits import Limits
from corpus.readers.blocks import Part, collapse_space
from corpus.readers.odf.styles import OdfStyles
from corpus.readers.package import child, children, name_of, number, value
from corpus.readers.table import Row, table_parts

# Deleted words, comments, readings of kanji, what is hidden, and drawings without words of their own.
_SKIPPED = frozenset(
    "tracked-changes annotation annotation-end ruby-text hidden-text hidden-paragraph note-citation forms "
    "sequence-decls variable-decls user-field-decls change change-start change-end bookmark script".split()
)
_PRINTED = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_INDEXES = frozenset(
    "table-of-content illustration-index table-index object-index user-index alphabetical-index".split()
)
_DRAWN = frozenset(("frame", "g", "custom-shape", "rect", "ellipse", "text-box"))
_CONTAINERS = _DRAWN | {"section", "index-body"}
_MOST_SPACES = 100
# The most columns of a sheet, as in Calc; an empty cell may be repeated over all of them.
_MOST_COLUMNS = 16_384
_DEEPEST_LIST = 10


@dataclass(slots=True)
class TextWalk:
    """One pass through a text.

    Attributes:
        styles: of the file.
        file: its name for messages.
        limits: of the rows of its tables.
    """

    styles: OdfStyles
    file: str
    limits: Limits
    hidden_rows: int = 0
    hidden_columns: int = 0
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def through(self, container: Any, lists: tuple[str, ...] = ()) -> Iterator[Part]:
        """Yield the parts of a text, a section, a text box or a note.

        Args:
            container: its element.
            lists: the styles of the lists around it, the outermost first.
        """
        for element in container:
            name = name_of(element)
            if name in ("h", "p"):
                yield from self._paragraph(element)
            elif name == "list":
                yield from self._list(element, lists)
            elif name == "table":
                yield from table_parts(self.rows(element), self.file, self.limits)
            elif name in _INDEXES:
                body = child(element, "index-body")
                yield from (Part(Kind.MENU, p.words) for p in (self.through(body) if body is not None else ()))
            elif name in _CONTAINERS and value(element, "display") != "none":
                yield from self.through(element, lists)

    def words(self, element: Any) -> str:
        """Return the visible words of a paragraph."""
        return "".join(self._pieces(element, [], []))

    def rows(self, table: Any) -> Iterator[Row]:
        """Yield the words of the visible rows of a table by their columns."""
        hidden = self._hidden_columns(table)
        spanned: dict[int, tuple[int, str]] = {}
        used: set[int] = set()
        for row in _rows_in(table):
            cells, spans = self._cells(row)
            if value(row, "visibility") in ("collapse", "filter"):
                self.hidden_rows += 1 if cells else 0
                continue
            if cells:
                cells = {**{column: words for column, (_, words) in spanned.items()}, **cells}
            spanned = {column: (left - 1, words) for column, (left, words) in spanned.items() if left > 1}
            spanned |= {column: (count - 1, cells.get(column, "")) for column, count in spans.items() if count > 1}
            used |= cells.keys() & hidden
            shown = {column: words for column, words in cells.items() if column not in hidden}
            for _ in range(min(number(row, "number-rows-repeated") or 1, self.limits.pieces + 1 if cells else 1)):
                yield shown
        self.hidden_columns += len(used)

    def _paragraph(self, element: Any) -> Iterator[Part]:
        boxes: list[Any] = []
        notes: list[tuple[str, Any]] = []
        style = value(element, "style-name")
        words = collapse_space("".join(self._pieces(element, boxes, notes)))
        if words and not self.styles.is_hidden(style):
            if name_of(element) == "h":
                yield Part(Kind.HEADING, words.replace("\n", " "), level=max(1, number(element, "outline-level") or 1))
            elif self.styles.is_title(style):
                yield Part(Kind.TITLE, words.replace("\n", " "))
            else:
                yield Part(
                    Kind.BODY, words, bold=self.styles.property(style, "text-properties", "font-weight") == "bold"
                )
        for box in boxes:
            yield from self.through(box)
        for mark, note in notes:
            for at, part in enumerate(self.through(note)):
                yield Part(Kind.BODY, part.words, f"{mark} " if at == 0 and mark else part.marker)

    def _pieces(self, element: Any, boxes: list[Any], notes: list[tuple[str, Any]]) -> Iterator[str]:
        """Yield the words of a paragraph in order; text boxes and notes are collected.

        Args:
            element: the paragraph, or a span inside it.
            boxes: the text boxes found; added to.
            notes: the marks and bodies of the notes found; added to.
        """
        yield element.text or ""
        for inner in element:
            name = name_of(inner)
            if name == "note":
                body = child(inner, "note-body")
                mark = "".join(t for c in inner if name_of(c) == "note-citation" for t in c.itertext())
                notes += [(mark.strip(), body)] if body is not None else []
            elif name in _DRAWN:
                boxes.append(inner)
            elif name == "s":
                yield " " * min(number(inner, "c") or 1, _MOST_SPACES)
            elif name in _PRINTED:
                yield _PRINTED[name]
            elif name and name not in _SKIPPED and not self.styles.is_hidden(value(inner, "style-name")):
                yield from self._pieces(inner, boxes, notes)
            yield inner.tail or ""

    def _list(self, element: Any, lists: tuple[str, ...]) -> Iterator[Part]:
        """Yield the items of a list; an item without a number of its own continues the item before."""
        style = value(element, "style-name") or (lists[-1] if lists else "")
        lists = (*lists, style)[-_DEEPEST_LIST:]
        key = (style, len(lists))
        if value(element, "continue-numbering") != "true" and value(element, "continue-list") is None:
            self._counts.pop(key, None)
        first = True
        for item in element:
            if name_of(item) not in ("list-item", "list-header"):
                continue
            start = number(item, "start-value") or self.styles.start(style, len(lists))
            has_number = name_of(item) == "list-item"
            if has_number:
                self._counts[key] = self._counts[key] + 1 if key in self._counts else start
            marker = self.styles.marker(style, len(lists), self._counts.get(key, start)) if has_number else ""
            for part in self.through(item, lists):
                if part.kind is Kind.BODY and marker:
                    yield Part(Kind.LIST_ITEM, part.words, marker, joined=not first)
                    marker, first = "", False
                elif part.kind is Kind.HEADING and marker:
                    yield Part(Kind.HEADING, part.words, marker if marker != "• " else "", part.level)
                    marker = ""
                else:
                    yield part

    def _cells(self, row: Any) -> tuple[dict[int, str], dict[int, int]]:
        """Return the words of a row's cells by their columns, and the rows that each cell spans if several."""
        cells: dict[int, str] = {}
        spans: dict[int, int] = {}
        column = 0
        for cell in row:
            if name_of(cell) not in ("table-cell", "covered-table-cell"):
                continue
            count = number(cell, "number-columns-repeated") or 1
            parts = self.through(cell) if name_of(cell) == "table-cell" and len(cell) else ()
            words = " ".join(part.marker + part.words for part in parts)
            for _ in range(min(count, _MOST_COLUMNS - column)) if words else ():
                cells[column] = words
                spans[column] = number(cell, "number-rows-spanned") or 1
                column += 1
            column += 0 if words else min(count, _MOST_COLUMNS - column)
        return cells, {column: count for column, count in spans.items() if count > 1}

    def _hidden_columns(self, table: Any) -> set[int]:
        hidden: set[int] = set()
        at = 0
        for column in table.iter("{*}table-column"):
            end = min(at + (number(column, "number-columns-repeated") or 1), _MOST_COLUMNS)
            if value(column, "visibility") in ("collapse", "filter"):
                hidden.update(range(at, end))
            at = end
        return hidden


def _rows_in(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, also those in groups and heads; a table in a cell is not entered."""
    for element in table:
        if name_of(element) == "table-row":
            yield element
        elif name_of(element) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows_in(element)


def frames(page: Any) -> list[Any]:
    """Return the frames and shapes of a slide, those of a group one by one."""
    found: list[Any] = []
    for element in page:
        if name_of(element) == "g":
            found += frames(element)
        elif name_of(element) in _DRAWN:
            found.append(element)
    return found


def has_picture(page: Any) -> bool:
    """Return True if a slide shows a picture."""
    return any(name_of(inner) == "image" for frame in frames(page) for inner in children(frame))
