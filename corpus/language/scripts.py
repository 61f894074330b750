"""Unicode ranges of writing systems, such as kanji and kana, tests for them, and the width of letters in columns."""

import re
import unicodedata

LATIN_CAPITAL = r"A-Z\u00c0-\u00de"
LATIN_SMALL = r"a-z\u00df-\u00ff"
LATIN = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
# With the iteration mark 々, the closing mark 〆 and the zero 〇, which stand inside words.
KANJI = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KATAKANA = r"\u30a1-\u30fa\u30fc-\u30ff"
# Hiragana and katakana without the middle dot ・, which also is a bullet and a separator.
KANA = r"\u3041-\u30fa\u30fc-\u30ff"
HALF_WIDTH_KATAKANA = r"\uff66-\uff9f"
# Every character of a word of Japanese or Chinese, the middle dot included.
CJK = rf"{KANJI}\u3040-\u30ff"
CJK_MARKS = r"\u3000-\u303f"
FULL_WIDTH = r"\uff00-\uffef"

_CJK = re.compile(f"[{CJK}]")
_KANA = re.compile(f"[{KANA}]")
# Japanese and Chinese lines may end after any letter, but no line begins with a closing mark or a small kana.
_WIDE = re.compile(f"[{CJK}{FULL_WIDTH}]")
_CLOSING = re.compile(r"[、。，．・：；？！ー」』）】〕〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*")
_LATIN_WORD = re.compile(f"[{LATIN}]+")
_WORD = re.compile(r"[^ \t\r\n]*")


def is_cjk(word: str) -> bool:
    """Return True if a word begins with a Japanese or Chinese character."""
    return _CJK.match(word) is not None


def count_cjk(text: str) -> int:
    """Return the number of Japanese and Chinese characters of a text."""
    return len(_CJK.findall(text))


def is_cjk_text(text: str) -> bool:
    """Return True if more than a third of a text's characters are Japanese or Chinese."""
    return count_cjk(text) * 3 > len(text)


def asks_in_japanese(question: str) -> bool:
    """Return True for a question in Japanese or Chinese, which may have names and abbreviations in Latin letters."""
    return is_cjk_text(question) or (
        bool(count_kana(question)) and count_cjk(question) > len(_LATIN_WORD.findall(question))
    )


def count_words(text: str) -> int:
    """Return the number of words of a text, in Japanese and Chinese, which have no spaces, half that of characters."""
    return count_cjk(text) // 2 if is_cjk_text(text) else len(text.split())


def count_kana(text: str) -> int:
    """Return the number of kana of a text."""
    return len(_KANA.findall(text))


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
