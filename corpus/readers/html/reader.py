"""Read web pages and saved pages: the text of the record as its reader sees it. Nothing is run or fetched."""

from dataclasses import replace
from itertools import islice
from typing import Any

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.lines import typed_marker
from corpus.outline import folded
from corpus.readers.blocks import Part, composed
from corpus.readers.html.elements import frames_of, hidden_by_style
from corpus.readers.html.main_text import main_element, without_surroundings
from corpus.readers.html.metadata import page_facts
from corpus.readers.html.page import parse_page
from corpus.readers.html.walk import Walk


def read_html(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a page into text with its outline and the facts of its metadata.

    Menus, cookie notices, footers and what is hidden are left out.

    Args:
        raw: the whole file, a page or a saved page (MHTML).
        file: its name for a message.
        limits: how deep its elements may stand in each other.

    Raises:
        CorpusError: it is no page, too deep, declares entities, or shows no text.
    """
    page = parse_page(raw, file, limits)
    root = page.root
    facts = page_facts(root, page.head, page.address)
    title = next((str(fact.value) for fact in facts if fact.name == "title"), None)
    text, blocks = composed(_titled(_parts(root), title), title)
    if not blocks:
        raise CorpusError(f"{file}: {_why_empty(root)}")
    return Content(text, blocks, facts=facts, warnings=page.warnings)


def _titled(parts: list[Part], title: str | None) -> list[Part]:
    """Return the parts with the title marked: the heading that the page states as its title, else its only `h1`.

    Of several headings of level 1 none is known to be the title; one with a number heads the first section.
    """
    named = [part for part in parts if part.level and title and folded(part.words) == folded(title)]
    highest = [part for part in parts if part.level == 1 and not typed_marker(part.words)]
    only = named[0] if named else highest[0] if len(highest) == 1 else None
    return [replace(part, kind=Kind.TITLE, level=0) if part is only else part for part in parts]


def _parts(root: Any) -> list[Part]:
    """Return the parts of the record; of the whole page where none is found."""
    hidden, frames = hidden_by_style(root), frames_of(root)
    main = main_element(root)
    if main is not None:
        # The heading of a page often stands above its main element.
        above = () if any(True for _ in main.iter("h1")) else islice(root.iter("h1"), 1)
        parts = [part for h in above for part in Walk(hidden).through(h)] + Walk(hidden, frames).through(main)
        if parts:
            return parts
    parts = Walk(hidden, frames).through(root)
    return without_surroundings(parts, root) if parts else Walk(hidden).through(root)


def _why_empty(root: Any) -> str:
    if next(root.iter("frameset", "iframe"), None) is not None:
        return "the page shows only other pages in frames; save these"
    if next(root.iter("script"), None) is not None:
        return "the page has no text of its own (scripts would write it); save it from the browser, or as .pdf"
    return "the page shows no text"
