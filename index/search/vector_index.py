"""Exact search over unit vectors. The only file that knows faiss."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.models.encoder import Vectors

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class _Segment:
    """Vectors that came together, in one index of faiss that never changes.

    Attributes:
        index: the vectors.
        ids: theirs, ascending.
        held: which of them are not gone.
    """

    index: Any
    ids: Ids
    held: NDArray[np.bool_]

    @cached_property
    def size(self) -> int:
        """How many vectors are not gone."""
        return int(np.count_nonzero(self.held))

    @classmethod
    def of(cls, ids: Ids, vectors: Vectors) -> "_Segment":
        """A segment of vectors, float32 of shape (n, d), under their ids in any order."""
        if np.any(ids[1:] < ids[:-1]):
            order = np.argsort(ids, kind="stable")
            ids, vectors = ids[order], vectors[order]
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index, ids, np.ones(len(ids), dtype=np.bool_))

    def without(self, gone: Ids) -> "_Segment":
        """The segment without those of these ids that it holds; the vectors stay where they are until most are gone."""
        places = np.searchsorted(self.ids, gone)
        places = places[places < len(self.ids)]
        places = places[np.isin(self.ids[places], gone)]
        if not len(places):
            return self
        held = self.held.copy()
        held[places] = False
        left = replace(self, held=held)
        return left if 2 * left.size >= len(held) else _Segment.of(self.ids[held], left.vectors())

    def vectors(self) -> Vectors:
        """The vectors that are not gone, float32 of shape (n, d)."""
        rows = faiss.rev_swig_ptr(self.index.get_xb(), self.index.ntotal * self.index.d)
        held: Vectors = rows.reshape(-1, self.index.d)[self.held]
        return held

    def nearest(self, query: Vectors, k: int, among: Ids | None) -> Iterator[tuple[float, int]]:
        """The k nearest vectors, of ties at the cut any: scores with ids."""
        chosen = self.held if among is None else self.held & np.isin(self.ids, among)
        k = min(k, int(np.count_nonzero(chosen)))
        if k:
            everything = len(chosen) == np.count_nonzero(chosen)
            wanted = None if everything else _only(chosen)
            scores, places = self.index.search(query[None, :], k, params=wanted)
            yield from zip(scores[0].tolist(), self.ids[places[0]].tolist(), strict=True)


class VectorIndex:
    """Finds the vectors nearest to a query by comparing it with every one of them.

    It stays as it is: `changed` makes another of it, which shares its vectors with this one and costs about what
    comes and goes. Vectors that come together make a segment; a segment joins the one before when that is not twice as
    large, so that there are few and each vector is copied few times, as in log-structured merging (O'Neil et al., "The
    log-structured merge-tree", Acta Informatica 33, 1996).

    Source: IndexFlatIP compares with every vector, so nothing is missed (Douze et al., "The Faiss library",
    arXiv:2401.08281).
    """

    def __init__(self, segments: tuple[_Segment, ...]) -> None:
        self._segments = segments

    @classmethod
    def of(cls, ids: Ids, vectors: Vectors) -> "VectorIndex":
        """An index of vectors, float32 of shape (n, d) and unit length, under their ids, each its own.

        Raises:
            ValueError: ids and vectors differ in number, or a vector is not of unit length.
        """
        return cls(()).changed(np.empty(0, dtype=np.int64), ids, vectors)

    def changed(self, gone: Ids, ids: Ids, vectors: Vectors) -> "VectorIndex":
        """The index without some ids and with other vectors under theirs.

        Raises:
            ValueError: ids and vectors differ in number, or in dimensions from those held, or a vector is not of unit
                length.
        """
        if len(ids) != len(vectors):
            raise ValueError(f"{len(ids)} ids for {len(vectors)} vectors")
        lengths = np.linalg.norm(vectors, axis=1)
        if len(vectors) and not (worst := float(np.abs(lengths - 1).max())) <= 0.001:
            raise ValueError(f"a vector's length differs from 1 by {worst:.3f}; encoders give unit vectors")
        segments = [left for segment in self._segments if (left := segment.without(gone)).size]
        if segments and len(ids) and vectors.shape[1] != segments[0].index.d:
            raise ValueError(f"vectors of {vectors.shape[1]} dimensions come to those of {segments[0].index.d}")
        if len(ids):
            segments.append(_Segment.of(np.asarray(ids, dtype=np.int64), vectors))
        while len(segments) > 1 and len(segments[-2].ids) < 2 * len(segments[-1].ids):
            segments[-2:] = [_joined(segments[-2:])]
        return VectorIndex(tuple(segments))

    @classmethod
    def load(cls, path: Path) -> "VectorIndex | None":
        """The index in a file, or None when the file is missing or broken."""
        try:
            read: Any = faiss.read_index(str(path))
            ids: Ids = faiss.vector_to_array(read.id_map)
            index: Any = faiss.downcast_index(read.index)
            vectors = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(-1, index.d)
            return cls.of(ids, vectors)
        except (RuntimeError, AttributeError, ValueError):
            return None

    def save(self, path: Path) -> None:
        """Write the index whole: beside its place first, then renamed to it."""
        whole = _joined(self._segments)
        index = faiss.IndexIDMap(faiss.IndexFlatIP(whole.index.d))
        index.add_with_ids(whole.vectors(), whole.ids)
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            faiss.write_index(index, str(beside))
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)

    @property
    def ids(self) -> Ids:
        """The ids of all vectors."""
        held = [segment.ids[segment.held] for segment in self._segments]
        return np.concatenate(held) if held else np.empty(0, dtype=np.int64)

    def rows(self) -> tuple[Ids, Vectors]:
        """All vectors, float32 of shape (n, d), with their ids; there is at least one."""
        whole = _joined(self._segments)
        return whole.ids, whole.vectors()

    def __len__(self) -> int:
        return sum(segment.size for segment in self._segments)

    def search(
        self, query: Vectors, k: int, among: Ids | None = None, order: Callable[[int], Any] = int
    ) -> list[tuple[int, float]]:
        """Find the k vectors nearest to one query, by exact cosine similarity.

        Args:
            query: float32 of shape (d,), unit length, from the encoder that made the vectors.
            k: how many to return; fewer come back when there are fewer.
            among: ids to choose from; all when None.
            order: gives for an id what equal ones are ordered by, also those at the cut.

        Returns:
            Ids with their cosine in [-1, 1], best first. They depend on the vectors and their order alone, not on when
            each came.

        Raises:
            ValueError: the query has another d, or is not of unit length.
        """
        wants = self._segments[0].index.d if self._segments else len(query)
        if query.shape != (wants,):
            raise ValueError(f"the query has shape {query.shape}, the index wants ({wants},)")
        if not abs(float(np.linalg.norm(query)) - 1) <= 0.001:
            raise ValueError(f"the query has length {float(np.linalg.norm(query)):.3f}; encoders give unit vectors")
        found = sorted(self._at_least(query, k, among), key=lambda one: (-one[0], order(one[1])))
        return [(identity, score) for score, identity in found[: max(k, 0)]]

    def _at_least(self, query: Vectors, k: int, among: Ids | None) -> list[tuple[float, int]]:
        """The k nearest and all that equal the last of them."""
        wanted = k + 1
        while k > 0:
            found = sorted((one for s in self._segments for one in s.nearest(query, wanted, among)), reverse=True)
            if len(found) < wanted or found[wanted - 1][0] < found[k - 1][0]:
                return found
            wanted *= 2
        return []


def _only(chosen: NDArray[np.bool_]) -> Any:
    bits = faiss.IDSelectorBitmap(np.packbits(chosen, bitorder="little"))  # type: ignore[call-arg,arg-type]
    return faiss.SearchParameters(sel=bits)  # type: ignore[call-arg]


def _joined(segments: "tuple[_Segment, ...] | list[_Segment]") -> _Segment:
    if len(segments) == 1 and segments[0].size == len(segments[0].ids):
        return segments[0]
    ids = np.concatenate([segment.ids[segment.held] for segment in segments])
    return _Segment.of(ids, np.concatenate([segment.vectors() for segment in segments]))
