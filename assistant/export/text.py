"""Make text of documents and users safe for a file: escape characters that XML forbids or that are invisible."""

import re
import unicodedata

from corpus.language.scripts import HALF_WIDTH_KATAKANA, KANA

# Joiners, soft hyphens and break marks belong to words; other format characters hide words or change their direction.
_KEPT_SIGNS = frozenset("\t\n\u00ad\u200b\u200c\u200d\u2060\ufeff")
_ESCAPED_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_JAPANESE = re.compile(f"[{KANA}・{HALF_WIDTH_KATAKANA}]")


class _Visible(dict[int, str]):
    """Table for `str.translate`: escapes controls, lone surrogates, non-characters and direction marks."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = unicodedata.category(character) in _ESCAPED_CATEGORIES and character not in _KEPT_SIGNS
        self[code] = escape(code) if hidden or _is_noncharacter(code) else character
        return self[code]


def escape(code: int) -> str:
    r"""Return a code point as an escape: `\x07`, `\u202e`, `\U000e0041`."""
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    r"""Return text that XML allows: invisible and forbidden characters as escapes such as `\x07`, line ends as `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_VISIBLE)


def line(text: str) -> str:
    """Return `visible` text on one line, with every run of white space as one space."""
    return visible(" ".join(text.split()))


def language(text: str) -> str | None:
    """Return `ja` for a text with kana, so that programs choose Japanese glyphs; None for any other text."""
    return "ja" if _JAPANESE.search(text) else None


def _is_noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


_VISIBLE = _Visible()
