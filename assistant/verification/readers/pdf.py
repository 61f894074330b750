"""Read a PDF report to verify: join its lines into paragraphs across pages, and find footnotes by their numbers."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from assistant.citations.anchor import Anchor
from assistant.verification.readers.pdf_lines import ReportLine, begins_paragraph, lines_of, usual_step
from assistant.verification.readers.pdf_seen import Apart, drawn_letters, seen_lines
from assistant.verification.readers.pdf_shown import annotated_words, struck_boxes
from assistant.verification.readers.report import (
    Paragraph,
    Pointer,
    ReportRefused,
    ReportText,
    counted,
    hidden_paragraphs,
)
from assistant.verification.readers.shown import HIDDEN
from index.errors import AnchorError

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
    pages, apart = _pages(raw, path)
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
    shown = [Paragraph(words, f"page {number}, note or field") for number, words in apart.words]
    hidden = hidden_paragraphs([words for kind, words in apart.unseen if kind == HIDDEN])
    return ReportText(path.name, (*body, *shown, *notes, *hidden), counted(apart.kinds))


def _pages(raw: bytes, path: Path) -> tuple[list[list[ReportLine]], Apart]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every repair; a failure is reported in one line
    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not _opens_without_password(reader):
        raise ReportRefused(f"{path}: encrypted; save it without a password and check it again")
    if len(reader.pages) > _MOST_PAGES:
        raise ReportRefused(
            f"{path}: {len(reader.pages):,} pages are over the limit of {_MOST_PAGES:,}; split the report"
        )
    apart = Apart()
    drawn = drawn_letters(raw, path, [struck_boxes(page) for page in reader.pages])
    pages = []
    for number, (page, letters) in enumerate(zip(reader.pages, drawn, strict=True), start=1):
        pages.append(seen_lines(lines_of(page, number), letters, apart))
        apart.words.extend((number, words) for words in annotated_words(page))
    if pages and not any(c.isalnum() for page in pages for line in page for c in line.text):
        raise ReportRefused(
            f"{path}: no text in its {len(pages)} pages, so it is probably scanned; run OCR over it first"
        )
    return pages, apart


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
