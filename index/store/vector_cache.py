"""Cache of all vectors in one file beside the library's, so that opening reads few of them from SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from index.models.encoder import Vectors, length_error
from index.search.vector_index import Ids, VectorIndex
from index.store.database import changed_since

_FILE_NAME = "vectors-{}.faiss"
# The file is written again when it lacks more than this share of the vectors.
_MOST_MISSING = 0.1


def load_vectors(connection: sqlite3.Connection, folder: Path, generation: int, ids: Ids) -> VectorIndex | None:
    """Return the vectors of all passages, from the file where it has them and from SQLite otherwise.

    The file may be of an earlier state of this library: its vectors are right, since no id means two passages, and
    those of removed passages are dropped. A file of another library, or of a state that a restored one never had, is
    ignored.

    Args:
        connection: in a transaction.
        folder: the library's.
        generation: the number of the state that the transaction reads.
        ids: the ids of its passages.

    Returns:
        None when there is no passage.
    """
    path = folder / _FILE_NAME.format(generation)
    if not len(ids):
        delete_cache(folder)
        return None
    cache = read_cache(connection, folder)
    cached = cache[1] if cache else VectorIndex(())
    missing, removed = np.setdiff1d(ids, cached.ids), np.setdiff1d(cached.ids, ids)
    index = cached.changed(removed, *stored_vectors(connection, missing))
    if len(removed) or len(missing) > _MOST_MISSING * len(ids):
        with suppress(OSError, RuntimeError):  # derived: a full disk costs time, not the answer
            index.save(path)
            delete_cache(folder, path)
    return index


def stored_vectors(connection: sqlite3.Connection, ids: Ids) -> tuple[Ids, Vectors]:
    """Return ids and vectors, float32 of shape (n, d), of those of the passages that SQLite has.

    Raises:
        sqlite3.DatabaseError: one is not of the length of the others, or not of unit length.
    """
    numbers = "[" + ",".join(map(str, ids.tolist())) + "]"
    rows = connection.execute(
        "SELECT id, vector FROM passages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (numbers,)
    )
    stored_ids: list[int] = []
    vectors = np.empty((0, 0), dtype=np.float32)
    for identity, stored in rows:
        size = len(stored) if isinstance(stored, bytes) else 0
        if not stored_ids:
            vectors = np.empty((len(ids), size // 4), dtype=np.float32)
        if not size or size != vectors.itemsize * vectors.shape[1]:
            raise sqlite3.DatabaseError(f"the vector of passage {identity} has {size} bytes")
        vectors[len(stored_ids)] = np.frombuffer(stored, dtype=np.float32)
        stored_ids.append(identity)
    if not (worst := length_error(vectors[: len(stored_ids)])) <= 0.001:
        raise sqlite3.DatabaseError(f"the length of a passage's vector differs from 1 by {worst:.3f}")
    return np.array(stored_ids, dtype=np.int64), vectors[: len(stored_ids)]


def delete_cache(folder: Path, current: Path | None = None) -> None:
    """Delete the files of vectors but for one, so that no vector outlives its document; half-written ones as well."""
    for old in folder.glob(_FILE_NAME.format("*") + "*"):
        if old != current:
            with suppress(OSError):  # in use elsewhere: the next process that opens the library deletes it
                old.unlink()


def read_cache(connection: sqlite3.Connection, folder: Path) -> tuple[Path, VectorIndex] | None:
    """Return a file with vectors of this or an earlier state of this library; None without one that can be read."""
    for path in cache_files(connection, folder):
        if index := VectorIndex.load(path):
            return path, index
    return None


def cache_files(connection: sqlite3.Connection, folder: Path) -> Iterator[Path]:
    """Yield the files with vectors of this or an earlier state of this library."""
    for path in sorted(folder.glob(_FILE_NAME.format("*"))):
        number = path.stem.removeprefix("vectors-")
        is_number = number.isascii() and number.isdigit() and len(number) < 20 and int(number) < 2**63
        if is_number and changed_since(connection, int(number)) is not None:
            yield path
