"""Extract the words of a PDF page with position, size and weight, upright whichever way the page is rotated."""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# PDFium returns one of these for a hyphen that it takes for a hyphenation at a line end.
_LINE_HYPHENS = "\ufffe\x02"
# Invisible in print: break marks, and marks that change the direction of writing.
_UNSEEN = frozenset(
    "\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_BLANK = " \t\r\n\f\v\x00\u00a0\u2028\u2029"
_BOLD_NAMES = ("bold", "black", "heavy", "demi", "-w6", "-w7", "-w8", "-w9")
_FORCED_BOLD = 1 << 18
# In font sizes: the largest vertical distance between letters of one word.
_SAME_BASE = 0.12
_SIZE_STEP = 0.88
_SAMPLE = 200
# In radians: a letter that leans further than an italic is rotated.
_SLANTED = 0.4


@dataclass(slots=True)
class Word:
    """One word as printed, or a run of letters of a script without spaces.

    Attributes:
        text: its characters.
        left: in points from the page's left edge.
        right: where its last letter ends.
        baseline: its baseline, in points from the top of the page.
        size: of its font, in points.
        bold: True if its font is bold.
        spaced: True if the file has a space before it.
        drawn: the text object of the page that it belongs to; words of one text object are on one line of text.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    spaced: bool
    drawn: int


@dataclass(slots=True)
class _Letters:
    """Adjacent letters of a page in the page's own coordinates; `first` and `last` are origins of letters."""

    text: str
    first: tuple[float, float]
    last: tuple[float, float]
    around: tuple[float, float, float, float]
    size: float
    bold: bool
    spaced: bool
    drawn: int
    angle: float


class TextPage:
    """The text layer of one page of PDFium.

    Attributes:
        count: number of its characters.
        rotated: number of characters left out because they run in another direction than the page, as those of a stamp.
    """

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._text = page.get_textpage()
        self._raw = self._text.raw
        self._styles: dict[int, tuple[float, bool]] = {}
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self.rotated = 0
        self.count: int = max(0, pdfium.FPDFText_CountChars(self._raw))
        codes = (pdfium.FPDFText_GetUnicode(self._raw, i) for i in range(self.count))
        self._characters = [chr(code) if code < 0x110000 else "\ufffd" for code in codes]

    def words(self, box: tuple[float, float, float, float]) -> tuple[list[Word], float, float]:
        """Return the words of the page in the file's order, upright whichever way the page is rotated.

        Args:
            box: the visible part of the page: left, bottom, right, top, in points.

        Returns:
            The words, and the width and the height of the upright page, in points.
        """
        runs = [letters for start, end, spaced in self._runs() for letters in self._letters(start, end, spaced)]
        rotation = _direction(runs)
        straight = [letters for letters in runs if not _is_rotated(letters, rotation)]
        self.rotated = sum(len(letters.text) for letters in runs) - sum(len(letters.text) for letters in straight)
        placed = (_upright(letters, rotation, box) for letters in straight)
        width, height = (box[2] - box[0], box[3] - box[1])[:: 1 if rotation in (0, 2) else -1]
        return [word for word in placed if word is not None], width, height

    def unknown_share(self) -> float:
        """Return the share of letters that the file maps to no character, from a sample of it."""
        letters = [i for i, character in enumerate(self._characters) if character not in _BLANK]
        sample = letters[:: max(1, len(letters) // _SAMPLE)]
        failed = self._pdfium.FPDFText_HasUnicodeMapError
        unknown = sum(_is_private(self._characters[i]) or failed(self._raw, i) == 1 for i in sample)
        return unknown / len(sample) if sample else 0.0

    def close(self) -> None:
        """Free PDFium's memory of the page's text."""
        self._text.close()

    def _runs(self) -> Iterator[tuple[int, int, bool]]:
        """Yield each run of letters without a blank: its start, its end, and True after a blank of the file."""
        start: int | None = None
        spaced = False
        for i, character in enumerate(self._characters):
            if character in _BLANK:
                if start is not None:
                    yield start, i, spaced
                    spaced, start = False, None
                spaced = spaced or (character in " \u00a0" and not self._pdfium.FPDFText_IsGenerated(self._raw, i))
            elif start is None:
                start = i
            if character in _LINE_HYPHENS and start is not None:
                yield start, i + 1, spaced
                spaced, start = False, None
        if start is not None:
            yield start, self.count, spaced

    def _letters(self, start: int, end: int, spaced: bool) -> Iterator[_Letters]:
        """Yield a run of letters, cut where a raised or smaller letter or another line begins."""
        whole = self._measured(start, end, spaced)
        if end - start == 1 or (self._object(start) == self._object(end - 1) and _is_straight(whole)):
            yield whole
            return
        begin, before = start, self._measured(start, start + 1, spaced)
        for i in range(start + 1, end):
            letter = self._measured(i, i + 1, False)
            if not _belongs(before, letter):
                yield self._measured(begin, i, spaced and begin == start)
                begin = i
            before = letter
        yield self._measured(begin, end, spaced and begin == start)

    def _object(self, i: int) -> int:
        pointer = self._pdfium.FPDFText_GetTextObject(self._raw, i)
        return ctypes.addressof(pointer.contents) if pointer else 0

    def _measured(self, start: int, end: int, spaced: bool) -> _Letters:
        first, box = self._origin(start), self._loose(start)
        last, other = (first, box) if end == start + 1 else (self._origin(end - 1), self._loose(end - 1))
        around = (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
        size, bold = self._style(start)
        angle = self._pdfium.FPDFText_GetCharAngle(self._raw, start) if end == start + 1 else 0.0
        text = "".join("-" if c in _LINE_HYPHENS else c for c in self._characters[start:end] if c not in _UNSEEN)
        return _Letters(_whole(text), first, last, around, size, bold, spaced, self._object(start), angle)

    def _origin(self, i: int) -> tuple[float, float]:
        self._pdfium.FPDFText_GetCharOrigin(self._raw, i, self._x, self._y)
        return self._x.value, self._y.value

    def _loose(self, i: int) -> tuple[float, float, float, float]:
        box = self._box
        self._pdfium.FPDFText_GetLooseCharBox(self._raw, i, box)
        return box.left, box.bottom, box.right, box.top

    def _style(self, i: int) -> tuple[float, bool]:
        """Return the font size in points and True if bold, for a letter; all letters of a text object share both."""
        text_object = self._object(i)
        if text_object and text_object in self._styles:
            return self._styles[text_object]
        matrix = self._pdfium.FS_MATRIX()
        self._pdfium.FPDFText_GetMatrix(self._raw, i, matrix)
        size = abs(self._pdfium.FPDFText_GetFontSize(self._raw, i)) * (math.hypot(matrix.c, matrix.d) or 1.0)
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(128)
        self._pdfium.FPDFText_GetFontInfo(self._raw, i, name, 128, flags)
        font = name.value.decode("latin-1").lower()
        bold = bool(flags.value & _FORCED_BOLD) or any(part in font for part in _BOLD_NAMES)
        self._styles[text_object] = (size if 0.5 < size < 2000 else 10.0, bold)
        return self._styles[text_object]


def _whole(text: str) -> str:
    """Join the halves of surrogate pairs; a lone half becomes a replacement character."""
    if any("\ud800" <= c <= "\udfff" for c in text):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _is_private(character: str) -> bool:
    return character in "\ufffd" or unicodedata.category(character) in ("Co", "Cn", "Cc")


def _is_straight(letters: _Letters) -> bool:
    """Return True if letters follow each other along one line with usual distances."""
    along, across = sorted((abs(letters.last[0] - letters.first[0]), abs(letters.last[1] - letters.first[1])))[::-1]
    return across <= 0.2 * letters.size and along <= 2.5 * letters.size * len(letters.text)


def _belongs(before: _Letters, letter: _Letters) -> bool:
    """Return True if a letter continues the word of the letter before it: same line, same size, side by side."""
    size = max(before.size, letter.size)
    aside, down = abs(letter.first[0] - before.first[0]), abs(letter.first[1] - before.first[1])
    same_size = min(before.size, letter.size) >= _SIZE_STEP * size
    return same_size and min(aside, down) <= _SAME_BASE * size and max(aside, down) <= 2.5 * size


def _direction(runs: list[_Letters]) -> int:
    """Return the direction of most letters of a page: 0 right, 1 up, 2 left, 3 down (vertical script too)."""
    letters_by_direction = Counter({0: 0})
    for letters in runs:
        along, up = letters.last[0] - letters.first[0], letters.last[1] - letters.first[1]
        if len(letters.text) > 1 and min(abs(along), abs(up)) <= 0.2 * max(abs(along), abs(up)):
            direction = (0 if along >= 0 else 2) if abs(along) >= abs(up) else (1 if up > 0 else 3)
            letters_by_direction[direction] += len(letters.text)
    return letters_by_direction.most_common(1)[0][0]


def _is_rotated(letters: _Letters, rotation: int) -> bool:
    """Return True if letters run in another direction than the page."""
    along, up = letters.last[0] - letters.first[0], letters.last[1] - letters.first[1]
    if not along and not up:  # a single letter has no direction; in vertical script it is upright
        return _SLANTED < letters.angle % (2 * math.pi) < 2 * math.pi - _SLANTED and rotation == 0
    if rotation not in (0, 2):
        along, up = up, along
    return abs(up) > 0.3 * letters.size and abs(up) > 0.2 * abs(along)


def _upright(letters: _Letters, rotation: int, box: tuple[float, float, float, float]) -> Word | None:
    """Return letters as a word of the upright page; None for letters outside the page."""
    left, low, right, high = letters.around
    x, y = letters.first
    if rotation in (0, 2):
        begin, end, baseline = (left - box[0], right - box[0], box[3] - y)
        if rotation == 2:
            begin, end, baseline = (box[2] - right, box[2] - left, y - box[1])
    else:
        begin, end, baseline = (low - box[1], high - box[1], x - box[0])
        if rotation == 3:
            begin, end, baseline = (box[3] - high, box[3] - low, box[2] - x)
    across, down = (box[2] - box[0], box[3] - box[1])[:: 1 if rotation in (0, 2) else -1]
    if not letters.text or end < 0 or begin > across or baseline < 0 or baseline > down + letters.size:
        return None
    return Word(letters.text, begin, end, baseline, letters.size, letters.bold, letters.spaced, letters.drawn)
