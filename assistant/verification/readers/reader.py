"""A report file becomes paragraphs; one that cannot is refused in one line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.verification.readers.report import Link, Paragraph, Pointer, Report, ReportRefused
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.sandbox.child import Reader
from corpus.sandbox.worker import ReadingWorker
from corpus.span import Span

_READER = Reader("assistant.verification.readers.reader:paragraphs", ("corpus", "index", "assistant"))
# A broken file may hold halves of characters, which no message between processes can.
_HALF = re.compile("[\ud800-\udfff]")


def read_apart(raw: bytes, path: Path) -> Report:
    """Read the bytes of a report in a process of their own.

    Raises:
        ReportRefused: as `read_report`, or it took too long or too much memory, or broke its reader.
    """
    try:
        with ReadingWorker(Limits(), _READER) as worker:
            found, _ = worker.asked({"name": f"report{path.suffix}"}, raw, str(path))
        return Report(path.name, tuple(_paragraph(*row) for row in found["paragraphs"]))
    except CorpusError as error:
        raise ReportRefused(str(error)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise ReportRefused(f"{path}: its reader gave no report ({error}); save it in another format") from error


def paragraphs(about: dict[str, Any], raw: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Answer with the paragraphs of a report, in the process that may do nothing else.

    Raises:
        CorpusError: it cannot be read.
    """
    from assistant.verification.readers.reader import report_of

    try:
        report = report_of(raw, Path(about["name"]))
    except ReportRefused as error:
        raise CorpusError(str(error)) from error
    return {"paragraphs": [_row(paragraph) for paragraph in report.paragraphs]}, b""


def _row(paragraph: Paragraph) -> list[Any]:
    links = [[link.span.start, link.span.end, _whole(link.address)] for link in paragraph.links]
    pointers = [[pointer.place, _whole(pointer.note)] for pointer in paragraph.pointers]
    note = None if paragraph.note is None else _whole(paragraph.note)
    return [_whole(paragraph.text), _whole(paragraph.where), paragraph.is_quote, pointers, links, note]


def _paragraph(
    text: str, where: str, is_quote: bool, pointers: list[list[Any]], links: list[list[Any]], note: str | None
) -> Paragraph:
    return Paragraph(
        text,
        where,
        is_quote,
        tuple(Pointer(place, of) for place, of in pointers),
        tuple(Link(Span(start, end), address) for start, end, address in links),
        note,
    )


def _whole(words: str) -> str:
    return _HALF.sub("\ufffd", words)


# A report of 500 pages has two million characters; what is far larger is something else.
LARGEST_FILE = 64 * 1024 * 1024
MOST_CHARACTERS = 20_000_000
_KINDS = (".docx", ".md", ".txt", ".html", ".htm", ".pdf")
# What is text itself needs no parser that a file could break.
_OWN = (".md", ".txt")
_PASSWORD_KINDS = {b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "encrypted, or an old .doc"}


def read_report(path: Path) -> Report:
    """Read a .docx, .md, .txt, .html or .pdf report.

    Raises:
        ReportRefused: it is missing, of another kind, encrypted, broken, empty, scanned, or too large.
    """
    suffix = path.suffix.lower()
    if suffix not in _KINDS:
        raise ReportRefused(f"{path}: this kind of file is not read; give a {', '.join(_KINDS)} file")
    raw = _bytes(path)
    return report_of(raw, path) if suffix in _OWN else read_apart(raw, path)


def report_of(raw: bytes, path: Path) -> Report:
    """Read the bytes of a report in this very process.

    Args:
        raw: the whole file.
        path: where it lies; its suffix is that of a kind that is read.

    Raises:
        ReportRefused: as `read_report`.
    """
    reader = _reader(path.suffix.lower())
    try:
        report = reader(raw, path)
    except ReportRefused:
        raise
    except MemoryError as error:
        raise ReportRefused(f"{path}: too large to be read; split the report") from error
    # Broken files make the parsers fail in every way there is; none of them is the user's to read.
    except Exception as error:
        raise ReportRefused(
            f"{path}: broken, or no {path.suffix.lower()} file ({type(error).__name__}); save it again and retry"
        ) from error
    if not any(any(c.isalnum() for c in paragraph.text) for paragraph in report.paragraphs):
        raise ReportRefused(f"{path}: the report is empty; give one with text")
    if sum(len(paragraph.text) for paragraph in report.paragraphs) > MOST_CHARACTERS:
        raise ReportRefused(f"{path}: over {MOST_CHARACTERS:,} characters; split the report")
    return report


def decoded(raw: bytes, path: Path) -> str:
    """A text file's characters, without a byte order mark.

    Raises:
        ReportRefused: it is not UTF-8 or UTF-16 text.
    """
    encoding = "UTF-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "UTF-8"
    try:
        text = raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReportRefused(f"{path}: not {encoding} text at byte {error.start:,}; save it as UTF-8") from error
    if "\0" in text:
        raise ReportRefused(f"{path}: binary under a text's name (it holds NUL characters); give the text itself")
    return text


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ReportRefused(f"{path}: " + ("this is no ordinary file" if path.exists() else "no such file"))
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ReportRefused(f"{path}: {size:,} bytes are over the limit of {LARGEST_FILE:,}; split the report")
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        raise ReportRefused(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if not raw:
        raise ReportRefused(f"{path}: the file is empty; give a report with text")
    for beginning, kind in _PASSWORD_KINDS.items():
        if raw.startswith(beginning):
            raise ReportRefused(f"{path}: {kind} file; open it in Word and save it as .docx without a password")
    return raw


def _reader(suffix: str) -> Callable[[bytes, Path], Report]:
    from assistant.verification.readers.docx import read_docx
    from assistant.verification.readers.html import read_html
    from assistant.verification.readers.markdown import read_markdown, read_text
    from assistant.verification.readers.pdf import read_pdf

    return {
        ".docx": read_docx, ".md": read_markdown, ".txt": read_text, ".html": read_html, ".htm": read_html,
        ".pdf": read_pdf,
    }[suffix]  # fmt: skip
