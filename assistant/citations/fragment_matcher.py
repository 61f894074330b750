"""Text fragments as a browser resolves them.

Source: WICG, "URL Fragment Text Directives" (scroll-to-text-fragment), sections "Parsing the text directive", "Finding
Ranges in a Document" and "Word Boundaries".
"""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from assistant.page_text import PageText, page_text, searchable
from corpus.span import Span

DELIMITER = ":~:"
_KEY = "text="


@dataclass(frozen=True, slots=True)
class TextDirective:
    """What to find on a page: `text=[prefix-,]start[,end][,-suffix]`.

    Attributes:
        start: the whole words, or the first of them where there is an `end`.
        end: the last words.
        prefix: words directly before.
        suffix: words directly behind.
    """

    start: str
    end: str | None = None
    prefix: str | None = None
    suffix: str | None = None

    @classmethod
    def parse(cls, address: str) -> "TextDirective | None":
        """The first text directive of an address, None where it has none or a broken one."""
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
        """As it stands in an address; everything but letters, digits, dot, tilde and underscore is percent-encoded."""
        terms = (
            self.prefix and _encoded(self.prefix) + "-",
            _encoded(self.start),
            self.end and _encoded(self.end),
            self.suffix and "-" + _encoded(self.suffix),
        )
        return _KEY + ",".join(term for term in terms if term)


def find(directive: TextDirective, text: str, wrapped: bool = False) -> Span | None:
    """The range that a browser would show for a directive.

    Args:
        directive: what to find.
        text: the text of the page.
        wrapped: whether its lines were wrapped, so that only a blank line begins a block; else each line is a block.
    """
    page = page_text(text)
    found = find_range(directive, page.in_paragraphs if wrapped else page)
    return page.span(*found) if found else None


def find_range(directive: TextDirective, page: PageText) -> tuple[int, int] | None:
    """The same in the places of the page's text: "find a range from a text directive"."""
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
    """Where a match ends whose start term ends at a place; 0: not with this start, None: with no later one either."""
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
    """The first place of a term, not before `place`, inside one block: "find a string in range"."""
    found = page.blocks.find(term, place)
    while found >= 0:
        end = found + len(term)
        if (not starts_word or page.is_word_bound(found)) and (not ends_word or page.is_word_bound(end)):
            return found, end
        found = page.blocks.find(term, found + 1)
    return None


def _next_words(page: PageText, place: int) -> int:
    while place < len(page.blocks) and page.blocks[place].isspace():
        place += 1
    return place


def _encoded(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")
