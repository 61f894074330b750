"""Resolve the styles of an OpenDocument file: titles, bold and hidden words, hidden tables and pages, list markers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.blocks import format_number
from corpus.readers.package import child, name_of, number, value

_MOST_BASES = 20
_NUM_FORMATS = {"a": "lower-latin", "A": "upper-latin", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}


@dataclass(slots=True)
class OdfStyles:
    """The styles of a file by family and name, and its list styles by name."""

    styles: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, *roots: Any | None) -> "OdfStyles":
        """Return the styles of the parts "styles.xml" and "content.xml"."""
        made = cls()
        for root in roots:
            for element in root.iter("{*}style", "{*}list-style") if root is not None else ():
                named = made.styles if name_of(element) == "style" else made.lists
                named[value(element, "name") or ""] = element
        return made

    def chain(self, name: str | None) -> Iterator[Any]:
        """Yield a style and the styles that it is based on."""
        for _ in range(_MOST_BASES):
            style = self.styles.get(name or "")
            if style is None:
                return
            yield style
            name = value(style, "parent-style-name")

    def is_title(self, name: str | None) -> bool:
        """Return True for a paragraph style that is the title's, or based on it."""
        return name == "Title" or any(value(style, "parent-style-name") == "Title" for style in self.chain(name))

    def property(self, name: str | None, group: str, key: str) -> str | None:
        """Return the nearest value of a property, such as "font-weight" of the group "text-properties"."""
        values = (value(child(style, group), key) for style in self.chain(name))
        return next((words for words in values if words), None)

    def is_hidden(self, name: str | None) -> bool:
        """Return True for a style whose words are not shown."""
        return self.property(name, "text-properties", "display") == "none"

    def marker(self, list_name: str | None, level: int, count: int) -> str:
        """Return the marker of a list's item with a space behind it.

        Args:
            list_name: of the list's style.
            level: of the item, from 1.
            count: the number of the item.
        """
        levels = self.lists.get(list_name or "")
        styles = levels if levels is not None else ()
        style = next((s for s in styles if number(s, "level") == level), None)
        if style is None or name_of(style) != "list-level-style-number":
            return "• "
        kind = value(style, "num-format")
        if not kind:
            return ""
        shown = format_number(count, _NUM_FORMATS.get(kind, "decimal"))
        return f"{value(style, 'num-prefix') or ''}{shown}{value(style, 'num-suffix') or ''} "

    def start(self, list_name: str | None, level: int) -> int:
        """Return the number of the first item of a level."""
        levels = self.lists.get(list_name or "")
        styles = levels if levels is not None else ()
        return next((n for s in styles if number(s, "level") == level and (n := number(s, "start-value"))), 1)
