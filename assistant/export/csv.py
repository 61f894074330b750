"""Write a report as a table for a spreadsheet (.csv), one row a quotation."""

import csv
from io import StringIO

from assistant.export.bibliography.references import references, text_of
from assistant.export.bibliography.style import Style
from assistant.export.passage import link_of, web_address
from assistant.export.report import Item, Report
from assistant.export.text import line, visible
from assistant.json_api import citation_object

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_COLUMNS = (
    "number question heading quote note document title publisher published meeting_date section page start end url link"
    " sha256 anchor reference accessed speaker"
).split()


def table(report: Report, style: Style) -> bytes:
    """Return the bytes of a .csv file.

    UTF-8 with a byte order mark, because Excel assumes another encoding without it. A cell that a spreadsheet would
    read as a formula begins with an apostrophe.
    """
    notes = references(report.documents, style, report.accessed).notes
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for section, items in report.numbered():
        heading = ""
        for number, item in items:
            heading = item.heading or heading
            row = {
                **_cells(number, item),
                "question": section.heading or report.title,
                "heading": heading,
                "reference": text_of(notes[item.citation.document.id]),
                "accessed": report.accessed.isoformat(),
            }
            writer.writerow([_cell(row[column]) for column in _COLUMNS])
    return buffer.getvalue().encode("utf-8-sig")


def _cells(number: int, item: Item) -> dict[str, object]:
    citation = item.citation
    return {
        **citation_object(number, citation),
        "number": number,
        "note": item.note,
        "section": " > ".join(citation.section),
        "page": citation.pages.numbers if citation.pages else None,
        "quote": citation.quote,
        "speaker": citation.said_by,
        "sha256": citation.document.source.sha256,
        "url": web_address(citation.document.source.address),
        "link": link_of(citation),
    }


def _cell(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    text = visible(str(value))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) or line(text).startswith(_FORMULA_STARTS) else text
