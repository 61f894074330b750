"""A report as the checker reads it: paragraphs, footnotes and links, whatever format they came in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.span import Span
from index.errors import RapporteurError


@dataclass(frozen=True, slots=True)
class Pointer:
    """A footnote's mark in a paragraph.

    Attributes:
        place: the character of the paragraph's text before which the mark stands; the mark itself is not in the text.
        note: the footnote's own name in the report.
    """

    place: int
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a paragraph that lead to a web address."""

    span: Span
    address: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, list item, table cell or footnote.

    Attributes:
        text: its words, without marks of the format.
        where: its place for a reader: "paragraph 12", "footnote 3", "page 4".
        is_quote: whether the whole of it is set as a quotation.
        pointers: the footnotes that it refers to.
        links: its links.
        note: the footnote's name, when it belongs to one.
        origins: for formats that are text themselves, where each character of `text` stands in the file; else empty.
    """

    text: str
    where: str
    is_quote: bool = False
    pointers: tuple[Pointer, ...] = ()
    links: tuple[Link, ...] = ()
    note: str | None = None
    origins: Sequence[int] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report.

    Attributes:
        name: its file name.
        paragraphs: in reading order, footnotes last.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]

    def note(self, name: str) -> list[Paragraph]:
        """The paragraphs of one footnote."""
        return [paragraph for paragraph in self.paragraphs if paragraph.note == name]


class ReportRefused(RapporteurError):
    """A report or lock file cannot be read or written; the message is one line that says which and what to do."""
