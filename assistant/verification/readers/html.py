"""Read an HTML report to verify: blocks as paragraphs, `blockquote` and `q` as quotations, linked notes as notes."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.verification.readers.report import (
    Link,
    Paragraph,
    Pointer,
    ReportRefused,
    ReportText,
    counted,
    hidden_paragraphs,
    table_context,
)
from assistant.verification.readers.shown import GENERATED, HIDDEN, STRUCK, ShownElements, lowered_digits
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.blocks import superscript
from corpus.readers.html.elements import BLOCKS, is_element, is_raised, note_letters, traverse
from corpus.readers.html.reader import parse_page
from corpus.readers.html.walk import span_of
from corpus.readers.merged_cells import MergedCell, TableGrid
from corpus.span import Span

# Elements without words of the page: scripts, readings above words, what an old or a new program shows instead.
_UNSEEN = frozenset("script style template noscript head title iframe object rt rp rtc datalist desc".split())
# Those that show something which is not read, and how it is called.
_UNREAD = dict.fromkeys("img picture canvas image".split(), "picture") | {
    "iframe": "embedded page", "object": "embedded object", "embed": "embedded object", "audio": "recording",
    "video": "recording", "script": "script",
}  # fmt: skip
_CELLS = ("td", "th")
# Kinds of scripts that run, and fields of forms whose words are shown.
_SCRIPTS = frozenset(("", "module", "text/javascript", "application/javascript"))
_FIELDS = frozenset(("", "text", "search", "email", "url", "tel", "submit", "button", "reset"))
# Attributes that show words when an element is pointed at, or that are read aloud.
_TIPS = ("title", "aria-label")
# Elements for the source of a block quotation or of a figure that holds one.
_SOURCES = ("cite", "footer", "figcaption")
_LOWERED = re.compile(r"vertical-align\s*:\s*(?:sub\b|text-bottom\b|-)", re.IGNORECASE)


def read_html(raw: bytes, path: Path) -> ReportText:
    """Read an HTML file without fetching anything.

    Raises:
        ReportRefused: it is no HTML page, nested too deep, or declares XML entities.
    """
    try:
        root = parse_page(raw, str(path), Limits()).root
    except CorpusError as error:
        raise ReportRefused(str(error)) from error
    collector = _ParagraphCollector(root)
    paragraphs = collector.collect(root)
    notes = [p for p in paragraphs if p.note]
    ordered = (*(p for p in paragraphs if not p.note), *notes, *hidden_paragraphs([*collector.hidden, *collector.tips]))
    return ReportText(path.name, ordered, collector.unread(root))


class _ParagraphCollector:
    """Collects the paragraphs of a page; each block element begins and ends a paragraph."""

    def __init__(self, root: Any) -> None:
        by_id = {element.get("id"): element for element in root.iter() if is_element(element) and element.get("id")}
        links = [link for link in root.iter("a") if (link.get("href") or "").startswith("#") and _is_mark(link)]
        targets = {link.get("href").removeprefix("#") for link in links}
        # A link back from a note leads to its mark, which is no note.
        self._letters = note_letters(root)
        self._notes = {name for name in targets & by_id.keys() if not _is_mark(by_id[name])}
        self._paragraphs: list[Paragraph] = []
        self._text: list[str] = []
        self._length = 0
        self._pointers: list[Pointer] = []
        self._links: list[Link] = []
        self._note: str | None = None
        self._is_quote = False
        self._is_source = False
        self._cells: list[Any] = []
        # For each open element: the note and quotation around it, and the offset of its words.
        self._open: list[tuple[str | None, bool, int]] = []
        self._shown = ShownElements(root)
        self._lowered = 0
        self._raised = 0
        self._struck = 0
        self.hidden: list[str] = []
        self.tips: list[str] = []

    def unread(self, root: Any) -> tuple[tuple[str, int], ...]:
        """Return what a reader sees on the page and its words do not have."""
        seen = (e.tag for e in root.iter() if is_element(e) and not any(e.iterancestors("picture", "noscript")))
        kinds = [_UNREAD[tag] for tag in seen if tag in _UNREAD and tag != "script"]
        kinds += ["script" for script in root.iter("script") if (script.get("type") or "").lower() in _SCRIPTS]
        others = (STRUCK, self._struck), (HIDDEN, len(self.hidden)), (GENERATED, self._shown.generated)
        return counted([*kinds, *(kind for kind, number in others for _ in range(number))])

    def collect(self, root: Any) -> list[Paragraph]:
        """Return the paragraphs in document order, notes included."""
        for event, element in traverse(root, self._accept):
            if event == "start":
                self._enter(element)
                continue
            if event == "end":
                self._leave(element)
            if element is not root:
                self._add_words(element.tail or "")
        self._close()
        return self._paragraphs

    def _accept(self, element: Any) -> bool:
        """Return False for invisible elements, footnote marks and links back to them; record the marks."""
        if is_element(element) and element.tag == "noscript":
            self.hidden.append("".join(element.itertext()))
        if not is_element(element) or element.tag in _UNSEEN:
            return False
        if self._shown.is_struck(element):
            self._struck += 1
            return False
        if self._shown.is_hidden(element) and element.get("id") not in self._notes:
            self.hidden.append("".join(element.itertext()))
            return False
        target = element.get("href") or ""
        if element.tag != "a" or not target.startswith("#"):
            return True
        if self._note is not None:
            return not _is_mark(element)
        if target.removeprefix("#") in self._notes:
            self._pointers.append(Pointer(self._length, target.removeprefix("#")))
            return False
        return True

    def _enter(self, element: Any) -> None:
        around = self._note, self._is_quote
        if element.tag in BLOCKS or element.get("id") in self._notes or _is_source(element):
            self._close()
        self._is_source = self._is_source or _is_source(element)
        if element.get("id") in self._notes:
            self._note = element.get("id")
        self._is_quote = self._is_quote or _is_quotation(element)
        self._open.append((*around, self._length))
        if element.tag in _CELLS:
            self._cells.append(element)
        self._raised += is_raised(element) and element.tag not in BLOCKS
        self._lowered += _is_lowered(element)
        self._add({"br": "\n", "q": "“", "bdo": _override(element)}.get(element.tag, ""))
        if element.tag == "input" and (element.get("type") or "").lower() in _FIELDS:
            self._add(f" {element.get('value') or element.get('placeholder') or ''} ")
        self.tips += [words for name in _TIPS if (words := element.get(name))]
        self._add_words(element.text or "")

    def _leave(self, element: Any) -> None:
        note, is_quote, start = self._open.pop()
        self._add("”" if element.tag == "q" else "\u202c" if _override(element) else "")
        self._raised -= is_raised(element) and element.tag not in BLOCKS
        self._lowered -= _is_lowered(element)
        address = element.get("href") if element.tag == "a" else None
        if address and not address.startswith("#") and self._length > start:
            self._links.append(Link(Span(start, self._length), address))
        if element.tag in BLOCKS or note != self._note or _is_source(element):
            self._close()
        self._is_source = self._is_source and not _is_source(element)
        self._note, self._is_quote = note, is_quote
        if element.tag in _CELLS:
            self._cells.pop()

    def _add_words(self, words: str) -> None:
        """Add words of the page, those of a superscript or subscript in its characters."""
        if words and self._raised:
            words = superscript(words, self._letters)
        elif words and self._lowered:
            words = lowered_digits(words, next((t for t in reversed(self._text) if t), ""))
        self._add(words)

    def _add(self, words: str) -> None:
        self._text.append(words)
        self._length += len(words)

    def _close(self) -> None:
        """End the current paragraph, if it has text."""
        text = "".join(self._text)
        if text.strip():
            where = f"note {self._note}" if self._note else f"paragraph {len(self._paragraphs) + 1}"
            is_quote = self._is_quote and self._note is None
            links = tuple(self._links)
            context = _cell_context(self._cells[-1]) if self._cells else ""
            pointers = tuple(self._pointers)
            paragraph = Paragraph(
                text, where, is_quote, pointers, links, self._note, context=context, is_source=self._is_source
            )
            self._paragraphs.append(paragraph)
        self._text, self._length, self._pointers, self._links = [], 0, [], []


def _override(element: Any) -> str:
    """Return the mark that reverses the words of an element; empty for one that does not."""
    return "\u202e" if element.tag == "bdo" and (element.get("dir") or "").lower() == "rtl" else ""


def _is_lowered(element: Any) -> bool:
    return element.tag == "sub" or _LOWERED.search(element.get("style") or "") is not None


def _cell_context(cell: Any) -> str:
    """Return what a table says of a cell; nothing of one that names others."""
    table = next(cell.iterancestors("table"), None)
    return "" if table is None or cell.tag == "th" else table_context(_grid(table), cell, _words)


@lru_cache(maxsize=2)
def _grid(table: Any) -> TableGrid:
    """Return the cells of a table by their columns; the same for all cells of the table that is read."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    return TableGrid(
        [MergedCell(c, span_of(c, "colspan"), span_of(c, "rowspan")) for c in row if is_element(c) and c.tag in _CELLS]
        for row in rows
    )


def _words(cell: Any) -> str:
    return " ".join("".join(cell.itertext()).split())


def _is_quotation(element: Any) -> bool:
    """Return True for a block quotation, and for a passage in the annex of an export of this program."""
    return element.tag == "blockquote" or (element.tag == "p" and "passage" in (element.get("class") or "").split())


def _is_source(element: Any) -> bool:
    """Return True for the element of the source of a block quotation, behind its words or below its figure."""
    if element.tag not in _SOURCES:
        return False
    if element.tag == "figcaption":
        figure = next(element.iterancestors("figure"), None)
        return figure is not None and next(figure.iter("blockquote"), None) is not None
    is_last = element.getnext() is None and not (element.tail or "").strip()
    return is_last and next(element.iterancestors("blockquote"), None) is not None


def _is_mark(link: Any) -> bool:
    """Return True if a link is printed as a footnote mark: a number, a sign, an arrow back."""
    words = "".join(link.itertext()).strip().strip("[]()")
    return len(words) <= 4 and (not words.isalpha() or len(words) == 1)
