"""A report as PDF: the HTML file, printed."""

import hashlib

from assistant.export.errors import ExportRefused
from assistant.export.html import html
from assistant.export.report import Report
from assistant.export.style import Style

_MISSING = (
    "PDF needs the extra rapporteur[pdf] (pip install weasyprint) and the system's Pango ({why});"
    " or export to .html, open it in a browser and print it to a PDF file"
)


def pdf(report: Report, style: Style) -> bytes:
    """The bytes of a .pdf file.

    Raises:
        ExportRefused: weasyprint, or the Pango that it sets text with, is not installed.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise ExportRefused(_MISSING.format(why=str(error).splitlines()[0])) from error

    page = html(report, style)
    name = hashlib.sha256(page).hexdigest()[:32].encode()
    return bytes(HTML(string=page.decode(), url_fetcher=_nothing).write_pdf(pdf_identifier=name))


def _nothing(address: str, *_: object, **__: object) -> dict[str, object]:
    """The page asks for nothing; should it ever, it gets nothing."""
    raise ValueError(f"{address} is not fetched")
