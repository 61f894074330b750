"""Documents and passages as the library's rows hold them."""

import json
import sqlite3
import zlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from corpus.document import Block, Document, Kind, Meeting, Source
from corpus.passages import Passage
from corpus.span import Span
from index.errors import LibraryError

# What `document_of` takes, of the table documents.
COLUMNS = "name, sha256, path, file_sha256, about, outline, text"
# Which of the originals is a document's: a file that has taken a text over has no hash there before it is read again.
ORIGINAL = (
    "originals.sha256 = coalesce(documents.file_sha256,"
    " (SELECT file_sha256 FROM names WHERE document = documents.id AND path = documents.path))"
)


def about(document: Document) -> str:
    """Everything known about a document but its text, outline, name and file, as JSON."""
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
            "language": document.language,
            "pages": document.pages,
            "origins": document.origins,
            "warnings": document.warnings,
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


def sentences_row(spans: Iterable[Span]) -> str:
    """The places of a passage's sentences, as JSON."""
    return json.dumps([[span.start, span.end] for span in spans])


def sentences_of(row: str) -> list[Span]:
    """The places that a row holds.

    Raises:
        LibraryError: the row is damaged.
    """
    try:
        return [Span(start, end) for start, end in json.loads(row)]
    except (ValueError, TypeError) as error:
        raise _damaged_passage(error) from error


def checksum(cut: str, vector: bytes, sentences: str, sentence_vectors: bytes) -> int:
    """What tells whether a row of the passages is as it was written (CRC-32 of its columns one after the other)."""
    return zlib.crc32(sentence_vectors, zlib.crc32(vector, zlib.crc32((cut + sentences).encode())))


def stated_checksum(about: str, as_read: str | None, outline: str) -> int:
    """The same for what a row of the documents holds beside the text, which has a hash (CRC-32)."""
    return zlib.crc32(f"{about}\0{as_read}\0{outline}".encode("utf-8", "surrogatepass"))


def passage_of(document: Document, place: int, cut: str) -> Passage:
    """The passage that a row holds.

    Raises:
        LibraryError: the row is damaged.
    """
    try:
        start, end, words, words_end, kind, headings = json.loads(cut)
        return Passage(document, Span(start, end), Span(words, words_end), Kind(kind), tuple(headings), place)
    except (ValueError, TypeError) as error:
        raise _damaged_passage(error) from error


def document_of(
    name: str, sha256: str, path: str | None, file_sha256: str | None, stated: str, outline: str, text: str
) -> Document:
    """The document that a row holds, of which these are the `COLUMNS`.

    Raises:
        LibraryError: the row is damaged; its text does not have its hash, for one.
    """
    try:
        facts = json.loads(stated)
        source = Source(sha256, facts["media_type"], facts["address"], path, file_sha256)
        return _document(name, source, facts, json.loads(outline), text)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LibraryError(
            f"the library is damaged at {name!a} ({error}); restore it, or remove the document and add it again"
        ) from error


def document_at(connection: sqlite3.Connection, identity: int, as_read: bool = False) -> Document:
    """The document with this id, which is there.

    Args:
        connection: to the library.
        identity: its id.
        as_read: whether to give its facts as they were read, without the user's corrections.

    Raises:
        LibraryError: its row is damaged.
    """
    columns = COLUMNS.replace("about", "coalesce(as_read, about)") if as_read else COLUMNS
    return document_of(*connection.execute(f"SELECT {columns} FROM documents WHERE id = ?", (identity,)).fetchone())


def _document(name: str, source: Source, facts: dict[str, Any], outline: list[Any], text: str) -> Document:
    meeting = facts["meeting"]
    return Document(
        name=name,
        title=facts["title"],
        text=text,
        outline=tuple(
            Block(Kind(kind), Span(start, end), Span(words, words_end), level)
            for kind, start, end, words, words_end, level in outline
        ),
        source=source,
        publisher=facts["publisher"],
        published=_day(facts["published"]),
        meeting=Meeting(**{**meeting, "first_day": _day(meeting["first_day"]), "last_day": _day(meeting["last_day"])}),
        # What is missing was written by a version that did not know it yet.
        language=facts.get("language"),
        pages=tuple(facts.get("pages", ())),
        origins=tuple((fact, origin) for fact, origin in facts.get("origins", ())),
        warnings=tuple(facts.get("warnings", ())),
    )


def _damaged_passage(error: Exception) -> LibraryError:
    return LibraryError(f"a passage of the library is damaged ({error}); rebuild it with: rapporteur reindex")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(stated: str | None) -> date | None:
    return date.fromisoformat(stated) if stated else None
