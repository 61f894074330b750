"""Reads a Word report: body, tables, footnotes and endnotes, across runs, with deleted words left out."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.verification.readers.report import Link, Paragraph, Pointer, Report, ReportRefused
from corpus.span import Span

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_PARTS = 10_000
_DECLARATION = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(?:D\x00O|E\x00N)"
)
# Quotation styles as Word and LibreOffice name them in English, German, French, Spanish, Italian, Dutch and Japanese.
_QUOTE_STYLES = frozenset(
    "quote|intense quote|block quote|block quotation|block text|quotation|quotations|zitat|intensives zitat|blockzitat"
    "|citation|citation intense|cita|cita destacada|citazione|citazione intensa|citaat|duidelijk citaat|引用文"
    "|引用文 2|quotation text|passage".split("|")  # the last one is that of our own export's annex
)
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"(?:\s+\\l\s+"([^"]+)")?')


def read_docx(raw: bytes, path: Path) -> Report:
    """Read a .docx file; broken ones raise whatever the parsers raise.

    Raises:
        ReportRefused: it is encrypted, unpacks to too much, or declares XML entities.
    """
    document = opened(raw, path)
    paragraphs: list[Paragraph] = []
    for element in document.element.body.iter(f"{_W}p"):
        paragraphs.append(_paragraph(element, f"paragraph {len(paragraphs) + 1}", document.part, document))
    for kind in ("footnotes", "endnotes"):
        paragraphs += _notes(document, kind)
    return Report(path.name, tuple(paragraphs))


def opened(raw: bytes, path: Path) -> "WordDocument":
    """A Word file that is safe to open, opened.

    Raises:
        ReportRefused: as `read_docx`.
    """
    from docx import Document as open_word

    _refuse_bombs(raw, path)
    return open_word(io.BytesIO(raw))


def body_paragraphs(document: "WordDocument") -> list[Any]:
    """The XML elements of the paragraphs in the order in which `read_docx` counts them, footnotes left out."""
    return list(document.element.body.iter(f"{_W}p"))


def texts_of(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The elements of a paragraph that print characters, in order, each with what it prints.

    Deleted words and those of a text box inside are left out; the box's paragraphs are counted on their own.
    """
    for child in paragraph.iterchildren():
        if child.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}p"):
            continue
        if child.tag == f"{_W}t":
            yield child, child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            yield child, "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield child, "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield child, "\u2011"
        elif child.tag == f"{_W}softHyphen":
            yield child, "\u00ad"
        elif child.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference", f"{_W}instrText", f"{_W}fldChar"):
            yield child, ""
        elif child.tag in (
            f"{_W}hyperlink",
            f"{_W}r",
            f"{_W}ins",
            f"{_W}smartTag",
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}moveTo",
            f"{_W}fldSimple",
        ):
            yield from texts_of(child)


def _paragraph(element: Any, where: str, part: Any, document: "WordDocument", note: str | None = None) -> Paragraph:
    text: list[str] = []
    pointers: list[Pointer] = []
    links: list[Link] = []
    length = 0
    field: tuple[int, str] | None = None
    for printed, words in texts_of(element):
        kind = printed.tag.removeprefix(_W)
        if kind in ("footnoteReference", "endnoteReference"):
            pointers.append(Pointer(length, f"{kind.removesuffix('Reference')} {printed.get(f'{_W}id')}"))
        elif kind == "instrText" and (found := _HYPERLINK.match(printed.text or "")):
            field = (length, found.group(1) + (f"#{found.group(2)}" if found.group(2) else ""))
        elif kind == "fldChar" and printed.get(f"{_W}fldCharType") == "end" and field:
            links += [Link(Span(field[0], length), field[1])] if length > field[0] else []
            field = None
        elif words and (address := _address(printed, part)):
            links.append(Link(Span(length, length + len(words)), address))
        text.append(words)
        length += len(words)
    return Paragraph("".join(text), where, _is_quote(element, document), tuple(pointers), tuple(links), note)


def _address(printed: Any, part: Any) -> str | None:
    """The address of the hyperlink around an element."""
    around = printed.getparent()
    while around is not None and around.tag not in (f"{_W}hyperlink", f"{_W}p"):
        around = around.getparent()
    if around is None or around.tag != f"{_W}hyperlink":
        return None
    relation = part.rels.get(around.get(f"{_R}id"))
    if relation is None or not relation.is_external:
        return None
    anchor = around.get(f"{_W}anchor")
    return str(relation.target_ref) + (f"#{anchor}" if anchor else "")


def _is_quote(element: Any, document: "WordDocument") -> bool:
    """Whether a paragraph has a quotation's style, or one that is based on it."""
    found = element.find(f"{_W}pPr/{_W}pStyle")
    identity = found.get(f"{_W}val") if found is not None else None
    styles = {style.style_id: style for style in document.styles} if identity else {}
    style = styles.get(identity) if identity else None
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        if (style.name or "").lower() in _QUOTE_STYLES or style.style_id.lower() in ("quote", "intensequote"):
            return True
        style = getattr(style, "base_style", None)
    return identity is not None and identity.lower() in ("quote", "intensequote", "zitat", "quotations")


def _notes(document: "WordDocument", kind: str) -> Iterator[Paragraph]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(f"/{kind}"):
            continue
        part = relation.target_part
        for number, note in enumerate(etree.fromstring(part.blob, parser).iter(f"{_W}{kind.removesuffix('s')}")):
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            identity = f"{kind.removesuffix('s')} {note.get(f'{_W}id')}"
            for element in note.iter(f"{_W}p"):
                yield _paragraph(
                    element, f"{kind.removesuffix('s')} {_printed_number(note, number)}", part, document, identity
                )


def _printed_number(note: Any, number: int) -> str:
    """A note's number as printed: its id counts from 1 in what Word writes."""
    return note.get(f"{_W}id") or str(number)


def _refuse_bombs(raw: bytes, path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise ReportRefused(f"{path}: encrypted; save it without a password")
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
            raise ReportRefused(f"{path}: unpacks to over {_MOST_UNPACKED:,} bytes; save it without large pictures")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as content:
                    if _DECLARATION.search(content.read(4096)):
                        raise ReportRefused(
                            f"{path}: {part.filename} declares XML entities, which no report needs; save it again"
                        )
