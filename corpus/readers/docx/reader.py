"""Reads Word files (.docx): what their pages show but headers and footers. No link is followed."""

from typing import Any

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.blocks import composed, tidy
from corpus.readers.docx.styles import Numbering, Styles, child, name_of, value
from corpus.readers.docx.walk import Walk
from corpus.readers.zip_container import Zipped

ORIGIN = "Word properties"
_MAIN = "word/document.xml"
_TITLES_LINE = "first lines"


def read_docx(raw: bytes, file: str, limits: Limits) -> Content:
    """The text of a Word file with its outline and the facts of its properties.

    Words that were inserted while changes were tracked count, deleted ones do not; notes stand below their paragraph.

    Raises:
        CorpusError: it is damaged, has a password, unpacks beyond the limits, declares entities, or holds no text.
    """
    archive = Zipped(raw, file, limits)
    folder, main = _main_part(archive, file)
    body = child(main, "body")
    notes: dict[tuple[str, str], Any] = {
        (kind, value(note, "id") or ""): note
        for kind in ("footnote", "endnote")
        for note in _read(archive, f"{folder}{kind}s.xml", file, ())
        if name_of(note) == kind and (value(note, "type") or "normal") == "normal"
    }
    walk = Walk(
        Styles.of(_read(archive, f"{folder}styles.xml", file)),
        Numbering.of(_read(archive, f"{folder}numbering.xml", file)),
        notes,
    )
    parts = list(walk.through(body)) if body is not None else []
    title = next((tidy(part.words) for part in parts if part.kind is Kind.TITLE and tidy(part.words)), None)
    properties = _properties(archive, file)
    known = title or next((str(fact.value) for fact in properties if fact.name == "title"), None)
    text, blocks = composed(parts, known)
    if not blocks:
        raise CorpusError(f"{file}: the Word file holds no text; where its pages are pictures, give their text")
    facts = (Fact("title", title.replace("\n", " "), _TITLES_LINE), *properties) if title else properties
    return Content(text, blocks, facts=facts)


def _main_part(archive: Zipped, file: str) -> tuple[str, Any]:
    """The folder of the main part, and its content."""
    name = _MAIN
    for relation in _read(archive, "_rels/.rels", file, ()):
        if (value(relation, "Type") or "").endswith("/officeDocument") and value(relation, "TargetMode") != "External":
            name = (value(relation, "Target") or _MAIN).lstrip("/")
    found = _read(archive, name, file)
    if found is None or name_of(found) != "document":
        raise CorpusError(f"{file}: no Word document is in it; save it again from Word, as .docx")
    return name.rpartition("/")[0] + "/" if "/" in name else "", found


def _read(archive: Zipped, name: str, file: str, missing: Any = None) -> Any:
    """A part as a tree; nothing beyond it is loaded, and entities are not resolved."""
    from lxml import etree

    raw = archive.part(name)
    if raw is None:
        return missing
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CorpusError(f"{file}: damaged in its part {name!a}, or nested too deep; save it again") from error
    if root.getroottree().docinfo.doctype:
        raise CorpusError(f"{file}: its part {name!a} declares a document type, which no Word file has")
    return root


def _properties(archive: Zipped, file: str) -> tuple[Fact, ...]:
    """Title, author or company, and language, as the file's properties state them."""
    names = {"title": "title", "Company": "publisher", "creator": "publisher", "language": "language"}
    stated = {
        name_of(element): tidy(element.text or "").replace("\n", " ")
        for part in ("docProps/app.xml", "docProps/core.xml")
        for element in _read(archive, part, file, ())
    }
    return tuple(Fact(fact, stated[name], ORIGIN) for name, fact in names.items() if stated.get(name))
