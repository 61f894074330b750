"""The data model of a record: its text, its outline of blocks, its source and its facts."""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from corpus.language.months import spell_days
from corpus.span import Span

# The heading of the speaker's notes on a slide.
NOTES = "Notes"


class Kind(StrEnum):
    """The role of a block in a document."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    LIST_ITEM = "list item"
    CONTACT = "contact"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the outline: a heading, a paragraph, a list item.

    Attributes:
        kind: its role.
        span: its range in the text, with its bullet or number.
        words: `span` without bullet or number.
        level: depth of a heading, 1 the highest; 0 for every other kind.
    """

    kind: Kind
    span: Span
    words: Span
    level: int = 0

    def __post_init__(self) -> None:
        if not self.span.start <= self.words.start < self.words.end <= self.span.end:
            raise ValueError(f"the words {self.words} lie outside the block {self.span}")


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that a record is about; its days differ from the day on which the record was published."""

    forum: str | None = None
    name: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    place: str | None = None
    presidency: str | None = None
    mode: str | None = None

    def __post_init__(self) -> None:
        if self.last_day and (not self.first_day or self.last_day < self.first_day):
            raise ValueError(f"a meeting cannot end on {self.last_day} when it begins on {self.first_day}")

    @property
    def days(self) -> str:
        """The meeting's days for display, such as "29-30 April 2023"; an empty string when unknown."""
        return spell_days(*self.period) if self.period else ""

    @property
    def period(self) -> tuple[date, date] | None:
        """The first and the last day, the same for a meeting of one day; None when unknown."""
        return (self.first_day, self.last_day or self.first_day) if self.first_day else None


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a document's text.

    Attributes:
        sha256: of the text as stored, encoded as UTF-8; it identifies the text that citations point into.
        media_type: such as `text/plain`.
        address: the official web address, or None.
        path: of the file that it was added from; None for a founding record.
        file_sha256: of the file's bytes, in hexadecimal; None where no file was kept.
    """

    sha256: str
    media_type: str
    address: str | None = None
    path: str | None = None
    file_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its outline and its facts. Citations point into `text` and nowhere else.

    >>> from corpus.reading import document_from
    >>> document = document_from("Minutes of the panel, 3 May 2024", "minutes.txt", "text/plain")
    >>> document.title, document.outline[0].words.of(document.text)
    ('Minutes of the panel, 3 May 2024', 'Minutes of the panel, 3 May 2024')

    Attributes:
        language: of the text, as an ISO 639-1 code ("en"); None where it is not known.
        pages: offset in `text` where each page begins, the first at 0; empty for files without pages.
        origins: name and origin of each known fact, the name as in `corpus.facts`, such as "front matter" or "you".
        warnings: sentences for the document's readers ("page 3 holds no text").

    Raises:
        ValueError: blocks of the outline overlap or exceed the text, the pages are out of order, or the hash is that
            of another text.
    """

    name: str
    title: str
    text: str
    outline: tuple[Block, ...]
    source: Source
    publisher: str | None = None
    published: date | None = None
    meeting: Meeting = Meeting()
    language: str | None = None
    pages: tuple[int, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for block in self.outline:
            if block.span.start < last or block.span.end > len(self.text):
                raise ValueError(
                    f"{self.name}: the outline has {block.span} after {last} in {len(self.text)} characters"
                )
            last = block.span.end
        in_order = all(before <= after for before, after in pairwise(self.pages))
        if self.pages and not (self.pages[0] == 0 and in_order and self.pages[-1] <= len(self.text)):
            raise ValueError(f"{self.name}: the pages begin at {self.pages} in {len(self.text)} characters")
        if self.source.sha256 != sha256_of(self.text):
            raise ValueError(f"{self.name}: the text does not have the hash {self.source.sha256}")

    @property
    def id(self) -> str:
        """The hash of the text, the same in every library."""
        return self.source.sha256

    def page_at(self, offset: int) -> int | None:
        """Return the page of a character, counted from 1; None for a document without pages."""
        return bisect_right(self.pages, offset) if self.pages else None

    @property
    def short_publisher(self) -> str | None:
        """The abbreviation in the publisher's name ("MIC"), or the name before its country where there is none."""
        if not self.publisher:
            return None
        inside = self.publisher.partition("(")[2].partition(")")[0]
        return inside if inside.isupper() else self.publisher.partition(",")[0]


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
