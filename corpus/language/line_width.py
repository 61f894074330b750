"""Measure the width of words in columns, to tell a wrapped line from one that ends."""

import re
import unicodedata

from corpus.language.scripts import CJK, FULL_WIDTH

# Japanese and Chinese lines may end after any letter, but no line begins with a closing mark or a small kana.
_WIDE = re.compile(f"[{CJK}{FULL_WIDTH}]")
_CLOSING = re.compile(r"[、。，．・：；？！ー」』）】〕〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*")
_WORD = re.compile(r"[^ \t\r\n]*")


def columns(words: str) -> int:
    """Return the width of words in columns: a letter of Japanese, Chinese or Korean takes two."""
    return len(words) if words.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in words)


def opening(line: str) -> int:
    """Return the columns that the first word of a line needs on the line before, with the space between them."""
    if _WIDE.match(line):
        closing = _CLOSING.match(line, 1)
        return 3 + columns(closing.group(0) if closing else "")
    word = _WORD.match(line)
    return 1 + columns(word.group(0) if word else "")
