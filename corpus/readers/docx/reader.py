"""Read Word files (.docx): the text that their pages show, without page headers and footers; no link is followed."""

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.readers.blocks import composed, tidy
from corpus.readers.docx.package import WordPackage, child, name_of, value
from corpus.readers.docx.styles import Numbering, Styles
from corpus.readers.docx.walk import Walk


def read_docx(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a Word file into text with its outline and the facts of its properties.

    Tracked insertions are kept, deletions dropped; notes follow the paragraph that refers to them.

    Raises:
        CorpusError: it is damaged, has a password, unpacks beyond the limits, declares entities, or holds no text.
    """
    package = WordPackage(raw, file, limits)
    body = child(package.document, "body")
    notes = {(kind, value(n, "id") or ""): n for kind in ("footnote", "endnote") for n in package.notes(kind)}
    walk = Walk(Styles.of(package.beside("styles.xml")), Numbering.of(package.beside("numbering.xml")), notes)
    parts = list(walk.through(body)) if body is not None else []
    title = next((tidy(part.words) for part in parts if part.kind is Kind.TITLE and tidy(part.words)), None)
    properties = _properties(package)
    known = title or next((str(fact.value) for fact in properties if fact.name == "title"), None)
    text, blocks = composed(parts, known)
    if not blocks:
        raise CorpusError(f"{file}: the Word file holds no text; where its pages are pictures, give their text")
    facts = (Fact("title", title.replace("\n", " "), "first lines"), *properties) if title else properties
    return Content(text, blocks, facts=facts)


def _properties(package: WordPackage) -> tuple[Fact, ...]:
    """Return title, author or company, and language, as the file's properties state them."""
    names = {"title": "title", "Company": "publisher", "creator": "publisher", "language": "language"}
    roots = (package.tree(part) for part in ("docProps/app.xml", "docProps/core.xml"))
    stated = {name_of(e): tidy(e.text or "").replace("\n", " ") for root in roots if root is not None for e in root}
    return tuple(Fact(fact, stated[name], "Word properties") for name, fact in names.items() if stated.get(name))
