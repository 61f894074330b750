"""Send documents between processes as plain values."""

import io
import json
import struct
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from corpus.document import Document, Meeting, sha256_of
from corpus.facts import Fact
from corpus.sandbox.child import receive, send
from corpus.serialize import document_from_message, document_message, fact_rows, facts_from_rows
from support.generated_texts import document, texts


def carried(found: Document) -> Document:
    """The document as it comes out at the other end."""
    pipe = io.BytesIO()
    send(pipe, *document_message(found))
    pipe.seek(0)
    message = receive(pipe)
    assert message
    return document_from_message(*message)


@settings(deadline=None)  # a language model is loaded for one of them
@given(texts)
def test_a_document_comes_out_as_it_went_in(text: str) -> None:
    found = document(text, "talks.md", "/x/talks.md")
    assert carried(found) == found


def test_each_fact_comes_out_at_its_own_place() -> None:
    found = document("# Talks\n\nThey met.\n\nThey parted.")
    full = replace(
        found,
        publisher="A",
        published=date(2021, 1, 2),
        source=replace(found.source, address="https://example.org/", path="/x", file_sha256="f"),
        meeting=Meeting("G7", "B", date(2021, 3, 4), date(2021, 5, 6), "C", "D", "online"),
        language="en",
        pages=(0, 5),
        origins=(("title", "you"), ("place", "file name")),
        warnings=("page 3 holds no text",),
    )
    assert carried(full) == full


def test_half_a_character_is_refused_before_anything_is_written() -> None:
    found = document("They met.")
    text = "They \ud83d met."
    half = replace(found, text=text, outline=(), source=replace(found.source, sha256=sha256_of(text)))
    pipe = io.BytesIO()
    with pytest.raises(UnicodeEncodeError):
        send(pipe, *document_message(half))
    with pytest.raises(UnicodeEncodeError):
        send(pipe, *document_message(replace(found, title="\ud83d")))
    assert pipe.getvalue() == b""


def test_facts_come_out_as_they_went_in() -> None:
    facts = (Fact("published", date(2021, 8, 5), "a"), Fact("title", "2021-08-05", "b"), Fact("place", "", "c"))
    assert facts_from_rows(json.loads(json.dumps(fact_rows(facts)))) == facts


@pytest.mark.parametrize("part", [0, 1, 15, 16, 20, -1])
def test_half_a_message_is_none(part: int) -> None:
    pipe = io.BytesIO()
    send(pipe, {"name": "a.txt"}, b"They met.")
    assert receive(io.BytesIO(pipe.getvalue()[:part])) is None


@pytest.mark.parametrize(
    "raw",
    [
        struct.pack(">QQ", 2**60, 0),
        struct.pack(">QQ", 1, 2**60),
        struct.pack(">QQ", 4, 0) + b"null",
        struct.pack(">QQ", 2, 0) + b"[]",
        struct.pack(">QQ", 3, 0) + b"{x}",
        struct.pack(">QQ", 1, 0) + b"\xff",
    ],
)
def test_what_is_no_message_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        receive(io.BytesIO(raw), 1000)


@pytest.mark.parametrize("changed", [{"meeting": []}, {"outline": [["body", 0, 99, 0, 99, 0]]}, {"pages": [3]}, {}])
def test_a_message_that_holds_no_document_is_refused(changed: dict[str, object]) -> None:
    about, text = document_message(document("They met."))
    with pytest.raises((ValueError, KeyError, TypeError)):
        document_from_message({**about, **changed}, text if changed else b"They parted.")
