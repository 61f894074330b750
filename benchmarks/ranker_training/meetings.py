"""Read questions on meeting records that train the ranker, and those of records that are held out from the training.

The README of `meetings/` says how they were written.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.datasets import releases_folder
from corpus.document import Document
from corpus.passages import split
from corpus.reading import read
from corpus.span import Span
from index.settings import Settings

FOLDER = Path(__file__).resolve().parent / "meetings"
# One record in so many is held out.
_HELD_OUT = 6


@dataclass(frozen=True, slots=True)
class MeetingQuestion:
    """A question on one record.

    Attributes:
        text: the question as typed.
        kind: "who", "when", ..., or "near_miss" for one that the record does not answer.
        answer: the sentences that answer it, with single spaces; none for a near miss.
        also: sentences that answer a part of it or repeat it, which count neither for nor against.
    """

    text: str
    kind: str
    answer: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A record with its questions; `text` is None for a release of `../shared/documents`."""

    name: str
    text: str | None
    questions: tuple[MeetingQuestion, ...]

    @property
    def is_held_out(self) -> bool:
        """True for a record whose questions judge the ranker and do not train it."""
        return zlib.crc32(self.name.encode()) % _HELD_OUT == 0

    def document(self) -> Document:
        """Read the record as a user's file is read."""
        if self.text is None:
            return read(releases_folder() / self.name)
        with TemporaryDirectory() as folder:
            file = Path(folder) / self.name
            file.write_text(self.text, encoding="utf-8")
            return read(file)


def meeting_records(folder: Path = FOLDER) -> Iterator[MeetingRecord]:
    """Yield all records, each once, with the questions of all sets on it."""
    texts: dict[str, str | None] = {}
    questions: dict[str, list[MeetingQuestion]] = {}
    for row in _rows(folder):
        name = row["record"]
        texts[name] = texts.get(name) or row.get("text")
        questions.setdefault(name, []).extend(
            MeetingQuestion(q["question"], q["kind"], tuple(q["answer"]), tuple(q.get("also", ())))
            for q in row["questions"]
        )
    for name, text in texts.items():
        yield MeetingRecord(name, text, tuple(questions[name]))


def _rows(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def sentences_of(document: Document) -> dict[str, list[Span]]:
    """Return the places of each sentence of a document in a library, by its words with single spaces."""
    places: dict[str, list[Span]] = {}
    for passage in split(document, Settings().passage_characters):
        for span in passage.sentences():
            places.setdefault(" ".join(span.of(document.text).split()), []).append(span)
    return places


def spans_of(sentences: Iterable[str], places: Mapping[str, list[Span]]) -> set[Span]:
    """Return the places of some sentences; one that is cut otherwise today has none.

    Args:
        sentences: with single spaces.
        places: of the sentences of their document, see `sentences_of`.
    """
    return {span for sentence in sentences for span in places.get(sentence, ())}
