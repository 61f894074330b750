"""Read the printed lines of a PDF's pages with PDFium; refuse broken, locked and oversized files."""

import re
import threading
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.pdf.line_numbers import line_numbers
from corpus.readers.pdf.lines import PrintedLine, group_words, without_furigana
from corpus.readers.pdf.rules import drawn_lines, has_image
from corpus.readers.pdf.words import TextPage, Word

# PDFium is not thread-safe.
ONE_AT_A_TIME = threading.Lock()
_PASSWORD, _SECURITY = 4, 5
# A complete PDF has "startxref" within so many bytes of its end.
_END = 4096
# The share of a page's letters that may lack a character.
_MOST_UNKNOWN = 0.5
# The share of a page's letters that may belong to a script written from right to left: PDFium changes the order of its
# words, numbers and brackets, and a quotation would be wrong.
_MOST_RIGHT_TO_LEFT = 0.2
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2048
# Images are not unpacked when text is read.
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_STEP = 1024 * 1024
# The number of filters in a chain that are followed; no program writes more.
_DEEPEST = 3
# A stream of fewer unpacked bytes costs little, whatever its ratio.
_SMALL = 8 * _STEP


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The printed lines of a page.

    Attributes:
        number: from 1.
        width: in points.
        height: in points.
        rows: its lines from top to bottom, lines of one height as a list; empty for a page without text.
        rules: horizontal lines drawn on it: left, right, distance from the top.
        unread: the reason why a page has no rows: "image", "unknown letters", "right to left", "broken" or "blank";
            else empty.
        rotated: number of characters left out because they run in another direction than the page.
        is_numbered: True if its lines are numbered; the numbers are left out.
    """

    number: int
    width: float
    height: float
    rows: list[list[PrintedLine]]
    rules: tuple[tuple[float, float, float], ...] = ()
    unread: str = ""
    rotated: int = 0
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class PdfPages:
    """The pages of a PDF and its metadata.

    Attributes:
        pages: in order.
        information: the entries of its information dictionary, such as "Title" and "CreationDate".
        language: as the file states it ("en-GB"), or an empty string.
    """

    pages: list[PrintedPage]
    information: dict[str, str]
    language: str


def read_pages(raw: bytes, file: str, limits: Limits) -> PdfPages:
    """Read the pages of a PDF.

    Raises:
        CorpusError: it is encrypted, cut off, broken, or over a limit.
    """
    if b"startxref" not in raw[-_END:] and b"startxref" not in raw[:_END]:
        raise CorpusError(f"{file}: cut off, or no PDF file (its end is missing); get the whole file and add it again")
    with ONE_AT_A_TIME, open_document(raw, file) as pdf:
        count = len(pdf)
        if count > limits.pages:
            raise CorpusError(f"{file}: {count:,} pages are over the limit of {limits.pages:,}; split the file")
        if count < 1:
            raise CorpusError(f"{file}: broken, it has no pages; save it again and retry")
        pages: list[PrintedPage] = []
        characters = 0
        for number in range(1, count + 1):
            is_numbered = any(page.is_numbered for page in pages[-1:])
            page, letters = _read_page(pdf, number, limits.characters - characters, is_numbered)
            characters += letters
            if characters > limits.characters:
                raise CorpusError(
                    f"{file}: over {limits.characters:,} characters by page {number:,} of {count:,}; split the file"
                )
            pages.append(page)
        return PdfPages(pages, _information(pdf), _language(pdf))


@contextmanager
def open_document(raw: bytes, file: str) -> Iterator[Any]:
    """Open a PDF for as long as a `with` block lasts; hold `ONE_AT_A_TIME` meanwhile.

    Raises:
        CorpusError: it is encrypted or broken.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise CorpusError(f"{file}: needs a password; save it without and add it again") from error
        raise CorpusError(f"{file}: broken, or no PDF file; save it again and retry") from error
    try:
        yield pdf
    finally:
        pdf.close()


def _read_page(pdf: Any, number: int, most: int, is_numbered: bool) -> tuple[PrintedPage, int]:
    """Return a page and the number of its characters; a page with more than `most` is not read.

    Of a file with numbered lines (`is_numbered`) a short page is numbered, too.
    """
    import pypdfium2

    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        return PrintedPage(number, 0.0, 0.0, [], unread="broken"), 0
    try:
        left, bottom, right, top = page.get_bbox()
        text = TextPage(page)
        try:
            if text.count > most:
                return PrintedPage(number, right - left, top - bottom, []), text.count
            return _print_page(page, text, number, (left, bottom, right, top), is_numbered), text.count
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return PrintedPage(number, 0.0, 0.0, [], unread="broken"), 0
    finally:
        page.close()


def _print_page(
    page: Any, text: TextPage, number: int, box: tuple[float, float, float, float], is_numbered: bool
) -> PrintedPage:
    words, width, height = text.words(box)
    why = ""
    if words and text.unknown_share() > _MOST_UNKNOWN:
        why = "unknown letters"
    elif not any(c.isalnum() for word in words for c in word.text):
        why = "image" if has_image(page) else "blank"
    elif _right_to_left_share(words) > _MOST_RIGHT_TO_LEFT:
        why = "right to left"
    if why:
        return PrintedPage(number, width, height, [], unread=why)
    rules, walls = drawn_lines(page, box)
    numbers = {id(word) for word in line_numbers(words, is_numbered)}
    words = [word for word in without_furigana(words) if id(word) not in numbers]
    rows = group_words(words, number, walls)
    return PrintedPage(number, width, height, rows, rules, rotated=text.rotated, is_numbered=bool(numbers))


def _right_to_left_share(words: list[Word]) -> float:
    letters = [unicodedata.bidirectional(c) for word in words for c in word.text if c.isalpha()]
    return sum(direction in ("R", "AL") for direction in letters) / max(1, len(letters))


def _information(pdf: Any) -> dict[str, str]:
    names = ("Title", "Author", "Creator", "Producer", "CreationDate")
    return {name: value for name in names if (value := _value(pdf, name))}


def _value(pdf: Any, name: str) -> str:
    try:
        value = str(pdf.get_metadata_value(name))
    except (UnicodeDecodeError, ValueError):  # bytes that do not fit the encoding that the file names
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _language(pdf: Any) -> str:
    import ctypes

    import pypdfium2.raw as pdfium

    length = pdfium.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    if not 2 < length < 200:
        return ""
    buffer = (ctypes.c_ushort * length)()
    pdfium.FPDFCatalog_GetLanguage(pdf.raw, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "ignore").strip()


def check_streams(raw: bytes, file: str, limits: Limits) -> None:
    """Refuse a PDF with compression bombs.

    Each compressed stream that is no image may unpack to `limits.file_bytes` and, above 8 MiB, to
    `limits.unpacked_ratio` times its size; all together may unpack to `limits.unpacked_bytes`.

    Raises:
        CorpusError: a stream, or all together, unpack to more.
    """
    total = 0
    view = memoryview(raw)
    for match in _STREAM.finditer(raw):
        start = match.end()
        head = raw[max(0, match.start() - _DICTIONARY) : match.start()]
        if raw[start : start + 1] != b"\x78" or _IMAGE.search(head[head.rfind(b"obj") + 3 :]):
            continue
        packed, unpacked = _measure_stream(view[start:], limits.file_bytes, _DEEPEST)
        total += unpacked
        most = min(limits.file_bytes, max(_SMALL, limits.unpacked_ratio * packed))
        if unpacked > most or total > limits.unpacked_bytes:
            least = min(total, unpacked if unpacked > most else limits.unpacked_bytes)
            raise CorpusError(f"{file}: a compression bomb: {packed:,} of its bytes unpack to over {least:,}; not read")


def _measure_stream(packed: memoryview, most: int, depth: int) -> tuple[int, int]:
    """Return the packed and unpacked size of a stream, through its chain of filters; stop above `most`."""
    unpacker = zlib.decompressobj()
    consumed = size = 0
    beginning = b""
    try:
        while size <= most and not unpacker.eof and consumed < len(packed):
            part = unpacker.decompress(packed[consumed : consumed + _STEP], _STEP)
            consumed += min(_STEP, len(packed) - consumed) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
            size += len(part)
            if depth > 1 and len(beginning) < 4 * _STEP:
                beginning += part
            if not part and unpacker.unconsumed_tail:
                break
    except zlib.error:
        pass  # the size of what comes before the damage counts
    if depth > 1 and beginning[:1] == b"\x78":
        size = max(size, _measure_stream(memoryview(beginning), most, depth - 1)[1])
    return max(consumed, 1), size
