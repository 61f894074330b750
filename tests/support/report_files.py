"""Build reports as word processors write them, in memory."""

import io
import zipfile
from collections.abc import Sequence

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NOTES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
Runs = Sequence[str | int]


def word(*paragraphs: tuple[str | None, Runs], notes: Sequence[str] = ()) -> bytes:
    """A .docx file.

    Args:
        paragraphs: a style's name or None, with the runs: words, or the number of a footnote from 1.
        notes: the footnotes' texts.
    """
    from docx import Document
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = Document()
    for style, runs in paragraphs:
        paragraph = document.add_paragraph(style=style)
        for words in runs:
            run = paragraph.add_run(words if isinstance(words, str) else "")
            if isinstance(words, int):
                mark = OxmlElement("w:footnoteReference")
                mark.set(qn("w:id"), str(words))
                run._r.append(mark)
    if notes:
        body = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{_escaped(note)}</w:t></w:r></w:p></w:footnote>'
            for number, note in enumerate(notes, start=1)
        )
        separator = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{_W}">{separator}{body}</w:footnotes>'
        part = Part(PackURI("/word/footnotes.xml"), _NOTES, xml.encode(), document.part.package)
        document.part.relate_to(part, _NOTES_RELATION)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_part(docx: bytes, name: str, content: bytes) -> bytes:
    """A .docx file with one part replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return written.getvalue()


def pdf(*pages: Sequence[str]) -> bytes:
    """A .pdf file with these lines on its pages."""
    return drawn_pdf(
        *(
            b"BT /F1 11 Tf 14 TL 50 780 Td " + b"".join(shown(line) + b"T* " for line in lines) + b"ET"
            for lines in pages
        )
    )


def shown(line: str) -> bytes:
    """The operator of a .pdf file that draws a line."""
    return b"(" + line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj "


def drawn_pdf(*pages: bytes, annotations: bytes = b"") -> bytes:
    """A .pdf file whose pages draw these operators, each with the same annotations."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for stream in pages:
        objects.append(b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R" % len(objects)
            + b" /Annots ["
            + annotations
            + b"] /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return written + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def encrypted(plain: bytes) -> bytes:
    """A .pdf file that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
