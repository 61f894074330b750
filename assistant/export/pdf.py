"""Write a report as PDF by printing its HTML file with WeasyPrint."""

import hashlib
import os
import warnings
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from assistant.export import ExportRefused
from assistant.export.bibliography.style import Style
from assistant.export.html import html
from assistant.export.report import Report

_INSTEAD = "or export to .html, open it in a browser and print it to a PDF file"
_MISSING = f"PDF needs the extra rapporteur[pdf] (pip install weasyprint) and the system's Pango ({{why}}); {_INSTEAD}"
_NO_FONTS = f"PDF needs a font, and fontconfig finds none; install one (Debian: fonts-noto-cjk), {_INSTEAD}"


def pdf(report: Report, style: Style) -> bytes:
    """Return the bytes of a .pdf file.

    Raises:
        ExportRefused: WeasyPrint, the Pango library that it needs, or any font is not installed.
    """
    weasyprint = _weasyprint()
    if not _has_fonts():
        raise ExportRefused(_NO_FONTS)
    # fontTools, which cuts fonts to the letters used where HarfBuzz's subset library is missing, writes the time of day
    # into them unless this variable states another (https://reproducible-builds.org/specs/source-date-epoch/).
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    page = html(report, style)
    name = hashlib.sha256(page).hexdigest()[:32].encode()
    return bytes(weasyprint.HTML(string=page.decode(), url_fetcher=_refuse_request).write_pdf(pdf_identifier=name))


def _weasyprint() -> Any:
    """The package, imported without its own prints and warnings: what is missing is refused in one line."""
    try:
        with warnings.catch_warnings(action="ignore"), redirect_stdout(StringIO()):
            import weasyprint
    except (ImportError, OSError) as error:
        raise ExportRefused(_MISSING.format(why=str(error).splitlines()[0])) from error
    return weasyprint


def _has_fonts() -> bool:
    """Ask fontconfig for fonts: without any, Pango ends the process."""
    from weasyprint.text.ffi import fontconfig
    from weasyprint.text.fonts import FontConfiguration

    return bool(fontconfig.FcConfigGetFonts(FontConfiguration()._config, fontconfig.FcSetSystem).nfont)


def _refuse_request(address: str, *_: object, **__: object) -> dict[str, object]:
    """Refuse every request: the page needs none."""
    raise ValueError(f"{address} is not fetched")
