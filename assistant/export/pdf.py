"""Write a report as PDF by printing its HTML file with WeasyPrint."""

import hashlib

from assistant.export.bibliography.style import Style
from assistant.export.errors import ExportRefused
from assistant.export.html import html
from assistant.export.report import Report

_MISSING = (
    "PDF needs the extra rapporteur[pdf] (pip install weasyprint) and the system's Pango ({why});"
    " or export to .html, open it in a browser and print it to a PDF file"
)


def pdf(report: Report, style: Style) -> bytes:
    """Return the bytes of a .pdf file.

    Raises:
        ExportRefused: WeasyPrint, or the Pango library that it needs, is not installed.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise ExportRefused(_MISSING.format(why=str(error).splitlines()[0])) from error

    page = html(report, style)
    name = hashlib.sha256(page).hexdigest()[:32].encode()
    return bytes(HTML(string=page.decode(), url_fetcher=_refuse_request).write_pdf(pdf_identifier=name))


def _refuse_request(address: str, *_: object, **__: object) -> dict[str, object]:
    """Refuse every request: the page needs none."""
    raise ValueError(f"{address} is not fetched")
