"""Read a report to verify into paragraphs, footnotes and links, with the reader of its file format."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.merged_cells import TableGrid
from corpus.readers.registry import BY_SUFFIX
from corpus.sandbox.child import ReaderFunction
from corpus.sandbox.worker import ReadingWorker
from corpus.span import Span
from index.errors import RapporteurError

# A report of 500 pages has two million characters; a far larger file is no report.
LARGEST_FILE = 64 * 1024 * 1024
MOST_CHARACTERS = 20_000_000
# Characters of a table's first cell or head that say what another cell is about.
_MOST_CONTEXT = 200
_FOLDER = "assistant.verification.readers"
# The function that reads a format, by suffix: "module:function" in this folder, imported at its first use.
_READERS = {
    ".docx": "docx:read_docx",
    ".md": "markdown:read_markdown",
    ".txt": "markdown:read_text",
    ".html": "html:read_html",
    ".htm": "html:read_html",
    ".pdf": "pdf:read_pdf",
}
SUFFIXES = tuple(_READERS)
_ENCRYPTED_WORD_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONFINED = ReaderFunction(f"{_FOLDER}.report:read_for_parent", ("corpus", "index", "assistant"))
# A damaged file may hold lone surrogates, which no message between processes may contain.
_SURROGATE = re.compile("[\ud800-\udfff]")


class ReportRefused(RapporteurError):
    """A report or lock file cannot be read or written; the message is one line that says which and what to do."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Footnote mark in a paragraph: its offset in the text, which lacks the mark itself, and the footnote's name."""

    place: int
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a paragraph that link to a web address."""

    span: Span
    address: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, list item, table cell or footnote.

    Attributes:
        text: its words, without markup.
        where: its place for the user: "paragraph 12", "footnote 3", "page 4".
        is_quote: True if the whole paragraph is set as a quotation.
        pointers: its footnote marks.
        links: its links.
        note: name of the footnote that it belongs to; None for body text.
        origins: for text formats the offset of each character of `text` in the file; empty for other formats.
        context: of a table's cell, the words of its row's first cell and of its column's head; empty for others.
        is_source: True if it is set as the source of a block quotation, as `<cite>` does.
    """

    text: str
    where: str
    is_quote: bool = False
    pointers: tuple[Pointer, ...] = ()
    links: tuple[Link, ...] = ()
    note: str | None = None
    origins: Sequence[int] = field(default=(), repr=False)
    context: str = ""
    is_source: bool = False


@dataclass(frozen=True, slots=True)
class ReportText:
    """Paragraphs of a report in reading order, footnotes last.

    Attributes:
        name: the report's file name.
        paragraphs: its paragraphs.
        unread: what else a reader sees in it and the checker does not read, such as "picture", each with its number.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    unread: tuple[tuple[str, int], ...] = ()

    def note(self, name: str) -> list[Paragraph]:
        """Return the paragraphs of one footnote."""
        return [paragraph for paragraph in self.paragraphs if paragraph.note == name]


HIDDEN_NOTE = "hidden words"
"""The note in which hidden words stand, as if in a footnote: what they quote is checked, what they state is not."""


def counted(kinds: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return how often each of some kinds is there, sorted."""
    return tuple(sorted(Counter(kinds).items()))


def hidden_paragraphs(hidden: Sequence[str]) -> list[Paragraph]:
    """Return hidden words of a report as paragraphs of their own: the quotations in them are checked, too."""
    shown = (words for words in hidden if any(c.isalnum() for c in words))
    return [Paragraph(words, HIDDEN_NOTE, note=f"{HIDDEN_NOTE} {n}") for n, words in enumerate(shown, start=1)]


def table_context(grid: TableGrid, cell: Any, words_of: Callable[[Any], str]) -> str:
    """Return what a table says of a cell: the words of the heads of its column and of the first cell of its row.

    Args:
        grid: the table.
        cell: the element of the cell; there is nothing to say of one in the first column.
        words_of: returns the words of an element.
    """
    label = grid.label_of(cell)
    around = [] if label is None else [*grid.heads_of(cell), label]
    return "; ".join(words[:_MOST_CONTEXT] for words in map(words_of, around) if words)


def read_report(path: Path) -> ReportText:
    """Read a .docx, .md, .txt, .html or .pdf report.

    Raises:
        ReportRefused: it is missing, of another format, encrypted, broken, empty, scanned, or too large.
    """
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise ReportRefused(f"{path}: this kind of file is not read; give a {', '.join(SUFFIXES)} file")
    raw = _bytes(path)
    return _read_confined(raw, path) if BY_SUFFIX[suffix].is_parsed else report_of(raw, path)


def report_of(raw: bytes, path: Path) -> ReportText:
    """Read the bytes of a report in the calling process; the suffix of its path is one of `SUFFIXES`.

    Raises:
        ReportRefused: as `read_report`.
    """
    module, _, function = _READERS[path.suffix.lower()].partition(":")
    read: Callable[[bytes, Path], ReportText] = getattr(import_module(f"{_FOLDER}.{module}"), function)
    try:
        report = read(raw, path)
    except ReportRefused:
        raise
    except MemoryError as error:
        raise ReportRefused(f"{path}: too large to be read; split the report") from error
    # Parsers raise any exception on damaged files; the user gets one message for all of them.
    except Exception as error:
        raise ReportRefused(f"{path}: broken, or no {path.suffix.lower()} file; save it again and retry") from error
    if not any(any(c.isalnum() for c in paragraph.text) for paragraph in report.paragraphs):
        raise ReportRefused(f"{path}: the report is empty; give one with text")
    if sum(len(paragraph.text) for paragraph in report.paragraphs) > MOST_CHARACTERS:
        raise ReportRefused(f"{path}: over {MOST_CHARACTERS:,} characters; split the report")
    return report


def read_for_parent(request: dict[str, Any], raw: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Read a report in the confined process and return its paragraphs as plain values.

    Raises:
        CorpusError: the report cannot be read.
    """
    try:
        report = report_of(raw, Path(request["name"]))
    except ReportRefused as error:
        raise CorpusError(str(error)) from error
    rows = [_to_row(paragraph) for paragraph in report.paragraphs]
    return {"paragraphs": rows, "unread": [list(counted) for counted in report.unread]}, b""


def decoded(raw: bytes, path: Path) -> str:
    """Decode a text file and drop its byte order mark.

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
    if raw.startswith(_ENCRYPTED_WORD_START):
        raise ReportRefused(
            f"{path}: encrypted, or an old .doc file; open it in Word and save it as .docx without a password"
        )
    return raw


def _read_confined(raw: bytes, path: Path) -> ReportText:
    """Read the bytes of a report in a confined process.

    Raises:
        ReportRefused: as `read_report`, or the reader took too long or too much memory, or crashed.
    """
    try:
        with ReadingWorker(Limits(), _CONFINED) as worker:
            reply, _ = worker.request({"name": f"report{path.suffix}"}, raw, str(path))
        unread = tuple((str(what), int(count)) for what, count in reply["unread"])
        return ReportText(path.name, tuple(_from_row(*row) for row in reply["paragraphs"]), unread)
    except CorpusError as error:
        raise ReportRefused(str(error)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise ReportRefused(f"{path}: its reader gave no report ({error}); save it in another format") from error


def _to_row(paragraph: Paragraph) -> list[Any]:
    links = [[link.span.start, link.span.end, _clean(link.address)] for link in paragraph.links]
    pointers = [[pointer.place, _clean(pointer.note)] for pointer in paragraph.pointers]
    note = None if paragraph.note is None else _clean(paragraph.note)
    context = _clean(paragraph.context)
    return [_clean(paragraph.text), _clean(paragraph.where), paragraph.is_quote, pointers, links, note, context]


def _from_row(
    text: str,
    where: str,
    is_quote: bool,
    pointers: list[list[Any]],
    links: list[list[Any]],
    note: str | None,
    context: str,
) -> Paragraph:
    return Paragraph(
        text,
        where,
        is_quote,
        tuple(Pointer(place, name) for place, name in pointers),
        tuple(Link(Span(start, end), address) for start, end, address in links),
        note,
        context=context,
    )


def _clean(words: str) -> str:
    return _SURROGATE.sub("\ufffd", words)
