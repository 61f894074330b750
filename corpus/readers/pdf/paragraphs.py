"""Join the printed lines of a PDF to paragraphs, list items, rows and footnotes, across columns and pages."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.language.tokens import STOP_WORDS
from corpus.lines import NO_MONTH
from corpus.readers.pdf.columns import usual_steps
from corpus.readers.pdf.lines import PrintedLine, is_unspaced
from corpus.speaker_label import Form, read_label

# A step of so many times the usual one separates two paragraphs.
_APART = 1.25
# Two font sizes are the same if the smaller is at least this share of the larger.
_SAME_SIZE = 0.93
# A paragraph continues only in a column of about the same width.
_OTHER_WIDTH = 1.4
# In font sizes.
_INDENT = 0.7
_LOOSE = 0.12
# In font sizes: the step from line to line where no usual one is known.
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
    r"|(?P<article>第[\d一二三四五六七八九十]{1,3}[条章節項])\s*(?=\S)"
)
_NUMBERS = ("paren", "decimal", "dotted", "letter", "article")
_NOTE = re.compile(r"(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}|[*†‡§]{1,3}|[＊※]\d{0,3})[.)]?\s*(?=\S)")
_NOTE_SIZE = 0.93
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TO_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# "Q  Did you ...": the turns of a hearing whose letters have no dot.
_ASKS, _REPLIES = re.compile(r"Q[.:]?\s+[A-Z“\"(]"), re.compile(r"A[.:]?\s+[A-Z“\"(]")
_SUM = re.compile(r"[A-Z]{3}\s\d")
# Characters of a line that hold the label of a speaker, and what ends the words of the speaker before.
_LABEL = 120
_ENDS_TURN = re.compile(r"[.!?…—–-][\"'”’)\]]*$")


@dataclass(slots=True)
class PrintedBlock:
    """The lines of one paragraph, heading, list item, table row or footnote.

    Attributes:
        lines: as printed.
        marker: length of the bullet or number before the first line's words, with the space behind it; 0 for none.
        marked: the kind of the marker, empty for none.
        is_row: True for a row of a table.
        is_note: True for a footnote.
    """

    lines: list[PrintedLine] = field(default_factory=list)
    marker: int = 0
    marked: str = ""
    is_row: bool = False
    is_note: bool = False

    @property
    def size(self) -> float:
        """The font size in points of its longest line."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        """True if all its letters are bold."""
        return all(line.bold for line in self.lines)


def group_lines(pages: Sequence[Sequence[PrintedLine]]) -> list[PrintedBlock]:
    """Join the lines of a document's pages, in reading order, to blocks in reading order.

    A footnote comes before a paragraph that continues on the next page: so it interrupts no sentence and stays on its
    own page.
    """
    body = body_size([line for page in pages for line in page])
    steps = usual_steps([line for page in pages for line in page])
    blocks: list[PrintedBlock] = []
    header: PrintedBlock | None = None  # the first row of the table that the page before ends with
    for page in pages:
        lines, notes = _footnotes(page, body)
        page_blocks = _group_region(lines, steps)
        if (
            blocks
            and page_blocks
            and (at := _last_text_block(blocks)) is not None
            and _continues_on_page(blocks[at], page_blocks[0])
        ):
            blocks[at].lines += page_blocks.pop(0).lines
        if header and page_blocks and page_blocks[0].lines[0].cells == header.lines[0].cells:
            page_blocks.pop(0)  # the table of the page before goes on
        for block in page_blocks:
            header = (header or block) if block.is_row else None
        blocks += page_blocks
        blocks += [_mark_note(piece) for piece in _group_region(notes, steps, notes=True)]
    return _order_footnotes(_without_speakers(blocks))


def note_marks(blocks: Sequence[PrintedBlock]) -> re.Pattern[str] | None:
    """Return a pattern of the raised numbers behind words that footnotes explain; None without numbered footnotes.

    A number behind a short word or a figure without groups of digits is left: "30 m²", "10²".
    """
    numbers = {
        match["mark"].translate(_RAISED)
        for block in blocks
        if block.is_note and (match := _NOTE.match(block.lines[0].text)) and match["mark"].translate(_RAISED).isdigit()
    }
    raised = "|".join(sorted((n.translate(_TO_RAISED) for n in numbers), key=len, reverse=True))
    return (
        re.compile(rf"(?:(?<=[^\W\d_]{{3}})|(?<=\d[.,]\d{{3}})|(?<=[.,;:!?)\]”’\"]))(?:{raised})(?![⁰¹²³⁴-⁹])")
        if numbers
        else None
    )


def _without_speakers(blocks: list[PrintedBlock]) -> list[PrintedBlock]:
    """Make paragraphs of the items "Q. ..." and "A. ..." where no other letter is a marker: a hearing, and no list."""
    lettered = [block for block in blocks if block.marked == "letter"]
    letters = Counter(block.lines[0].text[0] for block in lettered)
    if set(letters) == {"Q", "A"}:
        for block in lettered:
            block.marker, block.marked = 0, ""
    return blocks


def body_size(lines: Sequence[PrintedLine]) -> float:
    """Return the font size in which most letters are set, in points."""
    letters_by_size: Counter[float] = Counter()
    for line in lines:
        letters_by_size[round(2 * line.size) / 2] += len(line.text)
    return letters_by_size.most_common(1)[0][0] if letters_by_size else 10.0


def ends_sentence(text: str) -> bool:
    """Return True if words end as a sentence does."""
    return bool(_ENDS.search(text))


def _last_text_block(blocks: Sequence[PrintedBlock]) -> int | None:
    """Return the index of the last block that is no footnote."""
    return next((i for i in range(len(blocks) - 1, -1, -1) if not blocks[i].is_note), None)


def _group_region(lines: Sequence[PrintedLine], steps: dict[float, float], notes: bool = False) -> list[PrintedBlock]:
    blocks: list[PrintedBlock] = []
    previous: PrintedLine | None = None
    for line in lines:
        if previous is not None and blocks and _continues(blocks[-1], previous, line, steps, notes):
            blocks[-1].lines.append(line)
        else:
            blocks.append(_start_block(line, notes))
        previous = line
    return blocks


def _start_block(line: PrintedLine, notes: bool) -> PrintedBlock:
    match = (_NOTE if notes else _MARKER).match(line.text)
    if line.cells or not match or match.end() >= len(line.text):
        return PrintedBlock([line], is_row=bool(line.cells))
    return PrintedBlock([line], match.end(), "note" if notes else match.lastgroup or "")


def _continues(
    block: PrintedBlock, before: PrintedLine, line: PrintedLine, steps: dict[float, float], notes: bool
) -> bool:
    """Return True if a line continues the block that ends in the line before it."""
    if before.cells or line.cells:
        return False
    if min(before.size, line.size) < _SAME_SIZE * max(before.size, line.size):
        return False
    if before.part != line.part:
        return _flows(block, before, line)
    usual = steps.get(round(2 * line.size) / 2) or _STEP * line.size
    if not 0.5 * line.size < line.baseline - before.baseline <= _APART * usual:
        return False
    if _begins_item(block, before, line, notes):
        return False
    if block.bold != line.bold and (block.bold or not _is_full(before, line)):
        runs_in = _is_full(before, line) and not line.bold and (line.text[0].islower() or len(block.lines) == 1)
        if not runs_in or ends_sentence(before.text):
            return False
    if (block.bold and line.bold) or (_is_centred(before) and _is_centred(line)):
        return True
    if _is_indented(block, before, line):
        return False
    return _is_full(before, line) or _goes_on(before, line)


def _flows(block: PrintedBlock, before: PrintedLine, line: PrintedLine) -> bool:
    """Return True if a paragraph continues at the top of the next column or page."""
    if block.is_row or block.is_note or before.cells or line.cells or (block.bold != line.bold and block.bold):
        return False
    if min(before.size, line.size) < _SAME_SIZE * max(before.size, line.size):
        return False
    if _width(line) > _OTHER_WIDTH * _width(before) or _width(before) > _OTHER_WIDTH * _width(line):
        return False
    if ends_sentence(before.text) or (_MARKER.match(line.text) and not line.text[0].isalnum()):
        return False
    return _is_full(before, line) or _goes_on(before, line)


def _goes_on(before: PrintedLine, line: PrintedLine) -> bool:
    """Return True if the words at a line end need those on the next line, although these had room before it.

    "EUR 87,400" is never divided, so that a line may end early before it.
    """
    if ends_sentence(before.text):
        return False
    last = before.text.rsplit(None, 1)[-1]
    return line.text[0].islower() or (last.islower() and last in STOP_WORDS) or bool(_SUM.match(line.text))


def _width(line: PrintedLine) -> float:
    return line.edges[1] - line.edges[0]


def _continues_on_page(block: PrintedBlock, following: PrintedBlock) -> bool:
    if block.bold or following.is_row or (following.marked and following.marked not in ("dotted", "letter")):
        return False
    return _flows(block, block.lines[-1], following.lines[0])


def _begins_item(block: PrintedBlock, before: PrintedLine, line: PrintedLine, notes: bool) -> bool:
    match = (_NOTE if notes else _MARKER).match(line.text)
    if _ASKS.match(line.text) or (_REPLIES.match(line.text) and _ASKS.match(block.lines[0].text)):
        return True
    if _names_speaker(line) and _names_speaker(block.lines[0]) and _ENDS_TURN.search(before.text):
        return True
    if not match or match.end() >= len(line.text):
        return False
    if notes:
        return not line.text[0].isdigit() or (block.marked == "note" and ends_sentence(before.text))
    if match.lastgroup in ("bullet", "dotted", "decimal", "letter", "article", "paren"):
        # A number or dash that the line wrap moved to the front of a line is no marker: the sentence continues.
        first = block.lines[0]
        inside = _is_full(before, line) and not ends_sentence(before.text)
        hanging = bool(block.marked) and abs(line.left - first.left) > _INDENT * line.size
        below = abs(line.left - before.left) < _INDENT * line.size and match.lastgroup != "paren"
        level = below and (not block.marked or _is_another_dash(match, first))
        is_solid = match.group().strip() in "•‣▪●■◆◇・○"
        return is_solid or not (inside and (level or hanging or _needs_number(before, match, first)))
    return True


def _names_speaker(line: PrintedLine) -> bool:
    """Return True if a line begins with a name in capitals before a colon, as the turns of hearings do."""
    label = read_label(line.text[:_LABEL])
    return label is not None and label.form is Form.COLON and label.speaker.isupper()


def _needs_number(before: PrintedLine, match: re.Match[str], first: PrintedLine) -> bool:
    """Return True if a number belongs to the sentence of the line before: "closed at / 12.35" is no item 12.35."""
    if match.lastgroup not in ("dotted", "decimal"):
        return False
    last = before.text.rsplit(None, 1)[-1]
    if last.islower() and last in STOP_WORDS:
        return True
    own = re.match(r"\d+", first.text)
    least = int(own.group()) if own else 0
    number = int(re.match(r"\d+", match.group()).group())  # type: ignore[union-attr]
    return match.lastgroup == "decimal" and own is not None and number not in (least, least + 1)


def _is_another_dash(match: re.Match[str], first: PrintedLine) -> bool:
    """Return True if a line begins with a dash and its list item with another mark."""
    return match.group().strip() in "–—-" and not first.text.startswith(match.group().strip())


def _is_full(before: PrintedLine, line: PrintedLine) -> bool:
    """Return True if the first word of a line had no room on the line before it."""
    room = before.edges[1] - before.right
    space = 0.25 * line.size
    unspaced = is_unspaced(line.text[0]) or is_unspaced(before.text[-1])
    return room < line.opening + (1.1 * line.size if unspaced else space + _LOOSE * line.size)


def _is_centred(line: PrintedLine) -> bool:
    left, right = line.left - line.edges[0], line.edges[1] - line.right
    return left > 2 * line.size and abs(left - right) < 0.6 * line.size


def _is_indented(block: PrintedBlock, before: PrintedLine, line: PrintedLine) -> bool:
    """Return True if its left edge separates a line from those before it: a first line, or the end of an item."""
    least = _INDENT * line.size
    is_turn = _ASKS.match(block.lines[0].text) or _REPLIES.match(block.lines[0].text)
    if len(block.lines) == 1 and is_turn and line.left > before.left:  # its words hang below its first one
        return False
    if block.marked and len(block.lines) == 1:
        # Of a numbered paragraph only the first line may be indented.
        continues = _goes_on(before, line) or (_is_full(before, line) and not ends_sentence(before.text))
        continues = continues and (block.marked in _NUMBERS or line.text[0].islower())
        return line.left < before.left - least and not continues
    if block.marked:
        return line.left < before.left - least or line.left > before.left + 2 * least
    if len(block.lines) == 1:  # the first line of a paragraph may be indented
        if ends_sentence(before.text) and min(before.left, line.left) > before.edges[0] + least:
            return True  # one line, and the first of another paragraph
        return line.left > before.left + least or line.left < before.left - 4 * line.size
    return abs(line.left - before.left) > least


def _footnotes(page: Sequence[PrintedLine], body: float) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """Split a page's lines into its text and the footnotes below it: smaller lines, the first with a mark."""
    lines = list(page)
    notes: list[PrintedLine] = []
    parts = {line.part for line in lines}
    for part in parts:
        own = [line for line in lines if line.part == part]
        at = len(own)
        while at and own[at - 1].size <= _NOTE_SIZE * body and not own[at - 1].cells:
            at -= 1
        while at < len(own) and not _NOTE.match(own[at].text):
            at += 1
        # Notes below columns are a part of their own.
        if at < len(own) and (at or part == max(parts) > min(parts)):
            notes += own[at:]
    ids = {id(line) for line in notes}
    return [line for line in lines if id(line) not in ids], [line for line in lines if id(line) in ids]


def _mark_note(block: PrintedBlock) -> PrintedBlock:
    block.is_note = True
    return block


def _order_footnotes(blocks: list[PrintedBlock]) -> list[PrintedBlock]:
    """Move footnotes before the paragraph or the table that continues on the next page."""
    ordered: list[PrintedBlock] = []
    for i, block in enumerate(blocks):
        at = len(ordered)
        if block.is_note:
            page = block.lines[0].page
            while at and ordered[at - 1].lines[-1].page > page:
                at -= 1
            following = next((blocks[j] for j in range(i + 1, len(blocks)) if not blocks[j].is_note), block)
            is_table = following.is_row and following.lines[0].page > page
            while is_table and at and ordered[at - 1].is_row and ordered[at - 1].lines[0].page == page:
                at -= 1
        ordered.insert(at, block)
    return ordered
