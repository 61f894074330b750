"""Build minimal web pages and Word files."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page(body: str, head: str = "") -> bytes:
    """A page in UTF-8."""
    return f'<!doctype html><html lang="en"><head><title>T</title>{head}</head><body>{body}</body></html>'.encode()


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body; `styles="..."` gives what is in its part styles.xml."""
    wanted = {"document": f"<w:body>{body}</w:body>", **parts}
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, inner in wanted.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{WORD}">{inner}</w:{name}>')
    return held.getvalue()


def paragraph(words: str, properties: str = "") -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"
