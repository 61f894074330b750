"""Convert documents and facts to plain values and back: for library rows and messages between processes."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.document import Block, Document, Kind, Meeting, Source
from corpus.facts import Fact
from corpus.span import Span


def facts_values(document: Document) -> dict[str, Any]:
    """Return everything about a document but its text, outline, name and file as JSON values."""
    meeting = asdict(document.meeting)
    return {
        "title": document.title,
        "publisher": document.publisher,
        "published": _iso(document.published),
        "media_type": document.source.media_type,
        "address": document.source.address,
        "meeting": {name: _iso(value) if isinstance(value, date) else value for name, value in meeting.items()},
        "language": document.language,
        "pages": document.pages,
        "origins": document.origins,
        "warnings": document.warnings,
    }


def outline_values(document: Document) -> list[list[Any]]:
    """Return the outline as JSON values: kind, span, words and level of each block."""
    return [[b.kind.value, b.span.start, b.span.end, b.words.start, b.words.end, b.level] for b in document.outline]


def document_of_values(
    name: str,
    text: str,
    sha256: str,
    path: str | None,
    file_sha256: str | None,
    facts: dict[str, Any],
    outline: Iterable[Any],
) -> Document:
    """Make a document of plain values.

    Args:
        name: its name.
        text: its text.
        sha256: of its text.
        path: of its file.
        file_sha256: of its file's bytes.
        facts: the values of `facts_values`; other keys are ignored.
        outline: the values of `outline_values`.

    Raises:
        ValueError, TypeError, KeyError: the values are invalid; a document checks its own.
    """
    return Document(
        name=name,
        title=facts["title"],
        text=text,
        outline=tuple(
            Block(Kind(kind), Span(start, end), Span(words, words_end), level)
            for kind, start, end, words, words_end, level in outline
        ),
        source=Source(sha256, facts["media_type"], facts["address"], path, file_sha256),
        publisher=facts["publisher"],
        published=day_of(facts["published"]),
        meeting=meeting_of_values(facts["meeting"]),
        # Older versions did not write these keys.
        language=facts.get("language"),
        pages=tuple(facts.get("pages", ())),
        origins=tuple((fact, origin) for fact, origin in facts.get("origins", ())),
        warnings=tuple(facts.get("warnings", ())),
    )


def meeting_of_values(values: dict[str, Any]) -> Meeting:
    """Return the meeting that plain values state."""
    return Meeting(**{**values, "first_day": day_of(values["first_day"]), "last_day": day_of(values["last_day"])})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def day_of(stated: str | None) -> date | None:
    """Return the day that an ISO date names; None for None."""
    return date.fromisoformat(stated) if stated else None


def document_message(document: Document) -> tuple[dict[str, Any], bytes]:
    """Return a document as a message: its facts and outline as JSON values, its text as bytes.

    Raises:
        UnicodeEncodeError: its text has a lone surrogate, which no library can store.
    """
    source = document.source
    about = {
        "name": document.name,
        "sha256": source.sha256,
        "path": source.path,
        "file_sha256": source.file_sha256,
        "outline": outline_values(document),
        **facts_values(document),
    }
    return about, document.text.encode()


def document_from_message(about: dict[str, Any], body: bytes) -> Document:
    """Return the document of a message.

    Raises:
        ValueError, TypeError, KeyError: the message is invalid.
    """
    text = body.decode()
    return document_of_values(
        about["name"], text, about["sha256"], about["path"], about["file_sha256"], about, about["outline"]
    )


def fact_rows(facts: Iterable[Fact]) -> list[list[str]]:
    """Return facts as rows of name, kind of value, value and origin."""
    return [
        [f.name, "day", f.value.isoformat(), f.origin]
        if isinstance(f.value, date)
        else [f.name, "words", f.value, f.origin]
        for f in facts
    ]


def facts_from_rows(rows: Iterable[list[str]]) -> tuple[Fact, ...]:
    """Return the facts of such rows.

    Raises:
        ValueError: a row is invalid.
    """
    return tuple(
        Fact(name, date.fromisoformat(value) if kind == "day" else value, origin) for name, kind, value, origin in rows
    )
