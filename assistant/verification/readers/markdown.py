"""Read a Markdown or plain text report to verify, with the offset of each character in the file."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.verification.readers.front_matter import read_front_matter
from assistant.verification.readers.report import (
    Link,
    Paragraph,
    Pointer,
    ReportText,
    counted,
    decoded,
    hidden_paragraphs,
)
from assistant.verification.readers.shown import STRUCK, hidden_by, lowered_digits
from corpus.readers.blocks import NOTE_LETTERS, superscript
from corpus.span import Span

_FENCE = re.compile(r"[ \t]{0,3}(```+|~~~+)")
_QUOTED = re.compile(r"[ \t]{0,3}>[ \t]?")
_BLOCK_TAG = re.compile(r"<(?P<closes>/?)blockquote\b[^<>]{0,300}>", re.IGNORECASE)
_NOTE = re.compile(r"[ \t]{0,3}\[\^([^\]\s]{1,60})\]:[ \t]*")
_PLAIN_NOTE = re.compile(r"[ \t]{0,3}\[(\d{1,4})\][ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d{1,4}[.)][ \t]+)")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]+|$)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_INLINE = re.compile(
    r"""
      (?P<literal>rap1:[\w.~\-]+ | (?<!\()(?<!<)https?://[^\s<>()\[\]]+)  # markup characters in them are text
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    | \\(?=\r?\n|$)  # a hard line break
    | \[\^(?P<note>[^\]\s]{1,60})\]
    | <sup>(?P<raised>\s*(?:\d{1,3}|[\[(]\d{1,3}[\])]|[a-z]{1,5})\s*)</sup>
    | <sub>(?P<lowered>\s*\d{1,3}\s*)</sub>
    | (?P<struck>(?<!~)~~(?=[^\s~])[^~]{0,2000}?(?<=\S)~~(?!~)) | (?P<picture>!\[[^\]\n]*\]\([^()\n]*\))
    | \[(?P<words>(?:[^\[\]\n]|\[[^\[\]\n]*\]){1,2000})\]
      \((?P<address>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+"(?P<tip>[^"\n]*)")?\)
    | <(?P<bare>https?://[^\s<>]+)>
    | (?P<quoted></?q(?:\s[^<>]{0,300})?>)
    | <!--.*?--> | (?P<tag><[A-Za-z][^<>]{0,300}>) | </[A-Za-z][^<>]{0,300}>
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});)
    | (?P<stars>(?<![\d*])\*+|(?<!\*)\*+(?![\d*])|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])|~~)
    """,
    re.VERBOSE | re.DOTALL,
)
# A superscript letter at the start of a paragraph: that of a note.
_LETTER = re.compile(rf"\s*<sup>\s*({NOTE_LETTERS.pattern})\s*</sup>")
_PLAIN_INLINE = re.compile(r"\[\^?(?P<note>\d{1,4})\]")


@dataclass
class _SourceParagraph:
    """Lines of a paragraph with their markup, and the offset of each character in the file."""

    is_quote: bool = False
    note: str | None = None
    offsets: list[int] = field(default_factory=list)
    characters: list[str] = field(default_factory=list)

    def add(self, text: str, start: int) -> None:
        self.characters.append(text)
        self.offsets.extend(range(start, start + len(text)))


def read_markdown(raw: bytes, path: Path) -> ReportText:
    """Read a Markdown report: block quotes, footnotes `[^1]`, links, values of front matter; code is dropped."""
    text = decoded(raw, path)
    front, start = read_front_matter(text)
    sources = _split_paragraphs(text, start, True)
    blocks = sum(body == "" and ending == "" for body, ending, _ in _lines(text, start, True)) // 2
    report = _assemble(path.name, sources, _INLINE, ["block of code"] * blocks)
    return replace(report, paragraphs=(*report.paragraphs, *front))


def read_text(raw: bytes, path: Path) -> ReportText:
    """Read a plain text report: paragraphs between blank lines, quoted lines with `>`, notes `[1]`."""
    text = decoded(raw, path)
    return _assemble(path.name, _split_paragraphs(text, 0, False), _PLAIN_INLINE)


def _split_paragraphs(text: str, start: int, markdown: bool) -> list[_SourceParagraph]:
    paragraphs: list[_SourceParagraph] = []
    current: _SourceParagraph | None = None
    note: str | None = None
    depth = 0
    for body, ending, begin in _lines(text, start, markdown):
        place = _quote_marks_end(body)
        tags = [bool(tag["closes"]) for tag in _BLOCK_TAG.finditer(body)] if markdown else []
        is_quote = place > 0 or depth > 0 or False in tags
        depth = max(0, depth + tags.count(False) - tags.count(True))
        note_start = _NOTE.match(body, place) or (None if markdown else _PLAIN_NOTE.match(body, place))
        if note_start:
            note, current, place = note_start.group(1), None, note_start.end()
        elif note and body.strip() and current is None and not body.startswith((" ", "\t")):
            note = None
        if not body[place:].strip():
            current = None
            continue
        item = _ITEM.match(body, place) or (_HEADING.match(body, place) if markdown else None)
        if item:
            current, place = None, item.end()
            if inner := _quote_marks_end(body[place:]):  # "- > ..."
                is_quote, place = True, place + inner
        if current is None or (current.is_quote != is_quote and (is_quote or not markdown)):
            current = _SourceParagraph(is_quote, note)
            paragraphs.append(current)
        words = body[place:].lstrip()
        current.add(words, begin + len(body) - len(words))
        current.add(ending, begin + len(body))
        if item and _HEADING.match(body):
            current = None
    return paragraphs


def _lines(text: str, start: int, markdown: bool) -> Iterator[tuple[str, str, int]]:
    """Yield each line with the first character of its end and its offset; in Markdown an empty one for a fence of code.

    The lines between two fences are left out.
    """
    fence: str | None = None
    at = start
    while at < len(text):
        line = _LINE.match(text, at)
        assert line is not None  # an empty line matches too
        body = line.group().rstrip("\r\n")
        mark = _FENCE.match(body) if markdown else None
        if mark and (fence is None or mark.group(1).startswith(fence)):
            fence = None if fence else mark.group(1)[:3]
            yield "", "", at
        elif not fence:
            yield body, text[at + len(body) : line.end()][:1], at
        at = line.end()


def _quote_marks_end(line: str) -> int:
    """Return the offset behind the block quote marks of a line; 0 for a line without any."""
    place = 0
    while mark := _QUOTED.match(line, place):
        place = mark.end()
    return place


def _assemble(
    name: str, sources: list[_SourceParagraph], marks: re.Pattern[str], unread: Sequence[str] = ()
) -> ReportText:
    """Return the paragraphs without markup, body before footnotes, hidden words last."""
    notes = {source.note for source in sources if source.note}
    letters = frozenset(m[1] for m in (_LETTER.match("".join(source.characters)) for source in sources) if m)
    body: list[Paragraph] = []
    footnotes: list[Paragraph] = []
    hidden: list[str] = []
    kinds = list(unread)
    for source in sources:
        where = f"footnote {source.note}" if source.note else f"paragraph {len(body) + 1}"
        parser = _InlineParser(source, marks, notes, letters)
        (footnotes if source.note else body).append(parser.paragraph(where))
        hidden += parser.hidden
        kinds += parser.kinds
    return ReportText(name, (*body, *footnotes, *hidden_paragraphs(hidden)), counted(kinds))


class _InlineParser:
    """Drops the inline markup of a paragraph, and collects its footnote marks and links."""

    def __init__(
        self, source: _SourceParagraph, marks: re.Pattern[str], notes: set[str], letters: frozenset[str]
    ) -> None:
        self._source = source
        self._notes = notes
        self._letters = letters
        self._characters = "".join(source.characters).rstrip()
        self._marks = marks
        self._text: list[str] = []
        self._origins: list[int] = []
        self._pointers: list[Pointer] = []
        self._links: list[Link] = []
        self.hidden: list[str] = []
        self.kinds: list[str] = []
        self._parse(0, len(self._characters))

    def paragraph(self, where: str) -> Paragraph:
        """Return the paragraph, with the marks of its footnotes."""
        note = self._source.note
        is_quote = self._source.is_quote and not note
        text, origins = "".join(self._text), tuple(self._origins)
        return Paragraph(text, where, is_quote, tuple(self._pointers), tuple(self._links), note, origins)

    def _parse(self, start: int, end: int) -> None:
        at = start
        for mark in self._marks.finditer(self._characters, start, end):
            if mark.start() < at:  # in words that a tag hides
                continue
            self._append(at, mark.start())
            at = self._hidden_end(mark, end) if mark.lastgroup == "tag" else mark.end()
            self._parse_mark(mark)
        self._append(at, end)

    def _hidden_end(self, tag: re.Match[str], end: int) -> int:
        """Return the end of the words that a tag hides or strikes out, or the end of the tag."""
        kind = hidden_by(tag.group())
        if kind is None:
            return tag.end()
        name = re.escape(tag.group()[1:].split()[0].strip("/>"))
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._characters, tag.end(), end)
        self.kinds.append(kind)
        if kind != STRUCK:
            self.hidden.append(self._characters[tag.end() : closing.start() if closing else end])
        return closing.end() if closing else end

    def _parse_mark(self, mark: re.Match[str]) -> None:
        begin = len(self._origins)
        match kind := mark.lastgroup:
            case "literal" | "escaped":
                self._append(*mark.span(kind))
            case "note" if self._marks is _INLINE or mark["note"] in self._notes:
                self._pointers.append(Pointer(begin, mark["note"]))
            case "note":
                self._append(*mark.span())
            case "address" | "tip":
                self._parse(*mark.span("words"))
                self._add_link(begin, mark["address"])
                self.hidden += [mark["tip"]] if mark["tip"] else []
            case "raised":
                self._append(*mark.span("raised"))
                self._text[-1] = superscript(self._text[-1], self._letters).center(len(self._text[-1]))
            case "lowered":
                self._append(*mark.span("lowered"))
                self._text[-1] = lowered_digits(self._text[-1], self._text[-2]).center(len(self._text[-1]))
            case "struck":
                self.kinds.append(STRUCK)
            case "quoted":
                self._text.append("”" if mark.group().startswith("</") else "“")
                self._origins.append(self._source.offsets[mark.start()])
            case "picture":
                self.kinds.append("picture")
            case "bare":
                self._append(*mark.span("bare"))
                self._add_link(begin, mark["bare"])
            case "entity":
                for character in html.unescape(mark["entity"]):
                    self._text.append(character)
                    self._origins.append(self._source.offsets[mark.start()])

    def _add_link(self, begin: int, address: str) -> None:
        if len(self._origins) > begin:
            self._links.append(Link(Span(begin, len(self._origins)), address))

    def _append(self, start: int, end: int) -> None:
        self._text.append(self._characters[start:end])
        self._origins.extend(self._source.offsets[start:end])
