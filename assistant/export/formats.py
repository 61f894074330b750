"""Registry of the export formats: one row a format, and `export_report`, which writes a report in any of them."""

from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.export import ExportRefused

if TYPE_CHECKING:  # the command line reads the names of the formats for --help
    from assistant.export.bibliography.style import Style
    from assistant.export.report import Report


class FormatRow(NamedTuple):
    """Properties of a format.

    Attributes:
        name: what `--format` takes.
        suffixes: the endings of its files, the usual one first.
        label: its name in the page's menu.
        writer: "module:function" of the function that returns the file's bytes; imported when it is first used.
        media_type: what the page sends the file as.
        has_style: True if the writer takes a reference style beside the report.
        needs_citations: True if a report without quotations would make an empty file.
        has_lock: True if the command writes a lock file beside it.
    """

    name: str
    suffixes: tuple[str, ...]
    label: str
    writer: str
    media_type: str = "application/octet-stream"
    has_style: bool = True
    needs_citations: bool = False
    has_lock: bool = False


class Format(StrEnum):
    """A kind of file that a report can be exported to."""

    row: FormatRow

    def __new__(cls, *row: Any) -> "Format":
        """Make a member of the row's columns; its value is the format's name."""
        properties = FormatRow(*row)
        member = str.__new__(cls, properties.name)
        member._value_ = properties.name
        member.row = properties
        return member

    WORD = FormatRow(
        "word",
        (".docx",),
        "Word (.docx)",
        "assistant.export.docx.write:word",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        has_lock=True,
    )
    MARKDOWN = FormatRow("markdown", (".md",), "Markdown", "assistant.export.markdown:markdown", has_lock=True)
    HTML = FormatRow("html", (".html", ".htm"), "HTML, to print", "assistant.export.html:html", has_lock=True)
    PDF = FormatRow("pdf", (".pdf",), "PDF", "assistant.export.pdf:pdf", media_type="application/pdf", has_lock=True)
    BIBTEX = FormatRow(
        "bibtex",
        (".bib",),
        "BibTeX",
        "assistant.export.bibliography.bibtex:bibtex",
        has_style=False,
        needs_citations=True,
    )
    RIS = FormatRow(
        "ris", (".ris",), "RIS", "assistant.export.bibliography.ris:ris", has_style=False, needs_citations=True
    )
    CSL_JSON = FormatRow(
        "csl-json",
        (".csl.json",),
        "CSL-JSON",
        "assistant.export.bibliography.csl_json:csl_json",
        has_style=False,
        needs_citations=True,
    )
    CSV = FormatRow("csv", (".csv",), "Table (.csv)", "assistant.export.csv:table", needs_citations=True)
    JSON = FormatRow("json", (".json",), "JSON, with anchors", "assistant.export.json:json_report")


# Longer endings first: a name that ends with .csl.json also ends with .json.
SUFFIXES = dict(
    sorted(
        ((suffix, format) for format in Format for suffix in format.row.suffixes),
        key=lambda pair: -pair[0].count("."),
    )
)


def format_of(name: str) -> Format:
    """Return the format of a file by the ending of its name.

    Raises:
        ExportRefused: no format has this ending.
    """
    for suffix, format in SUFFIXES.items():
        if PurePath(name).name.lower().endswith(suffix):
            return format
    raise ExportRefused(
        f"{name}: no format has this ending; end the name with one of {', '.join(SUFFIXES)}, or give --format"
    )


def export_report(report: "Report", format: Format, style: "Style") -> bytes:
    """Return the bytes of the exported file; the same report, format and style give the same bytes.

    Raises:
        ExportRefused: the format holds only citations and the report has none, the style cannot be rendered, or a
            package is missing.
    """
    row = format.row
    if row.needs_citations and not report.items:
        raise ExportRefused(f"nothing is cited, so {format.value} would be empty; export to .docx, .md, .html or .json")
    module, _, function = row.writer.partition(":")
    write = getattr(import_module(module), function)
    content: bytes = write(report, style) if row.has_style else write(report)
    return content
