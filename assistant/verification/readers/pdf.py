"""Read a PDF report to verify: join its lines into paragraphs across pages, and find footnotes by their numbers."""

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
from assistant.verification.readers.report import Paragraph, Pointer, ReportRefused, ReportText
from index.errors import AnchorError

# A line begins a paragraph where the step to it is this many times the usual step; a raised footnote mark in a line
# widens the step by a tenth.
_WIDE_STEP = 1.22
_OTHER_SIZE = 1.08
# Usual width of a letter as a share of its size.
_WIDTH = 0.6


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A printed line of a PDF report.

    Attributes:
        text: its characters.
        page: its page number, from 1.
        height: its baseline in points above the foot of the page; None when unknown.
        size: the size of its letters in points; 0 when unknown.
        is_row: True if its words are separated by a gap as wide as between the columns of a table.
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
    begins_text: bool


def lines_of(page: Any, number: int) -> list[ReportLine]:
    """Return the lines of a pypdf page; without heights and sizes where they cannot be computed."""
    letters: list[_Letter] = []

    def visit(text: str, matrix: Sequence[float], place: Sequence[float], font: object, size: float) -> None:
        x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        scaled = abs(size * place[3] * matrix[3])
        characters = [c for c in text if not c.isspace()]
        letters.extend(_Letter(c, x, y, scaled, i == 0) for i, c in enumerate(characters))

    printed = page.extract_text(visitor_text=visit).splitlines()
    visited = "".join(letter.character for letter in letters)
    if visited != "".join("".join(line.split()) for line in printed):
        return [ReportLine(text, number) for text in printed]
    lines: list[ReportLine] = []
    at = 0
    for text in printed:
        count = len("".join(text.split()))
        lines.append(_line(text, number, letters[at : at + count]))
        at += count
    return lines


def usual_step(lines: Sequence[ReportLine]) -> float:
    """Return the median step from line to line, in letter sizes; 0 when no step is known."""
    return median([s for a, b in pairwise(lines) if (s := _step(a, b)) is not None and 0.9 < s < 4] or [0.0])


def begins_paragraph(above: ReportLine, line: ReportLine, usual: float) -> bool:
    """Return True if a line begins a paragraph, judged by the step above it, its size, or the columns of a table.

    At the head of a page it does if the last line above ends a sentence with the mark of a note, as quotations do.
    """
    if line.is_row:
        return True
    if above.page != line.page:
        return bool(_MARKED_END.search(above.text))
    step = _step(above, line)
    if step is None or not usual:
        return False
    other_size = max(above.size, line.size) > _OTHER_SIZE * min(above.size, line.size)
    return other_size or step < 0 or step > _WIDE_STEP * usual


def _step(above: ReportLine, line: ReportLine) -> float | None:
    if above.page != line.page or above.height is None or line.height is None or not above.size or not line.size:
        return None
    return (above.height - line.height) / max(above.size, line.size)


def _line(text: str, number: int, letters: Sequence[_Letter]) -> ReportLine:
    """Return a line at the height and size of most of its letters, which ignores a raised mark."""
    if not letters:
        return ReportLine(text, number)
    (height, size), _ = Counter((round(letter.y, 1), round(letter.size, 1)) for letter in letters).most_common(1)[0]
    return ReportLine(text, number, height, size, _is_row(letters))


def _is_row(letters: Sequence[_Letter]) -> bool:
    starts = [i for i, letter in enumerate(letters) if letter.begins_text]
    for i, j in pairwise(starts):
        one, other = letters[i], letters[j]
        width = (j - i) * _WIDTH * one.size
        if i == starts[0] and j - i <= 30 and abs(one.y - other.y) < 1 and other.x - one.x - width > one.size:
            return True
    return False


# ReportLine ends cut an anchor into at most this many pieces: it is at most two lines long and breaks behind any sign.
_MOST_PIECES = 6
_ANCHOR = re.compile(rf"rap1:\S*(?:\s+\S+){{0,{_MOST_PIECES}}}")
_BEHIND = ".,;:)]”»\"'"


def join_anchors(text: str) -> str:
    """Return the text with each anchor joined that line ends had cut."""
    return _ANCHOR.sub(_join_anchor, text) if "rap1:" in text else text


def cuts_anchor(text: str) -> bool:
    """Return True if a text ends within an anchor, whose full stops end no sentence."""
    start = text.rfind("rap1:")
    words = text[start:].split() if start >= 0 else []
    if not words or len(words) > _MOST_PIECES // 2:
        return False
    return not any(_is_anchor("".join(words[: i + 1]).rstrip(_BEHIND)) for i in range(len(words)))


def ends_with_anchor(text: str) -> bool:
    """Return True if a text ends with a complete anchor."""
    words = text.split()
    return bool(words) and _is_anchor(words[-1].rstrip(_BEHIND))


def _join_anchor(cut: re.Match[str]) -> str:
    pieces = list(re.finditer(r"\S+", cut.group()))
    for count, piece in enumerate(pieces, start=1):
        compact = "".join(p.group() for p in pieces[:count])
        if _is_anchor(compact.rstrip(_BEHIND)):
            # Another anchor may follow.
            return compact + join_anchors(cut.group()[piece.end() :])
    return cut.group()


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
_MARKED_END = re.compile(r"[.!?。！？][\"”’»')\]」』]*\s?\d{1,3}\s*$")
_MARK = re.compile(r"(?<=[.,;:!?”\"’»)\]」』])\s?(\d{1,3})(?=\s|$)")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.IGNORECASE)
_NOTES_HEADING = re.compile(r"\s*(?:end)?notes\s*$", re.IGNORECASE)
_BEHIND_NOTES = re.compile(
    r"\s*(?:references|bibliography|works cited|sources|annex\b.*|appendix\b.*)\s*$", re.IGNORECASE
)
# Of the pages, the share on which a first or last line has to stand to be a running header or footer.
_RUNNING = 0.5


def read_pdf(raw: bytes, path: Path) -> ReportText:
    """Read a PDF file.

    Raises:
        ReportRefused: it is encrypted, scanned, or has too many pages.
    """
    pages = _pages(raw, path)
    running = _running_lines(pages)
    body: list[Paragraph] = []
    notes: list[Paragraph] = []
    lines: list[ReportLine] = []
    for number, page in enumerate(pages, start=1):
        printed = [line for line in page if line.text.strip() not in running and not _PAGE_NUMBER.match(line.text)]
        above, below = _footnotes([line.text for line in printed])
        lines += printed[: len(above)]
        notes += [Paragraph(text, f"footnote {mark}, page {number}", note=f"{number}:{mark}") for mark, text in below]
    known = {paragraph.note for paragraph in notes}
    among_notes = False
    for joined, number in _paragraphs(lines):
        text = join_anchors(joined)
        among_notes = (among_notes or bool(_NOTES_HEADING.match(text))) and not _BEHIND_NOTES.match(text)
        if among_notes and ends_with_anchor(text):
            notes.append(Paragraph(text, f"note, page {number}", note=f"endnote {len(notes) + 1}"))
        else:
            body.append(_with_pointers(text, number, known))
    return ReportText(path.name, (*body, *notes))


def _pages(raw: bytes, path: Path) -> list[list[ReportLine]]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every repair; a failure is reported in one line
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


def _running_lines(pages: list[list[ReportLine]]) -> set[str]:
    printed = [[line.text.strip() for line in page if line.text.strip()] for page in pages]
    counted = Counter(line for page in printed for line in {*page[:1], *page[-1:]})
    return {line for line, count in counted.items() if len(pages) > 3 and count > _RUNNING * len(pages)}


def _footnotes(lines: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Split a page's lines into the text and the footnotes below it: the last lines that begin with rising numbers."""
    starts = [(i, int(m.group(1))) for i, line in enumerate(lines) if (m := _NOTE.match(line))]
    first: int | None = None
    expected: int | None = None
    for i, number in reversed(starts):
        if expected is not None and number != expected - 1:
            break
        first, expected = i, number
    if first is None or not _is_marked(lines[:first], [n for i, n in starts if i >= first]):
        return lines, []
    notes: list[tuple[str, str]] = []
    for line in lines[first:]:
        m = _NOTE.match(line)
        if m and (not notes or int(m.group(1)) == int(notes[-1][0]) + 1):
            notes.append((m.group(1), line[m.end() :]))
        else:
            notes[-1] = (notes[-1][0], f"{notes[-1][1]}\n{line}")
    return lines[:first], notes


def _is_marked(lines: list[str], numbers: list[int]) -> bool:
    """Return True if the text above has a footnote mark for each of the numbers."""
    marks = {int(m.group(1)) for m in _MARK.finditer("\n".join(lines))}
    return bool(numbers) and set(numbers) <= marks


def _paragraphs(lines: list[ReportLine]) -> Iterator[tuple[str, int]]:
    """Join lines into paragraphs, and yield each with its page.

    A paragraph ends at a blank line, before a line that begins one, and behind a short line that ends a sentence; never
    inside a quotation.
    """
    usual = median([len(line.text) for line in lines if line.text.strip()] or [0])
    step = usual_step(lines)
    joined: list[ReportLine] = []
    for line in lines:
        text = _joined(joined)
        if joined and (
            len(text) >= _LONGEST_PARAGRAPH or (not _is_open(text) and begins_paragraph(joined[-1], line, step))
        ):
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


def _joined(lines: list[ReportLine]) -> str:
    return "\n".join(line.text.rstrip() for line in lines)


def _is_open(text: str) -> bool:
    """Return True if a quotation begins in a text and does not end in it."""
    return text.count("“") > text.count("”") + text.count("“ ") or text.count("«") > text.count("»")


def _with_pointers(text: str, page: int, notes: set[str | None]) -> Paragraph:
    """Return a paragraph whose footnote numbers are pointers and no longer part of its text."""
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
