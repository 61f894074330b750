"""Reads a Markdown or plain text report, and knows where each character stands in the file."""

import html
import re
from dataclasses import dataclass, field
from pathlib import Path

from assistant.verification.readers.reader import decoded
from assistant.verification.readers.report import Link, Paragraph, Pointer, Report
from corpus.readers.front_matter import front_matter
from corpus.span import Span

_FENCE = re.compile(r"[ \t]{0,3}(```+|~~~+)")
_QUOTED = re.compile(r"[ \t]{0,3}>[ \t]?")
_NOTE = re.compile(r"[ \t]{0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_PLAIN_NOTE = re.compile(r"[ \t]{0,3}\[(\d{1,4})\][ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,4}[.)][ \t]+)")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]+|$)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_INLINE = re.compile(
    r"""
      (?P<kept>rap1:[\w.~\-]+ | (?<!\()(?<!<)https?://[^\s<>()\[\]]+)  # what looks like marks in them is none
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    | \\(?=\r?\n|$)  # a hard line break
    | \[\^(?P<note>[^\]\s]{1,60})\]
    | !\[[^\]\n]*\]\([^()\n]*\)
    | \[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\]){1,2000})\]
      \((?P<address>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+"[^"\n]*")?\)
    | <(?P<bare>https?://[^\s<>]+)>
    | <!--.*?--> | </?[A-Za-z][^<>]{0,300}>
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});)
    | (?P<stars>\*+|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])|~~)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_INLINE = re.compile(r"\[\^?(?P<note>\d{1,4})\]")


@dataclass
class _Open:
    """A paragraph that is being read: its characters with their places in the file."""

    is_quote: bool = False
    note: str | None = None
    places: list[int] = field(default_factory=list)
    characters: list[str] = field(default_factory=list)

    def add(self, text: str, start: int) -> None:
        self.characters.append(text)
        self.places.extend(range(start, start + len(text)))


def read_markdown(raw: bytes, path: Path) -> Report:
    """Read a Markdown report: block quotes, footnotes `[^1]`, links; front matter and code are left out."""
    text = decoded(raw, path)
    return Report(path.name, _in_order([_inline(p, _INLINE) for p in _paragraphs(text, front_matter(text)[1], True)]))


def read_text(raw: bytes, path: Path) -> Report:
    """Read a plain text: paragraphs parted by blank lines, quoted lines with `>`, notes `[1]`."""
    text = decoded(raw, path)
    return Report(path.name, _in_order([_inline(p, _PLAIN_INLINE) for p in _paragraphs(text, 0, False)]))


def _paragraphs(text: str, start: int, markdown: bool) -> list[_Open]:
    found: list[_Open] = []
    current: _Open | None = None
    note: str | None = None
    fence: str | None = None
    at = start
    while at < len(text):
        line = _LINE.match(text, at)
        assert line is not None  # an empty line matches too
        body, begin, at = line.group().rstrip("\r\n"), at, line.end()
        if markdown and (mark := _FENCE.match(body)) and (fence is None or mark.group(1).startswith(fence)):
            fence, current = (None if fence else mark.group(1)[:3]), None
            continue
        if fence:
            continue
        quoted = _QUOTED.match(body)
        place = quoted.end() if quoted else 0
        while quoted and (deeper := _QUOTED.match(body, place)):
            place = deeper.end()
        defined = _NOTE.match(body, place) or (None if markdown else _PLAIN_NOTE.match(body, place))
        if defined:
            note, current, place = defined.group(1), None, defined.end()
        elif note and body.strip() and current is None and not body.startswith((" ", "\t")):
            note = None
        if not body[place:].strip():
            current = None
            continue
        item = _ITEM.match(body, place) or (_HEADING.match(body, place) if markdown else None)
        if item:
            current, place = None, item.end()
        is_quote = bool(quoted)
        if current is None or (current.is_quote != is_quote and (is_quote or not markdown)):
            current = _Open(is_quote, note)
            found.append(current)
        words = body[place:].lstrip()
        current.add(words, begin + len(body) - len(words))
        current.add(text[begin + len(body) : at][:1], begin + len(body))
        if item and _HEADING.match(body):
            current = None
    return found


def _inline(paragraph: _Open, marks: re.Pattern[str]) -> tuple[str, tuple[int, ...], list[Pointer], list[Link], _Open]:
    """The paragraph's words without marks."""
    source = "".join(paragraph.characters).rstrip()
    text: list[str] = []
    origins: list[int] = []
    pointers: list[Pointer] = []
    links: list[Link] = []

    def take(start: int, end: int) -> None:
        at = start
        for m in marks.finditer(source, start, end):
            keep(at, m.start())
            at = m.end()
            found = m.groupdict()
            begin = len(origins)
            if found.get("kept"):
                keep(*m.span("kept"))
            elif found.get("escaped"):
                keep(m.start("escaped"), m.end("escaped"))
            elif found.get("note"):
                pointers.append(Pointer(len(origins), found["note"]))
            elif found.get("words"):
                take(*m.span("words"))
                if len(origins) > begin:
                    links.append(Link(Span(begin, len(origins)), found["address"]))
            elif found.get("bare"):
                keep(*m.span("bare"))
                links.append(Link(Span(begin, len(origins)), found["bare"]))
            elif found.get("entity"):
                for character in html.unescape(found["entity"]):
                    text.append(character)
                    origins.append(paragraph.places[m.start()])
        keep(at, end)

    def keep(start: int, end: int) -> None:
        text.append(source[start:end])
        origins.extend(paragraph.places[start:end])

    take(0, len(source))
    return "".join(text), tuple(origins), pointers, links, paragraph


def _in_order(read: list[tuple[str, tuple[int, ...], list[Pointer], list[Link], _Open]]) -> tuple[Paragraph, ...]:
    """Paragraphs first, then footnotes; a mark without its footnote is no mark."""
    notes = {opened.note for *_, opened in read if opened.note}
    body: list[Paragraph] = []
    behind: list[Paragraph] = []
    for text, origins, pointers, links, opened in read:
        where = f"footnote {opened.note}" if opened.note else f"paragraph {len(body) + 1}"
        kept = tuple(pointer for pointer in pointers if pointer.note in notes)
        paragraph = Paragraph(
            text, where, opened.is_quote and not opened.note, kept, tuple(links), opened.note, origins
        )
        (behind if opened.note else body).append(paragraph)
    return (*body, *behind)
