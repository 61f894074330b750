"""Text of documents and users, made fit for a file: what XML forbids or the eye cannot see is written out."""

import re
import unicodedata

from corpus.language.scripts import HALF_WIDTH_KATAKANA, KANA

# Joiners, soft hyphens and breaking aids are part of words and move nothing; a form that hides or turns words is not.
_KEPT_SIGNS = frozenset("\t\n\u00ad\u200b\u200c\u200d\u2060\ufeff")
_WRITTEN_OUT = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_JAPANESE = re.compile(f"[{KANA}・{HALF_WIDTH_KATAKANA}]")


class _Visible(dict[int, str]):
    """For `str.translate`: a control, a half character, a non-character or a turn of direction becomes its escape."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = unicodedata.category(character) in _WRITTEN_OUT and character not in _KEPT_SIGNS
        self[code] = escape(code) if hidden or _is_noncharacter(code) else character
        return self[code]


def escape(code: int) -> str:
    r"""A code point as programs write it: `\x07`, `\u202e`, `\U000e0041`."""
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    r"""Text that XML allows: a character that cannot be there or be seen stands as `\x07`; line ends become `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_VISIBLE)


def line(text: str) -> str:
    """`visible` text with every run of white space as one space."""
    return visible(" ".join(text.split()))


def language(text: str) -> str | None:
    """`ja` for a text with kana, so that a reader takes the right glyphs; None where the letters do not tell."""
    return "ja" if _JAPANESE.search(text) else None


def _is_noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


_VISIBLE = _Visible()
