"""Read OpenDocument files: texts (.odt), sheets (.ods) and slides (.odp)."""

from collections.abc import Callable, Iterator
from typing import Any

from corpus.content import Content
from corpus.document import NOTES, Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.blocks import Part, collapse_space, compose
from corpus.readers.odf.styles import OdfStyles
from corpus.readers.odf.walk import TextWalk, frames, has_picture
from corpus.readers.package import Package, child, name_of, value

_ORIGIN = "OpenDocument properties"
_META = {"title": "title", "creator": "publisher", "initial-creator": "publisher", "language": "language"}


def read_odt(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a text: headings, paragraphs, lists, tables and notes; deleted and hidden words are left out.

    Raises:
        CorpusError: it is damaged, has a password, unpacks beyond the limits, or holds no text.
    """
    return _read(raw, file, limits, "text", lambda body, walk: list(walk.through(body)))


def read_ods(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a file of sheets into tables, one section a sheet; hidden sheets, rows and columns are left out.

    Raises:
        CorpusError: it is damaged, has a password, unpacks beyond the limits, has too many rows, or holds no words.
    """
    return _read(raw, file, limits, "spreadsheet", lambda body, walk: list(_sheets(body, walk)))


def read_odp(raw: bytes, file: str, limits: Limits) -> Content:
    """Read slides, each a section with its notes; hidden slides are left out.

    Raises:
        CorpusError: it is damaged, has a password, unpacks beyond the limits, or its slides hold no text.
    """
    return _read(raw, file, limits, "presentation", lambda body, walk: list(_slides(body, walk)))


def _read(raw: bytes, file: str, limits: Limits, kind: str, parts_of: Callable[[Any, TextWalk], list[Part]]) -> Content:
    package = Package(raw, file, limits)
    manifest = package.part("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise CorpusError(f"{file}: it has a password; remove it and save the file again")
    content = package.tree("content.xml")
    body = child(content, "body", kind)
    if body is None:
        raise CorpusError(f"{file}: no OpenDocument {kind} is in it; save it again under its own kind")
    walk = TextWalk(OdfStyles.of(package.tree("styles.xml"), content), file, limits)
    parts = parts_of(body, walk)
    titles = (collapse_space(part.words) for part in parts if part.kind is Kind.TITLE)
    title = next(filter(None, titles), None)
    facts = _facts(package)
    known = title or next((str(fact.value) for fact in facts if fact.name == "title"), None)
    text, blocks = compose(parts, known or (None if kind == "text" else file))
    if not blocks:
        raise CorpusError(f"{file}: it holds no text; where it shows pictures, give their text")
    facts = (Fact("title", title, "first lines"), *facts) if title else facts
    return Content(text, blocks, facts=facts, warnings=tuple(_warnings(walk, body)))


def _facts(package: Package) -> tuple[Fact, ...]:
    """Return title, author and language, as the file's properties state them."""
    root = package.tree("meta.xml")
    elements = root.iter(*(f"{{*}}{name}" for name in _META)) if root is not None else ()
    values = {name_of(element): " ".join((element.text or "").split()) for element in elements}
    return tuple(Fact(fact, values[name], _ORIGIN) for name, fact in _META.items() if values.get(name))


def _sheets(body: Any, walk: TextWalk) -> Iterator[Part]:
    tables = [table for table in body if name_of(table) == "table" and _is_shown(table, walk)]
    for table in tables:
        parts = list(walk.through([table]))
        if parts and len(tables) > 1:
            yield Part(Kind.HEADING, value(table, "name") or "", level=1)
        yield from parts


def _slides(body: Any, walk: TextWalk) -> Iterator[Part]:
    pages = [page for page in body if name_of(page) == "page" and _is_shown(page, walk)]
    has_words = False
    for number, page in enumerate(pages, 1):
        shown = frames(page)
        titles = [frame for frame in shown if value(frame, "class") == "title"]
        words = " ".join(part.words for frame in titles[:1] for part in walk.through([frame])).replace("\n", " ")
        notes = child(page, "notes")
        parts = [part for frame in shown if frame not in titles[:1] for part in walk.through([frame])]
        beside = [frame for frame in frames(notes) if value(frame, "class") == "notes"] if notes is not None else []
        spoken = [part for frame in beside for part in walk.through([frame])]
        has_words = has_words or bool(words.strip() or parts or spoken)
        yield Part(Kind.HEADING, words.strip() or f"Slide {number}", level=1)
        yield from parts
        if spoken:
            yield Part(Kind.HEADING, NOTES, level=2)
            yield from spoken
    if not has_words:
        what = ", only pictures" if any(map(has_picture, pages)) else ""
        raise CorpusError(f"{walk.file}: the slides hold no text{what}; give their text, or a .pdf with a text layer")


def _is_shown(element: Any, walk: TextWalk) -> bool:
    """Return True for a sheet or slide that its style does not hide."""
    style = value(element, "style-name")
    hides_sheet = walk.styles.property(style, "table-properties", "display") == "false"
    return not hides_sheet and walk.styles.property(style, "drawing-page-properties", "visibility") != "hidden"


def _warnings(walk: TextWalk, body: Any) -> Iterator[str]:
    """Yield a sentence for each kind of things that were left out."""
    hidden = [e for e in body if name_of(e) in ("table", "page") and not _is_shown(e, walk)]
    if hidden:
        names = ", ".join(f"“{value(element, 'name') or ''}”" for element in hidden[:10])
        yield f"Hidden sheets or slides are left out: {names}."
    if walk.hidden_rows or walk.hidden_columns:
        yield f"Hidden rows ({walk.hidden_rows:,}) and columns ({walk.hidden_columns:,}) are left out."
