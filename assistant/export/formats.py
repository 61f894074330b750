"""The formats of an export, and the one way into them."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath

from assistant.export.errors import ExportRefused
from assistant.export.report import Report
from assistant.export.style import Style


class Format(StrEnum):
    """A kind of file that a report becomes."""

    WORD = "word"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    CSV = "csv"
    JSON = "json"


# The longer endings first: a name ends with .csl.json before it ends with .json.
SUFFIXES = {
    ".csl.json": Format.CSL_JSON,
    ".docx": Format.WORD,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".pdf": Format.PDF,
    ".bib": Format.BIBTEX,
    ".ris": Format.RIS,
    ".csv": Format.CSV,
    ".json": Format.JSON,
}
# They hold references or quotations and nothing else: without any there is nothing to write.
_ONLY_CITATIONS = frozenset((Format.BIBTEX, Format.RIS, Format.CSL_JSON, Format.CSV))


def format_of(name: str) -> Format:
    """The format that a file's name ends with.

    Raises:
        ExportRefused: it ends with none.
    """
    for suffix, found in SUFFIXES.items():
        if PurePath(name).name.lower().endswith(suffix):
            return found
    raise ExportRefused(f"{name}: no format ends so; end the name with one of {', '.join(SUFFIXES)}, or give --format")


def exported(report: Report, wanted: Format, style: Style) -> bytes:
    """The bytes of the file; the same report, format and style give the same bytes.

    Raises:
        ExportRefused: the format holds only citations and there is none, the style cannot be rendered, or a package
            is missing.
    """
    if wanted in _ONLY_CITATIONS and not report.items:
        raise ExportRefused(f"nothing is cited, so {wanted.value} would be empty; export to .docx, .md, .html or .json")
    return _writer(wanted)(report, style)


def _writer(wanted: Format) -> Callable[[Report, Style], bytes]:
    """The function for a format; only its own libraries are loaded."""
    if wanted is Format.WORD:
        from assistant.export.docx.write import word as write
    elif wanted is Format.MARKDOWN:
        from assistant.export.markdown import markdown as write
    elif wanted is Format.HTML:
        from assistant.export.html import html as write
    elif wanted is Format.PDF:
        from assistant.export.pdf import pdf as write
    elif wanted is Format.BIBTEX:
        from assistant.export.bibtex import bibtex

        return lambda report, style: bibtex(report)
    elif wanted is Format.RIS:
        from assistant.export.ris import ris

        return lambda report, style: ris(report)
    elif wanted is Format.CSL_JSON:
        from assistant.export.csl_json import csl_json

        return lambda report, style: csl_json(report)
    elif wanted is Format.CSV:
        from assistant.export.csv import table as write
    else:
        from assistant.export.json import json_report as write
    return write
