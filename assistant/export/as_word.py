"""A report as a Word file: quotations with real footnotes, references, and the passages in their surroundings."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from assistant.export.characters import line, visible
from assistant.export.footnotes import Footnotes, written
from assistant.export.passage import quoted_lines, surroundings
from assistant.export.provenance import footnote, provenance, summary
from assistant.export.references import References, references
from assistant.export.report import Item, Report, Section
from assistant.export.runs import Run, Runs
from assistant.export.style import Style
from assistant.export.word_styles import prepared
from assistant.export.word_zip import settled

_WIDTHS = (2.6, 13.4)  # of the annex's two columns, in cm


def word(report: Report, style: Style) -> bytes:
    """The bytes of a .docx file; the same report gives the same bytes."""
    found = references(report.documents, style, report.accessed)
    document = prepared(line(report.title), report.accessed)
    footnotes = Footnotes(document)
    document.add_paragraph(line(report.title), style="Title")
    document.add_paragraph(summary(report), style="Subtitle")
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
        document.add_heading(line(section.heading), 1)
    for item in section.items:
        if item.heading:
            document.add_heading(line(item.heading), 2)
        _item(document, footnotes, item, found.notes[item.citation.document.id])
    for remark in section.remarks:
        document.add_paragraph(visible(remark), style="Remark")


def _item(document: Any, footnotes: Footnotes, item: Item, reference: Runs) -> None:
    quote = _broken(document.add_paragraph(style="Quote"), quoted_lines(item.citation))
    footnotes.add(quote, footnote(item.citation, reference))
    if item.note.strip():
        document.add_paragraph(visible(item.note.strip()))


def _references(document: Any, entries: Sequence[Runs]) -> None:
    document.add_heading("References", 1)
    for entry in entries:
        paragraph = document.add_paragraph(style="Reference")
        for part in entry:
            paragraph._p.append(written(part, document.part))


def _annex(document: Any, report: Report) -> None:
    document.add_page_break()
    document.add_heading("Annex: the passages in their surroundings", 1)
    for number, item in enumerate(report.items, start=1):
        document.add_heading(f"{number}. {line(item.citation.document.title)}", 2)
        _around(document, item)
        _facts(document, item, report)


def _around(document: Any, item: Item) -> None:
    paragraph = document.add_paragraph(style="Passage")
    for i, pieces in enumerate(surroundings(item.citation)):
        if i:
            paragraph.add_run().add_break()
        for piece in pieces:
            paragraph.add_run(piece.text, style="Quoted words" if piece.quoted else None)


def _broken(paragraph: Any, lines: Sequence[str]) -> Any:
    """A paragraph with these lines."""
    for i, words in enumerate(lines):
        if i:
            paragraph.add_run().add_break()
        paragraph.add_run(words)
    return paragraph


def _facts(document: Any, item: Item, report: Report) -> None:
    from docx.shared import Cm

    facts = provenance(item.citation, report.accessed)
    table = document.add_table(rows=len(facts), cols=2, style="Facts")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    for row, (name, fact) in zip(table.rows, facts.items(), strict=True):
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].style = "Fact"
            # All but the last row stay on the page of the next one: a table is not torn from its passage.
            cell.paragraphs[0].paragraph_format.keep_with_next = name != "Accessed"
        row.cells[0].paragraphs[0].add_run(name)
        value = row.cells[1].paragraphs[0]
        if fact.link:
            value._p.append(written(Run(fact.text, link=fact.link), document.part))
        else:
            value.add_run(fact.text, style="Exact" if fact.exact else None)
