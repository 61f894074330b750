"""Classify the blocks of a PDF: title, heading of a level, list item, entry of a table of contents, paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Kind
from corpus.readers.pdf.paragraphs import PrintedBlock, body_size, ends_sentence

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
    """The kind of a block, and the level of a heading, 1 the highest."""

    kind: Kind
    level: int = 0


def classify_blocks(blocks: Sequence[PrintedBlock], texts: Sequence[str]) -> list[Role]:
    """Return the role of each block by its font size and weight, its number and its marker.

    Args:
        blocks: of the whole document in reading order.
        texts: their words.
    """
    body = body_size([line for block in blocks for line in block.lines])
    plain = sum(len(t) for p, t in zip(blocks, texts, strict=True) if not p.bold)
    is_bold_document = plain < 0.4 * sum(len(t) for t in texts)
    title = _title(blocks, texts, body)
    headings = {i for i in range(len(blocks)) if i != title and _is_heading(blocks, texts, i, body, is_bold_document)}
    levels = _levels(blocks, texts, headings)
    roles: list[Role] = []
    for i, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if i == title:
            roles.append(Role(Kind.TITLE))
        elif i in headings:
            roles.append(Role(Kind.HEADING, levels[i]))
        elif _CONTENTS.search(text):
            roles.append(Role(Kind.MENU))
        elif block.is_row or (block.marked and not block.is_note):
            roles.append(Role(Kind.LIST_ITEM))
        else:
            roles.append(Role(Kind.BODY))
    return roles


def _title(blocks: Sequence[PrintedBlock], texts: Sequence[str], body: float) -> int | None:
    """Return the index of the block in the largest letters on the first page, if larger than the body; else None."""
    first = blocks[0].lines[0].page if blocks else 0
    best: int | None = None
    for i, block in enumerate(blocks[:_TITLE_PIECES]):
        if len(texts[i]) > _PARAGRAPH_CHARACTERS and block.size <= _LARGER * body:
            break  # a title is above the text
        fits = block.lines[0].page == first and not block.is_row and not block.is_note
        if fits and len(texts[i]) <= _TITLE_CHARACTERS and any(c.isalpha() for c in texts[i]):
            larger = block.size > _TITLE_LARGER * body
            if larger and (best is None or block.size > 1.02 * blocks[best].size):
                best = i
    return best


def _is_heading(
    blocks: Sequence[PrintedBlock], texts: Sequence[str], i: int, body: float, is_bold_document: bool
) -> bool:
    block, text = blocks[i], texts[i]
    if block.is_row or block.is_note or len(block.lines) > _HEADING_LINES or len(text) > _HEADING_CHARACTERS:
        return False
    if not any(c.isalpha() for c in text[block.marker :]) or i + 1 == len(blocks) or _CONTENTS.search(text):
        return False
    if block.size > _LARGER * body:
        return not text.endswith(("。", ",", ";", "、")) and not (text.endswith(".") and len(text) > 80)
    if text.endswith((".", "。", ",", ";", "、", "；")):
        return False
    if block.bold and not is_bold_document and block.size >= 0.9 * body:
        return block.marked not in ("bullet", "tight")
    return _is_numbered_heading(blocks, texts, i)


def _is_numbered_heading(blocks: Sequence[PrintedBlock], texts: Sequence[str], i: int) -> bool:
    """Return True if a numbered line in the body's font is followed by a paragraph without a number."""
    block, text, following = blocks[i], texts[i], blocks[i + 1]
    words = text[block.marker :]
    if block.marked not in ("decimal", "dotted", "letter", "article") or len(block.lines) > 1:
        return False
    if len(words.split()) > _NUMBERED_WORDS or ends_sentence(text) or words[0].islower():
        return False
    return not following.marked and not following.is_row and ends_sentence(texts[i + 1])


def _levels(blocks: Sequence[PrintedBlock], texts: Sequence[str], headings: set[int]) -> dict[int, int]:
    """Return the level of each heading: by size and weight of its letters, or the depth of its decimal number."""
    styles = sorted({_style(blocks[i]) for i in headings}, reverse=True)
    levels: dict[int, int] = {}
    for i in headings:
        number = _DECIMAL.match(texts[i])
        level = number.group(1).count(".") + 1 if number else styles.index(_style(blocks[i])) + 1
        levels[i] = min(level, _DEEPEST)
    return levels


def _style(block: PrintedBlock) -> tuple[float, bool]:
    return round(block.size), block.bold
