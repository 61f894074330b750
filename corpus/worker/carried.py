"""What crosses between us and the process that reads documents: plain values, never objects that could do something."""

import json
import struct
from collections.abc import Iterable
from datetime import date
from typing import IO, Any

from corpus.document import Block, Document, Kind, Meeting, Source
from corpus.facts import Fact
from corpus.span import Span

_SIZES = struct.Struct(">QQ")


def send(stream: IO[bytes], about: dict[str, Any], body: bytes = b"") -> None:
    """Write one message: what it is about as JSON, and bytes.

    Raises:
        OSError: nobody reads the other end.
        UnicodeEncodeError: a string holds half a character; nothing was written.
    """
    head = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    stream.write(_SIZES.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes], largest: int | None = None) -> tuple[dict[str, Any], bytes] | None:
    """The next message, whole; None when the other end is closed before or in the middle of it.

    Raises:
        ValueError: it is no message, or has more than `largest` bytes.
    """
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        return None
    head_size, body_size = _SIZES.unpack(sizes)
    if largest is not None and head_size + body_size > largest:
        raise ValueError(f"a message of {head_size + body_size:,} bytes is over {largest:,}")
    head, body = stream.read(head_size), stream.read(body_size)
    if len(head) < head_size or len(body) < body_size:
        return None
    about = json.loads(head)
    if not isinstance(about, dict):
        raise ValueError("a message is about nothing")
    return about, body


def document_message(document: Document) -> tuple[dict[str, Any], bytes]:
    """A document as a message: everything known about it, and its text.

    Raises:
        UnicodeEncodeError: its text holds half a character, which no library can store.
    """
    source, meeting = document.source, document.meeting
    about = {
        "name": document.name,
        "title": document.title,
        "outline": [
            [b.kind.value, b.span.start, b.span.end, b.words.start, b.words.end, b.level] for b in document.outline
        ],
        "source": [source.sha256, source.media_type, source.address, source.path, source.file_sha256],
        "publisher": document.publisher,
        "published": _iso(document.published),
        "meeting": [
            meeting.forum,
            meeting.name,
            _iso(meeting.first_day),
            _iso(meeting.last_day),
            meeting.place,
            meeting.presidency,
            meeting.mode,
        ],
        "language": document.language,
        "pages": document.pages,
        "origins": document.origins,
        "warnings": document.warnings,
    }
    return about, document.text.encode()


def document_from_message(about: dict[str, Any], body: bytes) -> Document:
    """The document that a message holds.

    Raises:
        ValueError, TypeError, KeyError: it holds none; a document checks itself when it is made.
    """
    forum, name, first_day, last_day, place, presidency, mode = about["meeting"]
    return Document(
        name=about["name"],
        title=about["title"],
        text=body.decode(),
        outline=tuple(
            Block(Kind(kind), Span(start, end), Span(words, words_end), level)
            for kind, start, end, words, words_end, level in about["outline"]
        ),
        source=Source(*about["source"]),
        publisher=about["publisher"],
        published=_day(about["published"]),
        meeting=Meeting(forum, name, _day(first_day), _day(last_day), place, presidency, mode),
        language=about["language"],
        pages=tuple(about["pages"]),
        origins=tuple((fact, origin) for fact, origin in about["origins"]),
        warnings=tuple(about["warnings"]),
    )


def fact_rows(facts: Iterable[Fact]) -> list[list[str]]:
    """Facts as rows of name, kind of value, value and origin."""
    return [
        [f.name, "day", f.value.isoformat(), f.origin]
        if isinstance(f.value, date)
        else [f.name, "words", f.value, f.origin]
        for f in facts
    ]


def facts_from_rows(rows: Iterable[list[str]]) -> tuple[Fact, ...]:
    """The facts that rows hold.

    Raises:
        ValueError: a row holds none.
    """
    return tuple(
        Fact(name, date.fromisoformat(value) if kind == "day" else value, origin) for name, kind, value, origin in rows
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(stated: str | None) -> date | None:
    return date.fromisoformat(stated) if stated else None
