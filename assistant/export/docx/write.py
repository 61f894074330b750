"""Write a report as a Word file: quotations with footnotes, references, and an annex with the passages in context."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from assistant.export.bibliography.references import References, Run, Runs, references
from assistant.export.bibliography.style import Style
from assistant.export.docx.footnotes import Footnotes, element, line_break, run_element, text_run
from assistant.export.docx.styles import new_document
from assistant.export.note_detail import NoteDetail
from assistant.export.passage import quoted_lines, surroundings
from assistant.export.provenance import SourceFact, footnote, provenance, summary
from assistant.export.report import OWN_NOTE, Item, Report, Section
from assistant.export.text import line, visible

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_WIDTHS = (1474, 7597)  # of the annex's two columns, in twentieths of a point: 2.6 and 13.4 cm


def word(report: Report, style: Style) -> bytes:
    """Return the bytes of a .docx file; the same report gives the same bytes."""
    cited = references(report.documents, style, report.accessed)
    document = new_document(line(report.title), report.accessed)
    footnotes = Footnotes(document)
    _paragraph(document, "Title", [line(report.title)])
    _paragraph(document, "Subtitle", [summary(report)])
    for section in report.sections:
        _section(document, footnotes, section, cited, report.notes)
    if report.items:
        _references(document, cited.entries)
        _annex(document, report)
    buffer = BytesIO()
    document.save(buffer)
    return _set_fixed_dates(buffer.getvalue())


def _section(document: Any, footnotes: Footnotes, section: Section, cited: References, detail: NoteDetail) -> None:
    if section.heading:
        _paragraph(document, "Heading1", [line(section.heading)])
    for first in section.first_lines:
        _paragraph(document, "FirstLine", [line(first.text)])
    for item in section.items:
        if item.heading:
            _paragraph(document, "Heading2", [line(item.heading)])
        quote = _paragraph(document, "Quote", quoted_lines(item.citation))
        footnotes.add(quote, footnote(item.citation, cited.notes[item.citation.document.id], detail))
        if item.note.strip():
            _paragraph(document, "OwnNote", _lines(f"{OWN_NOTE}{item.note.strip()}"))
    for remark in section.remarks:
        _paragraph(document, "Remark", _lines(remark))


def _references(document: Any, entries: Sequence[Runs]) -> None:
    _paragraph(document, "Heading1", ["References"])
    for entry in entries:
        paragraph = _paragraph(document, "Reference", [])
        for run in entry:
            paragraph._p.append(run_element(run, document.part))


def _annex(document: Any, report: Report) -> None:
    _paragraph(document, "Heading1", ["Annex: the passages in their surroundings"])
    for number, item in enumerate(report.items, start=1):
        _paragraph(document, "Heading2", [f"{number}. {line(item.citation.document.title)}"])
        _passage(document, item)
        _facts(document, provenance(item.citation, report.accessed))
    _paragraph(document, "Fact", [])  # Word needs a paragraph behind the last table


def _passage(document: Any, item: Item) -> None:
    paragraph = _paragraph(document, "Passage", [])
    for i, parts in enumerate(surroundings(item.citation)):
        if i:
            paragraph._p.append(line_break())
        for part in parts:
            paragraph._p.append(text_run(part.text, style="Quotedwords" if part.quoted else ""))


def _paragraph(document: Any, style: str, lines: Sequence[str]) -> Any:
    """Append a paragraph of lines; `style` is a style's id, since python-docx is slow to look up a name."""
    paragraph = document.add_paragraph()
    paragraph._p.style = style
    for i, words in enumerate(lines):
        if i:
            paragraph._p.append(line_break())
        paragraph._p.append(text_run(words))
    return paragraph


def _lines(text: str) -> list[str]:
    return visible(text.strip()).split("\n")


def _facts(document: Any, facts: dict[str, SourceFact]) -> None:
    """Append a table of facts that stays on one page."""
    properties = element("tblPr", element("tblStyle", val="Facts"), element("tblLayout", type="fixed"))
    table = element("tbl", properties, element("tblGrid", *(element("gridCol", w=str(width)) for width in _WIDTHS)))
    for i, (name, fact) in enumerate(facts.items(), start=1):
        value = (
            text_run(fact.text, style="Exact")
            if fact.exact
            else run_element(Run(fact.text, link=fact.link), document.part)
        )
        cells = (_cell(text_run(name), 0, i < len(facts)), _cell(value, 1, i < len(facts)))
        table.append(element("tr", *cells))
    document.element.body.sectPr.addprevious(table)


def _cell(content: Any, column: int, keep_next: bool) -> Any:
    """Return a table cell; with `keep_next` its row stays on the page of the next row."""
    properties = element("pPr", element("pStyle", val="Fact"))
    if keep_next:
        properties.append(element("keepNext"))
    width = element("tcW", w=str(_WIDTHS[column]), type="dxa")
    return element("tc", element("tcPr", width), element("p", properties, content))


def _set_fixed_dates(archive: bytes) -> bytes:
    """Give each part of a zip archive the earliest date of the format, so that equal reports have equal bytes."""
    buffer = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, _FIRST_DAY)
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            new.writestr(part, old.read(name))
    return buffer.getvalue()
