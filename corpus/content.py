"""What a reader finds in a file."""

from dataclasses import dataclass

from corpus.document import Block
from corpus.facts import Fact


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file as it will be stored, with everything that only the file's format can tell.

    Attributes:
        text: what citations will point into.
        blocks: the outline, where the format states it; None when it is to be found in the text itself.
        start: where the text proper begins, behind front matter.
        facts: what the file states about itself, the more trustworthy first.
        pages: where each page begins in `text`; empty for a file without pages.
        warnings: what a reader of the document should know, a sentence each.
    """

    text: str
    blocks: tuple[Block, ...] | None = None
    start: int = 0
    facts: tuple[Fact, ...] = ()
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
