"""Printed lines become paragraphs, list items, rows and footnotes, also over column and page breaks."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.lines import NO_MONTH
from corpus.readers.pdf.columns import usual_steps
from corpus.readers.pdf.lines import Line, is_unspaced, joint

# A step so many times the usual one parts two paragraphs; other sizes, in parts of the larger.
_APART = 1.25
_SAME_SIZE = 0.93
# A paragraph goes on in a column of about the same width only.
_OTHER_WIDTH = 1.4
# In sizes of the letters.
_INDENT = 0.7
_LOOSE = 0.12
# Where nothing tells the usual step: in sizes of the letters.
_STEP = 1.3
_ENDS = re.compile(r"[.!?:;。！？：；]['\"”’」』）)\]»]*[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]*$")
_BULLETS = "•‣▪◦●○■□◆◇➢➤✓・–—*\\-\uf0a7\uf0b7\uf0a8\uf076\uf0d8"
_MARKER = re.compile(
    rf"(?P<bullet>[{_BULLETS}])\s+(?=\S)|(?P<tight>[•‣▪●■◆◇・○\uf0a7\uf0b7\uf0a8\uf076\uf0d8])(?=\S)"
    r"|(?P<paren>[(（](?:\d{1,3}|[ivxIVX]{1,5}|[A-Za-z])[)）])\s*(?=\S)"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,4}\.?)\s+(?=\S)"
    rf"|(?P<dotted>\d{{1,3}}[.)．])(?!\d){NO_MONTH}\s*(?=\S)"
    r"|(?P<letter>(?:[ivxIVX]{1,5}|[A-Za-z])[.)])\s+(?=\S)"
    r"|(?P<circled>[①-⓿])\s*(?=\S)"
    r"|(?P<article>第[\d０-９一二三四五六七八九十]{1,3}[条章節項])\s*(?=\S)"
)
_NUMBERS = ("paren", "decimal", "dotted", "letter", "article")
_NOTE = re.compile(r"(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}|[*†‡§]{1,3}|[＊※]\d{0,3})[.)]?\s*(?=\S)")
_NOTE_SIZE = 0.93


@dataclass(slots=True)
class Piece:
    """Lines that belong together.

    Attributes:
        lines: as printed.
        marker: characters of the first line before its words: bullet or number with what follows it; 0 for none.
        marked: the kind of the marker, empty for none.
        is_row: whether it is a row of a table.
        is_note: whether it is a footnote.
    """

    lines: list[Line] = field(default_factory=list)
    marker: int = 0
    marked: str = ""
    is_row: bool = False
    is_note: bool = False

    @property
    def size(self) -> float:
        """Of its letters, in points."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        """Whether all its letters are bold."""
        return all(line.bold for line in self.lines)


def pieces_of(pages: Sequence[Sequence[Line]]) -> list[Piece]:
    """Join the lines of a document's pages, given in reading order, to pieces in reading order.

    A footnote comes before a paragraph that goes on over the end of its page, so that it interrupts no sentence and
    stands among the words of its own page.
    """
    body = body_size([line for page in pages for line in page])
    steps = usual_steps([line for page in pages for line in page])
    found: list[Piece] = []
    for page in pages:
        own, notes = _footnotes(page, body)
        here = _joined(own, steps)
        if found and here and (at := _open_piece(found)) is not None and _goes_on(found[at], here[0]):
            found[at].lines += here.pop(0).lines
        found += here
        found += [_as_note(piece) for piece in _joined(notes, steps, notes=True)]
    return _in_order(found)


def body_size(lines: Sequence[Line]) -> float:
    """The size in which most letters are set, in points."""
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(2 * line.size) / 2] += len(line.text)
    return counted.most_common(1)[0][0] if counted else 10.0


def ends_sentence(text: str) -> bool:
    """Whether words end as a sentence does."""
    return bool(_ENDS.search(text))


def _open_piece(found: list[Piece]) -> int | None:
    """The last piece that is no footnote."""
    return next((i for i in range(len(found) - 1, -1, -1) if not found[i].is_note), None)


def _joined(lines: Sequence[Line], steps: dict[float, float], notes: bool = False) -> list[Piece]:
    found: list[Piece] = []
    before: Line | None = None
    for line in lines:
        if before is not None and found and _continues(found[-1], before, line, steps, notes):
            found[-1].lines.append(line)
        else:
            found.append(_begun(line, notes))
        before = line
    return found


def _begun(line: Line, notes: bool) -> Piece:
    match = (_NOTE if notes else _MARKER).match(line.text)
    if line.cells or not match or match.end() >= len(line.text):
        return Piece([line], is_row=bool(line.cells))
    return Piece([line], match.end(), "note" if notes else match.lastgroup or "")


def _continues(piece: Piece, before: Line, line: Line, steps: dict[float, float], notes: bool) -> bool:
    """Whether a line goes on with the piece that ends in the line before it."""
    if before.cells or line.cells:
        return False
    if min(before.size, line.size) < _SAME_SIZE * max(before.size, line.size):
        return False
    if before.part != line.part:
        return _flows(piece, before, line)
    usual = steps.get(round(2 * line.size) / 2) or _STEP * line.size
    if not 0.5 * line.size < line.base - before.base <= _APART * usual:
        return False
    if _begins_item(piece, before, line, notes):
        return False
    if piece.bold != line.bold and (piece.bold or _is_full(before, line) is False):
        runs_in = _is_full(before, line) and not line.bold and (line.text[0].islower() or len(piece.lines) == 1)
        if not runs_in or ends_sentence(before.text):
            return False
    if (piece.bold and line.bold) or (_is_centred(before) and _is_centred(line)):
        return True
    if _is_indented(piece, before, line):
        return False
    return _is_full(before, line) or not (ends_sentence(before.text) or _begins_anew(line.text))


def _flows(piece: Piece, before: Line, line: Line) -> bool:
    """Whether a paragraph goes on at the top of the next column or page."""
    if piece.is_row or piece.is_note or before.cells or line.cells or (piece.bold != line.bold and piece.bold):
        return False
    if min(before.size, line.size) < _SAME_SIZE * max(before.size, line.size):
        return False
    if _width(line) > _OTHER_WIDTH * _width(before) or _width(before) > _OTHER_WIDTH * _width(line):
        return False
    if ends_sentence(before.text) or (_MARKER.match(line.text) and not line.text[0].isalnum()):
        return False
    return _is_full(before, line) or line.text[0].islower()


def _width(line: Line) -> float:
    return line.edges[1] - line.edges[0]


def _goes_on(piece: Piece, following: Piece) -> bool:
    if piece.bold or following.is_row or (following.marked and following.marked not in ("dotted", "letter")):
        return False
    return _flows(piece, piece.lines[-1], following.lines[0])


def _begins_item(piece: Piece, before: Line, line: Line, notes: bool) -> bool:
    match = (_NOTE if notes else _MARKER).match(line.text)
    if not match or match.end() >= len(line.text):
        return False
    if notes:
        return not line.text[0].isdigit() or (piece.marked == "note" and ends_sentence(before.text))
    if match.lastgroup in ("bullet", "dotted", "decimal", "letter", "article", "paren"):
        # A number or a dash that the wrap brought to the front of a line marks nothing: the sentence before goes on.
        first = piece.lines[0]
        inside = _is_full(before, line) and not ends_sentence(before.text)
        hanging = bool(piece.marked) and abs(line.left - first.left) > _INDENT * line.size
        below = abs(line.left - before.left) < _INDENT * line.size and match.lastgroup != "paren"
        level = below and (not piece.marked or _is_another_dash(match, first))
        is_solid = match.group().strip() in "•‣▪●■◆◇・○"
        return is_solid or not (inside and (level or hanging))
    return True


def _is_another_dash(match: re.Match[str], first: Line) -> bool:
    """Whether a line begins with a dash, and the list item that it stands in with another mark."""
    return match.group().strip() in "–—-" and not first.text.startswith(match.group().strip())


def _is_full(before: Line, line: Line) -> bool:
    """Whether the first word of a line had no room on the line before it."""
    room = before.edges[1] - before.right
    space = 0.25 * line.size
    unspaced = is_unspaced(line.text[0]) or is_unspaced(before.text[-1])
    return room < line.opening + (1.1 * line.size if unspaced else space + _LOOSE * line.size)


def _begins_anew(text: str) -> bool:
    return not text[0].islower()


def _is_centred(line: Line) -> bool:
    left, right = line.left - line.edges[0], line.edges[1] - line.right
    return left > 2 * line.size and abs(left - right) < 0.6 * line.size


def _is_indented(piece: Piece, before: Line, line: Line) -> bool:
    """Whether a line's left edge parts it from the lines before it: indented as a first line, or back from an item."""
    least = _INDENT * line.size
    if piece.marked and len(piece.lines) == 1:
        # A numbered paragraph may have its first line alone indented.
        goes_on = _is_full(before, line) and not ends_sentence(before.text)
        goes_on = goes_on and (piece.marked in _NUMBERS or line.text[0].islower())
        return line.left < before.left - least and not goes_on
    if piece.marked:
        return line.left < before.left - least or line.left > before.left + 2 * least
    if len(piece.lines) == 1:  # the first line of a paragraph may be indented itself
        return line.left > before.left + least or line.left < before.left - 4 * line.size
    return abs(line.left - before.left) > least


def _footnotes(page: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """A page's lines, and the footnotes at its foot: smaller lines below the text, the first with a mark."""
    lines = list(page)
    notes: list[Line] = []
    for part in {line.part for line in lines}:
        own = [line for line in lines if line.part == part]
        at = len(own)
        while at and own[at - 1].size <= _NOTE_SIZE * body and not own[at - 1].cells:
            at -= 1
        while at < len(own) and not _NOTE.match(own[at].text):
            at += 1
        if at and at < len(own):
            notes += own[at:]
    ids = {id(line) for line in notes}
    return [line for line in lines if id(line) not in ids], [line for line in lines if id(line) in ids]


def _as_note(piece: Piece) -> Piece:
    piece.is_note = True
    return piece


def _in_order(pieces: list[Piece]) -> list[Piece]:
    """Footnotes that stand behind a paragraph which goes on over their page are put before it."""
    ordered: list[Piece] = []
    for piece in pieces:
        at = len(ordered)
        while piece.is_note and at and ordered[at - 1].lines[-1].page > piece.lines[0].page:
            at -= 1
        ordered.insert(at, piece)
    return ordered


_HYPHENS = "-\u00ad\u2010"
# Hyphens that nobody types: where a file has them at line ends only, its typesetter put them there.
_TYPESETTERS = "\u00ad\u2010"
_BROKEN = re.compile(rf"([^\W\d_]+(?:[-’'\u2010\u00ad][^\W\d_]+)*)([{_HYPHENS}])$")
_FIRST = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# Characters that the longest word before a line end may have.
_LONGEST = 60
# Of the hyphens at line ends, the share that the document's words show to be brought, from which it is hyphenated.
_HYPHENATED = 0.25
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u00ad][^\W\d_]+)*")
# Marks that stand close between two words wherever a line ends: "goods/services", "AI—and", "https://".
_CLOSE_BEFORE = re.compile(r"[^\W_][—/]$|(?:https?|ftp):[^\s]*[/._?=&#-]$|[^\W_][-\u2010]$")
_CLOSE_AFTER = re.compile(r"—[^\W_]")


class Hyphens:
    """What a document's own words tell about the hyphens at its line ends."""

    def __init__(self, lines: Iterable[Line]) -> None:
        texts = [line.text for line in lines]
        self._words: set[str] = set()
        inside = {c for c in _TYPESETTERS if any(c in text[:-1] for text in texts)}
        ends: list[tuple[re.Match[str], str]] = []
        for text, following in pairwise([*texts, ""]):
            broken, first = _BROKEN.search(text[-_LONGEST:]), _FIRST.match(following)
            if broken and first:
                ends.append((broken, first.group()))
            seen = text[: -len(broken.group())] if broken else text
            self._words |= {word.casefold() for word in _WORD.findall(seen)}
        self._breaking = {broken.group(2) for broken, _ in ends} & set(_TYPESETTERS) - inside
        # A text that is not hyphenated has a compound at a line end now and then, and its parts elsewhere as one word.
        self._is_hyphenated = sum(self._is_whole(*end) for end in ends) >= _HYPHENATED * len(ends) > 0

    def joined(self, before: str, after: str) -> tuple[str, str]:
        """The end of a line as it stays, and what stands between it and the next line.

        Args:
            before: the words so far, up to a line's end.
            after: the next line.
        """
        end = before[-_LONGEST:]
        broken, first = _BROKEN.search(end), _FIRST.match(after)
        if broken and first:
            return (before[:-1] if self._is_brought(broken, first.group()) else before), ""
        if _CLOSE_BEFORE.search(end) and after[:1].isalnum():
            return before, ""
        if before[-1:].isalnum() and _CLOSE_AFTER.match(after):
            return before, ""
        return before, joint(before, after)

    def _is_brought(self, broken: re.Match[str], after: str) -> bool:
        """Whether a line end brought a hyphen into a word."""
        if self._breaking:  # what the typesetter puts in is told apart from what was typed
            compound = f"{broken.group(1)}-{after}".casefold() in self._words
            return broken.group(2) in self._breaking and not compound
        return self._is_hyphenated and self._is_whole(broken, after)

    def _is_whole(self, broken: re.Match[str], after: str) -> bool:
        """Whether the document has the word without the hyphen elsewhere, and never with it."""
        compound = f"{broken.group(1)}-{after}".casefold()
        whole = f"{broken.group(1)}{after}".casefold()
        return after[0].islower() and whole in self._words and compound not in self._words
