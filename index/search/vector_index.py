"""Exact nearest-neighbour search over unit vectors, with faiss; no other file imports it."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.models.encoder import Vectors, length_error

Ids = NDArray[np.int64]
# Stands behind the index in its file, before the SHA-256 of what stands before it. faiss reads no further.
_CHECKSUM = b"RPRT sha256 "
_DIGEST_BYTES = 32


@dataclass(frozen=True)
class _Segment:
    """Vectors that were added together, in one faiss index that never changes.

    Attributes:
        index: the vectors.
        ids: their ids, ascending.
        present: False for each vector that was removed.
    """

    index: Any
    ids: Ids
    present: NDArray[np.bool_]

    @cached_property
    def size(self) -> int:
        """Number of vectors without the removed ones."""
        return int(np.count_nonzero(self.present))

    @classmethod
    def of(cls, ids: Ids, vectors: Vectors) -> "_Segment":
        """Make a segment of vectors, float32 of shape (n, d), and their ids in any order."""
        import faiss

        if np.any(ids[1:] < ids[:-1]):
            order = np.argsort(ids, kind="stable")
            ids, vectors = ids[order], vectors[order]
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index, ids, np.ones(len(ids), dtype=np.bool_))

    def without(self, removed: Ids) -> "_Segment":
        """Return the segment without some ids; their vectors stay in memory until more than half are removed."""
        rows = np.searchsorted(self.ids, removed)
        rows = rows[rows < len(self.ids)]
        rows = rows[np.isin(self.ids[rows], removed)]
        if not len(rows):
            return self
        present = self.present.copy()
        present[rows] = False
        rest = replace(self, present=present)
        return rest if 2 * rest.size >= len(present) else _Segment.of(self.ids[present], rest.vectors())

    def vectors(self) -> Vectors:
        """Return the vectors without the removed ones, float32 of shape (n, d)."""
        import faiss

        rows = faiss.rev_swig_ptr(self.index.get_xb(), self.index.ntotal * self.index.d)
        present: Vectors = rows.reshape(-1, self.index.d)[self.present]
        return present

    def nearest(self, query: Vectors, k: int, among: Ids | None) -> Iterator[tuple[float, int]]:
        """Yield the cosines and ids of the k nearest vectors; of equal ones at the cut, any."""
        candidates = self.present if among is None else self.present & np.isin(self.ids, among)
        count = int(np.count_nonzero(candidates))
        if k := min(k, count):
            parameters = None if count == len(candidates) else _restrict_to(candidates)
            scores, rows = self.index.search(query[None, :], k, params=parameters)
            yield from zip(scores[0].tolist(), self.ids[rows[0]].tolist(), strict=True)


class VectorIndex:
    """Immutable index that finds the vectors nearest to a query by comparing it with every vector.

    `changed` returns another index that shares its vectors with this one; it costs about as much as the vectors that
    are added and removed. Vectors that are added together make a segment. A segment is merged with the one before
    unless that is twice as large, so there are few segments and each vector is copied few times, as in log-structured
    merging (O'Neil et al., "The log-structured merge-tree", Acta Informatica 33, 1996).

    Source: IndexFlatIP compares with every vector, so the search is exact (Douze et al., "The Faiss library",
    arXiv:2401.08281).
    """

    def __init__(self, segments: tuple[_Segment, ...]) -> None:
        self._segments = segments

    @classmethod
    def of(cls, ids: Ids, vectors: Vectors) -> "VectorIndex":
        """Make an index of vectors, float32 of shape (n, d) and unit length, and their ids, each unique.

        Raises:
            ValueError: ids and vectors differ in number, or a vector is not of unit length.
        """
        return cls(()).changed(np.empty(0, dtype=np.int64), ids, vectors)

    def changed(self, removed: Ids, ids: Ids, vectors: Vectors) -> "VectorIndex":
        """Return the index without some ids and with other vectors and their ids.

        Raises:
            ValueError: ids and vectors differ in number, the vectors differ in dimensions from those of the index, or a
                vector is not of unit length.
        """
        if len(ids) != len(vectors):
            raise ValueError(f"{len(ids)} ids for {len(vectors)} vectors")
        if not (worst := length_error(vectors)) <= 0.001:
            raise ValueError(f"a vector's length differs from 1 by {worst:.3f}; encoders give unit vectors")
        segments = [rest for segment in self._segments if (rest := segment.without(removed)).size]
        if segments and len(ids) and vectors.shape[1] != segments[0].index.d:
            raise ValueError(f"vectors of {vectors.shape[1]} dimensions for an index of {segments[0].index.d}")
        if len(ids):
            segments.append(_Segment.of(np.asarray(ids, dtype=np.int64), vectors))
        while len(segments) > 1 and len(segments[-2].ids) < 2 * len(segments[-1].ids):
            segments[-2:] = [_merge(segments[-2:])]
        return VectorIndex(tuple(segments))

    @classmethod
    def load(cls, path: Path) -> "VectorIndex | None":
        """Read the index from a file; return None when the file is missing or does not have its own checksum."""
        import faiss

        raw = _checked(path)
        if not raw:
            return None
        try:
            stored: Any = faiss.deserialize_index(np.frombuffer(raw, dtype=np.uint8))
            ids: Ids = faiss.vector_to_array(stored.id_map)
            index: Any = faiss.downcast_index(stored.index)
            vectors = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(-1, index.d)
            return cls.of(ids, vectors)
        except (RuntimeError, AttributeError, ValueError):
            return None

    def save(self, path: Path) -> None:
        """Write the index with its checksum to a temporary file beside the path and rename that, so that it is whole.

        Raises:
            OSError: the file cannot be written.
        """
        import faiss

        whole = _merge(self._segments)
        index = faiss.IndexIDMap(faiss.IndexFlatIP(whole.index.d))
        index.add_with_ids(whole.vectors(), whole.ids)
        raw = faiss.serialize_index(index).tobytes()
        temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            temporary.write_bytes(raw + _CHECKSUM + hashlib.sha256(raw).digest())
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)

    @property
    def ids(self) -> Ids:
        """The ids of all vectors."""
        ids = [segment.ids[segment.present] for segment in self._segments]
        return np.concatenate(ids) if ids else np.empty(0, dtype=np.int64)

    def rows(self) -> tuple[Ids, Vectors]:
        """Return all ids and vectors, float32 of shape (n, d); the index must not be empty."""
        whole = _merge(self._segments)
        return whole.ids, whole.vectors()

    def __len__(self) -> int:
        return sum(segment.size for segment in self._segments)

    def search(
        self, query: Vectors, k: int, among: Ids | None = None, order: Callable[[int], Any] = int
    ) -> list[tuple[int, float]]:
        """Return the k vectors nearest to a query, by exact cosine similarity.

        Args:
            query: float32 of shape (d,), unit length, from the encoder that made the vectors.
            k: number of vectors; fewer are returned when there are fewer.
            among: ids to choose from; all when None.
            order: returns the sort key of an id among vectors of equal cosine, also of those at the cut.

        Returns:
            Ids with their cosine in [-1, 1], best first. They depend on the vectors and `order` alone, not on the order
            in which the vectors were added.

        Raises:
            ValueError: the query has another d, or is not of unit length.
        """
        dimensions = self._segments[0].index.d if self._segments else len(query)
        if query.shape != (dimensions,):
            raise ValueError(f"the query has shape {query.shape}, the index wants ({dimensions},)")
        if not abs(float(np.linalg.norm(query)) - 1) <= 0.001:
            raise ValueError(f"the query has length {float(np.linalg.norm(query)):.3f}; encoders give unit vectors")
        nearest = sorted(self._nearest_with_ties(query, k, among), key=lambda pair: (-pair[0], order(pair[1])))
        return [(identity, score) for score, identity in nearest[: max(k, 0)]]

    def _nearest_with_ties(self, query: Vectors, k: int, among: Ids | None) -> list[tuple[float, int]]:
        """Return the cosines and ids of at least the k nearest vectors and of all that equal the last of these."""
        depth = k + 1
        while k > 0:
            nearest = sorted((pair for s in self._segments for pair in s.nearest(query, depth, among)), reverse=True)
            if len(nearest) < depth or nearest[depth - 1][0] < nearest[k - 1][0]:
                return nearest
            depth *= 2
        return []


def is_damaged(path: Path) -> bool:
    """Return True if a file with an index does not have the checksum in it; one of a former version has none."""
    raw = _content(path)
    return raw[:-_DIGEST_BYTES].endswith(_CHECKSUM) and not _has_checksum(raw)


def _checked(path: Path) -> bytes:
    """Return the index in a file; nothing where it cannot be read or does not have its checksum."""
    raw = _content(path)
    return raw[: -_DIGEST_BYTES - len(_CHECKSUM)] if _has_checksum(raw) else b""


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _has_checksum(raw: bytes) -> bool:
    rest, digest = raw[:-_DIGEST_BYTES], raw[-_DIGEST_BYTES:]
    return rest.endswith(_CHECKSUM) and hashlib.sha256(rest[: -len(_CHECKSUM)]).digest() == digest


def _restrict_to(candidates: NDArray[np.bool_]) -> Any:
    """Return the parameters of a faiss search among some rows of the index."""
    import faiss

    bits = faiss.IDSelectorBitmap(np.packbits(candidates, bitorder="little"))  # type: ignore[call-arg,arg-type]
    return faiss.SearchParameters(sel=bits)  # type: ignore[call-arg]


def _merge(segments: "tuple[_Segment, ...] | list[_Segment]") -> _Segment:
    if len(segments) == 1 and segments[0].size == len(segments[0].ids):
        return segments[0]
    ids = np.concatenate([segment.ids[segment.present] for segment in segments])
    return _Segment.of(ids, np.concatenate([segment.vectors() for segment in segments]))
