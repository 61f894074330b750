"""Read e-books (.epub): the pages of the book in its reading order, each by the reader of web pages."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.language.dates import leading_day
from corpus.limits import Limits
from corpus.readers.blocks import Part, compose
from corpus.readers.html.elements import hidden_names
from corpus.readers.html.reader import parse_page
from corpus.readers.html.walk import PageWalk
from corpus.readers.package import Package, children, name_of, part_beside, value

_ORIGIN = "e-book metadata"
_META = {
    "title": "title",
    "publisher": "publisher",
    "creator": "publisher",
    "date": "published",
    "language": "language",
}
_PAGES = ("application/xhtml+xml", "text/html")


def read_epub(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a book into text with the headings of its pages and the facts of its metadata.

    Raises:
        CorpusError: it is damaged, protected, unpacks beyond the limits, or its pages show no text.
    """
    package = Package(raw, file, limits)
    container = package.tree("META-INF/container.xml")
    files = container.iter("{*}rootfile") if container is not None else ()
    main = next((unquote(value(element, "full-path") or "") for element in files), "")
    book = package.tree(main)
    if book is None or name_of(book) != "package":
        raise CorpusError(f"{file}: it has no list of its pages; convert it again, or save it as .html or .pdf")
    pages = list(_pages(book, main))
    protected = package.part("META-INF/encryption.xml") or b""
    if any(page.encode() in protected for page in pages):
        raise CorpusError(f"{file}: the book is protected against copying; give a copy without protection")
    parts = [part for page in pages for part in _parts(package, page, limits)]
    facts = tuple(_facts(book))
    text, blocks = compose(parts, next((str(fact.value) for fact in facts if fact.name == "title"), None))
    if not blocks:
        raise CorpusError(f"{file}: its pages show no text; where they are pictures, give their text")
    return Content(text, blocks, facts=facts)


def _pages(book: Any, main: str) -> Iterator[str]:
    """Yield the names of the pages in reading order, without the table of contents."""
    items = {value(item, "id"): item for item in children(book, "manifest")}
    for reference in children(book, "spine"):
        item = items.get(value(reference, "idref"))
        if (
            item is None
            or value(item, "media-type") not in _PAGES
            or "nav" in (value(item, "properties") or "").split()
        ):
            continue
        yield part_beside(main, unquote(value(item, "href") or ""))


def _parts(package: Package, page: str, limits: Limits) -> list[Part]:
    raw = package.part(page)
    if raw is None or not raw.strip():
        return []
    root = parse_page(raw, package.file, limits).root
    contents = frozenset(e for e in root.iter("nav", "section") if "toc" in (e.get("epub:type") or "").split())
    return [part for part in PageWalk(hidden_names(root), contents).through(root) if part.kind is not Kind.MENU]


def _facts(book: Any) -> Iterator[Fact]:
    metadata = children(book, "metadata")
    for name, fact in _META.items():
        words = next((" ".join((e.text or "").split()) for e in metadata if name_of(e) == name and e.text), "")
        stated = leading_day(words) if fact == "published" else words
        if stated:
            yield Fact(fact, stated, _ORIGIN)
