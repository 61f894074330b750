"""Compose the text and the outline of a file whose format states its structure (HTML, Word, PDF).

The text is plain, without marks of any format: blank lines between blocks, line breaks between the items of a list, and
" | " between the cells of a table's row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.document import Block, Kind
from corpus.language.dates import LIKELY_DATE
from corpus.lines import typed_marker
from corpus.outline.marks import mark_blocks
from corpus.outline.plain_words import is_navigation
from corpus.span import Span

CELL_BREAK = " | "
# White space that a page or a Word file collapses; no-break spaces stay.
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# A numbered line of fewer characters may be a heading.
_SHORT_LINE = 60
_RAISED = re.compile(r"\s*(?:[+\-−–]?\d{1,3}|[\[(]\d{1,3}[\])])\s*")
_SUPERSCRIPT = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
RAISED_LETTERS = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
"""Superscript characters of the letters that mark notes; Unicode has none of "q"."""
NOTE_LETTERS = re.compile(r"[a-pr-z]|[ivx]{2,5}")
"""A letter or a small Roman number that marks a note."""
_HEAD_CHARACTERS = 130
_LOWEST = 7
_BULLETS = frozenset("•◦▪‣-–*・")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One heading, paragraph, list item or table row of a file.

    Attributes:
        kind: its role; a table's row is a list item. `compose` recognizes more menus and contact lines.
        words: its words; line breaks are visible ones, other white space is one space.
        marker: bullet or number of an item, with the space behind it: "• ", "1. ", "・"; empty for others.
        level: depth of a heading, 1 the highest; 0 for everything else.
        joined: True if only a line break separates it from the part before.
        linked: True if nearly all its words are links: an entry of a menu, or of a list of related pages.
        bold: True if all its words are bold.
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
    """A text under construction."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, words: str) -> Span:
        span = Span(self.length, self.length + len(words))
        self.pieces.append(words)
        self.length = span.end
        return span


def collapse_space(words: str) -> str:
    """Collapse each run of white space to one space, or to one line break where it has one."""
    lines = (_SPACE.sub(" ", line).strip(" ") for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def superscript(words: str, notes: frozenset[str] = frozenset()) -> str:
    """Return a superscript number in superscript characters (10⁶, m²), and other words unchanged.

    Letters are such characters only if they are among `notes`, the letters with which the notes of the file begin: in
    "5th" they are none.
    """
    if words.strip() in notes:
        return "".join(RAISED_LETTERS[letter] for letter in words.strip())
    return words.strip().translate(_SUPERSCRIPT) if _RAISED.fullmatch(words) else words


def row_words(cells: Sequence[str]) -> str:
    """Return the words of a table's row, each cell in its column: empty ones are kept before the last that has words.

    A row that begins with an empty cell stands between bars; of a row with one cell with words only that is returned.
    """
    filled = [n for n, cell in enumerate(cells) if cell]
    if len(filled) < 2:
        return cells[filled[0]] if filled else ""
    words = CELL_BREAK.join(cells[: filled[-1] + 1])
    return words if cells[0] else f"| {words} |"


def compose(parts: Iterable[Part], title: str | None = None) -> tuple[str, tuple[Block, ...]]:
    """Return the text of the parts and its outline, with title, menus and contact lines marked as in plain text.

    Args:
        parts: in reading order; those without words are left out.
        title: the document's title; when None, a short first line that is no sentence becomes the block of the title,
            which is read as a heading and never quoted as a statement.
    """
    text = _Text()
    blocks: list[Block] = []
    bulleted: list[bool] = []
    for part in _promote_bold_lines([line for whole in parts for line in _split_lines(whole)]):
        words = collapse_space(part.words)
        if not words.strip():
            continue
        if part.kind is Kind.BODY and not part.marker:
            part, words = _split_marker(part, words)
        if blocks:
            text.add("\n" if part.joined else "\n\n")
        start = text.add(part.marker).start if part.marker else text.length
        place = text.add(words)
        blocks.append(_block(part, words, Span(start, place.end), place))
        bulleted.append(part.marker.strip() in _BULLETS)
    whole = "".join(text.pieces)
    mark_blocks(whole, blocks, bulleted, title)
    return whole, tuple(_close_level_gaps(blocks))


def _promote_bold_lines(parts: list[Part]) -> list[Part]:
    """Make short bold paragraphs headings of the lowest level, unless most paragraphs are."""
    heads = {i for i, (part, below) in enumerate(pairwise(parts)) if _is_head(part) and below.kind is not Kind.HEADING}
    if len(heads) * 2 > len(parts):
        return parts
    return [replace(p, kind=Kind.HEADING, level=_LOWEST) if i in heads else p for i, p in enumerate(parts)]


def _is_head(part: Part) -> bool:
    words = collapse_space(part.words)
    if not part.bold or part.kind is not Kind.BODY or len(words) > _HEAD_CHARACTERS or "\n" in words:
        return False
    # "Vienna, 4 March 2024" is bold, but no heading.
    return any(c.isalpha() for c in words) and words[-1] not in ".。:：;；,、!！" and not LIKELY_DATE.search(words)


def _split_lines(part: Part) -> Iterator[Part]:
    """Cut a paragraph before lines that begin with a bullet or number, and behind numbered lines short as headings."""
    if part.kind not in (Kind.BODY, Kind.LIST_ITEM) or "\n" not in part.words:
        yield part
        return
    lines = [line for line in collapse_space(part.words).split("\n") if line.strip()]
    lines_of_part = lines[:1]
    for before, line in pairwise(lines):
        is_head = typed_marker(before) and len(before) < _SHORT_LINE and not line[0].islower()
        if is_head or typed_marker(line):
            yield replace(part, words="\n".join(lines_of_part))
            part, lines_of_part = Part(Kind.BODY, "", joined=True, linked=part.linked), []
        lines_of_part.append(line)
    yield replace(part, words="\n".join(lines_of_part))


def _split_marker(part: Part, words: str) -> tuple[Part, str]:
    """Make a paragraph that begins with a typed bullet or number a list item."""
    marker = typed_marker(words)
    if not marker or len(marker) == len(words):
        return part, words
    return replace(part, kind=Kind.LIST_ITEM, marker=marker), words[len(marker) :]


def _block(part: Part, words: str, span: Span, place: Span) -> Block:
    if part.kind in (Kind.TITLE, Kind.MENU):
        return Block(part.kind, span, place)
    if is_navigation(words):
        return Block(Kind.MENU, span, place)
    return Block(part.kind, span, place, part.level if part.kind is Kind.HEADING else 0)


def _close_level_gaps(blocks: list[Block]) -> Iterable[Block]:
    """Yield the blocks with gaps in heading levels closed: a page may begin with its third level."""
    path: list[int] = []
    for block in blocks:
        if block.kind is not Kind.HEADING:
            yield block
            continue
        while path and path[-1] >= block.level:
            path.pop()
        path.append(block.level)
        yield replace(block, level=len(path))


def format_number(number: int, style: str) -> str:
    """Format a list number in a style of CSS or Word, such as "lower-latin" or "upperRoman"; decimal if unknown."""
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
