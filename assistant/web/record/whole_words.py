"""Extend marked text to whole words, in scripts that write spaces between them."""

import re
import unicodedata

from corpus.language.scripts import CJK, HALF_WIDTH_KATAKANA
from corpus.span import Span

# Characters by which one end moves, at most; a longer run is no word.
_MOST = 60
# Japanese and Chinese, Thai, Lao, Burmese and Khmer.
_WITHOUT_SPACES = re.compile(rf"[{CJK}{HALF_WIDTH_KATAKANA}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_APOSTROPHES = "'’"
_POINTS = ".,"


def whole_words(text: str, span: Span) -> Span:
    """Return a span whose ends lie in no word and no number: "agree" of "agreed" becomes "agreed", "1" of "1.5" "1.5".

    An end between two characters of a script without spaces stays, and one in a run that is too long for a word.
    """
    start = next((at for at in range(span.start, span.start - _MOST, -1) if not _is_inside(text, at)), span.start)
    end = next((at for at in range(span.end, span.end + _MOST) if not _is_inside(text, at)), span.end)
    return Span(start, end)


def _is_inside(text: str, at: int) -> bool:
    """Return True if an offset lies inside a word."""
    if not 0 < at < len(text):
        return False
    if unicodedata.combining(text[at]):
        return True
    if _is_letter(text[at - 1]) and _is_letter(text[at]):
        return True
    return _joins(text, at) or _joins(text, at - 1)


def _is_letter(character: str) -> bool:
    is_word = character.isalnum() or bool(unicodedata.combining(character))
    return is_word and not _WITHOUT_SPACES.match(character)


def _joins(text: str, at: int) -> bool:
    """Return True for an apostrophe between letters, and a point or comma between digits."""
    if not 0 < at < len(text) - 1:
        return False
    before, behind = text[at - 1], text[at + 1]
    if text[at] in _APOSTROPHES:
        return before.isalpha() and behind.isalpha() and _is_letter(before) and _is_letter(behind)
    return text[at] in _POINTS and before.isdigit() and behind.isdigit()
