"""Lines joined to running text: a hyphen at a line end goes only where it is sure that the line end brought it."""

import re
from collections.abc import Iterable

from corpus.formats.pdf_lines import Line, joint

_HYPHENS = "-\u00ad\u2010"
# Hyphens that nobody types: where a file has them at line ends only, its typesetter put them there.
_TYPESETTERS = "\u00ad\u2010"
_BROKEN = re.compile(rf"([^\W\d_]{{2,}}(?:[-’'\u2010\u00ad][^\W\d_]+)*)([{_HYPHENS}])$")
_FIRST = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u00ad][^\W\d_]+)*")


class Hyphens:
    """What a document's own words tell about the hyphens at its line ends."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: set[str] = set()
        inside: set[str] = set()
        for line in lines:
            text = line.text
            inside |= {c for c in _TYPESETTERS if c in text[:-1]}
            broken = _BROKEN.search(text)
            self._words |= {word.casefold() for word in _WORD.findall(text[: broken.start()] if broken else text)}
        self._breaking = {c for c in _TYPESETTERS if c not in inside}

    def joined(self, before: str, after: str) -> tuple[str, str]:
        """The end of a line as it stays, and what stands between it and the next line.

        Args:
            before: the words so far, up to a line's end.
            after: the next line.
        """
        broken = _BROKEN.search(before)
        first = _FIRST.match(after)
        if not broken or not first:
            if before[-1:] in _HYPHENS and before[-2:-1].isalnum() and after[:1].isalnum():
                return before, ""
            return before, joint(before, after)
        whole = broken.group(1) + first.group()
        if whole.casefold() in self._words and first.group()[0].islower():
            return before[:-1], ""
        kept = f"{broken.group(1)}-{first.group()}".casefold() in self._words
        if broken.group(2) in self._breaking and not kept:
            return before[:-1], ""
        return before, ""
