"""Documents and passages as the library's rows hold them."""

import json
from datetime import date
from typing import Any

from corpus.document import Block, Document, Kind, Meeting, Source
from corpus.passages import Passage
from corpus.span import Span
from index.errors import LibraryError


def about(document: Document) -> str:
    """Everything known about a document but its text and outline, as JSON."""
    meeting = document.meeting
    return json.dumps(
        {
            "title": document.title,
            "publisher": document.publisher,
            "published": _iso(document.published),
            "media_type": document.source.media_type,
            "address": document.source.address,
            "meeting": {
                "forum": meeting.forum,
                "name": meeting.name,
                "first_day": _iso(meeting.first_day),
                "last_day": _iso(meeting.last_day),
                "place": meeting.place,
                "presidency": meeting.presidency,
                "mode": meeting.mode,
            },
        },
        ensure_ascii=False,
    )


def outline_rows(document: Document) -> str:
    """The outline as JSON: kind, span, words and level of each block."""
    rows = [[b.kind.value, b.span.start, b.span.end, b.words.start, b.words.end, b.level] for b in document.outline]
    return json.dumps(rows, separators=(",", ":"))


def cut_row(passage: Passage) -> str:
    """Where and what a passage is, as JSON: span, words, kind and headings. The cut is kept, not made again."""
    span, words = passage.span, passage.words
    row = [span.start, span.end, words.start, words.end, passage.kind.value, passage.headings]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def passage_of(document: Document, place: int, cut: str) -> Passage:
    """The passage that a row holds."""
    start, end, words, words_end, kind, headings = json.loads(cut)
    return Passage(document, Span(start, end), Span(words, words_end), Kind(kind), tuple(headings), place)


def document_of(name: str, sha256: str, path: str | None, stated: str, outline: str, text: str) -> Document:
    """The document that a row holds.

    Raises:
        LibraryError: the row is damaged; its text does not have its hash, for one.
    """
    try:
        return _document(name, sha256, path, json.loads(stated), json.loads(outline), text)
    except (ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"the library is damaged at {name!a} ({error}); restore it, or remove the document and add it again"
        ) from error


def _document(
    name: str, sha256: str, path: str | None, facts: dict[str, Any], outline: list[Any], text: str
) -> Document:
    meeting = facts["meeting"]
    return Document(
        name=name,
        title=facts["title"],
        text=text,
        outline=tuple(
            Block(Kind(kind), Span(start, end), Span(words, words_end), level)
            for kind, start, end, words, words_end, level in outline
        ),
        source=Source(sha256, facts["media_type"], facts["address"], path),
        publisher=facts["publisher"],
        published=_day(facts["published"]),
        meeting=Meeting(**{**meeting, "first_day": _day(meeting["first_day"]), "last_day": _day(meeting["last_day"])}),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(stated: str | None) -> date | None:
    return date.fromisoformat(stated) if stated else None
