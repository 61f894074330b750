"""Reads an HTML report: blocks as paragraphs, `blockquote` and `q` as quotations, links to notes as footnotes."""

from pathlib import Path
from typing import Any

from assistant.verification.readers.report import Link, Paragraph, Pointer, Report, ReportRefused
from corpus.span import Span

_BLOCKS = frozenset(
    "p li blockquote td th h1 h2 h3 h4 h5 h6 div section article aside main header footer figcaption caption dt dd pre "
    "address summary details table tr tbody thead ul ol dl body html nav form fieldset figure hr".split()
)
_UNSEEN = frozenset("script style template noscript head title iframe object svg math select textarea".split())
_MOST_DEEP = 200


def read_html(raw: bytes, path: Path) -> Report:
    """Read an HTML file; nothing that it names is fetched.

    Raises:
        ReportRefused: it declares XML entities.
    """
    from lxml import html

    if b"<!ENTITY" in raw[:100_000]:
        raise ReportRefused(f"{path}: declares XML entities, which no report needs; save it again as plain HTML")
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else _declared(raw)
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(raw, parser=parser)
    reader = _Reader(root)
    reader.walk(root, False, 0)
    reader.close()
    return Report(path.name, tuple([p for p in reader.found if not p.note] + [p for p in reader.found if p.note]))


def _declared(raw: bytes) -> str | None:
    """UTF-8 when that is what the bytes are; otherwise what the file itself declares decides."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Reader:
    """Walks the elements in order and closes a paragraph at each border of a block."""

    def __init__(self, root: Any) -> None:
        self.found: list[Paragraph] = []
        named = {
            element.get("id"): element for element in root.iter() if isinstance(element.tag, str) and element.get("id")
        }
        self._notes = {
            target: named[target]
            for link in root.iter("a")
            if (target := (link.get("href") or "").removeprefix("#")) in named
            and (link.get("href") or "").startswith("#")
            and _is_mark(link)
            # The way back from a note leads to its mark, which is no note.
            and not _is_mark(named[target])
        }
        self._text: list[str] = []
        self._length = 0
        self._pointers: list[Pointer] = []
        self._links: list[Link] = []
        self._note: str | None = None
        self._is_quote = False

    def walk(self, element: Any, in_quote: bool, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or depth > _MOST_DEEP:
            return
        is_block, note_before = element.tag in _BLOCKS, self._note
        if is_block:
            self.close()
        if element.get("id") in self._notes:
            self.close()
            self._note = element.get("id")
        self._is_quote = in_quote = in_quote or _is_quotation(element)
        if element.tag == "br":
            self._add("\n")
        elif element.tag == "a" and self._is_footnote_link(element):
            return
        else:
            self._inside(element, in_quote, depth)
        if is_block or note_before != self._note:
            self.close()
        self._note = note_before

    def close(self) -> None:
        """End the paragraph, if one has begun."""
        text = "".join(self._text)
        if text.strip():
            where = f"note {self._note}" if self._note else f"paragraph {len(self.found) + 1}"
            quote = self._is_quote and self._note is None
            self.found.append(Paragraph(text, where, quote, tuple(self._pointers), tuple(self._links), self._note))
        self._text, self._length, self._pointers, self._links = [], 0, [], []

    def _inside(self, element: Any, in_quote: bool, depth: int) -> None:
        start = self._length
        quoted = element.tag == "q"
        self._add(("“" if quoted else "") + (element.text or ""))
        for child in element:
            self.walk(child, in_quote, depth + 1)
            self._is_quote = in_quote
            self._add(child.tail or "")
        self._add("”" if quoted else "")
        address = element.get("href") if element.tag == "a" else None
        if address and not address.startswith("#") and self._length > start:
            self._links.append(Link(Span(start, self._length), address))

    def _is_footnote_link(self, link: Any) -> bool:
        """Take in the mark of a footnote, or the way back from one; neither is text."""
        href = link.get("href") or ""
        if not href.startswith("#"):
            return False
        target = href.removeprefix("#")
        if self._note is not None:
            return _is_mark(link)
        if target in self._notes:
            self._pointers.append(Pointer(self._length, target))
            return True
        return False

    def _add(self, words: str) -> None:
        self._text.append(words)
        self._length += len(words)


def _is_quotation(element: Any) -> bool:
    """Whether an element is set as a quotation: a block quotation, or a passage in the annex of our own export."""
    return element.tag == "blockquote" or (element.tag == "p" and "passage" in (element.get("class") or "").split())


def _is_mark(link: Any) -> bool:
    """Whether a link is printed as a footnote's mark: a number, a sign, an arrow back."""
    words = "".join(link.itertext()).strip().strip("[]()")
    return len(words) <= 4 and (not words.isalpha() or len(words) == 1)
