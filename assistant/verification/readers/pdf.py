"""Reads a PDF report: its lines joined to paragraphs across pages, its footnotes found by their numbers."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from assistant.citations.anchor import Anchor
from assistant.verification.readers.report import Paragraph, Pointer, Report, ReportRefused
from index.errors import AnchorError

# A line stands apart where the step to it is so many times the usual one of its size; a raised footnote mark in a line
# widens the step by a tenth.
_APART = 1.22
_OTHER_SIZE = 1.08
# Of a letter's size, its usual width.
_WIDTH = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    Attributes:
        text: its characters.
        page: its page, from 1.
        height: its baseline, in points from the foot of the page; None where the page does not tell.
        size: of its letters, in points; 0 where the page does not tell.
        is_row: whether a gap as wide as between the columns of a table parts its words.
    """

    text: str
    page: int
    height: float | None = None
    size: float = 0.0
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class _Letter:
    character: str
    x: float
    y: float
    size: float
    begins: bool


def lines_of(page: Any, number: int) -> list[Line]:
    """The lines of a page of pypdf; without places where these cannot be told."""
    letters: list[_Letter] = []

    def visit(text: str, matrix: Sequence[float], place: Sequence[float], font: object, size: float) -> None:
        x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        scaled = abs(size * place[3] * matrix[3])
        seen = [c for c in text if not c.isspace()]
        letters.extend(_Letter(c, x, y, scaled, i == 0) for i, c in enumerate(seen))

    printed = page.extract_text(visitor_text=visit).splitlines()
    seen = "".join(letter.character for letter in letters)
    if seen != "".join("".join(line.split()) for line in printed):
        return [Line(text, number) for text in printed]
    found: list[Line] = []
    at = 0
    for text in printed:
        count = len("".join(text.split()))
        found.append(_line(text, number, letters[at : at + count]))
        at += count
    return found


def usual_step(lines: Sequence[Line]) -> float:
    """From one line to the next, the usual step in sizes of the letters; 0 where none is known."""
    return median([s for a, b in pairwise(lines) if (s := _step(a, b)) is not None and 0.9 < s < 4] or [0.0])


def is_apart(above: Line, line: Line, usual: float) -> bool:
    """Whether a line begins a paragraph of its own, by the room above it, its size, or the columns of a table.

    Args:
        above: the line before it.
        line: the line.
        usual: of the report, as `usual_step` gives it.
    """
    if line.is_row:
        return True
    step = _step(above, line)
    if step is None or not usual:
        return False
    other_size = max(above.size, line.size) > _OTHER_SIZE * min(above.size, line.size)
    return other_size or step < 0 or step > _APART * usual


def _step(above: Line, line: Line) -> float | None:
    if above.page != line.page or above.height is None or line.height is None or not above.size or not line.size:
        return None
    return (above.height - line.height) / max(above.size, line.size)


def _line(text: str, number: int, letters: Sequence[_Letter]) -> Line:
    """A line where most of its letters stand: a raised mark in it counts little."""
    if not letters:
        return Line(text, number)
    (height, size), _ = Counter((round(letter.y, 1), round(letter.size, 1)) for letter in letters).most_common(1)[0]
    return Line(text, number, height, size, _is_row(letters))


def _is_row(letters: Sequence[_Letter]) -> bool:
    starts = [i for i, letter in enumerate(letters) if letter.begins]
    for i, j in pairwise(starts):
        one, other = letters[i], letters[j]
        width = (j - i) * _WIDTH * one.size
        if i == starts[0] and j - i <= 30 and abs(one.y - other.y) < 1 and other.x - one.x - width > one.size:
            return True
    return False


# In how many pieces an anchor may stand: it is at most two lines long, and a line may end behind any of its signs.
_MOST_PIECES = 6
_ANCHOR = re.compile(rf"rap1:\S*(?:\s+\S+){{0,{_MOST_PIECES}}}")
_BEHIND = ".,;:)]”»\"'"


def with_whole_anchors(text: str) -> str:
    """The text with each anchor that line ends have cut put together again."""
    return _ANCHOR.sub(_whole_anchor, text) if "rap1:" in text else text


def cuts_anchor(text: str) -> bool:
    """Whether words end within an anchor, whose full stops end no sentence."""
    start = text.rfind("rap1:")
    words = text[start:].split() if start >= 0 else []
    if not words or len(words) > _MOST_PIECES // 2:
        return False
    return not any(_is_anchor("".join(words[: i + 1]).rstrip(_BEHIND)) for i in range(len(words)))


def ends_with_anchor(text: str) -> bool:
    """Whether words end in a whole anchor."""
    words = text.split()
    return bool(words) and _is_anchor(words[-1].rstrip(_BEHIND))


def _whole_anchor(found: re.Match[str]) -> str:
    pieces = list(re.finditer(r"\S+", found.group()))
    for count, piece in enumerate(pieces, start=1):
        compact = "".join(p.group() for p in pieces[:count])
        if _is_anchor(compact.rstrip(_BEHIND)):
            # What follows may hold an anchor of its own.
            return compact + with_whole_anchors(found.group()[piece.end() :])
    return found.group()


def _is_anchor(compact: str) -> bool:
    try:
        Anchor.parse(compact)
    except AnchorError:
        return False
    return True


_MOST_PAGES = 5000
_LONGEST_PARAGRAPH = 6000
_NOTE = re.compile(r"\s{0,4}(\d{1,3})\.?\s+(?=[\w“\"«„‘(「])")
_END = re.compile(r"[.!?:;。！？][\"”’»')\]」』]*\s?\d{0,3}\s*$")
_MARK = re.compile(r"(?<=[.,;:!?”\"’»)\]」』])\s?(\d{1,3})(?=\s|$)")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.IGNORECASE)
_NOTES_HEADING = re.compile(r"\s*(?:end)?notes\s*$", re.IGNORECASE)
_BEHIND_NOTES = re.compile(
    r"\s*(?:references|bibliography|works cited|sources|annex\b.*|appendix\b.*)\s*$", re.IGNORECASE
)
# Of the pages, the share on which a first or last line has to stand to be a running header or footer.
_RUNNING = 0.5


def read_pdf(raw: bytes, path: Path) -> Report:
    """Read a PDF file.

    Raises:
        ReportRefused: it is encrypted, scanned, or has too many pages.
    """
    pages = _pages(raw, path)
    running = _running_lines(pages)
    body: list[Paragraph] = []
    notes: list[Paragraph] = []
    lines: list[Line] = []
    for number, page in enumerate(pages, start=1):
        kept = [line for line in page if line.text.strip() not in running and not _PAGE_NUMBER.match(line.text)]
        own, below = _footnotes([line.text for line in kept])
        lines += kept[: len(own)]
        notes += [Paragraph(text, f"footnote {mark}, page {number}", note=f"{number}:{mark}") for mark, text in below]
    known = {paragraph.note for paragraph in notes}
    among_notes = False
    for printed, number in _paragraphs(lines):
        text = with_whole_anchors(printed)
        among_notes = (among_notes or bool(_NOTES_HEADING.match(text))) and not _BEHIND_NOTES.match(text)
        if among_notes and ends_with_anchor(text):
            notes.append(Paragraph(text, f"note, page {number}", note=f"endnote {len(notes) + 1}"))
        else:
            body.append(_with_pointers(text, number, known))
    return Report(path.name, (*body, *notes))


def _pages(raw: bytes, path: Path) -> list[list[Line]]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every repair; we say in one line what fails
    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not _opens_without_password(reader):
        raise ReportRefused(f"{path}: encrypted; save it without a password and check it again")
    if len(reader.pages) > _MOST_PAGES:
        raise ReportRefused(
            f"{path}: {len(reader.pages):,} pages are over the limit of {_MOST_PAGES:,}; split the report"
        )
    pages = [lines_of(page, number) for number, page in enumerate(reader.pages, start=1)]
    if pages and not any(c.isalnum() for page in pages for line in page for c in line.text):
        raise ReportRefused(
            f"{path}: no text in its {len(pages)} pages, so it is probably scanned; run OCR over it first"
        )
    return pages


def _opens_without_password(reader: object) -> bool:
    try:
        return bool(reader.decrypt(""))  # type: ignore[attr-defined]
    except Exception:  # a cipher that is not installed, or a damaged key: the file stays closed either way
        return False


def _running_lines(pages: list[list[Line]]) -> set[str]:
    printed = [[line.text.strip() for line in page if line.text.strip()] for page in pages]
    counted = Counter(line for page in printed for line in {*page[:1], *page[-1:]})
    return {line for line, count in counted.items() if len(pages) > 3 and count > _RUNNING * len(pages)}


def _footnotes(lines: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """A page's lines, and the footnotes below them: the last lines that begin with numbers, one after the other."""
    starts = [(i, int(m.group(1))) for i, line in enumerate(lines) if (m := _NOTE.match(line))]
    first: int | None = None
    expected: int | None = None
    for i, number in reversed(starts):
        if expected is not None and number != expected - 1:
            break
        first, expected = i, number
    if first is None or not _is_marked(lines[:first], [n for i, n in starts if i >= first]):
        return lines, []
    found: list[tuple[str, str]] = []
    for line in lines[first:]:
        m = _NOTE.match(line)
        if m and (not found or int(m.group(1)) == int(found[-1][0]) + 1):
            found.append((m.group(1), line[m.end() :]))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}")
    return lines[:first], found


def _is_marked(lines: list[str], numbers: list[int]) -> bool:
    """Whether the text above refers to each of the numbers."""
    marks = {int(m.group(1)) for m in _MARK.finditer("\n".join(lines))}
    return bool(numbers) and set(numbers) <= marks


def _paragraphs(lines: list[Line]) -> Iterator[tuple[str, int]]:
    """Lines joined until one ends a paragraph, each paragraph with its page.

    One ends at a blank line, before a line that stands apart, and behind a short one that ends a sentence; but none
    inside a quotation.
    """
    usual = median([len(line.text) for line in lines if line.text.strip()] or [0])
    step = usual_step(lines)
    joined: list[Line] = []
    for line in lines:
        text = _joined(joined)
        if joined and (len(text) >= _LONGEST_PARAGRAPH or (not _is_open(text) and is_apart(joined[-1], line, step))):
            yield text, joined[0].page
            joined = []
        if line.text.strip():
            joined.append(line)
        text = _joined(joined)
        ends = _END.search(line.text) and not cuts_anchor(text)
        short = line.text.strip() and len(line.text) < 0.8 * usual and ends
        if joined and not _is_open(text) and (short or not line.text.strip()):
            yield text, joined[0].page
            joined = []
    if joined:
        yield _joined(joined), joined[0].page


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text.rstrip() for line in lines)


def _is_open(text: str) -> bool:
    """Whether a quotation that begins in these words does not end in them."""
    return text.count("“") > text.count("”") + text.count("“ ") or text.count("«") > text.count("»")


def _with_pointers(text: str, page: int, notes: set[str | None]) -> Paragraph:
    """A paragraph with the numbers of its footnotes taken out of its words."""
    words: list[str] = []
    pointers: list[Pointer] = []
    at = length = 0
    for m in _MARK.finditer(text):
        note = next((f"{p}:{m.group(1)}" for p in (page, page + 1) if f"{p}:{m.group(1)}" in notes), None)
        if note:
            words.append(text[at : m.start()])
            length += m.start() - at
            pointers.append(Pointer(length, note))
            at = m.end()
    words.append(text[at:])
    return Paragraph("".join(words), f"page {page}", pointers=tuple(pointers))
