"""Tell the words of a web page or a Word file that a reader sees from those that are hidden or struck out."""

import re
from typing import Any

from assistant.verification.readers.style_sheet import elements_with
from corpus.readers.docx.styles import Styles
from corpus.readers.html.elements import BLOCKS, hides, is_hidden
from corpus.readers.package import child, is_on, name_of, number, value

STRUCK, HIDDEN, GENERATED = "struck words", "hidden words", "words of a style sheet"
"""Words that are not read, as they are counted."""
STRUCK_TAGS = frozenset(("s", "strike", "del"))
"""Elements whose words are struck out."""
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:white|#f{3}(?:f{3})?(?:f{2})?|rgba?\(\s*255\s*,\s*255\s*,\s*255)(?![\w.])", re.IGNORECASE
)
_TRANSPARENT = re.compile(
    r"(?<![-\w])color\s*:\s*(?:transparent|(?:rgb|hsl)a?\((?:(?:[^(),]*,){3}|[^()/]*/)\s*0*\.?0*%?\s*\)"
    r"|#[\da-f]{3}0\b|#[\da-f]{6}00\b)",
    re.IGNORECASE,
)
# Letters that a style sheet puts before or behind an element; an escape is a sign of a font of symbols.
_CONTENT = re.compile(r"content\s*:[^;]*?(?:(?P<mark>[\"'])(?:(?!(?P=mark))[^\\])*?[^\W\d_]|attr\()", re.IGNORECASE)
_DARK = re.compile(
    r"background(?:-color|-image)?\s*:(?!\s*(?:white|transparent|none|inherit|#f{3}|#(?:f[\da-f]){3}"
    r"|rgba?\((?:\s*2[45]\d\s*,?){3}[^()]*\))\s*(?:;|$))",
    re.IGNORECASE,
)
_SUBSCRIPT = str.maketrans("0123456789+-−–", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋")
# Half points of the smallest letters that anybody reads.
_LEAST_SIZE = 5
# Percent of the usual width of a letter that anybody reads.
_LEAST_WIDTH = 10
# A colour that nobody tells from white, and those of the theme that are the paper's.
_NEARLY_WHITE = re.compile(r"(?:f[\da-f]){3}")
_PAPER = ("background1", "light1")
_MOST_BASES = 20


def lowered_digits(words: str, before: str) -> str:
    """Return the digits of a subscript behind a digit in subscript characters, as "10₂"; other words unchanged."""
    return words.strip().translate(_SUBSCRIPT) if before[-1:].isdigit() and words.strip().isdigit() else words


class ShownElements:
    """Tells which elements of one web page are struck out or hidden."""

    def __init__(self, root: Any) -> None:
        self._hidden = elements_with(root, lambda d: hides(d) or _TRANSPARENT.search(d) is not None)
        self._white = elements_with(root, lambda d: _WHITE.search(d) is not None and not _DARK.search(d))
        self._dark = elements_with(root, lambda d: _DARK.search(d) is not None)
        self._has_sheets = any(link.get("rel") == "stylesheet" for link in root.iter("link"))
        self._struck = elements_with(root, lambda declarations: _STRUCK.search(declarations) is not None)

        self.generated = len(elements_with(root, lambda d: _CONTENT.search(d) is not None, beside=True))
        """Number of elements beside which a style sheet writes words."""

    def is_struck(self, element: Any) -> bool:
        """Return True if the words of an element are struck out."""
        style = element.get("style")
        return element.tag in STRUCK_TAGS or element in self._struck or bool(style and _STRUCK.search(style))

    def is_hidden(self, element: Any) -> bool:
        """Return True if nobody sees the words of an element: by an attribute, its style or a style sheet."""
        if element.tag == "dialog" and element.get("open") is None:
            return True
        if element in self._hidden:
            return True
        if element in self._white and not self._has_sheets and _lies_on_paper(element, self._dark):
            return True
        return bool(element.attrib) and (is_hidden(element) or _is_faint(element, self._dark, self._has_sheets))


def hidden_by(tag: str) -> str | None:
    """Return what an inline tag of Markdown makes of the words up to its end: struck or hidden; None for neither."""
    name = tag[1:].split()[0].strip("/>").lower()
    if name in STRUCK_TAGS:
        return STRUCK
    if name in ("template", "script", "style", "noscript"):
        return HIDDEN
    if "=" not in tag and "hidden" not in tag.lower():
        return None
    from lxml import html

    element = html.fragment_fromstring(f"{tag}</{name}>")
    if _STRUCK.search(element.get("style") or ""):
        return STRUCK
    return HIDDEN if is_hidden(element) or _is_faint(element) else None


def _is_faint(element: Any, dark: frozenset[Any] = frozenset(), has_sheets: bool = True) -> bool:
    """Return True if the style of an element makes its words transparent, or white on the paper.

    Args:
        element: the element.
        dark: the elements that a style sheet of the page colours.
        has_sheets: True if another style sheet may colour what has a class.
    """
    style = element.get("style") or ""
    if _TRANSPARENT.search(style):
        return True
    if not (_WHITE.search(style) or _WHITE.search(f"color:{element.get('color') or ''}")):
        return False
    return _lies_on_paper(element, dark) and not (has_sheets and _has_class(element))


def _lies_on_paper(element: Any, dark: frozenset[Any]) -> bool:
    """Return True if words are inside a paragraph, and nothing puts a background behind them."""
    around = (element, *element.iterancestors())
    return element.tag not in BLOCKS and not any(
        e in dark or _DARK.search(e.get("style") or "") or e.get("bgcolor") for e in around
    )


def _has_class(element: Any) -> bool:
    """Return True if an element or one around it, up to its paragraph, has a class."""
    while element is not None and not element.get("class") and element.tag not in BLOCKS:
        element = element.getparent()
    return element is not None and element.get("class") is not None


def is_struck_run(run: Any, paragraph: Any, styles: Styles) -> bool:
    """Return True if a run of a Word file is struck out, by itself or by its style."""
    return any(_is_on(run, paragraph, styles, name) for name in ("strike", "dstrike"))


def is_hidden_run(run: Any, paragraph: Any, styles: Styles) -> bool:
    """Return True if nobody sees a run of a Word file: it is hidden, white on white, or too small to be read."""
    if _is_on(run, paragraph, styles, "vanish"):
        return True
    own = child(run, "rPr")
    if own is None:
        return False
    size, width = number(child(own, "sz")), number(child(own, "w"))
    if (size is not None and size < _LEAST_SIZE) or (width is not None and width < _LEAST_WIDTH):
        return True
    color = (value(child(own, "color")) or "auto").lower()
    fill, highlight = value(child(own, "shd"), "fill") or "", value(child(own, "highlight")) or ""
    is_black = highlight == "black" and color in ("auto", "000000")
    is_white = _NEARLY_WHITE.fullmatch(color) or value(child(own, "color"), "themeColor") in _PAPER
    return is_black or color == fill.lower() != "auto" or (bool(is_white) and not _is_shaded(run))


def _is_shaded(run: Any) -> bool:
    """Return True if a run, or its paragraph, cell or table, has a background of its own."""
    marks = ("shd", "highlight")
    around = [run, *run.iterancestors()]
    return any(
        name_of(properties) in ("rPr", "pPr", "tcPr", "tblPr") and any(name_of(mark) in marks for mark in properties)
        for element in around
        if name_of(element) in ("r", "p", "tc", "tbl")
        for properties in element
    )


def _is_on(run: Any, paragraph: Any, styles: Styles, name: str) -> bool:
    """Return True if a property is on for a run: stated by itself, its style, or the style of its paragraph."""
    own = child(run, "rPr", name)
    if own is not None:
        return is_on(own)
    style = styles.elements.get(value(child(run, "rPr", "rStyle")) or "")
    for _ in range(_MOST_BASES):
        if style is None:
            break
        if (stated := child(style, "rPr", name)) is not None:
            return is_on(stated)
        style = styles.elements.get(value(child(style, "basedOn")) or "")
    return any(is_on(child(properties, "rPr", name)) for properties in styles.chain(paragraph)[1:])
