"""Build minimal Excel, PowerPoint, OpenDocument and EPUB files."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, inner in parts.items():
            archive.writestr(name, inner)
    return held.getvalue()


def relations(*related: tuple[str, str]) -> str:
    """A part of relations, each a kind and a target; their ids are r0, r1 ..."""
    each = (
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(related)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(each)}</Relationships>'


def excel(*sheets: str, names: tuple[str, ...] = (), states: tuple[str, ...] = (), **more: str) -> bytes:
    """An Excel file of sheets, each what is in its `worksheet`; `strings` and `styles` give these parts."""
    listed = "".join(
        f'<sheet name="{names[n] if names else f"Sheet{n + 1}"}" r:id="r{n}" '
        f'state="{states[n] if states else "visible"}"/>'
        for n in range(len(sheets))
    )
    related = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(len(sheets))]
    further = [("sharedStrings", "strings.xml"), ("styles", "styles.xml")]
    book = f"{more.get('properties', '')}<sheets>{listed}</sheets>"
    return zipped(
        {
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns:r="{_OFFICE}">{book}</workbook>',
            "xl/_rels/workbook.xml.rels": relations(*related, *further),
            "xl/strings.xml": f"<sst>{more.get('strings', '')}</sst>",
            "xl/styles.xml": f"<styleSheet>{more.get('styles', '')}</styleSheet>",
            **{f"xl/worksheets/sheet{n}.xml": f"<worksheet>{sheet}</worksheet>" for n, sheet in enumerate(sheets)},
        }
    )


def sheet(*rows: tuple[str, ...], before: str = "", after: str = "") -> str:
    """The rows of a sheet, each cell words or, if it begins with "<", the element itself."""
    each = (f"<row>{''.join(cell if cell.startswith('<') else _cell(cell) for cell in row)}</row>" for row in rows)
    return f"{before}<sheetData>{''.join(each)}</sheetData>{after}"


def _cell(words: str) -> str:
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'
