"""Resolve text fragments as a browser does: fold a text for the search, parse a directive, find its span.

Source: WICG, "URL Fragment Text Directives" (scroll-to-text-fragment), sections "Parsing the text directive", "Finding
Ranges in a Document" and "Word Boundaries".
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from urllib.parse import quote, unquote

from assistant.citations.folded_text import WITHOUT_SPACES
from corpus.span import Span

BLOCK_BREAK = "\n"
_SPACE = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_IGNORED = frozenset(("Mn", "Me", "Cf", "Cc", "Cs"))
_PIECE = re.compile(r"[!-~]+(?: [!-~]+)*|\s+|.", re.DOTALL)
_NO_SPACES = re.compile(rf"[{WITHOUT_SPACES}]")


@dataclass(frozen=True)
class PageText:
    """The searchable form of a text.

    Attributes:
        blocks: the text in base characters. A run of white space is one space, or one line break where it holds one;
            no term can cross a line break, since a page may begin a block there.
        paragraphs: the same with line breaks for blank lines only.
    """

    blocks: str
    paragraphs: str
    _origins: "array[int]" = field(repr=False)
    _ends: "array[int]" = field(repr=False)

    @cached_property
    def joined(self) -> str:
        """`blocks` with spaces for line breaks, for a page with one block."""
        return self.blocks.replace(BLOCK_BREAK, " ")

    @cached_property
    def in_one_block(self) -> "PageText":
        """This page with all its lines in one block."""
        return PageText(self.joined, self.joined, self._origins, self._ends)

    @cached_property
    def in_paragraphs(self) -> "PageText":
        """This page with one block a paragraph, for texts whose lines were wrapped."""
        return PageText(self.paragraphs, self.paragraphs, self._origins, self._ends)

    def range_of(self, span: Span) -> tuple[int, int]:
        """Return the range of a span of the original text without white space at its ends; it may be empty."""
        start, end = bisect_left(self._origins, span.start), bisect_left(self._origins, span.end)
        while start < end and self.blocks[start].isspace():
            start += 1
        while start < end and self.blocks[end - 1].isspace():
            end -= 1
        return start, end

    def span(self, start: int, end: int) -> Span:
        """Return the span in the original text of a range that is not empty."""
        return Span(self._origins[start], self._ends[end - 1])

    def is_word_bound(self, place: int) -> bool:
        """Return True if no word continues over an offset, by the default rules of UAX #29, simplified.

        Japanese and Chinese have a boundary between all characters: browsers cut them by dictionaries of their own.
        """
        text = self.blocks
        if not 0 < place < len(text):
            return True
        before, after = text[place - 1], text[place]
        if _NO_SPACES.match(before) or _NO_SPACES.match(after):
            return True
        if _in_word(before) and _in_word(after):
            return False
        outer = text[place - 2] if place > 1 else " "
        behind = text[place + 1] if place + 1 < len(text) else " "
        return not (_bridges(before, after, behind) or _bridges(outer, before, after))


@lru_cache(maxsize=8)
def page_text(text: str) -> PageText:
    """Return the searchable form of a text; the last few results are cached."""
    parts: list[str] = []
    wraps: set[int] = set()
    breaks = 0
    origins, ends = array("l"), array("l")
    for piece in _PIECE.finditer(text):
        words, place = piece.group(), piece.start()
        if words.isspace():
            breaks += len(_LINE_BREAK.findall(words))
            if parts and parts[-1].isspace():  # only ignored characters stand between the two runs
                parts.pop()
                ends[-1] = piece.end()
            else:
                origins.append(place)
                ends.append(piece.end())
            parts.append(BLOCK_BREAK if breaks else " ")
            (wraps.add if breaks == 1 else wraps.discard)(len(origins) - 1)
        elif base := _base(words):
            breaks = 0
            parts.append(base)
            if len(base) == len(words):
                origins.extend(range(place, piece.end()))
                ends.extend(range(place + 1, piece.end() + 1))
            else:
                origins.extend([place] * len(base))
                ends.extend([piece.end()] * len(base))
        elif ends:
            ends[-1] = piece.end()
    blocks = "".join(parts)
    paragraphs = list(blocks)
    for wrap in wraps:
        paragraphs[wrap] = " "
    return PageText(blocks, "".join(paragraphs), origins, ends)


def searchable(term: str) -> str:
    """Return a term in the form of `PageText.blocks`, to be searched there."""
    return _SPACE.sub(" ", "".join(base_characters(c) if not c.isspace() else c for c in term)).strip()


@cache
def base_characters(character: str) -> str:
    """Return a character without case, accents and width: the first level of comparison of UTS #10."""
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(c for c in decomposed.casefold() if unicodedata.category(c) not in _IGNORED and not c.isspace())


def _base(piece: str) -> str:
    return piece.lower() if piece.isascii() and piece.isprintable() else base_characters(piece)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _bridges(before: str, mark: str, after: str) -> bool:
    """Return True if a mark joins two letters or two digits: "don't", "U.S", "1,000" (rules WB6 to WB12)."""
    if mark in "'’.":
        return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())
    return (mark in ":·" and before.isalpha() and after.isalpha()) or (
        mark in ",;" and before.isdigit() and after.isdigit()
    )


DELIMITER = ":~:"
_KEY = "text="


@dataclass(frozen=True, slots=True)
class TextDirective:
    """A text directive: `text=[prefix-,]start[,end][,-suffix]`.

    Attributes:
        start: all words to find, or the first of them where there is an `end`.
        end: the last words to find.
        prefix: the words directly before.
        suffix: the words directly behind.
    """

    start: str
    end: str | None = None
    prefix: str | None = None
    suffix: str | None = None

    @classmethod
    def parse(cls, address: str) -> "TextDirective | None":
        """Return the first text directive of an address; None where it has none or an invalid one."""
        fragment = address.partition("#")[2].partition(DELIMITER)[2]
        written = next((part for part in fragment.split("&") if part.startswith(_KEY)), "")
        terms = written.removeprefix(_KEY).split(",")
        prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else None
        suffix = terms.pop()[1:] if terms and terms[-1].startswith("-") else None
        if len(terms) not in (1, 2) or not all(terms) or "" in (prefix, suffix):
            return None
        return cls(
            unquote(terms[0]),
            unquote(terms[1]) if len(terms) == 2 else None,
            prefix and unquote(prefix),
            suffix and unquote(suffix),
        )

    def __str__(self) -> str:
        """The directive in an address; all but letters, digits, dot, tilde and underscore is percent-encoded."""
        terms = (
            self.prefix and _encoded(self.prefix) + "-",
            _encoded(self.start),
            self.end and _encoded(self.end),
            self.suffix and "-" + _encoded(self.suffix),
        )
        return _KEY + ",".join(term for term in terms if term)


def find(directive: TextDirective, text: str, wrapped: bool = False) -> Span | None:
    """Return the range that a browser would show for a directive.

    Args:
        directive: the directive.
        text: the text of the page.
        wrapped: True if its lines were wrapped, so that only a blank line begins a block; else each line is a block.
    """
    page = page_text(text)
    place = find_range(directive, page.in_paragraphs if wrapped else page)
    return page.span(*place) if place else None


def find_range(directive: TextDirective, page: PageText) -> tuple[int, int] | None:
    """Return the range in `PageText.blocks`: the specification's "find a range from a text directive"."""
    start, end, prefix, suffix = (
        term and searchable(term) for term in (directive.start, directive.end, directive.prefix, directive.suffix)
    )
    if not start or "" in (end, prefix, suffix):
        return None
    search, whole_end = 0, bool(end) or not suffix
    while search < len(page.blocks):
        if prefix:
            before = _find(prefix, page, search, starts_word=True, ends_word=False)
            if not before:
                return None
            search = before[0] + 1
            place = _next_words(page, before[1])
            first = _find(start, page, place, starts_word=False, ends_word=whole_end)
            if first and first[0] != place:
                continue
        else:
            first = _find(start, page, search, starts_word=True, ends_word=whole_end)
            search = first[0] + 1 if first else 0
        if not first:
            return None
        behind = _behind(end, suffix, page, first[1])
        if behind is None:
            return None
        if behind:
            return first[0], behind
    return None


def _behind(end: str | None, suffix: str | None, page: PageText, place: int) -> int | None:
    """Return the end of a match whose start term ends at an offset.

    Returns:
        0 where this start term does not match; None where no later one matches either.
    """
    while True:
        if end:
            last = _find(end, page, place, starts_word=True, ends_word=not suffix)
            if not last:
                return None
            place = last[1]
        if not suffix:
            return place
        following = _next_words(page, place)
        after = _find(suffix, page, following, starts_word=False, ends_word=True)
        if not after:
            return None
        if after[0] == following:
            return place
        if not end:
            return 0


def _find(term: str, page: PageText, place: int, starts_word: bool, ends_word: bool) -> tuple[int, int] | None:
    """Return the first range of a term, from `place` on, inside one block: "find a string in range"."""
    start = page.blocks.find(term, place)
    while start >= 0:
        end = start + len(term)
        if (not starts_word or page.is_word_bound(start)) and (not ends_word or page.is_word_bound(end)):
            return start, end
        start = page.blocks.find(term, start + 1)
    return None


def _next_words(page: PageText, place: int) -> int:
    while place < len(page.blocks) and page.blocks[place].isspace():
        place += 1
    return place


def _encoded(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")
