"""Whether the library is whole: every hash, span, vector, term and file of it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from corpus.errors import CorpusError
from corpus.facts import FACTS, corrected
from index.document_integrity import passage_problems, text_problems
from index.errors import LibraryError
from index.models.encoder import Progress
from index.store import schema
from index.store.change_log import generation_of
from index.store.corrections import corrections, source_of
from index.store.names import shown
from index.store.rows import document_at
from index.store.vector_cache import loaded, stored_vectors

_RESTORE = "restore a backup, or move the library away to start anew"
_AGAIN = "remove it and add it again"
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
            yield f"{shown(source)}: {shown(name)} is corrected, which is no fact; {_RESTORE}"
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
        named = shown(str(name))
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
        kept = corrections(connection, source_of(name, path))
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
            yield f"{shown(owner[0]) if owner else sha256[:12]}: the file that is kept is not the one it was; {_AGAIN}"

    missing = (
        "SELECT name FROM names WHERE file_sha256 IS NOT NULL AND file_sha256 NOT IN (SELECT sha256 FROM originals)"
    )
    for (name,) in connection.execute(missing).fetchall():
        yield f"{shown(str(name))}: its file is no longer kept; {_AGAIN}"


def _vector_file_problems(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    """The derived file is not needed, but what it says of a passage is believed."""
    found = loaded(connection, folder)
    if found is None:
        return
    path, index = found
    ids, vectors = index.rows()
    known, stored = stored_vectors(connection, ids)
    same = np.isin(ids, known)
    if stored.shape != vectors[same].shape or not np.array_equal(stored, vectors[same]):
        yield f"{path.name}: not the vectors of the library; remove this file, it is made again"
