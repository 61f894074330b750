"""Check every hash, span, vector, term and file of a library and list what is damaged."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path, PurePath

import numpy as np

from corpus.document import Document
from corpus.errors import CorpusError, printable
from corpus.facts import FACTS, corrected
from corpus.passages import Passage
from corpus.span import Span
from index.errors import LibraryError
from index.models.encoder import Progress
from index.store import schema
from index.store.corrections import corrections_of, source_key
from index.store.database import generation_of
from index.store.passages import terms_row
from index.store.rows import document_at, document_checksum, passage_checksum, passage_of, sentences_of
from index.store.snapshot_data import DocumentWords
from index.store.vector_cache import read_cache, stored_vectors

_AGAIN = "remove it and add it again"
_REINDEX = "rebuild it with: rapporteur reindex"


def text_problems(connection: sqlite3.Connection, identity: int, document: Document) -> Iterator[str]:
    """What is wrong with what is kept about a document, its names, and the words that are kept of its text."""
    row = "SELECT checksum, about, as_read, outline FROM documents WHERE id = ?"
    written, *stated = connection.execute(row, (identity,)).fetchone()
    if written != document_checksum(*stated):
        yield f"its facts or its outline are not as they were written; {_AGAIN}"
    names = connection.execute("SELECT name, stem, path FROM names WHERE document = ?", (identity,)).fetchall()
    if not any((name, path) == (document.name, document.source.path) for name, _, path in names):
        yield f"it is not known under its own name; {_AGAIN}"
    if any(stem != PurePath(name).stem for name, stem, _ in names):
        yield f"it is not found by its name without suffix; {_AGAIN}"
    said = DocumentWords.of(document.name, document.text)
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
    if passage_checksum(cut, vector, sentences, sentence_vectors) != kept:  # type: ignore[arg-type]
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


_RESTORE = "restore a backup, or move the library away to start anew"
_MOST_LINES = 20


def problems(connection: sqlite3.Connection, folder: Path, progress: Progress | None = None) -> Iterator[str]:
    """What is wrong with a library: a line for each problem, which says what to do.

    Args:
        connection: in a transaction.
        folder: of the library.
        progress: told how many documents are checked.
    """
    try:
        damaged = [*_file_problems(connection)]
        yield from damaged
        if not damaged:
            yield from _library_problems(connection)
            yield from _documents_problems(connection, progress)
            yield from _originals_problems(connection)
            yield from _vector_file_problems(connection, folder)
    except sqlite3.DatabaseError as error:
        yield f"the file is damaged ({error}); {_RESTORE}"


def terms_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the index of words itself; the connection is in a transaction that may write, nothing is."""
    try:
        connection.execute("INSERT INTO terms (terms) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error) and "corrupt" not in str(error):
            raise
        yield f"the index of words is damaged ({error}); rebuild it with: rapporteur reindex"


def _file_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({_MOST_LINES})").fetchall():
        if said != "ok":
            yield f"the file is damaged ({said}); {_RESTORE}"
    with closing(sqlite3.connect(":memory:")) as new:
        schema.create(new)
        for name, _ in sorted(_tables(new) - _tables(connection)):
            yield f"the file is damaged (it has no {name}, or another one); {_RESTORE}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_LINES):
        yield f"row {row} of the table {table} belongs to nothing in {parent}; {_RESTORE}"


def _tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """The tables, indexes and triggers of a file, each with how it was made."""
    return set(connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master").fetchall())


def _library_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for name in ("founding", "model", "stamp"):
        with_it = connection.execute("SELECT 1 FROM facts WHERE name = ?", (name,)).fetchone()
        if not with_it:
            yield f"the library does not say its {name}; {_RESTORE}"
    try:
        generation_of(connection)
    except sqlite3.DatabaseError as error:
        yield f"{error}; {_RESTORE}"
    for source, name in connection.execute("SELECT source, fact FROM corrections").fetchall():
        if name not in FACTS:
            yield f"{printable(source)}: {printable(name)} is corrected, which is no fact; {_RESTORE}"
    for number, anchor, section in connection.execute("SELECT id, anchor, section FROM evidence").fetchall():
        try:
            is_right = isinstance(json.loads(anchor), dict) and isinstance(json.loads(section), list)
        except ValueError:
            is_right = False
        if not is_right:
            yield f"quotation {number} of the evidence list cannot be read; remove it from the list"
    loose = "SELECT count(*) FROM terms WHERE rowid NOT IN (SELECT id FROM passages)"
    if extra := connection.execute(loose).fetchone()[0]:
        yield f"the index of words has {extra:,} passages that no document has; rebuild it with: rapporteur reindex"


def _documents_problems(connection: sqlite3.Connection, progress: Progress | None) -> Iterator[str]:
    listed = connection.execute("SELECT id, name, path FROM documents ORDER BY name").fetchall()
    wide = _dimensions(connection)
    for done, (identity, name, path) in enumerate(listed, start=1):
        named = printable(str(name))
        yield from (f"{named}: {said}" for said in _document_problems(connection, identity, name, path, wide))
        if progress:
            progress(done, len(listed))


def _document_problems(
    connection: sqlite3.Connection, identity: int, name: str, path: str | None, wide: int
) -> Iterator[str]:
    try:
        document = document_at(connection, identity)
        read = document_at(connection, identity, as_read=True)
    except LibraryError as error:
        yield str(error)
        return
    try:
        yield from text_problems(connection, identity, document)
        yield from passage_problems(connection, identity, document, wide)
        kept = corrections_of(connection, source_key(name, path))
        if corrected(read, kept) != document if kept else read != document:
            yield f"its facts are not those that were read with what you corrected; {_AGAIN}"
    except CorpusError as error:
        yield f"what you corrected cannot be applied ({error}); correct it again"
    except (TypeError, AttributeError) as error:  # a number where words should be, for one
        yield f"it cannot be read ({error}); {_AGAIN}"


def _dimensions(connection: sqlite3.Connection) -> int:
    """How many numbers most vectors have."""
    row = connection.execute(
        "SELECT length(vector) FROM passages GROUP BY length(vector) ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    return int(row[0]) // 4 if row else 0


def _originals_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for (sha256,) in connection.execute("SELECT sha256 FROM originals").fetchall():
        (content,) = connection.execute("SELECT bytes FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
        owner = connection.execute(
            "SELECT documents.name FROM names JOIN documents ON documents.id = document WHERE names.file_sha256 = ?",
            (sha256,),
        ).fetchone()
        if owner is None:
            yield f"the file {sha256[:12]} is kept for no document; it does no harm"
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
            name = printable(owner[0]) if owner else sha256[:12]
            yield f"{name}: the file that is kept is not the one it was; {_AGAIN}"

    missing = (
        "SELECT name FROM names WHERE file_sha256 IS NOT NULL AND file_sha256 NOT IN (SELECT sha256 FROM originals)"
    )
    for (name,) in connection.execute(missing).fetchall():
        yield f"{printable(str(name))}: its file is no longer kept; {_AGAIN}"


def _vector_file_problems(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    """The derived file is not needed, but what it says of a passage is believed."""
    found = read_cache(connection, folder)
    if found is None:
        return
    path, index = found
    ids, vectors = index.rows()
    known, stored = stored_vectors(connection, ids)
    same = np.isin(ids, known)
    if stored.shape != vectors[same].shape or not np.array_equal(stored, vectors[same]):
        yield f"{path.name}: not the vectors of the library; remove this file, it is made again"
