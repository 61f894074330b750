"""Lines joined to running text: a hyphen at a line end goes only where it is sure that the line end brought it."""

import re
from collections.abc import Iterable
from itertools import pairwise

from corpus.readers.pdf.lines import Line, joint

_HYPHENS = "-\u00ad\u2010"
# Hyphens that nobody types: where a file has them at line ends only, its typesetter put them there.
_TYPESETTERS = "\u00ad\u2010"
_BROKEN = re.compile(rf"([^\W\d_]+(?:[-’'\u2010\u00ad][^\W\d_]+)*)([{_HYPHENS}])$")
_FIRST = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# Characters that the longest word before a line end may have.
_LONGEST = 60
# Of the hyphens at line ends, the share that the document's words show to be brought, from which it is hyphenated.
_HYPHENATED = 0.25
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u00ad][^\W\d_]+)*")
# Marks that stand close between two words wherever a line ends: "goods/services", "AI—and", "https://".
_CLOSE_BEFORE = re.compile(r"[^\W_][—/]$|(?:https?|ftp):[^\s]*[/._?=&#-]$|[^\W_][-\u2010]$")
_CLOSE_AFTER = re.compile(r"—[^\W_]")


class Hyphens:
    """What a document's own words tell about the hyphens at its line ends."""

    def __init__(self, lines: Iterable[Line]) -> None:
        texts = [line.text for line in lines]
        self._words: set[str] = set()
        inside = {c for c in _TYPESETTERS if any(c in text[:-1] for text in texts)}
        ends: list[tuple[re.Match[str], str]] = []
        for text, following in pairwise([*texts, ""]):
            broken, first = _BROKEN.search(text[-_LONGEST:]), _FIRST.match(following)
            if broken and first:
                ends.append((broken, first.group()))
            seen = text[: -len(broken.group())] if broken else text
            self._words |= {word.casefold() for word in _WORD.findall(seen)}
        self._breaking = {broken.group(2) for broken, _ in ends} & set(_TYPESETTERS) - inside
        # A text that is not hyphenated has a compound at a line end now and then, and its parts elsewhere as one word.
        self._is_hyphenated = sum(self._is_whole(*end) for end in ends) >= _HYPHENATED * len(ends) > 0

    def joined(self, before: str, after: str) -> tuple[str, str]:
        """The end of a line as it stays, and what stands between it and the next line.

        Args:
            before: the words so far, up to a line's end.
            after: the next line.
        """
        end = before[-_LONGEST:]
        broken, first = _BROKEN.search(end), _FIRST.match(after)
        if broken and first:
            return (before[:-1] if self._is_brought(broken, first.group()) else before), ""
        if _CLOSE_BEFORE.search(end) and after[:1].isalnum():
            return before, ""
        if before[-1:].isalnum() and _CLOSE_AFTER.match(after):
            return before, ""
        return before, joint(before, after)

    def _is_brought(self, broken: re.Match[str], after: str) -> bool:
        """Whether a line end brought a hyphen into a word."""
        if self._breaking:  # what the typesetter puts in is told apart from what was typed
            compound = f"{broken.group(1)}-{after}".casefold() in self._words
            return broken.group(2) in self._breaking and not compound
        return self._is_hyphenated and self._is_whole(broken, after)

    def _is_whole(self, broken: re.Match[str], after: str) -> bool:
        """Whether the document has the word without the hyphen elsewhere, and never with it."""
        compound = f"{broken.group(1)}-{after}".casefold()
        whole = f"{broken.group(1)}{after}".casefold()
        return after[0].islower() and whole in self._words and compound not in self._words
