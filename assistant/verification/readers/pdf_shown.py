"""Find the letters of a PDF report that nobody sees, that are struck out or raised, and the words of annotations."""

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assistant.verification.readers.same_letters import same_letters
from assistant.verification.readers.shown import HIDDEN, STRUCK

RAISED = "raised digits"
"""The kind of digits above the line behind a digit: exponents and marks of notes."""
# A page whose letters are mostly invisible is a scanned one, whose picture shows them.
_SCANNED = 0.5
# Components of a colour from which on nobody tells it from white.
_NEARLY_WHITE = 240
# Points: the least height and width of letters that anybody reads, and the most height of a line.
_LEAST_HEIGHT, _LEAST_WIDTH = 1.0, 0.2
_THICKEST = 2.5
# Letters of a text so narrow that they are looked at one by one.
_MOST_LETTERS = 10
# Shares of the height of a letter between which a line strikes it out.
_LOW, _HIGH = 0.2, 0.85
# Points of a row of letters, the share of those along a line that it strikes out, and the lines of a page looked at.
_ROW, _MOST_OF, _MOST_LINES = 8, 0.6, 5_000
# Points of a text that may be a raised digit, and shares of the digit before it: of its rise, and of its height.
_NARROW = 15
_RAISED, _LOWER = 0.2, 0.85
_INVISIBLE_MODES = (3, 7)
# What holds the words of an annotation, by its kind.
_WORDS = {"/FreeText": "/Contents", "/Text": "/Contents", "/Stamp": "/Contents", "/Widget": "/V"}
_MOST_ANNOTATIONS = 2_000


class Box(NamedTuple):
    """A box on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Return True if a point is inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class PageLetters:
    """The letters of a page without spaces, as they are drawn, and which of them are hidden, struck out or raised."""

    letters: str
    unseen: Mapping[int, str] = field(default_factory=dict)

    def among(self, others: str) -> dict[int, str] | None:
        """Return the unseen letters by their places among the letters that another program reads on the page.

        None where the two read too long a text too differently.
        """
        if not self.unseen or self.letters == others:
            return dict(self.unseen)
        same = same_letters(self.letters, others)
        return None if same is None else {same[at]: kind for at, kind in self.unseen.items() if at in same}


def page_letters(page: Any, struck: Sequence[Box] = ()) -> PageLetters:
    """Return the letters of a pypdfium2 page.

    Args:
        page: the page.
        struck: boxes that its annotations strike out.
    """
    drawn = _Drawn(page)
    if not (drawn.is_suspect or struck):
        return PageLetters("")
    letters = [letter for letter in _letters(page) if not letter.character.isspace()]
    unseen = dict.fromkeys(_raised(letters), RAISED) | dict.fromkeys(_struck(letters, drawn.lines), STRUCK)
    for at, letter in enumerate(letters):
        if drawn.hides(letter):
            unseen[at] = HIDDEN
        elif any(box.holds(*letter.middle) for box in struck):
            unseen[at] = STRUCK
    invisible = sum(kind == HIDDEN for kind in unseen.values())
    if invisible > _SCANNED * len(letters):
        unseen = {at: kind for at, kind in unseen.items() if kind != HIDDEN}
    return PageLetters("".join(letter.character for letter in letters), unseen)


class _Drawn:
    """Drawing of a page: its texts that may be hidden, and the shapes before and behind them.

    Attributes:
        suspects: the addresses of texts that are invisible by their mode or colour; False for those that are white.
        lines: the boxes of thin lines.
        covers: the boxes of white shapes, each with its place in the order of drawing.
    """

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self.suspects: dict[int, bool] = {}
        self.lines: list[Box] = []
        self.covers: list[tuple[int, Box]] = []
        self._dark: list[Box] = []
        self._order: dict[int, int] = {}
        self._small: set[int] = set()
        self._has_narrow = False
        for number, shape in enumerate(page.get_objects()):
            if shape.type == pdfium.FPDF_PAGEOBJ_TEXT:
                self._add_text(shape, number)
            elif shape.level == 0:  # what a form draws has places of its own
                self._add_shape(shape, number)

    @property
    def is_suspect(self) -> bool:
        """True if letters of the page may be hidden, struck out or raised."""
        return bool(self.suspects or self.lines or self.covers or self._small or self._has_narrow)

    def _add_text(self, text: Any, number: int) -> None:
        import pypdfium2.raw as pdfium

        address = ctypes.addressof(text.raw.contents)
        self._order[address] = number
        color = _color(text, pdfium.FPDFPageObj_GetFillColor)
        left, bottom, right, top = text.get_bounds()
        self._has_narrow |= right - left < _NARROW
        is_invisible = pdfium.FPDFTextObj_GetTextRenderMode(text.raw) in _INVISIBLE_MODES or (color and color[3] == 0)
        if is_invisible:
            self.suspects[address] = True
        elif top - bottom < 2 * _LEAST_HEIGHT or right - left < _LEAST_WIDTH * _MOST_LETTERS:
            self._small.add(address)
        elif text.level == 0 and color and min(color[:3]) >= _NEARLY_WHITE:
            self.suspects[address] = False

    def _add_shape(self, shape: Any, number: int) -> None:
        import pypdfium2.raw as pdfium

        box = Box(*shape.get_bounds())
        if shape.type != pdfium.FPDF_PAGEOBJ_PATH:
            self._dark.append(box)
            return
        fills, strokes = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(shape.raw, fills, strokes)
        color = _color(shape, pdfium.FPDFPageObj_GetFillColor) if fills.value else None
        if box.top - box.bottom <= _THICKEST < box.right - box.left:
            self.lines.append(box)
        elif color and color[3] and min(color[:3]) < _NEARLY_WHITE:
            self._dark.append(box)
        elif color and color[3] == 255:
            self.covers.append((number, box))

    def hides(self, letter: "_DrawnLetter") -> bool:
        """Return True if nobody sees a letter: by its mode, colour or size, or since a white shape covers it."""
        suspect = self.suspects.get(letter.address)
        if suspect or (letter.address in self._small and letter.is_small):
            return True
        if suspect is False and not any(dark.holds(*letter.middle) for dark in self._dark):
            return True
        order = self._order.get(letter.address, -1)
        return order >= 0 and any(number > order and cover.holds(*letter.middle) for number, cover in self.covers)


class _DrawnLetter(NamedTuple):
    character: str
    address: int
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.box.left + self.box.right) / 2, (self.box.bottom + self.box.top) / 2

    @property
    def is_small(self) -> bool:
        """True if it is too small to be read."""
        height, width = self.box.top - self.box.bottom, self.box.right - self.box.left
        return self.character.isalnum() and (height < _LEAST_HEIGHT or width < _LEAST_WIDTH)


def _raised(letters: Sequence[_DrawnLetter]) -> Iterator[int]:
    """Yield the digits above the line directly behind a digit, and those behind such digits."""
    base: Box | None = None
    for at, letter in enumerate(letters):
        box, is_digit = letter.box, letter.character.isdigit()
        height = base.top - base.bottom if base else 0.0
        if base and is_digit and abs(box.left - base.right) < height and _is_above(box, base):
            yield at
            base = Box(base.left, base.bottom, box.right, base.top)
        else:
            base = box if is_digit else None


def _is_above(box: Box, base: Box) -> bool:
    height = base.top - base.bottom
    return box.bottom > base.bottom + _RAISED * height and box.top - box.bottom < _LOWER * height


def _struck(letters: Sequence[_DrawnLetter], lines: Sequence[Box]) -> Iterator[int]:
    """Yield the letters that a line strikes out: most of those along it, so that an underline is none."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for at, letter in enumerate(letters):
        rows[round(letter.middle[1] / _ROW)].append(at)
    for line in lines[:_MOST_LINES]:
        y = (line.bottom + line.top) / 2
        row = round(y / _ROW)
        near = [at for number in (row - 1, row, row + 1) for at in rows.get(number, ())]
        along = [
            at for at in near if line.left <= letters[at].middle[0] <= line.right and letters[at].character.isalnum()
        ]
        crossed = [at for at in along if _crosses(letters[at].box, y)]
        if crossed and len(crossed) >= _MOST_OF * len(along):
            yield from crossed


def _crosses(box: Box, y: float) -> bool:
    height = box.top - box.bottom
    return box.bottom + _LOW * height <= y <= box.bottom + _HIGH * height


def _color(shape: Any, get: Any) -> tuple[int, int, int, int] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    return tuple(part.value for part in parts) if get(shape.raw, *parts) else None  # type: ignore[return-value]


def _letters(page: Any) -> Iterator[_DrawnLetter]:
    """Yield the characters of a page, each with the address of its text and its box."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, at)
        owner = pdfium.FPDFText_GetTextObject(text.raw, at)
        if code and owner and pdfium.FPDFText_GetCharBox(text.raw, at, left, right, bottom, top):
            box = Box(left.value, bottom.value, right.value, top.value)
            yield _DrawnLetter(chr(code), ctypes.addressof(owner.contents), box)


def struck_boxes(page: Any) -> list[Box]:
    """Return the boxes that the annotations of a pypdf page strike out."""
    found = []
    for annotation in _annotations(page):
        is_striking = annotation.get("/Subtype") == "/StrikeOut"
        points = [float(point) for point in annotation.get("/QuadPoints") or ()] if is_striking else []
        for at in range(0, len(points) - 7, 8):
            xs, ys = points[at : at + 8 : 2], points[at + 1 : at + 8 : 2]
            found.append(Box(min(xs), min(ys), max(xs), max(ys)))
    return found


def annotated_words(page: Any) -> Iterator[str]:
    """Yield the words of a pypdf page's notes and of its form fields."""
    for annotation in _annotations(page):
        words = annotation.get(_WORDS.get(str(annotation.get("/Subtype")), ""))
        if isinstance(words, str) and any(map(str.isalnum, words)):
            yield words


def _annotations(page: Any) -> list[Any]:
    try:
        found = [one.get_object() for one in list(page.get("/Annots") or ())[:_MOST_ANNOTATIONS]]
        return [one for one in found if hasattr(one, "get")]
    except Exception:  # whatever is damaged in it, the page is read without
        return []
