"""How wide words stand in lines that a program wrapped."""

import re
import unicodedata

from corpus.language.scripts import CJK, FULL_WIDTH

# Japanese and Chinese lines end after any letter, but none begins with one that closes or is small.
_WIDE = re.compile(f"[{CJK}{FULL_WIDTH}]")
_CLOSING = re.compile(r"[、。，．・：；？！ー」』）】〕〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*")
_WORD = re.compile(r"[^ \t\r\n]*")


def columns(words: str) -> int:
    """The width of words in columns: each letter of Japanese, Chinese or Korean takes two."""
    return len(words) if words.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in words)


def opening(line: str) -> int:
    """The columns that a line's first word would have needed on the line before it, with the space between them."""
    if _WIDE.match(line):
        closing = _CLOSING.match(line, 1)
        return 3 + columns(closing.group(0) if closing else "")
    word = _WORD.match(line)
    return 1 + columns(word.group(0) if word else "")
