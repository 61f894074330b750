"""Classify the elements of a web page: block or inline, hidden, navigation and other site elements."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from corpus.readers.blocks import NOTE_LETTERS, superscript

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset(("ul", "ol", "menu", "dir"))
BLOCKS = frozenset(
    "p div section article main header footer aside nav address blockquote center dd details dir dl dt fieldset "
    "figcaption figure form frameset h1 h2 h3 h4 h5 h6 hgroup hr html body legend li listing menu ol optgroup option "
    "pre summary table caption thead tbody tfoot tr td th ul xmp".split()
)
# Elements whose content is no text of the record: deletions, furigana, controls and forms.
_UNSEEN = frozenset(
    "script style template noscript noframes noembed head title iframe frame object embed applet svg canvas audio "
    "video map area input select textarea button datalist dialog output progress meter img picture source rp rt "
    "rtc del base basefont link meta param track".split()
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|font-size\s*:\s*[01](?:\.\d+)?p[xt]|(?<![-\w])color\s*:\s*transparent|transform\s*:\s*scale\(\s*0(?![.\d]*[1-9])"
    r"|(?:text-indent|left|top|right)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01]"
    r"|(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*[01](?:px|pt|em|rem|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_UNSEEN_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only hidden d-none is-hidden noprint-only "
    "skip-link skiplink skip-to-content assistive-text".split()
)
_ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar menuitem dialog alertdialog toolbar "
    "tablist".split()
)
_SITE_NAMES = re.compile(
    r"(?:(?:(?:[\w-]{1,20}[-_])?bread-?_?crumbs?|topic-?_?path|pankuzu)(?:[-_]?(?:list|nav|area|block|wrap|inner))?"
    r"|(?:site|global|g|local|l|side|sub|main|page|footer|header|head|foot|utility|top|sns)[-_]?(?:nav|navi|navigation|menu|bar)"
    r"|nav|navi|navbar|navigation|menu|menus|sidebar|footer|site-footer|page-footer|foot|colophon|header-nav"
    r"|.*cookie(?:s|-?_?(?:banner|consent|notice|bar|policy|law|message|info|popup))?|.*gdpr.*|.*consent.*(?:banner|popup|bar)?"
    r"|(?:[\w-]{1,20}[-_])?(?:social|share|sharing)[-_]?(?:links?|buttons?|icons?)"
    r"|(?:social|share|sharing|sns)(?:[-_]?(?:links?|buttons?|icons?|list|area|media|block))?"
    r"|related[-_]?(?:posts?|articles?|links?|news)|pagetop|page-top|back-?to-?top|to-?top|skip(?:-?link|nav)?"
    r"|print-?(?:link|button)|comments?|comment-?list|respond|newsletter|subscribe|popup|modal|advert.*|ads?|banner)",
    re.IGNORECASE,
)


def is_element(element: Any) -> bool:
    """Return True if a node is an element, not a comment or an instruction."""
    return isinstance(element.tag, str)


def traverse(root: Any, enters: Callable[[Any], bool]) -> Iterator[tuple[str, Any]]:
    """Yield ("start", element), ("end", element) and ("skip", element) in the order of the page, without recursion.

    Args:
        root: element to begin with.
        enters: called once for each element; where it returns False, the element is skipped with its content.
    """
    from lxml import etree

    events = etree.iterwalk(root, events=("start", "end"))
    skipped: Any = None
    for event, element in events:
        if skipped is not None:  # iterwalk still reports elements inside the skipped one, up to its end
            if element is skipped:
                skipped = None
                yield "skip", element
        elif event == "end" or enters(element):
            yield event, element
        else:
            events.skip_subtree()
            skipped = element


_RAISED_STYLE = re.compile(
    r"vertical-align\s*:\s*(?:super|text-top)\b|vertical-align\s*:\s*(?!0)[\d.]+(?:px|pt|em|ex|rem|%)"
    r"|position\s*:\s*relative\s*;(?:[^;]*;)*\s*(?:top\s*:\s*-|bottom\s*:\s*(?!0)[\d.])",
    re.IGNORECASE,
)


def is_raised(element: Any) -> bool:
    """Return True if an element, or an inline one around it, is set as a superscript."""
    while element is not None and element.tag not in BLOCKS:
        if element.tag == "sup" or _RAISED_STYLE.search(element.get("style") or ""):
            return True
        element = element.getparent()
    return False


def note_letters(root: Any) -> frozenset[str]:
    """Return the superscript letters that begin a block of a page: its list of notes explains them."""
    found = set()
    for element in root.iter("sup", "span", "a"):
        words = (element.text or "").strip()
        if NOTE_LETTERS.fullmatch(words) and not len(element) and is_raised(element) and _begins_block(element):
            found.add(words)
    return frozenset(found)


def _begins_block(element: Any) -> bool:
    while element.getprevious() is None and (around := element.getparent()) is not None:
        if (around.text or "").strip():
            return False
        if around.tag in BLOCKS:
            return True
        element = around
    return False


def words_of(element: Any, notes: frozenset[str]) -> str:
    """Return the words before the first child of an element, those of a superscript in superscript characters."""
    words = element.text or ""
    return superscript(words, notes) if words and is_raised(element) else words


def is_unseen(element: Any, hidden: frozenset[str]) -> bool:
    """Return True if a page shows no text of an element.

    Args:
        element: of the page.
        hidden: the classes and ids (".a", "#b") that the page's style sheet hides.
    """
    if element.tag in _UNSEEN:
        return element.tag != "button" or element.getparent().tag not in HEADINGS  # a heading that opens its section
    return bool(element.attrib) and is_hidden(element, hidden)


def is_hidden(element: Any, hidden: frozenset[str] = frozenset()) -> bool:
    """Return True if an attribute of an element, or a name that the page's style sheet hides, hides it."""
    if (
        element.get("hidden", "until-found").lower() != "until-found"
        or (element.get("aria-hidden") or "").strip().lower() == "true"
    ):
        return True
    if _HIDDEN_STYLE.search((element.get("style") or "")[:2000]):
        return True
    names = (element.get("class") or "").split()
    return (
        not _UNSEEN_CLASSES.isdisjoint(name.lower() for name in names)
        or any(f".{name}" in hidden for name in names)
        or f"#{element.get('id')}" in hidden
    )


def hides(declarations: str) -> bool:
    """Return True if declarations of a style hide an element."""
    return _HIDDEN_STYLE.search(declarations) is not None


def hidden_names(root: Any) -> frozenset[str]:
    """Return the classes and ids that the page's style sheet hides by a rule for this one name."""
    hidden: set[str] = set()
    for sheet in root.iter("style"):
        for selectors, declarations in _rules((sheet.text or "")[:200_000]):
            if _HIDDEN_STYLE.search(declarations):
                names = (name.strip() for name in selectors.split(","))
                hidden.update(name for name in names if re.fullmatch(r"[.#][\w-]{1,80}", name))
    return frozenset(hidden)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of the rules outside @media and the like."""
    depth = begun = opened = 0
    for brace in re.finditer(r"[{}]|/\*.*?(?:\*/|\Z)", sheet, re.DOTALL):
        if brace.group(0) == "{":
            opened = opened if depth else brace.end()
            depth += 1
        elif brace.group(0) == "}":
            depth = max(0, depth - 1)
            if not depth:
                selectors = re.sub(r"/\*.*?\*/", "", sheet[begun : max(begun, opened - 1)], flags=re.DOTALL).strip()
                if not selectors.startswith("@"):
                    yield selectors, sheet[opened : brace.start()]
                begun = opened = brace.end()


def site_elements(root: Any) -> frozenset[Any]:
    """Return the elements of the site around the record: menus, paths, page footers, cookie notices.

    An element with most of the page's text, or with its heading, is never one of them, whatever its name.
    """
    candidates = [element for element in root.iter() if is_element(element) and _is_site_element(element)]
    most = sum(len(text.strip()) for text in root.itertext()) / 2
    return frozenset(element for element in candidates if not _holds_record(element, most))


def _holds_record(element: Any, most: float) -> bool:
    if element.tag in ("nav", "aside"):
        return False
    return any(True for _ in element.iter("h1")) or sum(len(text.strip()) for text in element.itertext()) > most


def _is_site_element(element: Any) -> bool:
    if element.tag in ("nav", "aside"):
        return not _is_notes(element)
    if element.tag in ("header", "footer"):
        return not any(parent.tag in ("main", "article", "section", "blockquote") for parent in element.iterancestors())
    if (element.get("role") or "").lower() in _ROLES:
        return True
    if element.tag not in ("div", "ul", "ol", "section", "p", "table", "td", "dl", "form", "span"):
        return False
    names = (*(element.get("class") or "").split()[:10], element.get("id") or "")
    return any(_SITE_NAMES.fullmatch(name[:60]) for name in names if name)


def _is_notes(element: Any) -> bool:
    """Return True if an element holds footnotes or endnotes."""
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return "footnote" in names or "endnote" in names
