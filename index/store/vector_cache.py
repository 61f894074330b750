"""The vectors in one file beside the library's, so that opening reads few of them from SQLite. It may lag behind."""

import sqlite3
from contextlib import suppress
from pathlib import Path

import numpy as np

from index.models.encoder import Vectors
from index.search.vector_index import Ids, VectorIndex
from index.store.change_log import is_past

_VECTORS = "vectors-{}.faiss"
# Written anew when more than this share of the vectors is not in it.
_MOST_MISSING = 0.1


def vectors_of(connection: sqlite3.Connection, folder: Path, generation: int, ids: Ids) -> VectorIndex | None:
    """The vectors of all passages, from the file as far as it goes and from SQLite for the rest.

    A file of an earlier state of this very library holds right what it holds, since no id means two things; of what is
    gone since it has too much. A file of another library, or of a state that a restored one never had, is left out.

    Args:
        connection: in a transaction.
        folder: of the library.
        generation: the state that the transaction sees.
        ids: of its passages.

    Returns:
        None when there is no passage.
    """
    path = folder / _VECTORS.format(generation)
    found = loaded(connection, folder)
    held = found[1] if found else None
    if not len(ids):
        forget(folder)
        return None
    missing = np.setdiff1d(ids, held.ids) if held else ids
    gone = np.setdiff1d(held.ids, ids) if held else ids[:0]
    whole = (held or VectorIndex(())).changed(gone, *stored_vectors(connection, missing))
    if len(gone) or len(missing) > _MOST_MISSING * len(ids):
        with suppress(OSError, RuntimeError):  # derived: a disk that takes no more costs time, not the answer
            whole.save(path)
            forget(folder, path)
    return whole


def stored_vectors(connection: sqlite3.Connection, ids: Ids) -> tuple[Ids, Vectors]:
    """The vectors of passages as SQLite has them, float32 of shape (n, d), with their ids; of those that are there.

    Raises:
        sqlite3.DatabaseError: one is not of the length of the others, or not of unit length.
    """
    numbers = "[" + ",".join(map(str, ids.tolist())) + "]"
    rows = connection.execute(
        "SELECT id, vector FROM passages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (numbers,)
    )
    found: list[int] = []
    vectors = np.empty((0, 0), dtype=np.float32)
    for identity, stored in rows:
        size = len(stored) if isinstance(stored, bytes) else 0
        if not found:
            vectors = np.empty((len(ids), size // 4), dtype=np.float32)
        if not size or size != vectors.itemsize * vectors.shape[1]:
            raise sqlite3.DatabaseError(f"the vector of passage {identity} has {size} bytes")
        vectors[len(found)] = np.frombuffer(stored, dtype=np.float32)
        found.append(identity)
    lengths = np.linalg.norm(vectors[: len(found)], axis=1)
    if found and not (worst := float(np.abs(lengths - 1).max())) <= 0.001:
        raise sqlite3.DatabaseError(f"the length of a passage's vector differs from 1 by {worst:.3f}")
    return np.array(found, dtype=np.int64), vectors[: len(found)]


def forget(folder: Path, kept: Path | None = None) -> None:
    """Remove the files of vectors, but for one: no vector outlives its document. One that was begun goes as well."""
    for old in folder.glob(_VECTORS.format("*") + "*"):
        if old != kept:
            with suppress(OSError):  # in use elsewhere: the next who opens the library removes it
                old.unlink()


def loaded(connection: sqlite3.Connection, folder: Path) -> tuple[Path, VectorIndex] | None:
    """A file of vectors of this or an earlier state of this very library; None when there is none to be read."""
    for path in sorted(folder.glob(_VECTORS.format("*"))):
        if is_past(connection, path.stem.removeprefix("vectors-")) and (held := VectorIndex.load(path)):
            return path, held
    return None
