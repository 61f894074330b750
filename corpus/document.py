"""What a document is: its text, the outline found in it, and the facts known about it."""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from corpus.language.months import spell_days
from corpus.span import Span


class Kind(StrEnum):
    """What a piece of a document is for its reader."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    LIST_ITEM = "list item"
    CONTACT = "contact"
    MENU = "menu"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the outline: a heading, a paragraph, a list item.

    Attributes:
        kind: what it is.
        span: where it stands, with its bullet or number.
        words: where its own words stand: `span` without bullet or number.
        level: depth of a heading, 1 the highest; 0 for everything that is not a heading.
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
    """The meeting that a record is about; its days are not the day on which the record was published."""

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
        """The meeting's days for a reader: "29-30 April 2023", or an empty string when unknown."""
        if not self.first_day:
            return ""
        return spell_days(self.first_day, self.last_day or self.first_day)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's text comes from.

    Attributes:
        sha256: of the text as stored, encoded as UTF-8; it identifies the words that citations point into.
        media_type: such as `text/plain`.
        address: the official web address, where one is known.
        path: the file it was added from; None for a founding record.
        file_sha256: of the file's bytes as they were given, in hexadecimal; None where no file was kept.
    """

    sha256: str
    media_type: str
    address: str | None = None
    path: str | None = None
    file_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its outline and its facts. Citations point into `text` and nowhere else.

    Attributes:
        language: of the text, as ISO 639-1 has it ("en"); None where it is not known.
        pages: where each page of a paged file begins in `text`, the first at 0; empty for files without pages.
        origins: for each known fact, by its name in `corpus.facts`, where it comes from ("front matter", "you").
        warnings: what a reader of the document should know, a sentence each ("page 3 holds no text").

    Raises:
        ValueError: the outline overlaps itself or leaves the text, the pages are out of order, or the hash is of
            another text.
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
        """The identity of the text, the same in every library."""
        return self.source.sha256

    def page_at(self, offset: int) -> int | None:
        """The page, counted from 1, on which a character stands; None for a document without pages."""
        return bisect_right(self.pages, offset) if self.pages else None

    @property
    def short_publisher(self) -> str | None:
        """The abbreviation in the publisher's name where it has one ("MIC"), else the name before its country."""
        if not self.publisher:
            return None
        inside = self.publisher.partition("(")[2].partition(")")[0]
        return inside if inside.isupper() else self.publisher.partition(",")[0]


def sha256_of(text: str) -> str:
    """The hash that identifies a text: SHA-256 of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
