"""Read the first lines of a record: its head of title, headings and datelines, and its first paragraphs."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from corpus.document import Block, Kind
from corpus.outline.plain_words import plain

# The blocks and characters to read: head, opening, and the lines with day and place.
_BLOCKS = 40
_CHARACTERS = 6_000
_LONGEST_LINE, _SHORT_LINE = 120, 40
# The full stop of a sentence in a line, not that of "St. Ives" or "No. 5".
FULL_STOP = r"(?<=[^\W\d]{3})\.\s+"
_SENTENCE = re.compile(r"[.!?。][\"'”’」）)]*$")


@dataclass(frozen=True, slots=True)
class FirstLine:
    """The plain words of one of the first blocks, in compatibility form (NFKC), its kind, and whether it has a number.

    Attributes:
        words: without bullet or number.
        kind: of the block.
        is_numbered: True for an item of an agenda, which may name another meeting.
    """

    words: str
    kind: Kind
    is_numbered: bool = False

    @property
    def is_paragraph(self) -> bool:
        """Return True for running text."""
        return is_running(self.words) and self.kind in (Kind.BODY, Kind.LIST_ITEM)


def is_running(words: str) -> bool:
    """Return True for words as long as a paragraph, or a sentence of more than a few words."""
    return len(words) > _LONGEST_LINE or (len(words) > _SHORT_LINE and bool(_SENTENCE.search(words)))


def first_lines(text: str, blocks: tuple[Block, ...]) -> list[FirstLine]:
    """Return the first lines of a text, without menus.

    Args:
        text: the whole text.
        blocks: its outline.
    """
    lines: list[FirstLine] = []
    read = 0
    for block in islice((b for b in blocks if b.kind is not Kind.MENU), _BLOCKS):
        if read < _CHARACTERS:
            words = unicodedata.normalize("NFKC", plain(block.words.of(text)[:_CHARACTERS]))
            numbered = any(c.isdigit() for c in text[block.span.start : block.words.start])
            lines.append(FirstLine(words, block.kind, numbered))
            read += len(words)
    return lines


def head_and_opening(lines: list[FirstLine]) -> tuple[list[FirstLine], list[str]]:
    """Return the lines above the first paragraph, and the first two paragraphs."""
    first = next((i for i, line in enumerate(lines) if line.is_paragraph), len(lines))
    paragraphs = [line.words for line in lines[first : first + 6] if line.is_paragraph]
    return lines[:first], paragraphs[:2]
