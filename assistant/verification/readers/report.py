"""Text of a report to verify, in one form for all file formats: paragraphs, footnotes and links."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.span import Span
from index.errors import RapporteurError


@dataclass(frozen=True, slots=True)
class Pointer:
    """Footnote mark in a paragraph: its offset in the text, which lacks the mark itself, and the footnote's name."""

    place: int
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a paragraph that link to a web address."""

    span: Span
    address: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, list item, table cell or footnote.

    Attributes:
        text: its words, without markup.
        where: its place for the user: "paragraph 12", "footnote 3", "page 4".
        is_quote: True if the whole paragraph is set as a quotation.
        pointers: its footnote marks.
        links: its links.
        note: name of the footnote that it belongs to; None for body text.
        origins: for text formats the offset of each character of `text` in the file; empty for other formats.
    """

    text: str
    where: str
    is_quote: bool = False
    pointers: tuple[Pointer, ...] = ()
    links: tuple[Link, ...] = ()
    note: str | None = None
    origins: Sequence[int] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ReportText:
    """Paragraphs of a report in reading order, footnotes last, and the report's file name."""

    name: str
    paragraphs: tuple[Paragraph, ...]

    def note(self, name: str) -> list[Paragraph]:
        """Return the paragraphs of one footnote."""
        return [paragraph for paragraph in self.paragraphs if paragraph.note == name]


class ReportRefused(RapporteurError):
    """A report or lock file cannot be read or written; the message is one line that says which and what to do."""
