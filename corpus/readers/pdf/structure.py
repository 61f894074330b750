"""What each piece of a PDF is: title, heading of a level, list item, entry of a table of contents, paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Kind
from corpus.readers.pdf.paragraphs import Piece, body_size, ends_sentence

_LARGER = 1.08
_TITLE_LARGER = 1.15
_TITLE_PIECES = 12
_TITLE_CHARACTERS = 300
_PARAGRAPH_CHARACTERS = 100
_HEADING_LINES = 4
_HEADING_CHARACTERS = 220
_NUMBERED_WORDS = 16
_DEEPEST = 6
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})\.?\s")
_CONTENTS = re.compile(r"(?:\.{4,}|(?:\. ){3,}|…{2,}|・{4,}|_{4,})\s*\d{1,4}$")


@dataclass(frozen=True, slots=True)
class Role:
    """What a piece is, and a heading's level, 1 the highest."""

    kind: Kind
    level: int = 0


def roles_of(pieces: Sequence[Piece], texts: Sequence[str]) -> list[Role]:
    """The role of each piece, by its letters' size and weight, its number and its marker.

    Args:
        pieces: of the whole document, in reading order.
        texts: their words.
    """
    body = body_size([line for piece in pieces for line in piece.lines])
    plain = sum(len(t) for p, t in zip(pieces, texts, strict=True) if not p.bold)
    is_bold_document = plain < 0.4 * sum(len(t) for t in texts)
    title = _title(pieces, texts, body)
    headings = {i for i in range(len(pieces)) if i != title and _is_heading(pieces, texts, i, body, is_bold_document)}
    levels = _levels(pieces, texts, headings)
    roles: list[Role] = []
    for i, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        if i == title:
            roles.append(Role(Kind.TITLE))
        elif i in headings:
            roles.append(Role(Kind.HEADING, levels[i]))
        elif _CONTENTS.search(text):
            roles.append(Role(Kind.MENU))
        elif piece.is_row or (piece.marked and not piece.is_note):
            roles.append(Role(Kind.LIST_ITEM))
        else:
            roles.append(Role(Kind.BODY))
    return roles


def _title(pieces: Sequence[Piece], texts: Sequence[str], body: float) -> int | None:
    """The piece on the first page with text whose letters are the largest, when they are larger than the text's."""
    first = pieces[0].lines[0].page if pieces else 0
    best: int | None = None
    for i, piece in enumerate(pieces[:_TITLE_PIECES]):
        if len(texts[i]) > _PARAGRAPH_CHARACTERS and piece.size <= _LARGER * body:
            break  # no title stands below the text
        fits = piece.lines[0].page == first and not piece.is_row and not piece.is_note
        if fits and len(texts[i]) <= _TITLE_CHARACTERS and any(c.isalpha() for c in texts[i]):
            larger = piece.size > _TITLE_LARGER * body
            if larger and (best is None or piece.size > 1.02 * pieces[best].size):
                best = i
    return best


def _is_heading(pieces: Sequence[Piece], texts: Sequence[str], i: int, body: float, is_bold_document: bool) -> bool:
    piece, text = pieces[i], texts[i]
    if piece.is_row or piece.is_note or len(piece.lines) > _HEADING_LINES or len(text) > _HEADING_CHARACTERS:
        return False
    if not any(c.isalpha() for c in text[piece.marker :]) or i + 1 == len(pieces) or _CONTENTS.search(text):
        return False
    if piece.size > _LARGER * body:
        return not text.endswith(("。", ",", ";", "、")) and not (text.endswith(".") and len(text) > 80)
    if text.endswith((".", "。", ",", ";", "、", "；")):
        return False
    if piece.bold and not is_bold_document and piece.size >= 0.9 * body:
        return piece.marked not in ("bullet", "tight")
    return _is_numbered_heading(pieces, texts, i)


def _is_numbered_heading(pieces: Sequence[Piece], texts: Sequence[str], i: int) -> bool:
    """Whether a numbered line in the letters of the text stands over a paragraph of its own."""
    piece, text, following = pieces[i], texts[i], pieces[i + 1]
    words = text[piece.marker :]
    if piece.marked not in ("decimal", "dotted", "letter", "article") or len(piece.lines) > 1:
        return False
    if len(words.split()) > _NUMBERED_WORDS or ends_sentence(text) or words[0].islower():
        return False
    return not following.marked and not following.is_row and ends_sentence(texts[i + 1])


def _levels(pieces: Sequence[Piece], texts: Sequence[str], headings: set[int]) -> dict[int, int]:
    """The level of each heading: larger and bolder letters stand higher; decimal numbers tell their own depth."""
    styles = sorted({_style(pieces[i]) for i in headings}, reverse=True)
    levels: dict[int, int] = {}
    for i in headings:
        number = _DECIMAL.match(texts[i])
        level = number.group(1).count(".") + 1 if number else styles.index(_style(pieces[i])) + 1
        levels[i] = min(level, _DEEPEST)
    return levels


def _style(piece: Piece) -> tuple[float, bool]:
    return round(piece.size), piece.bold
