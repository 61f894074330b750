"""Find the elements of a web page whose words a style sheet hides or strikes out."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from corpus.readers.html.elements import is_element

_COMPOUND = re.compile(r"[.#]?[\w-]+|\[[^\]]*\]|::?[\w-]+(?:\([^()]*\))?|\*")
_COMBINATOR = re.compile(r"\s*[>+~]\s*|\s+")
_BRACE = re.compile(r"[{}]|/\*.*?(?:\*/|\Z)", re.DOTALL)
_PSEUDO = re.compile(r"::?(?:before|after)\b")
_MOST_CHARACTERS = 200_000
_MOST_RULES = 2_000
# Rules for another medium than the screen.
_OTHER_MEDIUM = re.compile(r"@media\s+(?:only\s+)?(?:print|speech|not\b)", re.IGNORECASE)


def elements_with(root: Any, is_meant: Callable[[str], bool], *, beside: bool = False) -> frozenset[Any]:
    """Return the elements that a rule of the page's own style sheets is for whose declarations are meant.

    Combinators say only that an ancestor matches; rules for states such as ":hover" count for no element.

    Args:
        root: the page.
        is_meant: tells by its declarations if a rule counts.
        beside: True for the rules of "::before" and "::after" alone.
    """
    selectors = [
        _PSEUDO.sub("", selector.strip()) if beside else selector.strip()
        for sheet in root.iter("style")
        for selector, declarations in list(_rules((sheet.text or "")[:_MOST_CHARACTERS]))[:_MOST_RULES]
        if is_meant(declarations) and (not beside or _PSEUDO.search(selector))
    ]
    if not selectors:
        return frozenset()
    parsed = [parts for s in selectors for one in s.split(",") if (parts := _COMBINATOR.split(one.strip()))]
    return frozenset(
        element for element in root.iter() if is_element(element) and any(_matches(element, parts) for parts in parsed)
    )


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of the rules for the screen, those inside @media included."""
    around: list[str] = []
    begun = 0
    for brace in _BRACE.finditer(sheet):
        words = re.sub(r"/\*.*?(?:\*/|\Z)", "", sheet[begun : brace.start()], flags=re.DOTALL).strip()
        if brace.group() == "{":
            around.append(words.rpartition(";")[2].strip())
            begun = brace.end()
        elif brace.group() == "}":
            head = around.pop() if around else ""
            if head and not head.startswith("@") and not any(_OTHER_MEDIUM.match(outer) for outer in around):
                yield head, words
            begun = brace.end()


def _matches(element: Any, parts: list[str]) -> bool:
    if not _fits(element, parts[-1]):
        return False
    ancestors = list(element.iterancestors()) if len(parts) > 1 else []
    return all(any(_fits(ancestor, part) for ancestor in ancestors) for part in parts[:-1])


def _fits(element: Any, compound: str) -> bool:
    """Return True if an element fits a selector without combinators; one with a pseudo-class fits none."""
    simple = _COMPOUND.findall(compound)
    return bool(simple) and all(_fits_simple(element, part) for part in simple)


def _fits_simple(element: Any, part: str) -> bool:
    if part == "*":
        return True
    if part.startswith("."):
        return part[1:] in (element.get("class") or "").split()
    if part.startswith("#"):
        return bool(element.get("id") == part[1:])
    if part.startswith("["):
        name, _, value = part[1:-1].partition("=")
        known = element.get(re.sub(r"[~|^$*]$", "", name.strip()))
        return known is not None and (not value or value.strip("\"' ") in known)
    return not part.startswith(":") and bool(element.tag == part.lower())
