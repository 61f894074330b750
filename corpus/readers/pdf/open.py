"""Opens a PDF and takes the printed lines off its pages; one that cannot be read is refused in one line."""

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
from corpus.readers.pdf.lines import Line, lines_of, without_furigana
from corpus.readers.pdf.rules import drawn_lines, has_image
from corpus.readers.pdf.words import TextPage, Word

# PDFium may be used by one thread at a time only.
_ONE_AT_A_TIME = threading.Lock()
_PASSWORD, _SECURITY = 4, 5
# A PDF says near its end where its table of contents lies; one that does not has been cut off.
_END = 4096
# Of a page's letters, the share that may lack a meaning.
_MOST_UNKNOWN = 0.5
# Of a page's letters, the share that may be of a script written from right to left: PDFium mixes up the order of words,
# numbers and brackets in it, and a quotation of it would be wrong.
_MOST_RIGHT_TO_LEFT = 0.2


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """What is printed on a page.

    Attributes:
        number: from 1.
        width: in points.
        height: in points.
        rows: its lines, those on one height together, from top to bottom; empty for a page without text.
        rules: horizontal lines drawn on it: left, right, distance from the top.
        unread: why a page without rows has none: "image", "unknown letters", "right to left", "broken" or "blank";
            else empty.
        askew: characters that are left out since they run another way than the page is read.
    """

    number: int
    width: float
    height: float
    rows: list[list[Line]]
    rules: tuple[tuple[float, float, float], ...] = ()
    unread: str = ""
    askew: int = 0


@dataclass(frozen=True, slots=True)
class Print:
    """All pages of a PDF, and what it states about itself.

    Attributes:
        pages: in order.
        stated: the entries of its information, such as "Title" and "CreationDate".
        language: as the file states it ("en-GB"), or an empty string.
    """

    pages: list[PrintedPage]
    stated: dict[str, str]
    language: str


def printed(raw: bytes, file: str, limits: Limits) -> Print:
    """Read the pages of a PDF.

    Raises:
        CorpusError: it is encrypted, cut off, broken, or over a limit.
    """
    if b"startxref" not in raw[-_END:] and b"startxref" not in raw[:_END]:
        raise CorpusError(f"{file}: cut off, or no PDF file (its end is missing); get the whole file and add it again")
    with _ONE_AT_A_TIME, _opened(raw, file) as pdf:
        count = len(pdf)
        if count > limits.pages:
            raise CorpusError(f"{file}: {count:,} pages are over the limit of {limits.pages:,}; split the file")
        if count < 1:
            raise CorpusError(f"{file}: broken, it has no pages; save it again and retry")
        pages: list[PrintedPage] = []
        characters = 0
        for number in range(1, count + 1):
            page, letters = _page(pdf, number, limits.characters - characters)
            characters += letters
            if characters > limits.characters:
                raise CorpusError(
                    f"{file}: over {limits.characters:,} characters by page {number:,} of {count:,}; split the file"
                )
            pages.append(page)
        return Print(pages, _stated(pdf), _language(pdf))


@contextmanager
def _opened(raw: bytes, file: str) -> Iterator[Any]:
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


def _page(pdf: Any, number: int, most: int) -> tuple[PrintedPage, int]:
    """One page, and how many characters its text layer has; not read where these are more than `most`."""
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
            return _printed_page(page, text, number, (left, bottom, right, top)), text.count
        finally:
            text.close()
    except pypdfium2.PdfiumError:
        return PrintedPage(number, 0.0, 0.0, [], unread="broken"), 0
    finally:
        page.close()


def _printed_page(page: Any, text: TextPage, number: int, box: tuple[float, float, float, float]) -> PrintedPage:
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
    return PrintedPage(number, width, height, lines_of(without_furigana(words), number, walls), rules, askew=text.askew)


def _right_to_left_share(words: list[Word]) -> float:
    letters = [unicodedata.bidirectional(c) for word in words for c in word.text if c.isalpha()]
    return sum(direction in ("R", "AL") for direction in letters) / max(1, len(letters))


def _stated(pdf: Any) -> dict[str, str]:
    names = ("Title", "Author", "Creator", "Producer", "CreationDate")
    return {name: said for name in names if (said := _value(pdf, name))}


def _value(pdf: Any, name: str) -> str:
    try:
        said = str(pdf.get_metadata_value(name))
    except (UnicodeDecodeError, ValueError):  # bytes that are no text in the encoding the file names
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in said).split())


def _language(pdf: Any) -> str:
    import ctypes

    import pypdfium2.raw as pdfium

    length = pdfium.FPDFCatalog_GetLanguage(pdf.raw, None, 0)
    if not 2 < length < 200:
        return ""
    kept = (ctypes.c_ushort * length)()
    pdfium.FPDFCatalog_GetLanguage(pdf.raw, kept, length)
    return bytes(kept)[: length - 2].decode("utf-16-le", "ignore").strip()


_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY = 2048
# Images are not unpacked when text is read.
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_STEP = 1024 * 1024
# Filters may stand behind each other; more than this many are never used.
_DEEPEST = 3
# Below this many unpacked bytes a stream costs little whatever its ratio.
_SMALL = 8 * _STEP


def check_streams(raw: bytes, file: str, limits: Limits) -> None:
    """Refuse a PDF with compression bombs.

    Each compressed stream that is no image may unpack to `limits.file_bytes`, where it is larger than a few million
    bytes to `limits.unpacked_ratio` times its size, and all together to `limits.unpacked_bytes`.

    Raises:
        CorpusError: one unpacks to more.
    """
    total = 0
    view = memoryview(raw)
    for match in _STREAM.finditer(raw):
        start = match.end()
        head = raw[max(0, match.start() - _DICTIONARY) : match.start()]
        if raw[start : start + 1] != b"\x78" or _IMAGE.search(head[head.rfind(b"obj") + 3 :]):
            continue
        packed, unpacked = _sizes(view[start:], limits.file_bytes, _DEEPEST)
        total += unpacked
        most = min(limits.file_bytes, max(_SMALL, limits.unpacked_ratio * packed))
        if unpacked > most or total > limits.unpacked_bytes:
            least = min(total, unpacked if unpacked > most else limits.unpacked_bytes)
            raise CorpusError(f"{file}: a compression bomb: {packed:,} of its bytes unpack to over {least:,}; not read")


def _sizes(packed: memoryview, most: int, depth: int) -> tuple[int, int]:
    """How many bytes a stream has and unpacks to, filter behind filter; counting ends above `most`."""
    unpacker = zlib.decompressobj()
    taken = size = 0
    beginning = b""
    try:
        while size <= most and not unpacker.eof and taken < len(packed):
            part = unpacker.decompress(packed[taken : taken + _STEP], _STEP)
            taken += min(_STEP, len(packed) - taken) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
            size += len(part)
            if depth > 1 and len(beginning) < 4 * _STEP:
                beginning += part
            if not part and unpacker.unconsumed_tail:
                break
    except zlib.error:
        pass
    if depth > 1 and beginning[:1] == b"\x78":
        size = max(size, _sizes(memoryview(beginning), most, depth - 1)[1])
    return max(taken, 1), size
