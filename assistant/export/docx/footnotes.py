"""Footnotes for a Word file: python-docx writes none, so their part is made here."""

from typing import Any

from assistant.export.references import Run, Runs
from assistant.export.text import visible

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HYPERLINK = f"{RELATIONS}/hyperlink"


def written(run: Run, part: Any) -> Any:
    """A run as XML of this part, which keeps the address of a link among its relations."""
    from docx.oxml.ns import qn

    if not run.link:
        return text_run(run.text, run.italic, run.bold)
    link = element("hyperlink", text_run(run.text, run.italic, run.bold, "Hyperlink"))
    link.set(qn("r:id"), part.relate_to(run.link, _HYPERLINK, is_external=True))
    return link


def element(name: str, *children: Any, **attributes: str) -> Any:
    """An element of WordprocessingML with its attributes in that namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made


def text_run(text: str, italic: bool = False, bold: bool = False, style: str = "") -> Any:
    """A run of text with its emphasis or the id of its character style."""
    from docx.oxml.ns import qn

    looks = element("rPr")
    if style:
        looks.append(element("rStyle", val=style))
    if bold:
        looks.append(element("b"))
    if italic:
        looks.append(element("i"))
    words = element("t")
    words.text = visible(text)
    words.set(qn("xml:space"), "preserve")
    return element("r", looks, words)


def line_break() -> Any:
    """A new line in the same paragraph."""
    return element("r", element("br"))


_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FOOTNOTES = f"{RELATIONS}/footnotes"
_SEPARATORS = ("separator", "continuationSeparator")


class Footnotes:
    """The footnotes of one document, numbered by Word from 1 in the order of their references.

    Source: ECMA-376 part 1, 17.11: the part begins with the two separators, ids -1 and 0, which the settings name.
    """

    def __init__(self, document: Any) -> None:
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.oxml import parse_xml

        package = document.part.package
        root = parse_xml(f'<w:footnotes xmlns:w="{WORD}" xmlns:r="{RELATIONS}"/>')
        self._part = XmlPart(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, root, package)
        document.part.relate_to(self._part, _FOOTNOTES)
        self._root = root
        self._count = 0
        named = element("footnotePr")
        for number, kind in enumerate(_SEPARATORS, start=-1):
            paragraph = element("p", element("r", element(kind)))
            root.append(element("footnote", paragraph, type=kind, id=str(number)))
            named.append(element("footnote", id=str(number)))
        _put_into_settings(document.settings.element, named)

    def add(self, paragraph: Any, runs: Runs) -> None:
        """Put a footnote's mark at the end of a paragraph, and its text at the foot of the page."""
        self._count += 1
        mark = element("rPr", element("rStyle", val="FootnoteReference"))
        text = element("p", element("pPr", element("pStyle", val="FootnoteText")))
        text.append(element("r", mark, element("footnoteRef")))
        text.append(text_run(" "))
        text.extend(written(part, self._part) for part in runs)
        self._root.append(element("footnote", text, id=str(self._count)))
        reference = element("rPr", element("rStyle", val="FootnoteReference"))
        paragraph._p.append(element("r", reference, element("footnoteReference", id=str(self._count))))


def _put_into_settings(settings: Any, named: Any) -> None:
    """Name the separators at the place where the schema of the settings wants them: before endnotePr or compat."""
    from docx.oxml.ns import qn

    for name in ("w:endnotePr", "w:compat"):
        if (following := settings.find(qn(name))) is not None:
            following.addprevious(named)
            return
    settings.append(named)
