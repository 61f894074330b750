"""The look of the Word file: its styles, languages and properties."""

from datetime import UTC, date, datetime, time
from typing import Any

from assistant.export.docx.footnotes import element

_LATIN, _JAPANESE = "Calibri", "Yu Mincho"
_EXACT = "Consolas"
_GREY = "595959"
_MARKED = "FFF2CC"
_QUOTE_BAR = "8EAADB"


def prepared(title: str, day: date) -> Any:
    """An empty document with the styles of a report, and with nothing about a person or machine in it."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    _without_thumbnail(document)
    _properties(document.core_properties, title, day)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    _fonts(document)
    _styles(document)
    _facts_table(document)
    return document


def _properties(properties: Any, title: str, day: date) -> None:
    at = datetime.combine(day, time(), UTC)
    properties.title = title[:255]
    properties.language = "en"
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = at
    properties.revision = 1


def _without_thumbnail(document: Any) -> None:
    """The picture of an empty page that python-docx's own template carries."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _fonts(document: Any) -> None:
    """Name a font for Japanese beside the Latin one, and both languages: each program then takes the right glyphs."""
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("w:rFonts", "w:lang"):
        if (old := defaults.find(qn(name))) is not None:
            defaults.remove(old)
    fonts = element("rFonts", ascii=_LATIN, hAnsi=_LATIN, cs=_LATIN, eastAsia=_JAPANESE)
    defaults.insert(0, fonts)
    defaults.append(element("lang", val="en-GB", eastAsia="ja-JP"))
    for style in document.styles:
        found = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if found is not None and found.get(qn("w:asciiTheme")):
            found.attrib.clear()  # the theme's fonts have no Japanese
            for key, value in {"ascii": _LATIN, "hAnsi": _LATIN, "cs": _LATIN, "eastAsia": "Yu Gothic"}.items():
                found.set(qn(f"w:{key}"), value)


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    grey, black = RGBColor.from_string(_GREY), RGBColor(0, 0, 0)
    paragraph, character = WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER

    def paragraph_style(name: str, size: float, left: float = 0, after: float = 6, hanging: float = 0) -> Any:
        style = (
            document.styles[name]
            if name in document.styles
            else document.styles.add_style(name, paragraph, builtin=name == "footnote text")
        )
        style.base_style = document.styles["Normal"] if name != "Normal" else None
        style.font.size = Pt(size)
        style.paragraph_format.left_indent = Cm(left)
        style.paragraph_format.first_line_indent = Cm(-hanging)
        style.paragraph_format.space_after = Pt(after)
        return style

    paragraph_style("Normal", 11)
    _bar(paragraph_style("Quote", 11, left=0.8, after=8), black)
    paragraph_style("Remark", 11).font.italic = True
    paragraph_style("Passage", 10, left=0.4)
    paragraph_style("Fact", 9, after=1)
    paragraph_style("Reference", 10, left=0.8, hanging=0.8)
    footnote = paragraph_style("footnote text", 9, after=2)
    footnote.element.set(_name("styleId"), "FootnoteText")
    document.styles["Subtitle"].font.color.rgb = grey
    document.styles["Subtitle"].font.size = Pt(11)
    document.styles["Subtitle"].font.italic = False
    for spread in document.styles["Subtitle"].element.rPr.findall(_name("spacing")):
        document.styles["Subtitle"].element.rPr.remove(spread)
    document.styles["Quote"].paragraph_format.space_before = Pt(4)
    document.styles["Title"].font.size = Pt(20)

    mark = document.styles.add_style("footnote reference", character, builtin=True)
    mark.element.set(_name("styleId"), "FootnoteReference")
    mark.font.superscript = True
    link = document.styles.add_style("Hyperlink", character, builtin=True)
    link.font.color.rgb, link.font.underline = RGBColor.from_string("0563C1"), True
    quoted = document.styles.add_style("Quoted words", character)
    quoted.font.bold = True
    quoted.element.get_or_add_rPr().append(element("shd", val="clear", color="auto", fill=_MARKED))
    exact = document.styles.add_style("Exact", character)
    exact.font.name, exact.font.size = _EXACT, Pt(8)


def _bar(quote: Any, black: Any) -> None:
    """A quotation stands upright beside a bar: italics are kept for what a record itself sets in italics."""
    quote.font.italic = False
    quote.font.color.rgb = black
    border = element("left", val="single", sz="18", space="8", color=_QUOTE_BAR)
    properties = quote.element.get_or_add_pPr()
    properties.insert_element_before(element("pBdr", border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _facts_table(document: Any) -> None:
    """A table of two columns without lines."""
    from docx.enum.style import WD_STYLE_TYPE

    document.styles.add_style("Facts", WD_STYLE_TYPE.TABLE).base_style = document.styles["Normal Table"]


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{tag}"))
