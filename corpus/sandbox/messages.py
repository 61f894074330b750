"""Encode the messages between the program and its reading process as JSON and bytes, never as pickled objects."""

import json
import struct
from collections.abc import Iterable
from datetime import date
from typing import IO, Any

from corpus.document import Document
from corpus.facts import Fact
from corpus.serialize import document_of_values, facts_values, outline_values

_SIZES = struct.Struct(">QQ")


def send(stream: IO[bytes], about: dict[str, Any], body: bytes = b"") -> None:
    """Write one message: JSON values and bytes.

    Raises:
        OSError: the other end is closed.
        UnicodeEncodeError: a string has a lone surrogate; nothing was written.
    """
    head = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    stream.write(_SIZES.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes], largest: int | None = None) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message; None if the other end is closed before its end.

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
