"""Fold the white space of a text and cut it into words, keeping each character's offset in the original."""

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter

from corpus.language.scripts import CJK, HALF_WIDTH_KATAKANA
from corpus.span import Span

_SPACE = re.compile(r"\s{2,}|[^\S ]")  # single spaces stay as they are
_LINE_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
PARAGRAPH_BREAK = "\n\n"
# Scripts without spaces between words: each character counts as a word.
WITHOUT_SPACES = CJK + HALF_WIDTH_KATAKANA
# Pages lose the break before a heading ("TrustSecure Infrastructure"): a capital begins a word.
_LETTERS = rf"[^\W{WITHOUT_SPACES}]+?(?:(?<=[a-z])(?=[A-Z])|(?![^\W{WITHOUT_SPACES}]))"
_WORD = re.compile(rf"[{WITHOUT_SPACES}]|{_LETTERS}|\n\n|\S")
_IS_CJK = re.compile(rf"[{WITHOUT_SPACES}]")
_LONGEST_REST = 32
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_start: Callable[[tuple[int, int]], int] = itemgetter(0)
_end: Callable[[tuple[int, int]], int] = itemgetter(1)


@dataclass(frozen=True)
class FoldedText:
    """A text in which each run of white space is one space, or one paragraph break where it holds a blank line.

    The folded text differs from the original in nothing else.
    """

    text: str
    _starts: list[int] = field(repr=False)
    _origins: list[int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.text)

    def origin(self, place: int) -> int:
        """Return the offset in the original text of a folded offset."""
        stretch = bisect_right(self._starts, place) - 1
        return self._origins[stretch] + place - self._starts[stretch]

    def place(self, origin: int) -> int:
        """Return the folded offset of an offset in the original text; inside white space, that of its start."""
        stretch = bisect_right(self._origins, origin) - 1
        end = self._starts[stretch + 1] if stretch + 1 < len(self._starts) else len(self.text)
        return min(self._starts[stretch] + origin - self._origins[stretch], end)

    def span(self, start: int, end: int) -> Span:
        """Return the span in the original text of a folded range that does not end in white space."""
        return Span(self.origin(start), self.origin(end - 1) + 1)

    @cached_property
    def word_list(self) -> list[str]:
        """The text of each of `words`."""
        return [self.text[start:end] for start, end in self.words]

    def words_text(self, first: int, behind: int) -> str:
        """Return the folded text of `words[first:behind]`."""
        return self.text[self.words[first][0] : self.words[behind - 1][1]]

    @cached_property
    def signs(self) -> str:
        """One character for each word of `words`, see `word_signs`."""
        return word_signs(self.word_list)

    def signs_of(self, start: int, end: int) -> str:
        """Return the signs of the words that a range touches, without cutting the whole text into words.

        The range must not end in white space.
        """
        left = max(self.text.rfind(" ", 0, start), self.text.rfind("\n", 0, start)) + 1
        right = min(
            (place for place in (self.text.find(space, end) for space in " \n") if place >= 0), default=len(self)
        )
        words = _WORD.finditer(self.text, left, right)
        return word_signs(word.group() for word in words if word.end() > start and word.start() < end)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of `words` that a folded range touches."""
        return bisect_right(self.words, start, key=_end), bisect_left(self.words, end, key=_start)

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """The folded ranges of all words; each mark, CJK character and paragraph break is a word of its own."""
        return [match.span() for match in _WORD.finditer(self.text)]

    def rest_before(self, place: int) -> str:
        """Return the part before an offset of the word that it cuts; empty where it cuts none."""
        if _is_new_word(self.text, place):
            return ""
        return _rest(self.text[max(0, place - _LONGEST_REST) : place][::-1], self.text[place : place + 2])[::-1]

    def rest_after(self, place: int) -> str:
        """Return the part behind an offset of the word that it cuts; empty where it cuts none."""
        if _is_new_word(self.text, place):
            return ""
        return _rest(self.text[place : place + _LONGEST_REST], self.text[max(0, place - 2) : place][::-1])


@lru_cache(maxsize=8)
def folded(text: str) -> FoldedText:
    """Fold the white space of a text; the last few results are cached."""
    parts: list[str] = []
    starts, origins = [0], [0]
    length = last = 0
    for run in _SPACE.finditer(text):
        fold = PARAGRAPH_BREAK if len(_LINE_BREAK.findall(run.group())) > 1 else " "
        parts += (text[last : run.start()], fold)
        length += run.start() - last
        if run.end() - run.start() != len(fold):
            starts += (length, length + len(fold))
            origins += (run.start(), run.end())
        length += len(fold)
        last = run.end()
    parts.append(text[last:])
    return FoldedText("".join(parts), starts, origins)


def word_signs(words: Iterable[str]) -> str:
    """Return one base64url character for each word; two different words share one in 64 cases."""
    return "".join(_SIGNS[zlib.crc32(word.encode("utf-8", "surrogatepass")) & 63] for word in words)


def _rest(outside: str, inside: str) -> str:
    """Return the beginning of `outside` that continues the word at the beginning of `inside`, both read from the cut.

    "12" is no word of "112", nor "1" of "1.5", nor "elected" of "non-elected".
    """
    if not (_joins(outside, inside) or _joins(inside, outside)):
        return ""
    if _IS_CJK.match(outside):
        return outside[0]
    rest = re.match(rf"[^\w\s]?[^\W{WITHOUT_SPACES}]+|[^\w\s]", outside)
    return rest.group() if rest else ""


def _is_new_word(text: str, place: int) -> bool:
    return re.compile(r"(?<=[a-z])[A-Z]").match(text, place) is not None


def _joins(near: str, far: str) -> bool:
    """Return True if a word continues from `far` into `near`, with at most one mark, in `near`, between them."""
    if not near or not far or not _is_letter(far[0]):
        return False
    if _is_letter(near[0]):
        return True
    if len(near) < 2 or not _is_letter(near[1]):
        return False
    return near[0] in "-'’‐‑" or (near[0] in ".,:/" and near[1].isdigit() and far[0].isdigit())


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
