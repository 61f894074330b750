"""Read Excel files (.xlsx): each row of a visible sheet with the names of its columns; formulas by their results."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.blocks import Part, compose
from corpus.readers.package import Package, child, children, name_of, number, properties_of, value
from corpus.readers.table import table_parts
from corpus.readers.xlsx.values import BUILT_IN, format_value

_PROPERTIES = {"title": "title", "Company": "publisher", "creator": "publisher", "language": "language"}
_COLUMN = re.compile(r"([A-Z]{1,3})(\d{1,7})")
# Excel's own limit; a cell beyond it belongs to a damaged file.
_MOST_COLUMNS = 16_384
# Names that Excel gives to sheets by itself, in its languages.
_NO_NAME = re.compile(
    r"(?:sheet|tabelle|feuil|feuille|hoja|foglio|planilha|blad|ark|シート|工作表)\s*\d+", re.IGNORECASE
)
# Cells that repeat the words of a merged cell, over all of a sheet.
_MOST_MERGED = 10_000


def read_xlsx(raw: bytes, file: str, limits: Limits) -> Content:
    """Read an Excel file into tables, one section a sheet, with the facts of its properties.

    Hidden sheets, rows and columns are left out, and a warning says so.

    Raises:
        CorpusError: it is damaged, has a password, unpacks beyond the limits, has too many rows, or holds no words.
    """
    package = Package(raw, file, limits)
    workbook = _Workbook.of(package)
    parts: list[Part] = []
    for sheet in workbook.sheets:
        rows = list(table_parts(workbook.rows(sheet.part), file, limits))
        has_name = len(workbook.sheets) > 1 or not _NO_NAME.fullmatch(sheet.name)
        parts += [Part(Kind.HEADING, sheet.name, level=1)] * bool(rows and has_name) + rows
    facts = properties_of(package, _PROPERTIES, "Excel properties")
    title = next((str(fact.value) for fact in facts if fact.name == "title"), None)
    text, blocks = compose(parts, title or file)
    if not blocks:
        raise CorpusError(f"{file}: the Excel file holds no words that can be seen; give the sheet with its words")
    return Content(text, blocks, facts=(*facts, *_caption(parts)), warnings=tuple(workbook.warnings()))


def _caption(parts: list[Part]) -> tuple[Fact, ...]:
    """Return the line above the first table as the title; nothing where no line is there."""
    first = next((part for part in parts if part.kind is not Kind.HEADING), None)
    return (Fact("title", first.words, "first lines"),) if first and first.kind is Kind.BODY else ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A visible sheet: its name and the name of its part."""

    name: str
    part: str


@dataclass(slots=True)
class _Workbook:
    """The sheets of an Excel file, and what was left out while they were read."""

    package: Package
    sheets: list[_Sheet]
    hidden_sheets: list[str]
    strings: list[str]
    formats: list[str]
    is_1904: bool
    hidden_rows: int = 0
    hidden_columns: int = 0
    formulas: int = 0

    @classmethod
    def of(cls, package: Package) -> "_Workbook":
        main = next(iter(package.related("", "officeDocument").values()), "xl/workbook.xml")
        root = package.tree(main)
        if root is None or name_of(root) != "workbook":
            raise CorpusError(f"{package.file}: it has no Excel workbook; save it again from Excel, as .xlsx")
        parts = package.related(main, "worksheet")
        sheets = [element for element in children(root, "sheets") if _relation(element) in parts]
        strings = next(iter(package.related(main, "sharedStrings").values()), "")
        styles = next(iter(package.related(main, "styles").values()), "")
        return cls(
            package,
            [_Sheet(value(s, "name") or "", parts[_relation(s)]) for s in sheets if _is_visible(s)],
            [value(s, "name") or "" for s in sheets if not _is_visible(s)],
            [_words(element) for element in package.elements(strings, "si")] if strings in package.names else [],
            _formats(package.tree(styles)),
            (value(child(root, "workbookPr"), "date1904") or "0") in ("1", "true"),
        )

    def warnings(self) -> Iterator[str]:
        """Yield a sentence for each kind of things that were left out."""
        if self.hidden_sheets:
            names = ", ".join(f"“{name}”" for name in self.hidden_sheets[:10])
            yield f"Hidden sheets are left out: {names}."
        if self.hidden_rows or self.hidden_columns:
            yield f"Hidden rows ({self.hidden_rows:,}) and columns ({self.hidden_columns:,}) are left out."
        if self.formulas:
            yield f"Formulas without a stored result: {self.formulas:,}; open the file in Excel and save it again."

    def rows(self, part: str) -> Iterator[dict[int, str]]:
        """Yield the words of the visible cells of a sheet by their columns, and an empty row for each gap."""
        hidden = {n for element in self.package.elements(part, "cols") for c in element for n in _hidden_columns(c)}
        merged = _merged_cells(self.package, part)
        last, used = 0, set[int]()
        for element in self.package.elements(part, "row"):
            at = number(element, "r") or last + 1
            cells = {column: words for column, words in self._cells(element) if words}
            if not cells:
                continue
            merged.complete(at, cells)
            if at > last + 1:
                yield {}
            last = at
            if value(element, "hidden") in ("1", "true"):
                self.hidden_rows += 1
                continue
            used |= cells.keys() & hidden
            yield {column: words for column, words in cells.items() if column not in hidden}
        self.hidden_columns += len(used)

    def _cells(self, row: Any) -> Iterator[tuple[int, str]]:
        """Yield column, counted from 0, and words of each cell."""
        column = -1
        for cell in row:
            place = _COLUMN.fullmatch(value(cell, "r") or "")
            column = _column(place[1]) if place else column + 1
            if name_of(cell) == "c" and column < _MOST_COLUMNS:
                yield column, self._value(cell)

    def _value(self, cell: Any) -> str:
        kind, stored = value(cell, "t") or "n", child(cell, "v")
        words = stored.text or "" if stored is not None else ""
        if kind == "inlineStr":
            return _words(child(cell, "is"))
        if not words and child(cell, "f") is not None:
            self.formulas += 1
        if kind == "s":
            return self.strings[int(words)] if words.isdecimal() and int(words) < len(self.strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(words, words)
        style = number(cell, "s") or 0
        number_format = self.formats[style] if 0 <= style < len(self.formats) else ""
        return format_value(words, number_format, self.is_1904) if kind == "n" and words else words


def _relation(sheet: Any) -> str:
    return next((words for key, words in sheet.attrib.items() if key.endswith("}id")), "")


def _is_visible(sheet: Any) -> bool:
    return (value(sheet, "state") or "visible") == "visible"


def _words(element: Any | None) -> str:
    """Return the words of a string with all its runs, without the readings of kanji."""
    if element is None:
        return ""
    texts = (t for t in element.iter() if name_of(t) == "t" and name_of(t.getparent()) != "rPh")
    return "".join(t.text or "" for t in texts)


def _formats(styles: Any | None) -> list[str]:
    """Return the code of the number format of each cell style."""
    own = {number(f, "numFmtId"): value(f, "formatCode") or "" for f in children(styles, "numFmts")}
    formats: Mapping[int | None, str] = {**BUILT_IN, **own}
    return [formats.get(number(style, "numFmtId"), "") for style in children(styles, "cellXfs")]


def _hidden_columns(column: Any) -> range:
    if name_of(column) != "col" or value(column, "hidden") not in ("1", "true"):
        return range(0)
    return range((number(column, "min") or 1) - 1, min(number(column, "max") or 0, _MOST_COLUMNS))


@dataclass(slots=True)
class _MergedCells:
    """The cells of a sheet that are merged over several rows: each row repeats their words."""

    first_rows: dict[int, dict[int, int]] = field(default_factory=dict)
    words: dict[tuple[int, int], str] = field(default_factory=dict)

    def complete(self, row: int, cells: dict[int, str]) -> None:
        """Add to the cells of a row the words of those that continue from a row above."""
        for column, first in self.first_rows.get(row, {}).items():
            if first == row:
                self.words[row, column] = cells.get(column, "")
            else:
                cells.setdefault(column, self.words.get((first, column), ""))


def _merged_cells(package: Package, part: str) -> _MergedCells:
    merged = _MergedCells()
    count = 0
    for element in package.elements(part, "mergeCell"):
        ends = [_COLUMN.fullmatch(end) for end in (value(element, "ref") or "").split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None:
            continue
        column, first, last = _column(ends[0][1]), int(ends[0][2]), int(ends[1][2])
        count += max(0, last - first)
        if count > _MOST_MERGED:
            break
        if last > first:
            for row in range(first, last + 1):
                merged.first_rows.setdefault(row, {})[column] = first
    return merged


def _column(letters: str) -> int:
    """Return the number of a column from 0: 0 for "A", 26 for "AA"."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1
