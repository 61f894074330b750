"""Builds the text and the outline of a file whose format states its structure: a page, a Word document.

The text is plain: no mark of any format stands in it. A blank line stands between blocks, a line break between the
items of a list, and " | " between the cells of a table's row.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.document import Block, Kind
from corpus.language.dates import LIKELY_DATE
from corpus.lines import typed_marker
from corpus.outline import is_navigation, mark
from corpus.span import Span

CELL_BREAK = " | "
# White space that a page or a Word file does not show; a no-break space is shown and stays.
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# A numbered line of fewer characters stands over what follows it.
_SHORT_LINE = 60
_RAISED = re.compile(r"\s*[+\-−–]?\d{1,3}\s*")
_SUPERSCRIPT = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_HEAD_CHARACTERS = 130
_LOWEST = 7
# "Vienna, 4 March 2024" is bold, but no heading.
_BULLETS = frozenset("•◦▪‣-–*・")


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a file's structure as its reader sees it.

    Attributes:
        kind: what it is; a table's row is a list item. Further menus and contact lines are found.
        words: its words; a line break is one that the reader sees, other white space is one space.
        marker: what stands before an item, with the space behind it: "• ", "1. ", "・"; empty for other kinds and rows.
        level: depth of a heading, 1 the highest; 0 for everything else.
        joined: whether only a line break stands between the part before and this one.
        linked: whether nearly all its words are links: an entry of a menu, or of a list of related pages.
        bold: whether all its words are bold.
    """

    kind: Kind
    words: str
    marker: str = ""
    level: int = 0
    joined: bool = False
    linked: bool = False
    bold: bool = False


@dataclass(slots=True)
class _Text:
    """The text as it grows."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, words: str) -> Span:
        span = Span(self.length, self.length + len(words))
        self.pieces.append(words)
        self.length = span.end
        return span


def tidy(words: str) -> str:
    """Words without the white space that is not seen: each run is one space, or one line break where one is seen."""
    lines = (_SPACE.sub(" ", line).strip(" ") for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def raised(words: str) -> str:
    """Words that are set raised: a number in the characters for it, so that 10⁶ is not 106 and m² not m2."""
    return words.strip().translate(_SUPERSCRIPT) if _RAISED.fullmatch(words) else words


def composed(parts: Iterable[Part], title: str | None = None) -> tuple[str, tuple[Block, ...]]:
    """The text of the parts and its outline, with title, menus and contacts marked as they are in plain text.

    Args:
        parts: in the order in which they are read; one without words is left out.
        title: the document's title, where it is known.
    """
    text = _Text()
    blocks: list[Block] = []
    bulleted: list[bool] = []
    for part in _headed([line for whole in parts for line in _lines_of(whole)]):
        words = tidy(part.words)
        if not words.strip():
            continue
        if part.kind is Kind.BODY and not part.marker:
            part, words = _marked(part, words)
        if blocks:
            text.add("\n" if part.joined else "\n\n")
        start = text.add(part.marker).start if part.marker else text.length
        place = text.add(words)
        blocks.append(_block(part, words, Span(start, place.end), place))
        bulleted.append(part.marker.strip() in _BULLETS)
    whole = "".join(text.pieces)
    mark(whole, blocks, bulleted, title)
    return whole, tuple(_nested(blocks))


def _headed(parts: list[Part]) -> list[Part]:
    """The parts, the short bold ones over others as the headings that they are to a reader, below all that say so."""
    heads = {i for i, (part, below) in enumerate(pairwise(parts)) if _is_head(part) and below.kind is not Kind.HEADING}
    if len(heads) * 2 > len(parts):
        return parts
    return [replace(p, kind=Kind.HEADING, level=_LOWEST) if i in heads else p for i, p in enumerate(parts)]


def _is_head(part: Part) -> bool:
    words = tidy(part.words)
    if not part.bold or part.kind is not Kind.BODY or len(words) > _HEAD_CHARACTERS or "\n" in words:
        return False
    return any(c.isalpha() for c in words) and words[-1] not in ".。:：;；,、!！" and not LIKELY_DATE.search(words)


def _lines_of(part: Part) -> Iterator[Part]:
    """A paragraph cut before the lines that begin with a bullet or number, and behind those as short as headings."""
    if part.kind not in (Kind.BODY, Kind.LIST_ITEM) or "\n" not in part.words:
        yield part
        return
    lines = [line for line in tidy(part.words).split("\n") if line.strip()]
    held = lines[:1]
    for before, line in pairwise(lines):
        is_head = typed_marker(before) and len(before) < _SHORT_LINE and not line[0].islower()
        if is_head or typed_marker(line):
            yield replace(part, words="\n".join(held))
            part, held = Part(Kind.BODY, "", joined=True, linked=part.linked), []
        held.append(line)
    yield replace(part, words="\n".join(held))


def _marked(part: Part, words: str) -> tuple[Part, str]:
    """A paragraph that begins with a bullet or number of its own, as typed by hand, is an item of a list."""
    found = typed_marker(words)
    if not found or len(found) == len(words):
        return part, words
    return replace(part, kind=Kind.LIST_ITEM, marker=found), words[len(found) :]


def _block(part: Part, words: str, span: Span, place: Span) -> Block:
    if part.kind in (Kind.TITLE, Kind.MENU):
        return Block(part.kind, span, place)
    if is_navigation(words):
        return Block(Kind.MENU, span, place)
    return Block(part.kind, span, place, part.level if part.kind is Kind.HEADING else 0)


def _nested(blocks: list[Block]) -> Iterable[Block]:
    """The headings one level below the heading above them at most: a page may begin with its third level."""
    path: list[int] = []
    for block in blocks:
        if block.kind is not Kind.HEADING:
            yield block
            continue
        while path and path[-1] >= block.level:
            path.pop()
        path.append(block.level)
        yield replace(block, level=len(path))


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def number_as(number: int, style: str) -> str:
    """A number in the style that a list names, by CSS or by Word: decimal where the style is another.

    Args:
        number: of the item.
        style: "lower-latin", "upper-roman", "lowerLetter", "decimalZero" ...
    """
    name = style.lower().replace("-", "")
    if "roman" in name and 0 < number < 4000:
        words = _roman(number)
    elif ("latin" in name or "alpha" in name or "letter" in name) and number > 0:
        words = _letters(number)
    elif name in ("decimalzero", "decimalleadingzero"):
        words = f"{number:02}"
    elif name in ("decimalenclosedcircle", "decimalenclosedcirclechinese") and 1 <= number <= 20:
        words = chr(0x2460 + number - 1)
    elif name in ("decimalfullwidth", "decimalfullwidth2"):
        words = str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    elif name in ("aiueo", "aiueofullwidth", "iroha", "irohafullwidth") and number > 0:
        order = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
        if name.startswith("iroha"):
            order = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
        words = order[(number - 1) % len(order)]
    else:
        words = str(number)
    return words.upper() if name.startswith("upper") else words


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _letters(number: int) -> str:
    words = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        words = chr(ord("a") + digit) + words
    return words
