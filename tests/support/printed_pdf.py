"""Write PDF files with each word at a given place, without a library."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True)
class Drawn:
    """Words on a page: where they begin, in points from the left and from the top, and how large they are."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False


@dataclass(frozen=True)
class Rule:
    """A line from one place to another, in points from the left and from the top."""

    x: float
    y: float
    to_x: float
    to_y: float


Page = Sequence[Drawn | Rule]


def text_lines(lines: Iterable[str], x: float = 72, y: float = 100, step: float = 14, size: float = 11) -> list[Drawn]:
    """Lines one below the other."""
    return [Drawn(x, y + i * step, line, size) for i, line in enumerate(lines)]


def drawn_pdf(*pages: Page, information: bytes = b"", catalogue: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF file.

    Args:
        pages: what is drawn on each.
        information: entries of its information dictionary.
        catalogue: further entries of its catalogue.
        page: further entries of each page.
    """
    numbers = [6 + 2 * i for i in range(len(pages))]
    kids = b" ".join(b"%d 0 R" % (number + 1) for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< %s >>" % information,
    ]
    for number, drawn in zip(numbers, pages, strict=True):
        objects.append(stream_of(b"\n".join(map(_operators, drawn))))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R %s"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (WIDTH, HEIGHT, number, page)
        )
    return file_of(objects, b"/Info 5 0 R")


def stream_of(content: bytes, entries: bytes = b"/Filter /FlateDecode", packed: bytes | None = None) -> bytes:
    """A compressed stream; `packed` are its bytes where they are not simply the content compressed."""
    packed = zlib.compress(content, 9) if packed is None else packed
    return b"<< /Length %d %s >>\nstream\n" % (len(packed), entries) + packed + b"\nendstream"


def file_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of objects, the first of which is its catalogue."""
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return written + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )


def _operators(drawn: Drawn | Rule) -> bytes:
    if isinstance(drawn, Rule):
        ends = (drawn.x, HEIGHT - drawn.y, drawn.to_x, HEIGHT - drawn.to_y)
        return b"0.5 w %.1f %.1f m %.1f %.1f l S" % ends
    said = drawn.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    place = (b"F2" if drawn.bold else b"F1", drawn.size, drawn.x, HEIGHT - drawn.y)
    return b"BT /%s %.2f Tf %.2f %.2f Td (%s) Tj ET" % (*place, said)
