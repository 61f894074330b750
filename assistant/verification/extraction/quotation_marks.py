"""Pair the quotation marks of a text of any language: where each outer quotation begins and ends.

One pass with a stack, in linear time: a nested pair of marks ends nothing but itself. In doubt a quotation is longer
rather than shorter, so that no words behind an inner mark go unchecked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.span import Span

# Marks of two characters, in the form of one.
_DOUBLED = {
    "``": "``",
    ",,": ",,",
    "‚‚": ",,",
    "‘‘": "``",
    "''": "''",
    "’’": "''",
    "´´": "''",
    "′′": "''",
    "<<": "<<",
    ">>": ">>",
}
# Marks of another form that are used like these.
_SAME = dict.fromkeys("＂″‶", '"') | dict.fromkeys("＇′‵´", "'") | {"‟": "“", "‛": "‘", "⹂": "„"}
# The marks that close what a mark opens: its own first, then, behind ";", those that are also written.
_CLOSERS = {
    "“": "”;\" “ ''", "„": "“ ”;\" „ ''", "«": "»;«", "»": "« »;", '"': "\";” “ ''", "”": "”;\" “", "``": "'';`` \" ”",
    ",,": "'' “ ”;\"", "''": "'';\" ”", "<<": ">>;", "❝": "❞;", "🙶": "🙷;", "❮": "❯;", "⟪": "⟫;", "⟨": "⟩;", "≪": "≫;",
    "《": "》;", "〈": "〉;", "「": "」;", "『": "』;", "｢": "｣;", "〝": "〟 〞;", "〞": "〟;", "❛": "❜;",
    "‘": "’;' ‘", "‚": "‘ ’;' ‚", "‹": "›;‹", "›": "‹ ›;", "'": "';’", "’": "’;'", "`": "' ’ `;",
}  # fmt: skip
_PROPER = {opening: frozenset(closers.partition(";")[0].split()) for opening, closers in _CLOSERS.items()}
_ALLOWED = {opening: frozenset(closers.replace(";", " ").split()) for opening, closers in _CLOSERS.items()}
_SINGLE = frozenset("‘‚'’`")
_APOSTROPHES = frozenset("'’‘")
# Marks that open as well as close; every other one that opens and is not closed counts to the end of its text.
_EITHER = frozenset(('"', "”", "»", "›", "'", "’", "`", "''", "``", ",,", "<<"))
_DROPPED_UNCLOSED = _SINGLE | {"``", ",,", "''", "<<", "⟨", "⟪", "≪", "〈", "‹", "›", "»"}
_CHARACTERS = {c for mark in (*_CLOSERS, *(c for all_ in _ALLOWED.values() for c in all_)) for c in mark} | set(_SAME)
_TOKEN = re.compile(f"{'|'.join(map(re.escape, _DOUBLED))}|[{re.escape(''.join(sorted(_CHARACTERS - set(',<>'))))}]")
# "the '90s", "rock 'n' roll", "'tis".
_ELISION = re.compile(r".(?:\d{2}s\b|(?:tis|twas|em|n|cause|til)\b)", re.IGNORECASE)
_YEAR = re.compile(r".\d{2}\b(?![.,]\d)")
_OPEN_BEFORE = "([{<—–―-/:,、。，：（［「『“‘„‚«\"'=|*_#~>"
_CLOSE_BEHIND = ")]}>—–―-/:,;.!?…、。，：）］」』”’»\"'|*_^"
_POSSESSIVE = "sSxz"
# Words that backticks on both sides need to be no code.
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """The words between an outer pair of marks; without a closing one they run to the end of the text."""

    span: Span
    is_closed: bool = True


@dataclass(slots=True)
class _Open:
    """A mark that waits for its closing one.

    Attributes:
        kind: the mark.
        start: the offset behind it.
        is_weak: True if it is none unless it is closed.
        maybe: the place of a mark that may be an apostrophe or close this one.
        inner: the closed pairs inside, each with the offset behind its closing mark.
    """

    kind: str
    start: int
    is_weak: bool
    maybe: tuple[int, int] | None = None
    inner: list["_Closed"] = field(default_factory=list)


@dataclass(slots=True)
class _Closed:
    kind: str
    start: int
    end: int
    behind: int
    is_closed: bool = True


def marked_words(text: str) -> Iterator[MarkedWords]:
    """Yield the words between the outer quotation marks of a text, in order."""
    for pair in _Pairing(text).outer():
        if any(c.isalnum() for c in text[pair.start : pair.end]):
            yield MarkedWords(Span(pair.start, pair.end), pair.is_closed)


def stray_end(text: str) -> int | None:
    """Return the offset of a closing mark that no mark of the text before it opens; None where there is none."""
    first = _TOKEN.search(text)
    if first is None or _kind(first) not in ("”", '"', "»", "''", "」", "』", "“"):
        return None
    before, after = text[first.start() - 1 : first.start()], text[first.end() : first.end() + 1]
    is_closing = before and not before.isspace() and not before.isdigit() and not after.isalnum()
    return first.start() if is_closing else None


def _kind(mark: re.Match[str]) -> str:
    words = mark.group()
    return _DOUBLED.get(words, _SAME.get(words, words))


class _Pairing:
    """One pass over the marks of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[_Open] = []
        self._outer: list[_Closed] = []

    def outer(self) -> list[_Closed]:
        """Return the outer pairs."""
        for mark in _TOKEN.finditer(self._text):
            self._add(_kind(mark), mark.start(), mark.end())
        while self._open:
            self._drop(self._open.pop())
        return self._outer

    def _add(self, kind: str, start: int, end: int) -> None:
        before, after = self._text[start - 1 : start], self._text[end : end + 1]
        if kind in _APOSTROPHES and before.isalnum() and after.isalnum() and not (kind == "‘" and after.isupper()):
            return
        if kind == "''" and not (self._accepts(kind, True) or not before.strip() or before in _OPEN_BEFORE):
            # "''" behind a word is the end of two single quotations, or the sign for inches.
            self._add("'", start, start + 1)
            self._add("'", start + 1, end)
            return
        is_opening = bool(after.strip()) and after not in ".,;:!?)]" and (not before.strip() or before in _OPEN_BEFORE)
        is_closing = bool(before.strip()) and (not after.strip() or after in _CLOSE_BEHIND)
        at = self._accepting(kind, is_opening and not is_closing, is_closing)
        if at is not None and not (is_opening and not is_closing and kind in _EITHER and kind not in ("»", "”")):
            self._close(at, kind, start, end, is_closing)
        elif kind in _CLOSERS and self._may_open(kind, start, before, after, is_opening, is_closing):
            is_weak = not is_opening or (kind in _APOSTROPHES and _YEAR.match(self._text, start) is not None)
            self._open.append(_Open(kind, end, is_weak and kind in _EITHER | _APOSTROPHES))
        elif is_closing and not self._open:
            self._extend(kind, start, end, before)

    def _may_open(self, kind: str, start: int, before: str, after: str, is_opening: bool, is_closing: bool) -> bool:
        if not after or (kind in _APOSTROPHES and _ELISION.match(self._text, start)):
            return False
        if is_opening:
            return True
        if before.isdigit() and kind in _EITHER:
            return False
        if kind in _SINGLE:
            return (kind == "‘" or not before.isalnum()) and (
                after.isalnum() or (after.isspace() and not before.strip())
            )
        if kind in _EITHER:
            # `said"No way"`, `wrote " No way "`: between two spaces, behind a word or a mark that ends one.
            return not is_closing and (after.isalnum() or (after.isspace() and not self._follows_digit(start)))
        return not is_closing or kind not in ("“", "„")

    def _follows_digit(self, start: int) -> bool:
        return self._text[max(0, start - 3) : start].rstrip()[-1:].isdigit()

    def _accepts(self, kind: str, closing: bool) -> bool:
        return self._accepting(kind, False, closing) is not None

    def _accepting(self, kind: str, is_opening: bool, is_closing: bool) -> int | None:
        """Return the index of the open mark that a mark closes: of those that it is made for the last, else the last.

        A single mark closes only the last one: in words in double marks it is an apostrophe.
        """
        if not self._open:
            return None
        last = self._open[-1]
        if kind in _SINGLE:
            closes = last.kind in _SINGLE and kind in _ALLOWED[last.kind]
            return len(self._open) - 1 if closes and not is_opening else None
        if kind == "“" and last.kind in ("“", "„", "”", '"', ",,"):
            is_own = kind in _PROPER[last.kind]
            return len(self._open) - 1 if not is_opening and (is_own or is_closing) else None
        for at in range(len(self._open) - 1, max(-1, len(self._open) - 8), -1):
            if kind in _PROPER[self._open[at].kind]:
                return at
        return len(self._open) - 1 if kind in _ALLOWED[last.kind] and not is_opening else None

    def _close(self, at: int, kind: str, start: int, end: int, is_closing: bool) -> None:
        entry = self._open[at]
        if kind in _SINGLE and not is_closing:
            before, after = self._text[start - 1 : start], self._text[end : end + 1]
            is_spaced = before.isspace() and self._text[entry.start : entry.start + 1].isspace()
            if not is_spaced and (before.isspace() or after.isalnum()):
                return
        if kind in _APOSTROPHES and self._may_be_possessive(start, end):
            entry.maybe = entry.maybe or (start, end)
            return
        while len(self._open) > at + 1:
            self._drop(self._open.pop())
        self._open.pop()
        if entry.kind == kind and kind in ("`", "``") and len(self._text[entry.start : start].split()) < _LEAST_WORDS:
            return
        self._keep(_Closed(entry.kind, entry.start, start, end))

    def _may_be_possessive(self, start: int, end: int) -> bool:
        """Return True if a mark may be the apostrophe of "ministers' meeting"."""
        behind = self._text[end : end + 12].lstrip()
        return (
            self._text[start - 1 : start] in tuple(_POSSESSIVE)
            and self._text[end : end + 1].isspace()
            and bool(behind[:1].isalpha())
        )

    def _drop(self, entry: _Open) -> None:
        """End a mark that nothing closes: its words run to the end, or it is none and what is inside it counts."""
        if entry.maybe and not entry.is_weak and entry.kind in ("'", "‘", "‚"):
            self._keep(_Closed(entry.kind, entry.start, *entry.maybe))
        elif not (entry.is_weak or entry.kind in _DROPPED_UNCLOSED):
            self._keep(_Closed(entry.kind, entry.start, len(self._text), len(self._text), is_closed=False))
            return
        last = max((pair.behind for pair in self._kept()), default=0)
        for pair in entry.inner:
            if pair.start >= last:
                self._keep(pair)

    def _kept(self) -> list[_Closed]:
        return (self._open[-1].inner if self._open else self._outer)[-1:]

    def _keep(self, pair: _Closed) -> None:
        (self._open[-1].inner if self._open else self._outer).append(pair)

    def _extend(self, kind: str, start: int, end: int, before: str) -> None:
        """Lengthen the last quotation to a closing mark that nothing opens: an inner one had been taken for its end."""
        last = self._outer[-1] if self._outer else None
        if last is None or before.isdigit() or not last.is_closed or kind not in _ALLOWED[last.kind]:
            return
        if kind in _APOSTROPHES and (before in _POSSESSIVE or last.kind not in _SINGLE):
            return
        last.end, last.behind = start, end
