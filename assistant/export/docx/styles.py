"""Create an empty Word document with a report's styles, fonts, languages and properties."""

from datetime import UTC, date, datetime, time
from typing import Any

from assistant.export.docx.footnotes import element

_LATIN, _JAPANESE = "Calibri", "Yu Mincho"
_EXACT = "Consolas"
_GREY = "595959"
_MARKED = "FFF2CC"
_QUOTE_BAR = "8EAADB"


def new_document(title: str, day: date) -> Any:
    """Return an empty document with a report's styles and nothing about a person or machine."""
    from docx import Document
    from docx.shared import Cm

    document = Document()
    _drop_thumbnail(document)
    _set_properties(document.core_properties, title, day)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    _set_fonts(document)
    _add_paragraph_styles(document)
    _set_title_styles(document)
    _add_character_styles(document)
    _add_table_style(document)
    return document


def _set_properties(properties: Any, title: str, day: date) -> None:
    at = datetime.combine(day, time(), UTC)
    properties.title = title[:255]
    properties.language = "en"
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = at
    properties.revision = 1


def _drop_thumbnail(document: Any) -> None:
    """Drop the picture of an empty page that python-docx's own template has."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _set_fonts(document: Any) -> None:
    """Set a Japanese font beside the Latin one, and both languages, so that programs choose the right glyphs."""
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for name in ("w:rFonts", "w:lang"):
        if (old := defaults.find(qn(name))) is not None:
            defaults.remove(old)
    fonts = element("rFonts", ascii=_LATIN, hAnsi=_LATIN, cs=_LATIN, eastAsia=_JAPANESE)
    defaults.insert(0, fonts)
    defaults.append(element("lang", val="en-GB", eastAsia="ja-JP"))
    for style in document.styles:
        fonts = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        if fonts is not None and fonts.get(qn("w:asciiTheme")):
            fonts.attrib.clear()  # the theme's fonts have no Japanese
            for key, value in {"ascii": _LATIN, "hAnsi": _LATIN, "cs": _LATIN, "eastAsia": "Yu Gothic"}.items():
                fonts.set(qn(f"w:{key}"), value)


def _add_paragraph_styles(document: Any) -> None:
    from docx.shared import Pt

    _set_paragraph_style(document, "Normal", 11)
    quote = _set_paragraph_style(document, "Quote", 11, left=0.8, after=8)
    quote.paragraph_format.space_before = Pt(4)
    _add_bar(quote)
    _set_paragraph_style(document, "Remark", 11).font.italic = True
    first = _set_paragraph_style(document, "First Line", 12)
    first.font.bold, first.paragraph_format.keep_with_next = True, True
    first.element.set(_qualified("styleId"), "FirstLine")
    _add_note_style(document)
    _set_paragraph_style(document, "Passage", 10, left=0.4)
    _set_paragraph_style(document, "Fact", 9, after=1)
    _set_paragraph_style(document, "Reference", 10, left=0.8, hanging=0.8)
    footnote = _set_paragraph_style(document, "footnote text", 9, after=2)
    footnote.element.set(_qualified("styleId"), "FootnoteText")


def _set_paragraph_style(
    document: Any, name: str, size: float, left: float = 0, after: float = 6, hanging: float = 0
) -> Any:
    """Set a style of paragraphs, a new one where there is none, and return it; size and space in pt, others in cm."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt

    style = (
        document.styles[name]
        if name in document.styles
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == "footnote text")
    )
    style.base_style = document.styles["Normal"] if name != "Normal" else None
    style.font.size = Pt(size)
    style.paragraph_format.left_indent = Cm(left)
    style.paragraph_format.first_line_indent = Cm(-hanging)
    style.paragraph_format.space_after = Pt(after)
    return style


def _set_title_styles(document: Any) -> None:
    from docx.shared import Pt, RGBColor

    document.styles["Title"].font.size = Pt(20)
    subtitle = document.styles["Subtitle"]
    subtitle.font.color.rgb, subtitle.font.size, subtitle.font.italic = RGBColor.from_string(_GREY), Pt(11), False
    for spread in subtitle.element.rPr.findall(_qualified("spacing")):
        subtitle.element.rPr.remove(spread)


def _add_character_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    character = WD_STYLE_TYPE.CHARACTER
    mark = document.styles.add_style("footnote reference", character, builtin=True)
    mark.element.set(_qualified("styleId"), "FootnoteReference")
    mark.font.superscript = True
    link = document.styles.add_style("Hyperlink", character, builtin=True)
    link.font.color.rgb, link.font.underline = RGBColor.from_string("0563C1"), True
    quoted = document.styles.add_style("Quoted words", character)
    quoted.font.bold = True
    quoted.element.get_or_add_rPr().append(element("shd", val="clear", color="auto", fill=_MARKED))
    exact = document.styles.add_style("Exact", character)
    exact.font.name, exact.font.size = _EXACT, Pt(8)


def _add_note_style(document: Any) -> None:
    """Set the user's own notes in a dashed box, so that nobody takes them for a record's words."""
    note = _set_paragraph_style(document, "Own Note", 10.5, left=0.8)
    note.element.set(_qualified("styleId"), "OwnNote")
    sides = ("top", "left", "bottom", "right")
    borders = (element(side, val="dashed", sz="4", space="3", color=_GREY) for side in sides)
    properties = note.element.get_or_add_pPr()
    properties.insert_element_before(element("pBdr", *borders), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _add_bar(quote: Any) -> None:
    """Set quotations upright beside a bar; italics are left to the records' own emphasis."""
    from docx.shared import RGBColor

    quote.font.italic = False
    quote.font.color.rgb = RGBColor(0, 0, 0)
    border = element("left", val="single", sz="18", space="8", color=_QUOTE_BAR)
    properties = quote.element.get_or_add_pPr()
    properties.insert_element_before(element("pBdr", border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _add_table_style(document: Any) -> None:
    """Add the style of the annex's tables, which have no lines."""
    from docx.enum.style import WD_STYLE_TYPE

    document.styles.add_style("Facts", WD_STYLE_TYPE.TABLE).base_style = document.styles["Normal Table"]


def _qualified(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{tag}"))
