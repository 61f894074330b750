"""Build the XML of runs, links and footnotes for a Word file; python-docx has no footnotes."""

from typing import Any

from assistant.export.bibliography.references import Run, Runs
from assistant.export.text import visible

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HYPERLINK = f"{RELATIONS}/hyperlink"


def run_element(run: Run, part: Any) -> Any:
    """Return a run as XML; a link's address becomes a relation of the part."""
    from docx.oxml.ns import qn

    if not run.link:
        return text_run(run.text, run.italic, run.bold)
    link = element("hyperlink", text_run(run.text, run.italic, run.bold, "Hyperlink"))
    link.set(qn("r:id"), part.relate_to(run.link, _HYPERLINK, is_external=True))
    return link


def element(name: str, *children: Any, **attributes: str) -> Any:
    """Return an element of WordprocessingML with its attributes in that namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    node = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), value)
    node.extend(children)
    return node


def text_run(text: str, italic: bool = False, bold: bool = False, style: str = "") -> Any:
    """Return a run of text with emphasis or with a character style, given by its id."""
    from docx.oxml.ns import qn

    properties = element("rPr")
    if style:
        properties.append(element("rStyle", val=style))
    if bold:
        properties.append(element("b"))
    if italic:
        properties.append(element("i"))
    words = element("t")
    words.text = visible(text)
    words.set(qn("xml:space"), "preserve")
    return element("r", properties, words)


def line_break() -> Any:
    """Return a line break inside a paragraph."""
    return element("r", element("br"))


_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_FOOTNOTES = f"{RELATIONS}/footnotes"
_SEPARATORS = ("separator", "continuationSeparator")


class Footnotes:
    """The footnotes part of one document; Word numbers them from 1 in the order of their references.

    Source: ECMA-376 part 1, 17.11: the part begins with two separators, ids -1 and 0, and the settings name them.
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
        separators = element("footnotePr")
        for number, kind in enumerate(_SEPARATORS, start=-1):
            paragraph = element("p", element("r", element(kind)))
            root.append(element("footnote", paragraph, type=kind, id=str(number)))
            separators.append(element("footnote", id=str(number)))
        _add_to_settings(document.settings.element, separators)

    def add(self, paragraph: Any, runs: Runs) -> None:
        """Add a footnote at the end of a paragraph."""
        self._count += 1
        mark = element("rPr", element("rStyle", val="FootnoteReference"))
        text = element("p", element("pPr", element("pStyle", val="FootnoteText")))
        text.append(element("r", mark, element("footnoteRef")))
        text.append(text_run(" "))
        text.extend(run_element(run, self._part) for run in runs)
        self._root.append(element("footnote", text, id=str(self._count)))
        reference = element("rPr", element("rStyle", val="FootnoteReference"))
        paragraph._p.append(element("r", reference, element("footnoteReference", id=str(self._count))))


def _add_to_settings(settings: Any, separators: Any) -> None:
    """Add the separators where the schema of the settings requires them: before endnotePr or compat."""
    from docx.oxml.ns import qn

    for name in ("w:endnotePr", "w:compat"):
        if (following := settings.find(qn(name))) is not None:
            following.addprevious(separators)
            return
    settings.append(separators)
