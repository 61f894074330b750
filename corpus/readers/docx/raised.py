"""Find the superscripts of a Word file: by their own format, their height above the line, or their style."""

from typing import Any

from corpus.readers.blocks import NOTE_LETTERS, superscript
from corpus.readers.docx.styles import Styles
from corpus.readers.package import child, name_of, number, value

# Half points above the line from which characters are raised.
_LEAST_HEIGHT = 4
_MOST_BASES = 20


def raised_words(text: Any, words: str, styles: Styles, notes: frozenset[str]) -> str:
    """Return the words of an element of a run, those of a superscript in superscript characters.

    Args:
        text: the element.
        words: its words.
        styles: of the file.
        notes: the letters with which notes of the file begin.
    """
    if not words.strip() or not is_raised(text.getparent(), styles):
        return words
    return words.replace(words.strip(), superscript(words, notes))


def is_raised(run: Any, styles: Styles) -> bool:
    """Return True if a run is a superscript."""
    align, height = _place(run, styles)
    return align == "superscript" or (not align and height >= _LEAST_HEIGHT)


def is_lowered(run: Any, styles: Styles) -> bool:
    """Return True if a run is a subscript."""
    align, height = _place(run, styles)
    return align == "subscript" or (not align and height <= -_LEAST_HEIGHT)


def _place(run: Any, styles: Styles) -> tuple[str | None, int]:
    """Return how a run stands to its line, by itself or by its style, and how many half points above it."""
    own = child(run, "rPr")
    align, height = value(child(own, "vertAlign")), number(child(own, "position"))
    if align or height:
        return align, height or 0
    style = styles.elements.get(value(child(own, "rStyle")) or "")
    for _ in range(_MOST_BASES):
        if style is None:
            break
        if align := value(child(style, "rPr", "vertAlign")):
            return align, 0
        style = styles.elements.get(value(child(style, "basedOn")) or "")
    return None, 0


def note_letters(root: Any, styles: Styles) -> frozenset[str]:
    """Return the superscript letters that begin a paragraph of a part: the file's list of notes explains them."""
    found = set()
    for paragraph in root.iter(f"{{{root.nsmap[root.prefix]}}}p"):
        first = next((e for e in paragraph.iter() if name_of(e) == "t" and (e.text or "").strip()), None)
        words = first.text.strip() if first is not None else ""
        if NOTE_LETTERS.fullmatch(words) and is_raised(first.getparent(), styles):  # type: ignore[union-attr]
            found.add(words)
    return frozenset(found)
