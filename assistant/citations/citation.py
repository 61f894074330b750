"""Citation: exact words of a document, with their anchor, link, pages and reference."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assistant.citations import text_fragment
from assistant.citations.anchor import Anchor
from corpus.document import Document
from corpus.language.months import spell_day
from corpus.outline.plain_words import plain, without_links
from corpus.span import Span, trim
from corpus.speech import Speech, speech_at


class Pages(NamedTuple):
    """The first and the last page of some words, counted from 1; `str` gives "p. 3" or "pp. 3-4"."""

    first: int
    last: int

    @property
    def numbers(self) -> str:
        """The numbers alone: "3" or "3-4"."""
        return f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"

    def __str__(self) -> str:
        return f"{'p' if self.first == self.last else 'pp'}. {self.numbers}"


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of a document that support an answer, with the headings above them, highest first.

    >>> from corpus.reading import document_from
    >>> document = document_from("The panel met in Oslo. It agreed on trade.", "minutes.txt", "text/plain")
    >>> citation = Citation(document, Span(23, 42))
    >>> citation.quote
    'It agreed on trade.'
    >>> citation.anchor.startswith("rap1:minutes.txt.")
    True
    >>> Citation(document, Span(23, 100))
    Traceback (most recent call last):
    ValueError: Span(start=23, end=100) lies outside minutes.txt (42 characters)

    Raises:
        ValueError: the span leaves the document.
    """

    document: Document
    span: Span
    section: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.span.end > len(self.document.text):
            raise ValueError(f"{self.span} lies outside {self.document.name} ({len(self.document.text)} characters)")

    @property
    def quote(self) -> str:
        """The cited words, character for character."""
        return self.span.of(self.document.text)

    @property
    def shown(self) -> str:
        """The quote for display on one line: a link as its text, and without the other marks of a Markdown file."""
        is_markdown = self.document.source.media_type == "text/markdown"
        return (plain(self.quote) if is_markdown else "") or " ".join(without_links(self.quote).split())

    @property
    def pages(self) -> Pages | None:
        """The first and last page of the words, "p. 3" as text; None for a document without pages."""
        return pages_of(self.document, self.span)

    @property
    def speaker(self) -> Speech | None:
        """The speaker of the words, with office and time where the record states them; None where it names nobody."""
        return speech_at(self.document, self.span)

    @property
    def said_by(self) -> str:
        """The speaker for display, such as "Ada Bo, chair, 0:31"; empty where the record names nobody."""
        return self.speaker.about if self.speaker else ""

    @property
    def day(self) -> date | None:
        """The first day of the meeting; the day of publication where no meeting day is known."""
        return self.document.meeting.first_day or self.document.published

    @property
    def anchor(self) -> str:
        """The compact anchor of the quote, which stays valid in other libraries and new versions of the document."""
        return Anchor.of(self.document, self.span).compact

    @property
    def link(self) -> str | None:
        """The document's address with the shortest text fragment that finds the quote; None without an address.

        The link to a PDF opens the page.
        """
        return text_fragment.link(self.document, self.span)

    @property
    def reference(self) -> str:
        """The source for a footnote: publisher, title, day of publication, meeting, pages, address."""
        document, meeting = self.document, self.document.meeting
        published = spell_day(document.published) if document.published else None
        meeting_line = ", ".join(filter(None, (meeting.forum, meeting.place, meeting.days)))
        parts = (
            document.publisher,
            f"“{document.title}”",
            published,
            f"meeting: {meeting_line}" if meeting_line else None,
            self.said_by,
            str(self.pages) if self.pages else None,
            document.source.address,
        )
        return ", ".join(filter(None, parts)) + "."


def pages_of(document: Document, span: Span) -> Pages | None:
    """Return the first and last page of a span's words; None for a document without pages."""
    words = trim(document.text, span.start, span.end) or span
    first, last = document.page_at(words.start), document.page_at(words.end - 1)
    return Pages(first, last) if first is not None and last is not None else None


def locator(pages: Iterable[Pages | None]) -> str:
    """Return pages for a reference, each once and in order: "3, 5-6"; empty where there are none."""
    return ", ".join(page.numbers for page in sorted({page for page in pages if page}))
