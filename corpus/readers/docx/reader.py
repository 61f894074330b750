"""Read Word files (.docx): paragraphs, lists, tables and notes; page headers and footers are left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.blocks import Part, collapse_space, compose, row_words
from corpus.readers.docx.package import WordPackage
from corpus.readers.docx.raised import note_letters, raised_words
from corpus.readers.docx.styles import Numbering, Styles
from corpus.readers.package import child, is_on, name_of, number, properties_of, value

# Deleted and moved words, properties, furigana, fallbacks for older programs.
_SKIPPED = frozenset(
    "del moveFrom delText delInstrText rPr pPr sdtPr sdtEndPr Fallback rt rubyPr annotationRef fldData "
    "pPrChange rPrChange tblPrChange commentReference binData docPr cNvPr".split()
)
_PRINTED = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
_MARKS = frozenset("footnoteReference endnoteReference instrText fldChar sym".split())
_CONTAINERS = frozenset("sdt sdtContent ins moveTo customXml smartTag AlternateContent Choice".split())
# Facts by the names of the file's properties, the surest first.
_PROPERTIES = {"title": "title", "Company": "publisher", "creator": "publisher", "language": "language"}
# A table with a longer cell is for layout.
_CELL_CHARACTERS = 1000
# Columns of a table in Word, at most.
_MOST_COLUMNS = 63


def read_docx(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a Word file into text with its outline and the facts of its properties.

    Tracked insertions are kept, deletions dropped; notes follow the paragraph that refers to them.

    Raises:
        CorpusError: it is damaged, has a password, unpacks beyond the limits, declares entities, or holds no text.
    """
    package = WordPackage(raw, file, limits)
    body = child(package.document, "body")
    notes = {(kind, value(n, "id") or ""): n for kind in ("footnote", "endnote") for n in package.notes(kind)}
    styles = Styles.of(package.beside("styles.xml"))
    letters = note_letters(package.document, styles)
    walk = DocumentWalk(styles, Numbering.of(package.beside("numbering.xml")), notes, letters)
    parts = list(walk.through(body)) if body is not None else []
    titles = (collapse_space(part.words) for part in parts if part.kind is Kind.TITLE)
    title = next(filter(None, titles), None)
    properties = properties_of(package, _PROPERTIES, "Word properties")
    known = title or next((str(fact.value) for fact in properties if fact.name == "title"), None)
    text, blocks = compose(parts, known)
    if not blocks:
        raise CorpusError(f"{file}: the Word file holds no text; where its pages are pictures, give their text")
    facts = (Fact("title", title.replace("\n", " "), "first lines"), *properties) if title else properties
    return Content(text, blocks, facts=facts)


def visible_elements(paragraph: Any, hidden: bool = True) -> Iterator[tuple[Any, str]]:
    """Yield the visible elements of a paragraph in order, each with its characters.

    Deleted words and furigana are left out. Text boxes, references to notes, and the codes of fields come without
    characters; the paragraphs of a text box are not entered.

    Args:
        paragraph: its XML element.
        hidden: True to keep the words that Word hides.
    """
    from lxml import etree

    events = etree.iterwalk(paragraph, events=("start",))
    for _, element in events:
        name = name_of(element)
        if name in _SKIPPED or (not hidden and name == "r" and _is_hidden(element)):
            events.skip_subtree()
        elif name == "txbxContent":
            yield element, ""
            events.skip_subtree()
        elif name == "t":
            yield element, element.text or ""
        elif name in _MARKS:
            yield element, ""
        elif name in _PRINTED and element is not paragraph:
            yield element, _PRINTED[name]


@dataclass(slots=True)
class DocumentWalk:
    """One pass through a Word file.

    Attributes:
        styles: of its paragraphs.
        numbering: of its lists; it counts their items.
        notes: the footnotes and endnotes by kind and id; each follows the paragraph that refers to it.
        letters: the superscript letters with which paragraphs begin.
    """

    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Any] = field(default_factory=dict)
    letters: frozenset[str] = frozenset()
    _seen_notes: dict[str, int] = field(default_factory=dict)
    _last_list: int | None = None

    def through(self, container: Any) -> Iterator[Part]:
        """Yield the parts of a body, a text box or a note: paragraphs and tables in order."""
        for element in container:
            name = name_of(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                self._last_list = None
                yield from self._table(element)
            elif name in _CONTAINERS:
                yield from self.through(element)

    def _paragraph(self, element: Any) -> Iterator[Part]:
        words, boxes, notes = self._content(element)
        item = self.styles.list_of(element)
        marker = self.numbering.marker(*item) if item and collapse_space(words) else None
        if collapse_space(words):
            yield self._part(element, words, item, marker)
        for box in boxes:
            yield from self.through(box)
        for kind, note, count in notes:
            parts = list(self.through(note)) if kind else []
            yield from ((Part(Kind.BODY, p.words, f"{count} " if i == 0 else p.marker) for i, p in enumerate(parts)))

    def _part(self, element: Any, words: str, item: tuple[int, int] | None, marker: str | None) -> Part:
        names, level = self.styles.names(element), self.styles.level(element)
        joined = item is not None and item[0] == self._last_list
        self._last_list = None
        if "title" in names:
            return Part(Kind.TITLE, words.replace("\n", " "))
        if self.styles.is_contents(element):
            return Part(Kind.MENU, words)
        if level:
            return Part(Kind.HEADING, words.replace("\n", " "), marker or "", level)
        if item and marker is not None:
            self._last_list = item[0]
            return Part(Kind.LIST_ITEM, words, marker, joined=joined)
        if any(name.startswith("list bullet") for name in names):
            return Part(Kind.LIST_ITEM, words, "• ")
        return Part(Kind.BODY, words, bold=all(_is_bold(run) for run in element.iter() if _has_text(run)))

    def _content(self, paragraph: Any) -> tuple[str, list[Any], list[tuple[str, Any, int]]]:
        """Return a paragraph's words without hidden ones, its text boxes, and the notes to it."""
        words: list[str] = []
        boxes: list[Any] = []
        notes: list[tuple[str, Any, int]] = []
        for element, text in visible_elements(paragraph, hidden=False):
            name = name_of(element)
            if name == "txbxContent":
                boxes.append(element)
            elif name in ("footnoteReference", "endnoteReference"):
                notes.extend(self._note(name.removesuffix("Reference"), element))
            elif name == "t":
                words.append(raised_words(element, text, self.styles, self.letters))
            elif name != "softHyphen" and not (name == "br" and value(element, "type") in ("page", "column")):
                words.append(text)
        return "".join(words), boxes, notes

    def _note(self, kind: str, reference: Any) -> Iterator[tuple[str, Any, int]]:
        note = self.notes.pop((kind, value(reference, "id") or ""), None)
        if note is not None:
            self._seen_notes[kind] = self._seen_notes.get(kind, 0) + 1
            yield kind, note, self._seen_notes[kind]

    def _table(self, table: Any) -> Iterator[Part]:
        rows = [row for row in _inner(table, "tr") if child(row, "trPr", "del") is None]
        if not _is_tabular(table, rows):
            for row in rows:
                for cell in _inner(row, "tc"):
                    yield from self.through(cell)
            return
        above: dict[int, str] = {}
        for at, row in enumerate(rows):
            if words := self._row(row, above):
                yield Part(Kind.LIST_ITEM, words, joined=at > 0)

    def _row(self, row: Any, above: dict[int, str]) -> str:
        """Return the words of a row; a cell that continues the one above repeats its words.

        Args:
            row: its element.
            above: the words of the row above by their columns; replaced by those of the row.
        """
        cells: list[str] = []
        has_words = False
        for cell in _inner(row, "tc"):
            words = above.get(len(cells), "") if continues_above(cell) else self._cell(cell)
            has_words = has_words or bool(words and not continues_above(cell))
            cells += [words, *[""] * (spanned_columns(cell) - 1)]
        above.clear()
        above.update(enumerate(cells))
        return row_words(cells) if has_words else ""

    def _cell(self, cell: Any) -> str:
        return " ".join(part.marker + collapse_space(part.words).replace("\n", " ") for part in self.through(cell))


def _inner(element: Any, name: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those in a content control."""
    for inner in element:
        if name_of(inner) == name:
            yield inner
        elif name_of(inner) in _CONTAINERS:
            yield from _inner(inner, name)


def spanned_columns(cell: Any) -> int:
    """Return the number of columns that a cell of a table spans."""
    return min(max(number(child(cell, "tcPr", "gridSpan")) or 1, 1), _MOST_COLUMNS)


def continues_above(cell: Any) -> bool:
    """Return True if a cell continues the one above it."""
    merged = child(cell, "tcPr", "vMerge")
    return merged is not None and value(merged) != "restart"


def _is_tabular(table: Any, rows: list[Any]) -> bool:
    if any(name_of(inner) == "tbl" for inner in table.iterdescendants()):
        return False
    cells = (cell for row in rows for cell in _inner(row, "tc"))
    lengths = [sum(len(t.text or "") for t in cell.iter() if name_of(t) == "t") for cell in cells]
    return len(lengths) > 1 and max(lengths) <= _CELL_CHARACTERS


def _has_text(run: Any) -> bool:
    return name_of(run) == "r" and any(name_of(inner) == "t" and (inner.text or "").strip() for inner in run)


def _is_bold(run: Any) -> bool:
    return is_on(child(run, "rPr", "b"))


def _is_hidden(run: Any) -> bool:
    return is_on(child(run, "rPr", "vanish"))
