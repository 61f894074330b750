"""The one way in which words of documents and users enter the page: as text, whatever they hold."""

import unicodedata
from html import unescape

# Control characters, formats (bidi overrides, zero-width), lone surrogates, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WHITE_SPACE = frozenset("\n\t")


def shown(text: str) -> str:
    """Text as it may stand in HTML, in Markdown and between the quotes of an attribute, without meaning anything there.

    Letters, digits and spaces stay, every other ASCII character becomes an entity, and characters that cannot be seen
    are written out as `\\u202e`, so that nothing turns the words around or hides between them.
    """
    return "".join(map(_shown, text))


def plain(text: str) -> str:
    """Text for what a script shows as text: one line, and what cannot be seen written out; no entities."""
    return "".join(map(_seen, " ".join(text.split())))


def typed(text: str) -> str:
    """What a user typed, for the field in which it is typed on: nothing is written out, so the words stay exact."""
    return "".join(
        _entity(c) if c in _WHITE_SPACE or unicodedata.category(c) not in ("Cc", "Cs") else " " for c in text
    )


def place_in(text: str, place: int) -> int:
    """Which character of a text stands at a place of it as the browser has it, counted in code points.

    Where a character is written out, as `\\u202e`, a place inside belongs to the next one.
    """
    at = 0
    for number, character in enumerate(text):
        if at >= place:
            return number
        at += len(unescape(_shown(character)))
    return len(text)


def one_line(text: str) -> str:
    """`shown`, with every run of white space as one space."""
    return shown(" ".join(text.split()))


def _shown(character: str) -> str:
    if unicodedata.category(character) in _UNSEEN and character not in _WHITE_SPACE:
        return _written_out(ord(character))
    return _entity(character)


def _seen(character: str) -> str:
    return unescape(_shown(character)) if unicodedata.category(character) in _UNSEEN else character


def _entity(character: str) -> str:
    harmless = character == " " or character.isalnum() or not character.isascii()
    return character if harmless else f"&#{ord(character)};"


def _written_out(code: int) -> str:
    return "&#92;" + (f"x{code:02x}" if code < 0x100 else f"u{code:04x}" if code < 0x10000 else f"U{code:08x}")
