"""Escape text of records and users for HTML, so that the web page shows it and never runs it."""

import unicodedata
from html import unescape

# Control characters, formats (bidi overrides, zero-width), lone surrogates, line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WHITE_SPACE = frozenset("\n\t")


def escape(text: str) -> str:
    """Escape text for HTML, Markdown and quoted attributes.

    Letters, digits and spaces stay, every other ASCII character becomes an entity, and invisible characters are
    written out as `\\u202e`, so that they cannot reverse the words around them or hide between them.
    """
    return text.translate(_ESCAPED)


def escape_line(text: str) -> str:
    """Escape text, with every run of white space as one space."""
    return escape(" ".join(text.split()))


def escape_input(text: str) -> str:
    """Escape a user's own text for an input field; invisible characters stay, so that the text can be edited."""
    return "".join(
        _entity(c) if c in _WHITE_SPACE or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text
    )


def visible_line(text: str) -> str:
    """Return text as one line without entities, for a script that shows it as text; invisible characters are written
    out."""
    return "".join(unescape(_escape_character(c)) if _is_invisible(c) else c for c in " ".join(text.split()))


def source_offset(text: str, shown_offset: int) -> int:
    """Convert an offset in text that the browser shows into an offset in the text itself, both in code points.

    An offset inside a character that is written out, as `\\u202e`, becomes that of the next character.
    """
    at = 0
    for offset, character in enumerate(text):
        if at >= shown_offset:
            return offset
        at += len(unescape(_escape_character(character)))
    return len(text)


def shown_offset(text: str, offset: int) -> int:
    """Convert an offset in text into an offset in the text as the browser shows it, both in code points."""
    return sum(len(unescape(_escape_character(character))) for character in text[:offset])


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE and character not in _WHITE_SPACE


def _escape_character(character: str) -> str:
    if not _is_invisible(character):
        return _entity(character)
    code = ord(character)
    return "&#92;" + (f"x{code:02x}" if code < 0x100 else f"u{code:04x}" if code < 0x10000 else f"U{code:08x}")


def _entity(character: str) -> str:
    harmless = character == " " or character.isalnum() or not character.isascii()
    return character if harmless else f"&#{ord(character)};"


class _EscapedCharacters(dict[int, str]):
    """The escaped form of each character that was met, for `str.translate`, which is fast for long records."""

    def __missing__(self, code: int) -> str:
        escaped = self[code] = _escape_character(chr(code))
        return escaped


_ESCAPED = _EscapedCharacters()
