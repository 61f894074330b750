"""The result of a format reader: the text of a file, its outline, facts, pages and warnings."""

from dataclasses import dataclass

from corpus.document import Block
from corpus.facts import Fact


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file as it will be stored, with everything that only the file's format states.

    Attributes:
        text: the text that citations point into.
        blocks: the outline, where the format states it; None where `corpus.outline` derives it from the text.
        start: offset of the text behind front matter.
        facts: those that the file states, the more trustworthy first.
        pages: offset in `text` where each page begins; empty for a file without pages.
        warnings: sentences for the document's readers.
    """

    text: str
    blocks: tuple[Block, ...] | None = None
    start: int = 0
    facts: tuple[Fact, ...] = ()
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
