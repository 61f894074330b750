"""PDF files that WeasyPrint makes, for the tests that read them."""

from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from assistant.export import ExportRefused
from support.requirements import TOOLS, require


def typeset(page: str, font: str | None = None) -> bytes:
    """A page as a PDF file; skip the test where Pango, fonts or the one font that it names is missing."""
    weasyprint = pango()
    families = _families()
    require(families, "a font", TOOLS)
    require(font is None or font in families, str(font), TOOLS)
    return bytes(weasyprint.HTML(string=page).write_pdf())


def exported_pdf(export: Callable[[], bytes]) -> bytes:
    """Return a PDF of our export; skip the test where it is refused because Pango or a font is missing."""
    try:
        return export()
    except ExportRefused as refused:
        if not str(refused).startswith("PDF needs "):
            raise
        require(False, "Pango or a font", TOOLS)
        raise


def pango() -> Any:
    """WeasyPrint, which needs Pango; skip the test where Pango is missing."""
    try:
        with redirect_stdout(StringIO()):
            import weasyprint
    except OSError:
        require(False, "Pango", TOOLS)
    return weasyprint


def _families() -> set[str]:
    """The names of the font families that fontconfig finds."""
    from weasyprint.text.ffi import ffi, fontconfig
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    found = fontconfig.FcConfigGetFonts(configuration._config, fontconfig.FcSetSystem)
    name, names = ffi.new("FcChar8 **"), set()
    for font in found.fonts[0 : found.nfont] if found.nfont else ():
        number = 0
        while fontconfig.FcPatternGetString(font, b"family", number, name) == fontconfig.FcResultMatch:
            names.add(ffi.string(name[0]).decode())
            number += 1
    return names
