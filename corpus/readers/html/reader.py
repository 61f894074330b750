"""Read web pages and saved pages (.html, .mhtml) into the text of the record; nothing is run or fetched."""

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from corpus.content import Content
from corpus.document import Kind
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.lines import typed_marker
from corpus.outline.plain_words import fold
from corpus.readers.blocks import Part, compose
from corpus.readers.encoding import decode
from corpus.readers.html.elements import hidden_names, site_elements
from corpus.readers.html.main_text import main_element, trim_to_main_text
from corpus.readers.html.metadata import page_facts
from corpus.readers.html.panels import open_panels
from corpus.readers.html.walk import PageWalk

# The header lines of an MHTML file, one of which states its type; a page may begin with words and a colon as well.
_HEADER_LINES = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,30}")
_CONTENT_TYPE = re.compile(rb"^Content-Type:", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}(?:\[.{0,20000}?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
# Void elements that the parser does not know: it puts the rest of the page inside them.
_VOID_ELEMENTS = ("embed", "source", "track", "wbr", "keygen", "bgsound")
# Declarations are at the top; browsers read the first kilobyte.
_HEAD = 8192


def read_html(raw: bytes, file: str, limits: Limits) -> Content:
    """Read a page into text with its outline and the facts of its metadata.

    Menus, cookie notices, footers and what is hidden are left out; closed panels of accordions and tabs are read.

    Args:
        raw: the whole file, a page or a saved page (MHTML).
        file: its name for messages.
        limits: the depth of nested elements.

    Raises:
        CorpusError: it is no page, too deep, declares entities, or shows no text.
    """
    page = parse_page(raw, file, limits)
    root = page.root
    facts = page_facts(root, page.head, page.address)
    title = next((str(fact.value) for fact in facts if fact.name == "title"), None)
    text, blocks = compose(_mark_title(_parts(root), title), title)
    if not blocks:
        raise CorpusError(f"{file}: {_why_empty(root)}")
    return Content(text, blocks, facts=facts, warnings=page.warnings)


def _mark_title(parts: list[Part], title: str | None) -> list[Part]:
    """Return the parts with the title marked: the heading that the page states as its title, else its only `h1`.

    Several headings of level 1 leave the title unknown; one with a number is the heading of the first section.
    """
    stated_titles = [part for part in parts if part.level and title and fold(part.words) == fold(title)]
    highest = [part for part in parts if part.level == 1 and not typed_marker(part.words)]
    only = stated_titles[0] if stated_titles else highest[0] if len(highest) == 1 else None
    return [replace(part, kind=Kind.TITLE, level=0) if part is only else part for part in parts]


def _parts(root: Any) -> list[Part]:
    """Return the parts of the record, or of the whole page where no record is recognized."""
    hidden, around = hidden_names(root), site_elements(root)
    open_panels(root, hidden, around)
    main = main_element(root)
    if main is not None:
        # The heading of a page is often above its main element.
        above = () if any(True for _ in main.iter("h1")) else islice(root.iter("h1"), 1)
        parts = [part for h in above for part in PageWalk(hidden).through(h)] + PageWalk(hidden, around).through(main)
        if parts:
            return parts
    parts = PageWalk(hidden, around).through(root)
    return trim_to_main_text(parts, root) if parts else PageWalk(hidden).through(root)


def _why_empty(root: Any) -> str:
    if next(root.iter("frameset", "iframe"), None) is not None:
        return "the page shows only other pages in frames; save these"
    if next(root.iter("script"), None) is not None:
        return "the page has no text of its own (scripts would write it); save it from the browser, or as .pdf"
    return "the page shows no text"


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page.

    Attributes:
        root: its tree.
        head: the first characters of its source.
        address: the address that a saved page states; None for none.
        warnings: about its encoding.
    """

    root: Any
    head: str
    address: str | None
    warnings: tuple[str, ...]


def parse_page(raw: bytes, file: str, limits: Limits) -> Page:
    """Parse the bytes of a page or a saved page; nothing that it names is fetched.

    Raises:
        CorpusError: it is no page, nested too deeply, or declares entities.
    """
    source, charset, address = _saved_page(raw, file) if _is_saved_page(raw) else (raw, None, None)
    words, warnings = decode(source, file, charset or _declared_charset(source))
    if _ENTITY.search(words[:_HEAD]):
        raise CorpusError(f"{file}: declares XML entities, which no page needs; save it again as plain HTML")
    return Page(_parse(words, file, limits), words[:_HEAD], address, warnings)


def _is_saved_page(raw: bytes) -> bool:
    headers = _HEADER_LINES.match(raw[:_HEAD])
    return headers is not None and _CONTENT_TYPE.search(headers.group()) is not None


def _saved_page(raw: bytes, file: str) -> tuple[bytes, str | None, str | None]:
    """Return the first page of an MHTML file with its charset and address; pictures, styles and frames are left out.

    Raises:
        CorpusError: it has no page.
    """
    from email import message_from_bytes
    from email.errors import MessageError

    try:
        message = message_from_bytes(raw)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = part.get_payload(decode=True)
                address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                if isinstance(payload, bytes) and payload.strip():
                    return payload, part.get_content_charset(), str(address) if address else None
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise CorpusError(f"{file}: a damaged saved page; save the page again, as .html") from error
    raise CorpusError(f"{file}: this saved page has no page; save it again, as .html")


def _declared_charset(raw: bytes) -> str | None:
    match = _XML_ENCODING.match(raw[:_HEAD]) or _CHARSET.search(raw[:_HEAD])
    return match.group(1).decode() if match else None


def _parse(words: str, file: str, limits: Limits) -> Any:
    """Parse a page into a tree; refuse it where lxml stopped early, since a part would be missing."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_DOCTYPE.sub("", words, count=1).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CorpusError(f"{file}: it cannot be read as a page; save it again, as .html or .txt") from error
    for element in list(root.iter(*_VOID_ELEMENTS)):
        element.drop_tag()
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise CorpusError(f"{file}: its elements are nested too deeply, or one is too long; save it as text")
    if (depth := _depth(root)) > limits.nesting:
        raise CorpusError(
            f"{file}: its elements are nested {depth} deep, the limit is {limits.nesting}; save it as text"
        )
    return root


def _depth(root: Any) -> int:
    from lxml import etree

    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
