"""Read a Word report to verify: body with text boxes, notes, headers, footers and comments, with styles and links."""

import re
from collections.abc import Iterator, Mapping
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
from assistant.verification.readers.shown import HIDDEN, STRUCK, is_hidden_run, is_struck_run, lowered_digits
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.docx.package import WordPackage
from corpus.readers.docx.raised import is_lowered, note_letters, raised_words
from corpus.readers.docx.reader import continues_above, spanned_columns, visible_elements
from corpus.readers.docx.styles import Styles
from corpus.readers.merged_cells import MergedCell, TableGrid
from corpus.readers.package import Relation, child, name_of, value
from corpus.span import Span

# Quotation styles as Word and LibreOffice name them in English, German, French, Spanish, Italian, Dutch and Japanese.
_QUOTE_STYLES = frozenset(
    "quote|intense quote|block quote|block quotation|block text|quotation|quotations|zitat|intensives zitat|blockzitat"
    "|citation|citation intense|cita|cita destacada|citazione|citazione intensa|citaat|duidelijk citaat|引用文"
    "|引用文 2|quotation text|passage".split("|")  # the last one is that of our own export's annex
)
_QUOTE_IDS = ("quote", "intensequote")
COMMENT_AUTHOR = "Rapporteur"
"""The author of the comments in an annotated copy; they are no words of the report."""
SYMBOL = "\ufffc"
"""Stands for a character of a font of symbols, whose meaning no text tells."""
_UNREAD = {
    "blip": "picture", "imagedata": "picture", "chart": "chart", "OLEObject": "embedded object", "relIds": "diagram",
    "altChunk": "embedded document", "textpath": "WordArt",
}  # fmt: skip
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"(?:\s+\\l\s+"([^"]+)")?')


def read_docx(raw: bytes, path: Path) -> ReportText:
    """Read a .docx file.

    Raises:
        ReportRefused: it is damaged, encrypted, unpacks to too much, or declares XML entities.
    """
    try:
        package = WordPackage(raw, str(path), Limits())
        styles = Styles.of(package.beside("styles.xml"))
        relations = package.relations(package.main)
        letters = note_letters(package.document, styles)
        hidden: list[str] = []
        paragraphs = [
            _paragraph(element, f"paragraph {count}", relations, styles, letters=letters, hidden=hidden)
            for count, element in enumerate(body_paragraphs(package.document), 1)
        ]
        for kind in ("footnote", "endnote"):
            paragraphs += _notes(package, kind, styles, hidden)
        paragraphs += _beside_body(package, styles, hidden)
    except CorpusError as error:
        raise ReportRefused(str(error)) from error
    words = [HIDDEN if run else STRUCK for run in hidden]
    elements = package.document.iter() if package.document is not None else ()
    unread = counted([*(_UNREAD[name_of(e)] for e in elements if name_of(e) in _UNREAD), *words])
    return ReportText(path.name, (*paragraphs, *hidden_paragraphs(hidden)), unread)


def require_safe(raw: bytes, path: Path) -> None:
    """Refuse a Word file that another library should not open.

    Raises:
        ReportRefused: as `read_docx`.
    """
    try:
        WordPackage(raw, str(path), Limits()).require_plain_parts()
    except CorpusError as error:
        raise ReportRefused(str(error)) from error


def body_paragraphs(document: Any) -> list[Any]:
    """Return the XML elements of a document's paragraphs in order, those of notes left out."""
    body = child(document, "body")
    return [] if body is None else _paragraphs_in(body)


def _paragraphs_in(container: Any) -> list[Any]:
    """Return the paragraphs inside an element, text boxes included; these stand there twice, for old programs too."""
    return [
        element
        for element in container.iter(f"{{{container.nsmap[container.prefix]}}}p")
        if not any(name_of(around) == "Fallback" for around in element.iterancestors())
    ]


def _paragraph(
    element: Any,
    where: str,
    relations: Mapping[str, Relation],
    styles: Styles,
    note: str | None = None,
    letters: frozenset[str] = frozenset(),
    hidden: list[str] | None = None,
) -> Paragraph:
    text: list[str] = []
    pointers: list[Pointer] = []
    links: list[Link] = []
    length = 0
    field: tuple[int, str] | None = None
    for part, words in shown_elements(element, styles, hidden):
        name = name_of(part)
        if name in ("footnoteReference", "endnoteReference"):
            pointers.append(Pointer(length, f"{name.removesuffix('Reference')} {value(part, 'id')}"))
        elif name == "instrText" and (code := _HYPERLINK.match(part.text or "")):
            field = (length, code.group(1) + (f"#{code.group(2)}" if code.group(2) else ""))
        elif name == "fldChar" and value(part, "fldCharType") == "end" and field:
            links += [Link(Span(field[0], length), field[1])] if length > field[0] else []
            field = None
        elif words and (address := _address(part, relations)):
            links.append(Link(Span(length, length + len(words)), address))
        words = raised_words(part, words, styles, letters)
        if words and is_lowered(part.getparent(), styles):
            words = lowered_digits(words, text[-1] if text else "").center(len(words))
        text.append(words)
        length += len(words)
    is_quote, context = _is_quote(element, styles), _cell_context(element)
    return Paragraph("".join(text), where, is_quote, tuple(pointers), tuple(links), note, context=context)


def shown_elements(paragraph: Any, styles: Styles, hidden: list[str] | None = None) -> Iterator[tuple[Any, str]]:
    """Yield the elements of a paragraph that a reader sees, each with its characters, a symbol with one for any sign.

    Args:
        paragraph: its XML element.
        styles: of the file.
        hidden: gets the words that Word hides, and an empty string for each that are struck out.
    """
    for element, words in visible_elements(paragraph):
        if name_of(element) == "sym":
            yield element, SYMBOL
            continue
        run = element.getparent()
        if not words.strip() or name_of(run) != "r":
            yield element, words
        elif is_struck_run(run, paragraph, styles) or is_hidden_run(run, paragraph, styles):
            if hidden is not None:
                hidden.append("" if is_struck_run(run, paragraph, styles) else words)
        else:
            yield element, words


def _cell_context(paragraph: Any) -> str:
    """Return what a table says of the cell that a paragraph is in; nothing for one outside tables."""
    cell = next((around for around in paragraph.iterancestors() if name_of(around) == "tc"), None)
    row = cell.getparent() if cell is not None else None
    return "" if row is None or row.getparent() is None else table_context(_grid(row.getparent()), cell, _words)


@lru_cache(maxsize=2)
def _grid(table: Any) -> TableGrid:
    """Return the cells of a table by their columns; the same for all cells of the table that is read."""
    rows = ([cell for cell in row if name_of(cell) == "tc"] for row in table if name_of(row) == "tr")
    return TableGrid(
        [MergedCell(cell, spanned_columns(cell), continues_above=continues_above(cell)) for cell in row] for row in rows
    )


def _words(cell: Any) -> str:
    return " ".join(" ".join(part.text or "" for part in cell.iter() if name_of(part) == "t").split())


def _address(part: Any, relations: Mapping[str, Relation]) -> str | None:
    """Return the address of the hyperlink around an element, or None."""
    around = part.getparent()
    while around is not None and name_of(around) not in ("hyperlink", "p"):
        around = around.getparent()
    if around is None or name_of(around) == "p":
        return None
    relation = relations.get(value(around, "id") or "")
    if relation is None or not relation.is_external:
        return None
    anchor = value(around, "anchor")
    return relation.target + (f"#{anchor}" if anchor else "")


def _is_quote(element: Any, styles: Styles) -> bool:
    """Return True if a paragraph has a quotation style or a style that is based on one."""
    style_id = (value(child(element, "pPr", "pStyle")) or "").lower()
    ids = (value(style, "styleId") for style in styles.chain(element))
    return (
        style_id in (*_QUOTE_IDS, "zitat", "quotations")
        or not _QUOTE_STYLES.isdisjoint(styles.names(element))
        or any((identity or "").lower() in _QUOTE_IDS for identity in ids)
    )


def _notes(package: WordPackage, kind: str, styles: Styles, hidden: list[str]) -> Iterator[Paragraph]:
    relations = package.relations(f"{package.main.rpartition('/')[0]}/{kind}s.xml")
    for note in package.notes(kind):
        name = f"{kind} {value(note, 'id')}"
        for element in note.iter():
            if name_of(element) == "p":
                yield _paragraph(element, name, relations, styles, name, hidden=hidden)


def _beside_body(package: WordPackage, styles: Styles, hidden: list[str]) -> Iterator[Paragraph]:
    """Yield the paragraphs of headers, footers and comments; a header that several sections print comes once."""
    for kind, relation_kind in (("header", "header"), ("footer", "footer"), ("comment", "comments")):
        seen: set[str] = set()
        for part in dict.fromkeys(package.related(package.main, relation_kind).values()):
            root = package.tree(part)
            relations = package.relations(part)
            containers = [] if root is None else [root] if kind != "comment" else _comments(root)
            for container in containers:
                where = f"{kind} {len(seen) + 1}"
                read = [
                    _paragraph(element, where, relations, styles, hidden=hidden)
                    for element in _paragraphs_in(container)
                ]
                words = "\n".join(paragraph.text for paragraph in read)
                if words.strip() and words not in seen:
                    seen.add(words)
                    yield from read


def _comments(root: Any) -> list[Any]:
    return [comment for comment in root if name_of(comment) == "comment" and value(comment, "author") != COMMENT_AUTHOR]
