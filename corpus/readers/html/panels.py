"""Open the panels of accordions and tabs, which a page hides until a reader asks for them, before its text is read."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from corpus.readers.html.elements import HEADINGS, is_element, is_hidden

# Elements that open a panel, whose id one of their attributes gives, and the most characters of such an attribute.
_OPENERS = frozenset(("a", "button", "li", "label", "summary", *HEADINGS))
_LONGEST_ATTRIBUTE = 200
_SCRIPT_ID = re.compile(r"""["']#?([\w-]{1,80})["']""")
_GROUP = re.compile(
    r"(?:^|[-_\s])(?:accordions?|collaps\w*|expand\w*|toggles?|tabs?|faqs?|disclosure|reveal)(?:$|[-_\s])"
)
_GROUP_DEPTH = 4
# What a page opens over itself, and what only a form or a menu shows.
_NO_PANEL = frozenset("dialog alertdialog menu menubar listbox navigation search tooltip".split())
_OVERLAY = re.compile(
    r"(?:^|[-_\s])(?:modal|popup|overlay|lightbox|tooltip|dropdown|drawer|cookies?|consent)(?:$|[-_\s])"
)
_LONGEST_LABEL = 200
_LINKED_SHARE = 0.5
_DEEPEST_HEADING = 6
_LABEL_AND_PANEL = 2


def open_panels(root: Any, hidden: frozenset[str], around: frozenset[Any]) -> None:
    """Make the closed panels of a page visible, each below its label as a heading; the tree is changed in place.

    A panel is a hidden element that a control of the page names, that has the role of a tab's panel, or that follows
    its label in an accordion. Hidden menus, forms, dialogues and everything else that is hidden stay hidden.

    Args:
        root: the page.
        hidden: the classes and ids that the page's style sheet hides.
        around: the elements of the site around the record, which are not searched.
    """
    controls, level = _controls(root), 1
    levels: dict[Any, int] = {}  # of the headings of the panels of a group
    for element in [e for e in root.iter() if is_element(e)]:
        if element.tag in HEADINGS:
            level = HEADINGS[element.tag]
            levels.pop(element.getparent(), None)
        if element.tag == "button" and next(element.iter(*HEADINGS), None) is not None:
            element.tag = "div"  # or the heading would be hidden as a button is
        if _is_around(element, around):
            continue
        if element.tag == "summary" and 0 < len(_words(element)) <= _LONGEST_LABEL and not _is_heading(element):
            own = levels.setdefault(_group_of(element), min(level + 1, _DEEPEST_HEADING))
            element.tag = f"h{own}"
            _lower_headings(element.getparent(), own, element)
        if not element.attrib:
            continue
        control = controls.get(element.get("id") or "")
        before = _label_before(element)
        if is_hidden(element, hidden):
            is_panel = control is not None or before is not None or (element.get("role") or "").lower() == "tabpanel"
        else:
            is_panel = _is_tab(control) or _is_button(before)
        if is_panel and not _is_overlay(element) and not _is_menu_or_form(element):
            _open(element, hidden)
            own = levels.setdefault(_group_of(element), min(level + 1, _DEEPEST_HEADING))
            if _write_heading(element, control, before, own):
                _lower_headings(element, own)


def _is_around(element: Any, around: frozenset[Any]) -> bool:
    return any(one in around for one in (element, *element.iterancestors()))


def _controls(root: Any) -> dict[str, Any]:
    """Return the controls of a page by the ids of what they open."""
    controls: dict[str, Any] = {}
    for element in root.iter():
        if not is_element(element) or not element.attrib:
            continue
        for name in _ids_named(element):
            controls.setdefault(name, element)
    return controls


def _ids_named(control: Any) -> Iterator[str]:
    """Yield the ids that a control may open: those of `aria-controls`, its address, its data and its script."""
    yield from (control.get("aria-controls") or "")[:_LONGEST_ATTRIBUTE].split()
    if control.tag not in _OPENERS and control.get("role") not in ("tab", "button"):
        return
    for name, value in control.attrib.items():
        if (name == "href" and value.startswith("#")) or name.startswith("data-"):
            yield value[:_LONGEST_ATTRIBUTE].removeprefix("#")
    yield from _SCRIPT_ID.findall((control.get("onclick") or "")[:_LONGEST_ATTRIBUTE])


def _label_before(element: Any) -> Any | None:
    """Return the sibling before an element that opens it: one that says so, or a label inside an accordion."""
    before = _before(element)
    if before is None or not 0 < len(_words(before)) <= _LONGEST_LABEL:
        return None
    if any(is_element(e) and e.get("aria-expanded") is not None for e in before.iter()):
        return before
    if before.tag == "label" and before.get("for"):  # of a box that the style sheet asks whether it is checked
        return before
    is_label = before.tag in ("dt", "summary") or next(before.iter("button", *HEADINGS), None) is not None
    return before if is_label and _is_in_group(element) else None


def _before(element: Any) -> Any | None:
    return next((e for e in element.itersiblings(preceding=True) if is_element(e)), None)


def _is_in_group(element: Any) -> bool:
    before, ancestors = _before(element), islice(element.iterancestors(), _GROUP_DEPTH)
    return any(_GROUP.search(_names(e)) for e in (element, before, *ancestors) if e is not None)


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:500].lower()


def _is_overlay(element: Any) -> bool:
    role = (element.get("role") or "").lower()
    return role in _NO_PANEL or element.tag in ("dialog", "nav") or bool(_OVERLAY.search(_names(element)))


def _is_menu_or_form(element: Any) -> bool:
    if next(element.iter("form", "input", "select", "textarea", "nav"), None) is not None:
        return True
    linked = sum(len(_words(link)) for link in element.iter("a"))
    return linked > _LINKED_SHARE * len(_words(element))


def _open(element: Any, hidden: frozenset[str]) -> None:
    """Remove what hides an element; a name that the style sheet hides goes with it."""
    for name in ("hidden", "aria-hidden", "style"):
        element.attrib.pop(name, None)
    if is_hidden(element, hidden):
        element.attrib.pop("class", None)
    if is_hidden(element, hidden):
        element.attrib.pop("id", None)


def _group_of(panel: Any) -> Any:
    """Return the element around the panels of an accordion or of tabs, each of which may have one around itself."""
    parent = panel.getparent()
    alone = parent is not None and len([e for e in parent if is_element(e)]) <= _LABEL_AND_PANEL
    return parent.getparent() if alone and parent.getparent() is not None else parent


def _lower_headings(panel: Any, level: int, label: Any | None = None) -> None:
    """Lower the headings in a panel below its label, which may be inside it."""
    inside = [heading for heading in panel.iter(*HEADINGS) if heading is not label]
    step = level + 1 - min((HEADINGS[heading.tag] for heading in inside), default=level + 1)
    for heading in inside if step > 0 else ():
        heading.tag = f"h{min(HEADINGS[heading.tag] + step, _DEEPEST_HEADING)}"


def _write_heading(panel: Any, control: Any | None, before: Any | None, level: int) -> bool:
    """Make the label of a panel a heading: in its place if it is before the panel, else before the panel.

    Return True if there is one.

    Args:
        panel: the panel, open.
        control: the control that names the panel, such as its tab; None for none.
        before: the element before the panel, if that is its label.
        level: of the heading.
    """
    label = before if before is not None else control
    if label is None or label.tag == "dt" or _is_heading(label):
        return False
    buttons = [label] if label.tag == "button" else list(label.iter("button"))
    if before is not None:
        (buttons or [label])[0].tag = f"h{level}"
        return True
    if _is_tab(label) and 0 < len(_words(label)) <= _LONGEST_LABEL:
        heading = panel.makeelement(f"h{level}")
        heading.text = "".join(c for c in _words(label) if c.isprintable())
        panel.addprevious(heading)
        label.set("hidden", "")  # its words stand above the panel now
        return True
    return False


def _is_button(label: Any | None) -> bool:
    """Return True for a button as the label of a panel: the style sheet of the site may hide the panel or not."""
    return label is not None and (label.tag == "button" or next(label.iter("button"), None) is not None)


def _is_tab(label: Any | None) -> bool:
    return label is not None and (label.get("role") or "").lower() == "tab"


def _is_heading(label: Any) -> bool:
    inside = next(label.iter(*HEADINGS), None) is not None
    return inside or any(parent.tag in HEADINGS for parent in label.iterancestors())


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
