"""Build hostile PDF files object by object, each with exactly one fault."""

import io
import zlib
from collections.abc import Iterable

from support.hostile_files import ADDRESS, Accepted, Hostile, Refused

SAID = "The ministers met in Trieste and agreed on data free flow with trust."
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object, its length stated as it is unless the entries state another."""
    length = "" if "/Length" in entries else f"/Length {len(content)}"
    return f"<< {length} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def pdf(objects: dict[int, bytes], trailer: str = "") -> bytes:
    """A file of these objects by number; number 1 is the catalog."""
    made, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, content in objects.items():
        places[number] = len(made)
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        made += f"{number} 1\n{place:010d} 00000 n \n".encode()
    made += f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)


def shown(words: str) -> bytes:
    """Page content that shows words, a line for each 90 characters."""
    lines = [words[i : i + 90] for i in range(0, len(words), 90)]
    return b"BT /F1 10 Tf 12 TL 40 760 Td " + b" ".join(f"({line}) Tj T*".encode() for line in lines) + b" ET"


def _page(contents: str = "4 0 R", more: str = "") -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents}"
        f" /Resources << /Font << /F1 5 0 R >> {more} >> >>"
    ).encode()


def _tree(kids: str, count: int) -> bytes:
    return f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()


def parts(content: bytes | None = None) -> dict[int, bytes]:
    """The objects of a good file of one page; a test replaces what it wants wrong."""
    content = stream(shown(SAID)) if content is None else content
    return {1: _CATALOG, 2: _tree("3 0 R", 1), 3: _page(), 4: content, 5: _FONT}


def good() -> bytes:
    """A file of one page in which nothing is wrong."""
    return pdf(parts())


def of_pages(pages: Iterable[str]) -> bytes:
    """A good file with these words on its pages."""
    objects, kids = {1: _CATALOG, 2: b"", 5: _FONT}, []
    for number, words in enumerate(pages):
        objects[10 + 2 * number] = _page(f"{11 + 2 * number} 0 R")
        objects[11 + 2 * number] = stream(shown(words))
        kids.append(f"{10 + 2 * number} 0 R")
    objects[2] = _tree(" ".join(kids), len(kids))
    return pdf(objects)


def encrypted(user: str, owner: str = "owner", algorithm: str = "AES-256") -> bytes:
    """A good file under a password; with an empty user password any reader opens it."""
    from pypdf import PdfReader, PdfWriter

    writer, made = PdfWriter(clone_from=PdfReader(io.BytesIO(good()))), io.BytesIO()
    writer.encrypt(user, owner, algorithm=algorithm)
    writer.write(made)
    return made.getvalue()


def zeros_in_flate(megabytes: int, times: int) -> bytes:
    """White space, compressed over and over: a few hundred bytes for a gigabyte."""
    packed, squeezer = bytearray(), zlib.compressobj(1)
    for _ in range(megabytes):
        packed += squeezer.compress(b" " * 1_000_000)
    packed += squeezer.flush()
    for _ in range(times - 1):
        packed = bytearray(zlib.compress(packed, 9))
    return bytes(packed)


def flate_bomb(megabytes: int = 1000, times: int = 2) -> bytes:
    """A page whose content unpacks to many megabytes."""
    filters = " ".join(["/FlateDecode"] * times)
    return pdf(parts(stream(zeros_in_flate(megabytes, times), f"/Filter [{filters}]")))


def _image(width: int, height: int, packed: bytes) -> bytes:
    entries = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    return stream(packed, f"{entries} /Filter /FlateDecode")


def _with_image(content: bytes, width: int, height: int, packed: bytes) -> bytes:
    objects = parts(stream(content))
    objects[3], objects[6] = _page(more="/XObject << /Im1 6 0 R >>"), _image(width, height, packed)
    return pdf(objects)


def _form_loop() -> bytes:
    objects = parts(stream(shown(SAID) + b" /X1 Do"))
    objects[3] = _page(more="/XObject << /X1 6 0 R >>")
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X1 6 0 R >> >>"
    objects[6] = stream(b"/X1 Do /X1 Do", form)
    return pdf(objects)


def _form_bomb(depth: int = 30) -> bytes:
    """Forms that each show the next one twice: 2**depth showings."""
    objects = parts(stream(b"/X0 Do"))
    objects[3] = _page(more="/XObject << /X0 10 0 R >>")
    for i in range(depth):
        resources = f"/Resources << /Font << /F1 5 0 R >> /XObject << /X{i + 1} {11 + i} 0 R >> >>"
        objects[10 + i] = stream(
            f"/X{i + 1} Do /X{i + 1} Do".encode(), f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources}"
        )
    objects[10 + depth] = stream(shown(SAID), "/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
    return pdf(objects)


def _tree_bomb(depth: int = 30) -> bytes:
    """A page tree whose branches both lead to the next branch: 2**depth pages."""
    objects = parts()
    objects[2] = _tree("10 0 R 10 0 R", 2**depth)
    for i in range(depth):
        objects[10 + i] = _tree(f"{11 + i} 0 R {11 + i} 0 R", 2 ** (depth - i))
    objects[10 + depth] = _page()
    return pdf(objects)


def _replaced(number: int, content: bytes, **more: bytes) -> bytes:
    return pdf({**parts(), number: content, **{int(name[1:]): value for name, value in more.items()}})


def outline_loop() -> bytes:
    return _replaced(
        1,
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
        n6=b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 9 >>",
        n7=b"<< /Title (Talks) /Parent 7 0 R /Next 7 0 R /Prev 7 0 R /First 7 0 R /Dest [3 0 R /Fit] >>",
    )


def _object_stream_bomb() -> bytes:
    packed = zeros_in_flate(500, 1)
    entries = "/Type /ObjStm /N 1000000 /First 10 /Filter /FlateDecode /Extends 6 0 R"
    return _replaced(6, stream(packed, entries))


def _prev_loop() -> bytes:
    made = good()
    start = int(made.rsplit(b"startxref\n", 1)[1].split()[0])
    return made.replace(b"/Root 1 0 R", f"/Prev {start} /Root 1 0 R".encode())


def active() -> bytes:
    actions = (
        f"/OpenAction << /S /JavaScript /JS (app.launchURL('{ADDRESS}/js')) >>"
        " /AA << /WC << /S /Launch /F (touch owned) >> >>"
        " /Names << /EmbeddedFiles << /Names [(../../owned.md) 6 0 R] >> >>"
    )
    return _replaced(
        1,
        f"<< /Type /Catalog /Pages 2 0 R {actions} >>".encode(),
        n6=b"<< /Type /Filespec /F (../../owned.md) /EF << /F 7 0 R >> >>",
        n7=stream(b"owned", "/Type /EmbeddedFile"),
    )


def _unicode_bomb() -> bytes:
    """A font whose table turns each letter into twenty thousand."""
    table = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange"
        b" 1 beginbfrange <41> <5A> <" + b"0041" * 20_000 + b"> endbfrange endcmap end"
    )
    objects = parts(stream(shown("A" * 1_000)))
    objects[5] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    objects[6] = stream(table)
    return pdf(objects)


_ENCRYPTED = Refused("needs a password")
_NO_TEXT = Refused("no text layer")

PDF = (
    Hostile("an empty PDF", "empty.pdf", b"", Refused("empty")),
    Hostile("text under a PDF's name", "text.pdf", b"They met in Trieste.\n" * 9, Refused("pdf")),
    Hostile("half a PDF", "half.pdf", lambda: of_pages([SAID] * 9)[:2_500], Refused("")),
    Hostile("a PDF without its end", "tail.pdf", lambda: good()[:-60], Refused("cut off")),
    Hostile("only the head of a PDF", "head.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Refused("")),
    Hostile("a PDF with a user password", "secret.pdf", lambda: encrypted("secret"), _ENCRYPTED),
    Hostile("a PDF with an old cipher", "rc4.pdf", lambda: encrypted("secret", algorithm="RC4-128"), _ENCRYPTED),
    Hostile("a PDF that only forbids printing", "owner.pdf", lambda: encrypted(""), Accepted((SAID,))),
    Hostile(
        "an unknown cipher", "cipher.pdf", lambda: pdf(parts(), "/Encrypt << /Filter /Nobody /V 9 /R 9 >>"), _ENCRYPTED
    ),
    Hostile(
        "only pictures of pages",
        "scan.pdf",
        lambda: _with_image(b"q 595 0 0 842 0 0 cm /Im1 Do Q", 8, 8, zlib.compress(bytes(64))),
        _NO_TEXT,
    ),
    Hostile("an empty page", "blank.pdf", lambda: pdf(parts(stream(b""))), Refused("without text")),
    Hostile("no pages", "none.pdf", lambda: _replaced(2, _tree("", 0)), Refused("")),
    Hostile(
        "a page tree that holds itself", "tree.pdf", lambda: _replaced(2, _tree("2 0 R 3 0 R", 9)), Accepted((SAID,))
    ),
    Hostile("a page tree of a billion pages", "billion.pdf", _tree_bomb, Refused("")),
    Hostile("too many pages", "pages.pdf", lambda: of_pages(["They met."] * 3_001), Refused("3,000")),
    Hostile("a lie about the pages", "count.pdf", lambda: _replaced(2, _tree("3 0 R", 2**31)), Accepted((SAID,))),
    Hostile("an object that refers to itself", "self.pdf", lambda: _replaced(4, b"4 0 R"), Refused("")),
    Hostile(
        "a length that refers to itself",
        "length.pdf",
        lambda: _replaced(4, stream(shown(SAID), "/Length 4 0 R")),
        Accepted((SAID,)),
    ),
    Hostile("outlines that lead to themselves", "outlines.pdf", outline_loop, Accepted((SAID,))),
    Hostile("cross references in a circle", "prev.pdf", _prev_loop, Accepted((SAID,))),
    Hostile("a form that shows itself", "form.pdf", _form_loop, Refused("memory"), slow=True),
    Hostile("forms that double", "forms.pdf", _form_bomb, Refused("memory"), slow=True),
    Hostile("600 MB in two Flates", "flate.pdf", lambda: flate_bomb(600), Refused("")),
    Hostile("an object stream of 500 MB", "objects.pdf", _object_stream_bomb, Refused("bomb")),
    Hostile(
        "a picture of 10 gigapixels",
        "huge.pdf",
        lambda: _with_image(shown(SAID) + b" /Im1 Do", 100_000, 100_000, zeros_in_flate(200, 1)),
        Accepted((SAID,)),
    ),
    Hostile("letters that become words", "letters.pdf", _unicode_bomb, Refused("broke its reader"), slow=True),
    Hostile(
        "arrays as deep as a well",
        "deep.pdf",
        lambda: pdf(parts(), f"/Info {'[' * 100_000}{']' * 100_000}"),
        Accepted((SAID,)),
    ),
    Hostile(
        "content as deep as a well",
        "nest.pdf",
        lambda: pdf(parts(stream(shown(SAID) + b" " + b"[" * 200_000))),
        Accepted((SAID,)),
    ),
    Hostile(
        "saved states without end",
        "states.pdf",
        lambda: pdf(parts(stream(b"q " * 300_000 + shown(SAID)))),
        Accepted((SAID,)),
    ),
    Hostile("actions, launches and attachments", "active.pdf", active, Accepted((SAID,), ("owned",))),
    Hostile(
        "a page as large as a country",
        "large.pdf",
        lambda: _replaced(3, _page().replace(b"595 842", b"99999999999 -1e38")),
        Accepted((SAID,)),
    ),
)
