"""Normalize the typography of a text, so that two printings of the same words are equal, and nothing else is.

Normalized: kinds of quotation marks and of dashes, white space, line breaks, ligatures and full-width forms, composed
and decomposed letters, invisible break marks, bullets, hyphens at line ends, and in a Markdown record its markup.
Unchanged: a letter's case, an accent, a digit, a superscript, any other mark.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.language.scripts import is_cjk

QUOTE_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』〝〞〟＂＇｢｣`´"
DASHES = "-‐‑‒–—―−﹘﹣－"
LINE_HYPHEN = "\u00ad"
"""Replaces a hyphen at a line end in a folded text; it may or may not belong to the word."""

# Also direction marks, isolates, embeddings and joiners; not the overrides, which turn the order of letters.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_BROKEN_WORD = re.compile(r"[-‐‑\u00ad][ \t]*(?:\r\n|[\n\r\u2028\u0085])[ \t]*(?=[^\W\d_])")
_BULLET = re.compile(r"(?m)^[ \t]*[・*\-][ \t]+|[•‣◦▪]")
_MARKDOWN = re.compile(
    r"""(?m)
    ^[ \t]*(?:>[ \t]?)+ | ^[ \t]{0,3}\#{1,6}[ \t]+   # block quotes, headings
    | \\(?=[!-/:-@\[-`{-~])                          # an escape; the character stays
    | !?\[(?=[^\]]{1,300}\]\([^()\s]*\)) | (?<=[\w.,;:!?*'"’”)])\]\([^()\s]*\)              # links: words stay
    | (?<![\d*])\*+ | (?<!\*)\*+(?![\d*])                                # emphasis; between digits it multiplies
    | (?<!\w)_+(?=\w) | (?<=[\w.,;:!?])_+(?!\w)
    | \^(?=[^\W\d_]+\^) | (?<=[^\W\d_])\^                                                          # raised letters
    | <su[pb]>(?=[^\W\d_]) | (?<=[^\W\d_])</su[pb]>         # never raised digits: "10<sup>2</sup>" is not 102
    | </?(?!su[pb]>)[A-Za-z][^<>\n]{0,200}>
    """,
    re.VERBOSE,
)
# Markup that separates words; all other markup is inside words.
_PARTING = re.compile(r"[ \t]*[>#]|</?(?!(?:su[pb]|[abiqsu]|em|strong|span|mark|small)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with the start and end of the source of each character."""

    text: str
    starts: list[int]
    ends: list[int]


def fold(text: str, start: int = 0, end: int | None = None, markdown: bool = False) -> Folded:
    """Fold a part of a text.

    Args:
        text: the whole text, in which the offsets count.
        start: start of the part.
        end: end of the part; the text's end when None.
        markdown: True if to drop Markdown markup.
    """
    end = len(text) if end is None else end
    marks = _marks(text, start, end, markdown)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    spaced = False
    at = start
    while at < end:
        if at in marks:
            at, spaced = marks[at][0], spaced or marks[at][1]
            continue
        broken = _BROKEN_WORD.match(text, at, end) if characters and characters[-1].isalpha() and not spaced else None
        after = broken.end() if broken else _cluster_end(text, at, end)
        unit = LINE_HYPHEN if broken else _unit(text[at:after])
        if unit == " ":
            spaced = True
        elif unit and not (
            unit in "'-" and not spaced and characters[-1:] == [unit] and not _is_prime(characters, unit)
        ):
            if spaced and _keeps_space(characters, unit[0]):
                characters.append(" ")
                starts.append(at)
                ends.append(at)
            for character in unit:
                characters.append(character)
                starts.append(at)
                ends.append(after)
            spaced = False
        at = after
    return Folded("".join(characters), starts, ends)


def same(one: str, other: str) -> bool:
    """Return True if two folded texts are equal; a hyphen at a line end equals a hyphen or nothing."""
    if LINE_HYPHEN not in one and LINE_HYPHEN not in other:
        return one == other
    i = j = 0
    while i < len(one) and j < len(other):
        a, b = one[i], other[j]
        if a == b or (a in (LINE_HYPHEN, "-") and b in (LINE_HYPHEN, "-")):
            i, j = i + 1, j + 1
        elif a == LINE_HYPHEN:
            i += 1
        elif b == LINE_HYPHEN:
            j += 1
        else:
            return False
    return not one[i:].strip(LINE_HYPHEN) and not other[j:].strip(LINE_HYPHEN)


def _is_prime(before: list[str], mark: str) -> bool:
    """Return True if a second apostrophe makes inches or seconds of a number: 30''."""
    return mark == "'" and len(before) > 1 and before[-2].isdigit()


def _marks(text: str, start: int, end: int, markdown: bool) -> dict[int, tuple[int, bool]]:
    """Return bullets and markup by their start: their end, and whether they separate words as white space does."""
    marks = {m.start(): (m.end(), True) for m in _BULLET.finditer(text, start, end)}
    if markdown:
        for m in _MARKDOWN.finditer(text, start):  # some markup is recognized only by characters behind the end
            if m.start() >= end:
                break
            marks.setdefault(m.start(), (m.end(), _PARTING.match(m.group()) is not None))
    return marks


def _cluster_end(text: str, at: int, end: int) -> int:
    """Return the end of a character with its combining marks."""
    after = at + 1
    while after < end and (unicodedata.combining(text[after]) or text[after] in "ﾞﾟ"):
        after += 1
    return after


def _unit(cluster: str) -> str:
    """Return the folded form of a character: " " for white space, an empty string for an invisible one."""
    first = cluster[0]
    if len(cluster) == 1:
        if first.isascii() and first.isalnum():
            return first
        if first in _INVISIBLE:
            return ""
        if first.isspace():
            return " "
        if first in QUOTE_MARKS:
            return "'"
        if first in DASHES:
            return "-"
        if first in "…⋯":
            return "..."
    return unicodedata.normalize("NFC", "".join(map(_plain_form, cluster)))


def _plain_form(character: str) -> str:
    """Decompose a ligature or a full- or half-width form; every other form stays, "²" above all."""
    parts = unicodedata.decomposition(character).split()
    if parts and (parts[0] in ("<wide>", "<narrow>") or "\ufb00" <= character <= "\ufb06"):
        return unicodedata.normalize("NFKC", character)
    return character


def _keeps_space(before: list[str], following: str) -> bool:
    """Return True if white space separates two words or numbers; elsewhere, and in Japanese, it has no meaning."""
    if not before:
        return False
    last = before[-1]
    if last.isalnum() and following.isalnum():
        return not (is_cjk(last) or is_cjk(following))
    return last in ".,:" and following.isdigit() and len(before) > 1 and before[-2].isdigit()


def letters(text: str, markdown: bool = False) -> Iterator[tuple[str, int]]:
    """Yield the letters and digits of a text in one case, without accents, each with its offset.

    Texts that `fold` makes equal have equal letters, but so may others: letters find candidates, they decide nothing.
    """
    if markdown:  # addresses and tags have letters that nobody reads
        text = _MARKDOWN.sub(lambda mark: " " * len(mark.group()), text)
    for match in re.finditer(r"[^\W_]+", text):
        word = match.group()
        if word.isascii():
            yield from zip(word.lower(), range(match.start(), match.end()), strict=True)
            continue
        for place, character in enumerate(word, start=match.start()):
            for part in unicodedata.normalize("NFKD", character).casefold():
                if part.isalnum():
                    yield part, place
