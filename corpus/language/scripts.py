"""Unicode ranges of writing systems, as contents of a regular expression's character class, and tests for them."""

import re

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


def is_cjk(word: str) -> bool:
    """Return True if a word begins with a Japanese or Chinese character."""
    return _CJK.match(word) is not None


def count_cjk(text: str) -> int:
    """Return the number of Japanese and Chinese characters of a text."""
    return len(_CJK.findall(text))


def is_cjk_text(text: str) -> bool:
    """Return True if more than a third of a text's characters are Japanese or Chinese."""
    return count_cjk(text) * 3 > len(text)


def count_kana(text: str) -> int:
    """Return the number of kana of a text."""
    return len(_KANA.findall(text))
