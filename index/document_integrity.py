"""Whether one document of the library is whole: its names and words, its passages, their vectors and terms."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import PurePath

import numpy as np

from corpus.document import Document
from corpus.passages import Passage
from corpus.span import Span
from index.errors import LibraryError
from index.store.rows import checksum, passage_of, sentences_of, stated_checksum
from index.store.write import terms_row
from index.vocabulary import Words

_AGAIN = "remove it and add it again"
_REINDEX = "rebuild it with: rapporteur reindex"


def text_problems(connection: sqlite3.Connection, identity: int, document: Document) -> Iterator[str]:
    """What is wrong with what is kept about a document, its names, and the words that are kept of its text."""
    row = "SELECT checksum, about, as_read, outline FROM documents WHERE id = ?"
    written, *stated = connection.execute(row, (identity,)).fetchone()
    if written != stated_checksum(*stated):
        yield f"its facts or its outline are not as they were written; {_AGAIN}"
    names = connection.execute("SELECT name, stem, path FROM names WHERE document = ?", (identity,)).fetchall()
    if not any((name, path) == (document.name, document.source.path) for name, _, path in names):
        yield f"it is not known under its own name; {_AGAIN}"
    if any(stem != PurePath(name).stem for name, stem, _ in names):
        yield f"it is not found by its name without suffix; {_AGAIN}"
    said = Words.of(document.name, document.text)
    kept = connection.execute("SELECT abbreviations, words FROM vocabulary WHERE document = ?", (identity,)).fetchone()
    if kept != (said.abbreviations, said.words):
        yield f"the words kept of it are not those of its text; {_AGAIN}"


def passage_problems(
    connection: sqlite3.Connection, identity: int, document: Document, dimensions: int
) -> Iterator[str]:
    """What is wrong with a document's passages, each of which is looked at; of each kind of problem the first.

    Args:
        connection: to the library.
        identity: the document's.
        document: as it is stored.
        dimensions: of each vector.
    """
    rows = connection.execute(
        "SELECT place, cut, vector, sentences, sentence_vectors, checksum, words, headings FROM passages"
        " LEFT JOIN terms ON terms.rowid = passages.id WHERE document = ? ORDER BY passages.id",
        (identity,),
    ).fetchall()
    passages: list[Passage] = []
    seen: set[str] = set()
    for number, row in enumerate(rows):
        for said in _row_problems(document, number, row, dimensions, passages):
            if said not in seen:
                yield f"passage {number + 1}: {said}"
            seen.add(said)
    if len(passages) == len(rows) and (where := _untiled(document, [p.span for p in passages])) is not None:
        yield f"its passages do not hold its text at character {where:,}; {_REINDEX}"


def _row_problems(
    document: Document, number: int, row: Sequence[object], dimensions: int, passages: list[Passage]
) -> Iterator[str]:
    place, cut, vector, sentences, sentence_vectors, kept, words, headings = row
    if checksum(cut, vector, sentences, sentence_vectors) != kept:  # type: ignore[arg-type]
        yield f"it is not as it was written; {_REINDEX}"
    try:
        passage = passage_of(document, number, cut)  # type: ignore[arg-type]
        spans = sentences_of(sentences)  # type: ignore[arg-type]
    except LibraryError as error:
        yield f"it cannot be read ({error.__cause__}); {_REINDEX}"
        return
    passages.append(passage)
    if place != number:
        yield f"it is out of order; {_REINDEX}"
    inside = all(passage.span.start <= s.start and s.end <= passage.span.end for s in spans)
    if not spans or not inside or any(a.end > b.start for a, b in pairwise(spans)):
        yield f"its sentences do not lie in it; {_REINDEX}"
    if not (_are_units(vector, 1, dimensions) and _are_units(sentence_vectors, len(spans), dimensions)):
        yield f"its vectors are not {dimensions} numbers of unit length each; {_REINDEX}"
    if (words, headings) != terms_row(passage):
        yield f"its words are not those in the index; {_REINDEX}"


def _are_units(stored: object, rows: int, dimensions: int) -> bool:
    if not isinstance(stored, bytes) or len(stored) != 4 * rows * dimensions:
        return False
    lengths = np.linalg.norm(np.frombuffer(stored, dtype=np.float32).reshape(rows, dimensions), axis=1)
    return bool(np.all(np.abs(lengths - 1) < 0.001))


def _untiled(document: Document, spans: list[Span]) -> int | None:
    """Where a character of the outline that is not white space lies in no passage, or where two passages overlap."""
    for before, after in pairwise(spans):
        if after.start < before.end:
            return after.start
    at = 0
    for block in document.outline:
        last = block.span.start
        while at < len(spans) and spans[at].end <= block.span.end:
            if document.text[last : spans[at].start].strip():
                return last
            last = spans[at].end
            at += 1
        if document.text[last : block.span.end].strip():
            return last
    return None if at == len(spans) else spans[at].start
