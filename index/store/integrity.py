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
from corpus.facts import FACTS
from corpus.passages import Passage
from corpus.span import Span
from index.document_rules import apply_corrections, source_key
from index.errors import LibraryError
from index.models.encoder import Progress, length_error
from index.search.vector_index import is_damaged
from index.store import schema
from index.store.corrections import corrections_of
from index.store.database import RESTORE, generation_of, in_one_line
from index.store.passages import terms_row
from index.store.rows import document_at, document_checksum, passage_checksum, passage_of, sentences_of
from index.store.snapshot_data import DocumentWords
from index.store.vector_cache import cache_files, read_cache, stored_vectors

_AGAIN = "remove it and add it again"
_REINDEX = "rebuild it with: rapporteur reindex"
_MOST_LINES = 20


def _text_problems(connection: sqlite3.Connection, identity: int, document: Document) -> Iterator[str]:
    """Yield problems of a document's facts, outline, names and vocabulary."""
    checksum, *columns = connection.execute(
        "SELECT checksum, about, as_read, outline FROM documents WHERE id = ?", (identity,)
    ).fetchone()
    if checksum != document_checksum(*columns):
        yield f"its facts or its outline are not as they were written; {_AGAIN}"
    names = connection.execute("SELECT name, stem, path FROM names WHERE document = ?", (identity,)).fetchall()
    if not any((name, path) == (document.name, document.source.path) for name, _, path in names):
        yield f"it is not known under its own name; {_AGAIN}"
    if any(stem != PurePath(name).stem for name, stem, _ in names):
        yield f"it is not found by its name without suffix; {_AGAIN}"
    expected = DocumentWords.of(document.name, document.text)
    row = connection.execute("SELECT abbreviations, words FROM vocabulary WHERE document = ?", (identity,)).fetchone()
    if row != (expected.abbreviations, expected.words):
        yield f"the words kept of it are not those of its text; {_AGAIN}"


def _passage_problems(
    connection: sqlite3.Connection, identity: int, document: Document, dimensions: int
) -> Iterator[str]:
    """Yield problems of a document's passages; every passage is checked, and the first problem of each kind is yielded.

    Args:
        connection: to the library.
        identity: the document's id.
        document: the stored document.
        dimensions: number of dimensions of each vector.
    """
    rows = connection.execute(
        "SELECT place, cut, vector, sentences, sentence_vectors, checksum, words, headings FROM passages"
        " LEFT JOIN terms ON terms.rowid = passages.id WHERE document = ? ORDER BY passages.id",
        (identity,),
    ).fetchall()
    passages: list[Passage] = []
    reported: set[str] = set()
    for number, row in enumerate(rows):
        for problem in _row_problems(document, number, row, dimensions, passages):
            if problem not in reported:
                yield f"passage {number + 1}: {problem}"
            reported.add(problem)
    if len(passages) == len(rows) and (offset := _uncovered(document, [p.span for p in passages])) is not None:
        yield f"its passages do not hold its text at character {offset:,}; {_REINDEX}"


def _row_problems(
    document: Document, number: int, row: Sequence[object], dimensions: int, passages: list[Passage]
) -> Iterator[str]:
    place, cut, vector, sentences, sentence_vectors, checksum, words, headings = row
    if passage_checksum(cut, vector, sentences, sentence_vectors) != checksum:  # type: ignore[arg-type]
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
    if not (_are_unit_vectors(vector, 1, dimensions) and _are_unit_vectors(sentence_vectors, len(spans), dimensions)):
        yield f"its vectors are not {dimensions} numbers of unit length each; {_REINDEX}"
    if (words, headings) != terms_row(passage):
        yield f"its words are not those in the index; {_REINDEX}"


def _are_unit_vectors(stored: object, rows: int, dimensions: int) -> bool:
    if not isinstance(stored, bytes) or len(stored) != 4 * rows * dimensions:
        return False
    return length_error(np.frombuffer(stored, dtype=np.float32).reshape(rows, dimensions)) < 0.001


def _uncovered(document: Document, spans: list[Span]) -> int | None:
    """Return the offset of text of the outline that is in no passage, or in two; None where each is in one."""
    for before, after in pairwise(spans):
        if after.start < before.end:
            return after.start
    position = 0
    for block in document.outline:
        end = block.span.start
        while position < len(spans) and spans[position].start < block.span.end:
            if document.text[end : spans[position].start].strip():
                return end
            end = min(spans[position].end, block.span.end)
            if end < spans[position].end:  # it goes on in the next block
                break
            position += 1
        if document.text[end : block.span.end].strip():
            return end
    return None if position == len(spans) else spans[position].start


def problems(connection: sqlite3.Connection, folder: Path, progress: Progress | None = None) -> Iterator[str]:
    """Yield a line for each problem of a library, which says what to do.

    Args:
        connection: in a transaction.
        folder: the folder of the library.
        progress: called with the number of documents checked and of all documents.
    """
    try:
        damage = [*_file_problems(connection)]
        yield from damage
        if not damage:
            yield from _library_problems(connection)
            yield from _documents_problems(connection, progress)
            yield from _originals_problems(connection)
            yield from _cache_problems(connection, folder)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        yield f"the file is damaged ({in_one_line(error)}); {RESTORE}"


def terms_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a problem of the FTS5 index; FTS5 checks it in a transaction that may write, and writes nothing."""
    try:
        connection.execute("INSERT INTO terms (terms) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error) and "corrupt" not in str(error):
            raise
        yield f"the index of words is damaged ({in_one_line(error)}); rebuild it with: rapporteur reindex"


def _file_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST_LINES})").fetchall():
        if line != "ok":
            yield f"the file is damaged ({in_one_line(line)}); {RESTORE}"
    with closing(sqlite3.connect(":memory:")) as new:
        schema.create(new)
        for name, _ in sorted(_tables(new) - _tables(connection)):
            yield f"the file is damaged (it has no {name}, or another one); {RESTORE}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_LINES):
        yield f"row {row} of the table {table} belongs to nothing in {parent}; {RESTORE}"


def _tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return the tables, indexes and triggers of a file, each with the SQL that creates it."""
    return set(connection.execute("SELECT name, coalesce(sql, '') FROM sqlite_master").fetchall())


def _library_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for name in ("founding", "model", "stamp"):
        if not connection.execute("SELECT 1 FROM facts WHERE name = ?", (name,)).fetchone():
            yield f"the library does not say its {name}; {RESTORE}"
    try:
        generation_of(connection)
    except sqlite3.DatabaseError as error:
        yield f"{error}; {RESTORE}"
    for source, name in connection.execute("SELECT source, fact FROM corrections").fetchall():
        if name not in FACTS:
            yield f"{printable(source)}: {printable(name)} is corrected, which is no fact; {RESTORE}"
    for number, anchor, section in connection.execute("SELECT id, anchor, section FROM evidence").fetchall():
        try:
            is_readable = isinstance(json.loads(anchor), dict) and isinstance(json.loads(section), list)
        except ValueError:
            is_readable = False
        if not is_readable:
            yield f"quotation {number} of the evidence list cannot be read; remove it from the list"
    orphans = "SELECT count(*) FROM terms WHERE rowid NOT IN (SELECT id FROM passages)"
    if extra := connection.execute(orphans).fetchone()[0]:
        yield f"the index of words has {extra:,} passages that no document has; rebuild it with: rapporteur reindex"


def _documents_problems(connection: sqlite3.Connection, progress: Progress | None) -> Iterator[str]:
    rows = connection.execute("SELECT id, name, path FROM documents ORDER BY name").fetchall()
    dimensions = _dimensions(connection)
    for done, (identity, name, path) in enumerate(rows, start=1):
        prefix = printable(str(name))
        yield from (f"{prefix}: {line}" for line in _document_problems(connection, identity, name, path, dimensions))
        if progress:
            progress(done, len(rows))


def _document_problems(
    connection: sqlite3.Connection, identity: int, name: str, path: str | None, dimensions: int
) -> Iterator[str]:
    try:
        document = document_at(connection, identity)
        read = document_at(connection, identity, as_read=True)
    except LibraryError as error:
        yield str(error)
        return
    try:
        yield from _text_problems(connection, identity, document)
        yield from _passage_problems(connection, identity, document, dimensions)
        changes = corrections_of(connection, source_key(name, path))
        if apply_corrections(read, changes)[0] != document:
            yield f"its facts are not those that were read with what you corrected; {_AGAIN}"
    except CorpusError as error:
        yield f"what you corrected cannot be applied ({error}); correct it again"
    except (TypeError, AttributeError) as error:  # such as a number in place of a text
        yield f"it cannot be read ({error}); {_AGAIN}"


def _dimensions(connection: sqlite3.Connection) -> int:
    """Return the number of dimensions that most vectors have."""
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


def _cache_problems(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    """Yield a problem of the cache of vectors, which search trusts though the library can do without it."""
    for path in cache_files(connection, folder):
        if is_damaged(path):
            yield f"{path.name}: not as it was written; remove this file, it is made again"
    cache = read_cache(connection, folder)
    if cache is None:
        return
    path, index = cache
    ids, vectors = index.rows()
    stored_ids, stored = stored_vectors(connection, ids)
    cached = vectors[np.isin(ids, stored_ids)]
    if stored.shape != cached.shape or not np.array_equal(stored, cached):
        yield f"{path.name}: not the vectors of the library; remove this file, it is made again"
