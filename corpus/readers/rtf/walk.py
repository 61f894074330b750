"""Go through the control words and the text of an RTF file once, and collect its parts and properties."""

import re
from dataclasses import dataclass, field, replace

from corpus.document import Kind
from corpus.readers.blocks import Part, collapse_space
from corpus.readers.rtf.control_words import ENDS, INFO, PRINTED, SIGNS, SKIPPED, TARGETS
from corpus.readers.rtf.encoding import BULLET, CHARSETS, SYMBOL, codec_of, utf16_text

# A control word, a control byte, a control sign, a brace, or text: RTF Specification 1.9.1, "RTF Syntax".
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\0]+)"
)
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLE = re.compile(r"title", re.IGNORECASE)
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of figures|index \d", re.IGNORECASE)
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class _GroupFormat:
    """The format that a group sets for the words inside it.

    Attributes:
        target: where its words go: "text", "list" (the marker of an item), "style", "font", "note", the name of a
            property, or "" for nowhere.
    """

    target: str = "text"
    skip: int = 1
    font: int = -1
    is_bold: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    style: int = -1
    level: int = _BODY_LEVEL
    is_in_table: bool = False


@dataclass(slots=True)
class RtfWalk:
    """One pass through an RTF file; `parts` holds its parts, and a list of cells for each row of a table."""

    parts: list[Part | list[str]] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    _state: _GroupFormat = field(default_factory=_GroupFormat)
    _stack: list[_GroupFormat] = field(default_factory=list)
    _codec: str = "cp1252"
    _fonts: dict[int, int] = field(default_factory=dict)
    _styles: dict[int, str] = field(default_factory=dict)
    _levels: dict[int, int] = field(default_factory=dict)
    _words: list[str] = field(default_factory=list)
    _marker: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _notes: list[list[str]] = field(default_factory=list)
    _is_bold: bool = True
    _bytes: bytearray = field(default_factory=bytearray)
    _units: list[int] = field(default_factory=list)
    _to_skip: int = 0
    _starred: bool = False

    def through(self, raw: bytes) -> None:
        """Read a file; what stands behind its last group is left out."""
        at = 0
        while match := _TOKEN.search(raw, at):
            at = match.end()
            if match["word"] == b"bin":
                at += max(0, int(match["number"] or 0))
                continue
            if match["byte"] is None:
                self._flush_bytes()
            if match["word"] != b"u" and not (self._to_skip and not match["brace"]):
                self._flush_units()
            if match["brace"] == b"}" and not self._stack:
                break
            self._token(match)
            if match["brace"] == b"}" and not self._stack:
                break
        self._flush_bytes()
        self._flush_units()
        self._end_paragraph()

    def _token(self, match: re.Match[bytes]) -> None:
        if match["brace"] == b"{":
            self._stack.append(self._state)
            self._to_skip = 0
        elif match["brace"]:
            self._state = self._stack.pop()
            self._to_skip = 0
        elif self._to_skip and not match["word"]:
            self._skip_fallback(match["text"])
        elif match["byte"]:
            self._bytes += bytes.fromhex(match["byte"].decode())
        elif match["text"]:
            self._bytes += match["text"]
            self._flush_bytes()
        elif match["sign"]:
            self._sign(match["sign"])
        else:
            self._word(match["word"].decode(), int(match["number"]) if match["number"] else None)

    def _skip_fallback(self, text: bytes | None) -> None:
        """Leave out the characters behind a Unicode character that stand in for it."""
        if text is None:
            self._to_skip -= 1
            return
        left, self._to_skip = text[self._to_skip :], max(0, self._to_skip - len(text))
        if left:
            self._flush_units()
            self._bytes += left
            self._flush_bytes()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in (b"\n", b"\r"):
            self._word("par", None)
        else:
            self._add(SIGNS.get(sign, ""))

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == "ud":
            self._state = replace(self._state, target="text")
        elif word == "shptxt":
            self._end_paragraph()
            self._state = replace(self._state, target="text")
        elif word in INFO or word in TARGETS:
            self._enter(word)
        elif word in SKIPPED or starred:
            self._state = replace(self._state, target="")
        elif word == "ansicpg":
            self._codec = codec_of(str(number or 1252))
        elif word in ("mac", "pc", "pca"):
            self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "u":
            self._units.append(number or 0)
            self._to_skip = self._state.skip
        elif word == "fcharset" and self._state.target == "font":
            self._fonts[self._state.font] = number or 0
        elif word in PRINTED and self._to_skip:
            self._to_skip -= 1
        elif word in PRINTED:
            self._add(PRINTED[word])
        else:
            self._format(word, number)

    def _enter(self, word: str) -> None:
        """Begin a group whose words do not belong to the paragraph."""
        if self._state.target == "text" and word == "footnote":
            self._notes.append([])
        self._state = replace(self._state, target=TARGETS.get(word, word))

    def _format(self, word: str, number: int | None) -> None:
        """Read a control word about the format of characters and paragraphs, or the end of a paragraph or cell."""
        state, is_on = self._state, number != 0
        if word == "uc":
            self._state = replace(state, skip=max(0, number or 0))
        elif word == "f":
            self._state = replace(state, font=number or 0)
        elif word == "b":
            self._state = replace(state, is_bold=is_on)
        elif word == "v":
            self._state = replace(state, is_hidden=is_on)
        elif word == "deleted":
            self._state = replace(state, is_deleted=is_on)
        elif word == "plain":
            self._state = replace(state, is_bold=False, is_hidden=False, is_deleted=False)
        elif word == "s":
            self._state = replace(state, style=number or 0)
        elif word == "outlinelevel":
            self._state = replace(state, level=number or 0)
            if state.target == "style":
                self._levels[state.style] = number or 0
        elif word == "pard":
            self._state = replace(state, style=-1, level=_BODY_LEVEL, is_in_table=False)
        elif word == "intbl":
            self._state = replace(state, is_in_table=True)
        elif state.target == "note" and word in ENDS:
            self._add("\n")
        elif state.target == "text":
            self._end(word)

    def _end(self, word: str) -> None:
        """End a paragraph, a cell or a row."""
        if word in ("cell", "nestcell"):
            self._cells.append(collapse_space("".join((*self._marker, *self._words))).replace("\n", " "))
            self._words, self._marker, self._is_bold = [], [], True
        elif word in ("row", "nestrow"):
            if any(self._cells):
                self.parts.append(self._cells)
            self._cells = []
            self._add_notes()
        elif word in ENDS and self._state.is_in_table:
            self._words.append("\n")
        elif word in ENDS:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        words, marker = "".join(self._words), collapse_space("".join(self._marker)).strip()
        if self._cells:  # a table that breaks off
            self.parts.append(self._cells)
        if words.strip():
            self.parts.append(self._part(words, marker))
        self._words, self._marker, self._cells, self._is_bold = [], [], [], True
        self._add_notes()

    def _part(self, words: str, marker: str) -> Part:
        style = self._styles.get(self._state.style, "")
        level = (
            self._state.level if self._state.level < _BODY_LEVEL else self._levels.get(self._state.style, _BODY_LEVEL)
        )
        if heading := _HEADING.fullmatch(style):
            level = int(heading[1]) - 1
        if _TITLE.fullmatch(style):
            return Part(Kind.TITLE, words.replace("\n", " "))
        if _CONTENTS.fullmatch(style):
            return Part(Kind.MENU, words)
        if 0 <= level < _BODY_LEVEL:
            return Part(Kind.HEADING, words.replace("\n", " "), f"{marker} " if marker else "", level + 1)
        if marker:
            before = self.parts[-1] if self.parts else None
            joined = isinstance(before, Part) and before.kind is Kind.LIST_ITEM
            return Part(Kind.LIST_ITEM, words, f"{marker} ", joined=joined)
        return Part(Kind.BODY, words, bold=self._is_bold)

    def _add_notes(self) -> None:
        if self._state.target == "text":
            notes = [collapse_space("".join(note)) for note in self._notes]
            self.parts += [Part(Kind.BODY, words) for words in notes if words]
            self._notes = []

    def _add(self, words: str) -> None:
        """Add words to where those of the group go."""
        state = self._state
        words = "".join(c for c in words if c >= " " or c in "\t\n")
        if state.is_hidden or state.is_deleted or not words:
            return
        if state.target == "text":
            self._words.append(words)
            self._is_bold = self._is_bold and (state.is_bold or not words.strip())
        elif state.target == "list":
            self._marker.append(words)
        elif state.target == "note" and self._notes:
            self._notes[-1].append(words)
        elif state.target == "style":
            self._styles[state.style] = f"{self._styles.get(state.style, '')}{words}".partition(";")[0].strip()
        elif state.target in INFO:
            self.info[state.target] = self.info.get(state.target, "") + words

    def _flush_bytes(self) -> None:
        if self._bytes:
            charset = self._fonts.get(self._state.font, -1)
            if charset == SYMBOL and self._state.target == "list":
                self._add(BULLET)
            else:
                self._add(self._bytes.decode(CHARSETS.get(charset, self._codec), "replace"))
            self._bytes.clear()

    def _flush_units(self) -> None:
        if self._units:
            words = utf16_text(self._units)
            self._add(BULLET if self._state.target == "list" and "\ue000" <= words[:1] <= "\uf8ff" else words)
            self._units.clear()
