"""Build minimal Excel, PowerPoint, OpenDocument and EPUB files."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_P = f'xmlns:p="urn:p" xmlns:a="urn:a" xmlns:d="urn:d" xmlns:r="{_OFFICE}"'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, inner in parts.items():
            archive.writestr(name, inner, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
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


def slides(*shapes: str, notes: str = "", settings: str = "", **parts: str) -> bytes:
    """A PowerPoint file of slides, each the shapes in its tree; the first has the notes, the last the settings."""
    listed = "".join(f'<p:sldId r:id="r{n}"/>' for n in range(len(shapes)))
    made = {
        "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {_P}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*(("slide", f"slides/s{n}.xml") for n in range(len(shapes)))),
        "ppt/slides/_rels/s0.xml.rels": relations(("notesSlide", "../notes/n.xml"), ("diagramData", "../data.xml")),
        "ppt/notes/n.xml": f"<p:notes {_P}><p:cSld><p:spTree>{notes}</p:spTree></p:cSld></p:notes>",
    }
    for n, inner in enumerate(shapes):
        stated = settings if n == len(shapes) - 1 else ""
        made[f"ppt/slides/s{n}.xml"] = f"<p:sld {_P} {stated}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"
    return zipped({**made, **parts})


def shape(*paragraphs: str, place: str | None = None) -> str:
    """A shape of a slide: the words of its paragraphs, or what is in them; `place` is the type of a placeholder."""
    held = f'<p:ph type="{place}"/>' if place else "<p:ph/>" if place == "" else ""
    each = "".join(f"<a:p>{p if p.startswith('<') else _run(p)}</a:p>" for p in paragraphs)
    named = f"<p:nvSpPr><p:cNvPr/><p:nvPr>{held}</p:nvPr></p:nvSpPr>"
    return f"<p:sp>{named}<p:txBody>{each}</p:txBody></p:sp>"


def _run(words: str) -> str:
    return f"<a:r><a:t>{words}</a:t></a:r>"


def open_document(kind: str, body: str, styles: str = "", **parts: str) -> bytes:
    """An OpenDocument file of a kind ("text", "spreadsheet", "presentation") with this body."""
    spaces = " ".join(f'xmlns:{prefix}="urn:{prefix}"' for prefix in "otbdpsf")
    inner = f"<o:automatic-styles>{styles}</o:automatic-styles><o:body><o:{kind}>{body}</o:{kind}></o:body>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<o:document-content {spaces}>{inner}</o:document-content>",
            **parts,
        }
    )


def book(*pages: str, metadata: str = "", properties: str = "", **parts: str) -> bytes:
    """An e-book of pages, each what is in its body; the last has the properties."""
    listed = "".join(
        f'<item id="i{n}" href="a%20{n}.xhtml" media-type="application/xhtml+xml"'
        f' properties="{properties if n == len(pages) - 1 else ""}"/>'
        for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    about = f'<metadata xmlns:dc="urn:dc">{metadata}</metadata><manifest>{listed}</manifest><spine>{spine}</spine>'
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="in/b.opf"/></rootfiles></container>',
            "in/b.opf": f"<package>{about}</package>",
            **{f"in/a {n}.xhtml": f"<html><body>{page}</body></html>" for n, page in enumerate(pages)},
            **parts,
        }
    )
