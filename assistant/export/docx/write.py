"""A report as a Word file: quotations with real footnotes, references, and the passages in their surroundings."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from assistant.export.docx.footnotes import Footnotes, element, line_break, text_run, written
from assistant.export.docx.styles import prepared
from assistant.export.docx.zip import settled
from assistant.export.passage import quoted_lines, surroundings
from assistant.export.provenance import Fact, footnote, provenance, summary
from assistant.export.references import References, Run, Runs, references
from assistant.export.report import Item, Report, Section
from assistant.export.style import Style
from assistant.export.text import line, visible

_WIDTHS = (1474, 7597)  # of the annex's two columns, in twentieths of a point: 2.6 and 13.4 cm


def word(report: Report, style: Style) -> bytes:
    """The bytes of a .docx file; the same report gives the same bytes."""
    found = references(report.documents, style, report.accessed)
    document = prepared(line(report.title), report.accessed)
    footnotes = Footnotes(document)
    _paragraph(document, "Title", [line(report.title)])
    _paragraph(document, "Subtitle", [summary(report)])
    for section in report.sections:
        _section(document, footnotes, section, found)
    if report.items:
        _references(document, found.entries)
        _annex(document, report)
    saved = BytesIO()
    document.save(saved)
    return settled(saved.getvalue())


def _section(document: Any, footnotes: Footnotes, section: Section, found: References) -> None:
    if section.heading:
        _paragraph(document, "Heading1", [line(section.heading)])
    for item in section.items:
        if item.heading:
            _paragraph(document, "Heading2", [line(item.heading)])
        quote = _paragraph(document, "Quote", quoted_lines(item.citation))
        footnotes.add(quote, footnote(item.citation, found.notes[item.citation.document.id]))
        if item.note.strip():
            _paragraph(document, "Normal", _split(item.note))
    for remark in section.remarks:
        _paragraph(document, "Remark", _split(remark))


def _references(document: Any, entries: Sequence[Runs]) -> None:
    _paragraph(document, "Heading1", ["References"])
    for entry in entries:
        paragraph = _paragraph(document, "Reference", [])
        for run in entry:
            paragraph._p.append(written(run, document.part))


def _annex(document: Any, report: Report) -> None:
    document.add_page_break()
    _paragraph(document, "Heading1", ["Annex: the passages in their surroundings"])
    for number, item in enumerate(report.items, start=1):
        _paragraph(document, "Heading2", [f"{number}. {line(item.citation.document.title)}"])
        _around(document, item)
        _facts(document, provenance(item.citation, report.accessed))
    _paragraph(document, "Fact", [])  # Word wants a paragraph behind the last table


def _around(document: Any, item: Item) -> None:
    paragraph = _paragraph(document, "Passage", [])
    for i, pieces in enumerate(surroundings(item.citation)):
        if i:
            paragraph._p.append(line_break())
        for piece in pieces:
            paragraph._p.append(text_run(piece.text, style="Quotedwords" if piece.quoted else ""))


def _paragraph(document: Any, style: str, lines: Sequence[str]) -> Any:
    """A paragraph with these lines; the style is given by its id, since python-docx takes long to look up a name."""
    paragraph = document.add_paragraph()
    paragraph._p.style = style
    for i, words in enumerate(lines):
        if i:
            paragraph._p.append(line_break())
        paragraph._p.append(text_run(words))
    return paragraph


def _split(text: str) -> list[str]:
    return visible(text.strip()).split("\n")


def _facts(document: Any, facts: dict[str, Fact]) -> None:
    """A table of the facts, which stays on one page."""
    properties = element("tblPr", element("tblStyle", val="Facts"), element("tblLayout", type="fixed"))
    table = element("tbl", properties, element("tblGrid", *(element("gridCol", w=str(width)) for width in _WIDTHS)))
    for i, (name, fact) in enumerate(facts.items(), start=1):
        value = written(Run(fact.text, link=fact.link), document.part)
        if fact.exact:
            value = text_run(fact.text, style="Exact")
        cells = (_cell(text_run(name), 0, i < len(facts)), _cell(value, 1, i < len(facts)))
        table.append(element("tr", *cells))
    document.element.body.sectPr.addprevious(table)


def _cell(content: Any, column: int, kept: bool) -> Any:
    """A cell whose row stays on the page of the next one, where it is kept."""
    looks = element("pPr", element("pStyle", val="Fact"))
    if kept:
        looks.append(element("keepNext"))
    width = element("tcW", w=str(_WIDTHS[column]), type="dxa")
    return element("tc", element("tcPr", width), element("p", looks, content))
