"""Draw one page of a PDF as a PNG picture, with the places of some words on it; runs in the confined process."""

import math
import struct
import unicodedata
import zlib
from typing import Any

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.readers.pdf.open import ONE_AT_A_TIME, open_document

# Of the picture: sharp in a panel on a screen of double density.
_WIDTH = 1200
_MOST_PIXELS = 6_000_000
_MOST_BOXES = 400
# Hyphens at the end of a line, which the text of a record has no more.
_LEFT_OUT = "-\u00ad\u2010\u2011\ufffe\x02"
Box = tuple[float, float, float, float]


def draw_page(about: dict[str, Any], raw: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Return the boxes of words on a page, in shares of its width and height from the top left, and its picture.

    Args:
        about: "name" of the file, "page" from 1, and "words" that are marked; empty for none.
        raw: the PDF file.
        limits: of the file; only the number of pages is looked at.

    Raises:
        CorpusError: the file or the page cannot be drawn.
    """
    import pypdfium2

    file, number = str(about["name"]), int(about["page"])
    with ONE_AT_A_TIME, open_document(raw, file) as pdf:
        if not 1 <= number <= min(len(pdf), limits.pages):
            raise CorpusError(f"{file}: there is no page {number:,}")
        try:
            page = pdf[number - 1]
            bitmap = page.render(scale=_scale(*page.get_size()), rev_byteorder=True, may_draw_forms=False)
        except (pypdfium2.PdfiumError, MemoryError, ValueError) as error:
            raise CorpusError(f"{file}: page {number:,} cannot be drawn") from error
        boxes = _boxes(page, bitmap, str(about["words"]))
        return {"boxes": boxes, "width": bitmap.width, "height": bitmap.height}, _png(bitmap)


def _scale(width: float, height: float) -> float:
    """Return the scale at which a page has the width of the picture, but not too many pixels."""
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise ValueError(f"a page of {width} by {height} points")
    return min(_WIDTH / width, math.sqrt(_MOST_PIXELS / (width * height)))


def _png(bitmap: Any) -> bytes:
    """Return a bitmap of red, green and blue bytes as a PNG file."""
    channels = bitmap.n_channels
    buffer, length = bytes(bitmap.buffer), bitmap.width * channels
    rows = (buffer[at : at + length] for at in range(0, bitmap.height * bitmap.stride, bitmap.stride))
    kind = {1: 0, 3: 2, 4: 6}[channels]
    if kind == 6:  # the fourth byte is no opacity here
        rows = (_opaque(row) for row in rows)
        kind = 2
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, kind, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _opaque(row: bytes) -> bytes:
    colours = bytearray(len(row) // 4 * 3)
    for channel in range(3):
        colours[channel::3] = row[channel::4]
    return bytes(colours)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _boxes(page: Any, bitmap: Any, words: str) -> list[Box]:
    """Return a box for each line of the words; none where the page has them not or more than once."""
    wanted = "".join(map(_folded, words))
    if not wanted:
        return []
    text = page.get_textpage()
    characters = text.get_text_range(errors="replace") if text.count_chars() else ""
    place = _place(characters, wanted)
    if place is None:
        return []
    position = bitmap.get_posconv(page)
    lines = min(_MOST_BOXES, text.count_rects(*place))
    return [_share(position, text.get_rect(line), bitmap) for line in range(lines)]


def _place(characters: str, wanted: str) -> tuple[int, int] | None:
    """Return the first character of the only place with the wanted ones, and their number."""
    folded = [(at, one) for at, character in enumerate(characters) for one in _folded(character)]
    whole = "".join(one for _, one in folded)
    start = whole.find(wanted)
    if start < 0 or whole.find(wanted, start + 1) >= 0:
        return None
    first, last = folded[start][0], folded[start + len(wanted) - 1][0]
    return first, last - first + 1


def _folded(character: str) -> str:
    """Return a character without what differs between a page and the text of its record: space, hyphens, ligatures."""
    if character.isspace() or character in _LEFT_OUT:
        return ""
    return "".join(one for one in unicodedata.normalize("NFKC", character) if not one.isspace())


def _share(position: Any, box: Box, bitmap: Any) -> Box:
    left, bottom, right, top = box
    (x1, y1), (x2, y2) = position.to_bitmap(left, top), position.to_bitmap(right, bottom)
    x, y = min(x1, x2) / bitmap.width, min(y1, y2) / bitmap.height
    return (round(x, 4), round(y, 4), round(abs(x2 - x1) / bitmap.width, 4), round(abs(y2 - y1) / bitmap.height, 4))
