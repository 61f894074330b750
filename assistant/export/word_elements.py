"""Elements of WordprocessingML, of which a Word file is made."""

from typing import Any

from assistant.export.runs import Run
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
