"""Resolve the styles and the list numbering of a Word file: heading levels, list membership, item markers."""

import re
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.blocks import format_number
from corpus.readers.package import child, is_on, name_of, number, value

_HEADING = re.compile(r"heading (\d)")
_CONTENTS = re.compile(r"(?:toc \d|toc heading|table of figures|index \d)")
_BODY_LEVEL = 9
_MOST_BASES = 20
_LEVEL_IN_TEXT = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a file by their ids."""

    elements: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any | None) -> "Styles":
        """Return the styles of the part `styles.xml`."""
        styles = (e for e in (root if root is not None else ()) if name_of(e) == "style")
        return cls({value(e, "styleId") or "": e for e in styles})

    def chain(self, paragraph: Any) -> list[Any]:
        """Return the properties of a paragraph, then those of its style and of each style that it is based on."""
        own = child(paragraph, "pPr")
        properties = [own] if own is not None else []
        style = value(child(own, "pStyle")) if own is not None else None
        for _ in range(_MOST_BASES):
            element = self.elements.get(style or "")
            if element is None:
                break
            properties.append(element)
            style = value(child(element, "basedOn"))
        return properties

    def names(self, paragraph: Any) -> list[str]:
        """Return the names of a paragraph's style and its bases, lower case, in English in every language of Word."""
        styles = (e for e in self.chain(paragraph) if name_of(e) == "style")
        return [(value(child(e, "name")) or "").lower() for e in styles]

    def level(self, paragraph: Any) -> int:
        """Return the depth of a heading, 1 the highest; 0 for other paragraphs."""
        for properties in self.chain(paragraph):
            outline_level = number(child(_paragraph(properties), "outlineLvl"))
            if outline_level is not None:
                return outline_level + 1 if 0 <= outline_level < _BODY_LEVEL else 0
            heading = _HEADING.fullmatch((value(child(properties, "name")) or "").lower())
            if heading:
                return max(1, int(heading.group(1)))
        return 0

    def is_contents(self, paragraph: Any) -> bool:
        """Return True if a paragraph is an entry of the table of contents."""
        return any(_CONTENTS.fullmatch(name) for name in self.names(paragraph))

    def list_of(self, paragraph: Any) -> tuple[int, int] | None:
        """Return the number of the list that a paragraph is an item of, and its level there from 0."""
        level: int | None = None
        for properties in self.chain(paragraph):
            numbered = child(_paragraph(properties), "numPr")
            if numbered is None:
                continue
            level = number(child(numbered, "ilvl")) if level is None else level
            which = number(child(numbered, "numId"))
            if which is not None:
                return (which, min(max(level or 0, 0), 8)) if which else None
        return None


def _paragraph(properties: Any) -> Any:
    """Return the paragraph properties of a style; a paragraph's own properties unchanged."""
    inner = child(properties, "pPr") if name_of(properties) == "style" else properties
    return inner if inner is not None else properties


@dataclass(slots=True)
class Numbering:
    """Counts list items as Word does: lists of one kind continue each other unless one states its start.

    Source: ISO/IEC 29500-1, 17.9.
    """

    kinds: dict[int, int] = field(default_factory=dict)
    levels: dict[tuple[int, int], Any] = field(default_factory=dict)
    starts: dict[tuple[int, int], int] = field(default_factory=dict)
    overrides: dict[tuple[int, int], Any] = field(default_factory=dict)
    _counts: dict[int, dict[int, int]] = field(default_factory=dict)
    _started: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any | None) -> "Numbering":
        """Return the lists of the part `numbering.xml`."""
        numbering = cls()
        for element in root if root is not None else ():
            if name_of(element) == "abstractNum":
                kind = number(element, "abstractNumId") or 0
                numbering.levels.update({(kind, number(e, "ilvl") or 0): e for e in element if name_of(e) == "lvl"})
            elif name_of(element) == "num":
                which = number(element, "numId") or 0
                numbering.kinds[which] = number(child(element, "abstractNumId")) or 0
                for override in element:
                    numbering._override(which, override)
        return numbering

    def _override(self, which: int, override: Any) -> None:
        """Store how a list differs from its kind: the start of a level, or the level itself."""
        if name_of(override) != "lvlOverride":
            return
        level = number(override, "ilvl") or 0
        start, instead = number(child(override, "startOverride")), child(override, "lvl")
        if start is not None:
            self.starts[which, level] = start
        if instead is not None:
            self.overrides[which, level] = instead

    def marker(self, which: int, level: int) -> str | None:
        """Return the next marker of a list with a space behind it; None for an unknown list."""
        kind = self.kinds.get(which)
        if kind is None or self._level(which, level) is None:
            return None
        counts = self._counts.setdefault(kind, {})
        if which not in self._started:
            self._started.add(which)
            for (list_number, at), start in self.starts.items():
                if list_number == which:
                    counts[at] = start - 1
        counts[level] = counts.get(level, self._start(which, level) - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return self._format(which, level, counts)

    def _level(self, which: int, level: int) -> Any | None:
        own = self.overrides.get((which, level))
        return own if own is not None else self.levels.get((self.kinds[which], level))

    def _start(self, which: int, level: int) -> int:
        start = number(child(self._level(which, level), "start"))
        return 1 if start is None else start

    def _style(self, which: int, level: int) -> str:
        return value(child(self._level(which, level), "numFmt")) or "decimal"

    def _format(self, which: int, level: int, counts: dict[int, int]) -> str:
        style, element = self._style(which, level), self._level(which, level)
        if style == "bullet":
            return "• "
        if style == "none":
            return ""
        legal = is_on(child(element, "isLgl"))

        def numbered(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            count = counts.get(at, self._start(which, at))
            return format_number(count, "decimal" if legal else self._style(which, at))

        words = _LEVEL_IN_TEXT.sub(numbered, (value(child(element, "lvlText")) or "")[:100]).strip()
        return f"{words} " if words else ""
