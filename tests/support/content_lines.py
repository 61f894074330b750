"""Write the blocks of a document as one short line each."""

from corpus.content import Content
from corpus.document import Kind

_SHORT = {
    Kind.TITLE: "title",
    Kind.HEADING: "h",
    Kind.BODY: "p",
    Kind.LIST_ITEM: "li",
    Kind.MENU: "menu",
    Kind.CONTACT: "to",
}


def seen(found: Content) -> list[str]:
    """The kind, level and words of each block, as "h2 Overview"."""
    return [f"{_SHORT[b.kind]}{b.level or ''} {b.span.of(found.text)}" for b in found.blocks or ()]
