"""Mutate good files at random and check that each is read into a valid document or refused in one line."""

import hashlib
import signal
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.outline.plain_words import plain
from corpus.passages import split
from corpus.reading import read_bytes
from support.passage_words import words_without_labels

LIMITS = Limits()
# Of this process's own time: far more than any of these small files may take, so that a loop without end is found.
_SECONDS = 20


class TooSlow(BaseException):
    """A file of a few kilobytes kept its reader busy."""


def check_reading(raw: bytes, name: str) -> Document | None:
    """Check that a file is read into a valid document or refused by one line; return the document or None."""
    try:
        with time_limit():
            made = read_bytes(raw, name, LIMITS)
            check_document(made, raw)
    except CorpusError as refused:
        check_refusal(str(refused), name)
        return None
    return made


def check_refusal(message: str, name: str) -> None:
    """Check that a refusal names the file, is one line, and holds no control characters."""
    assert name in message
    assert not any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in message), message
    assert len(message) < 600, message


def check_document(made: Document, raw: bytes) -> None:
    """Check that passages tile the text, sentences tile the passages, and every fact can be stored and shown."""
    assert made.source.file_sha256 == hashlib.sha256(raw).hexdigest()
    assert 0 < len(made.text) <= LIMITS.characters
    assert "\0" not in made.text
    for words in (made.text, made.title, made.publisher or "", *made.warnings, made.meeting.name or ""):
        words.encode()
    assert made.title.strip()
    assert "\n" not in made.title
    passages = split(made, 1000)
    assert passages
    assert all(before.span.end <= after.span.start for before, after in pairwise(passages))
    # Behind the front matter, and before the first passage there is nothing else.
    assert without_spaces("".join(p.text for p in passages)) == without_spaces(made.text[passages[0].span.start :])
    for passage in passages:
        assert 0 < len(passage.words) <= 1000
        found = passage.sentences()
        assert without_spaces("".join(s.of(made.text) for s in found)) == without_spaces(words_without_labels(passage))
        encoded, spans = passage.for_encoder(found)
        assert [span.of(encoded) for span in spans] == [plain(s.of(made.text)) or s.of(made.text) for s in found]
        page = made.page_at(passage.span.start)
        assert page is None or 1 <= page <= len(made.pages)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@contextmanager
def time_limit() -> Iterator[None]:
    """Raise `TooSlow` in a block that runs too long."""

    def end(*_: object) -> None:
        raise TooSlow

    former = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


@st.composite
def mutated(draw: st.DrawFn, good: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Draw a good file with some bytes flipped, removed, repeated, moved, or replaced by tokens of its format."""
    raw = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 6))):
        at, other = sorted((draw(st.integers(0, len(raw))), draw(st.integers(0, len(raw)))))
        match draw(st.sampled_from(("flip", "cut", "end", "double", "move", "insert", "insert", "splice", "noise"))):
            case "flip":
                raw = raw[:at] + bytes(b ^ draw(st.integers(1, 255)) for b in raw[at : at + 1]) + raw[at + 1 :]
            case "cut":
                raw = raw[:at] + raw[min(other, at + 400) :]
            case "end":
                raw = raw[:other]
            case "double":
                piece = raw[at : min(other, at + 300)]
                raw = raw[:at] + piece * draw(st.integers(2, 40)) + raw[at:]
            case "move":
                raw = raw[other:] + raw[at:other] + raw[:at]
            case "insert":
                raw = raw[:at] + draw(st.sampled_from(tokens)) + raw[at:]
            case "splice":
                second = draw(st.sampled_from(good))
                start = draw(st.integers(0, len(second)))
                raw = raw[:at] + second[start : start + 500] + raw[at:]
            case "noise":
                raw = raw[:at] + draw(st.binary(max_size=30)) + raw[at:]
    return raw
