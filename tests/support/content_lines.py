"""Write the blocks that a reader returns as one short line each."""

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


def block_lines(content: Content) -> list[str]:
    """Return the kind, level and words of each block, as "h2 Overview"."""
    return [f"{_SHORT[b.kind]}{b.level or ''} {b.span.of(content.text)}" for b in content.blocks or ()]
