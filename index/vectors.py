"""Exact search over unit vectors. The only file that knows faiss."""

import os
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

Ids = NDArray[np.int64]


class VectorIndex:
    """Finds the vectors nearest to a query by comparing it with every one of them.

    Source: IndexFlatIP compares with every vector, so nothing is missed (Douze et al., "The Faiss library",
    arXiv:2401.08281).
    """

    def __init__(self, index: Any) -> None:
        self._index = index
        self._ids: Ids = faiss.vector_to_array(index.id_map)

    @classmethod
    def of(cls, ids: Ids, vectors: Vectors) -> "VectorIndex":
        """An index of vectors, float32 of shape (n, d) and unit length, under their ids.

        Raises:
            ValueError: ids and vectors differ in number, or a vector is not of unit length.
        """
        if len(ids) != len(vectors):
            raise ValueError(f"{len(ids)} ids for {len(vectors)} vectors")
        lengths = np.linalg.norm(vectors, axis=1)
        if len(vectors) and not (worst := float(np.abs(lengths - 1).max())) <= 0.001:
            raise ValueError(f"a vector's length differs from 1 by {worst:.3f}; encoders give unit vectors")
        index = faiss.IndexIDMap(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "VectorIndex | None":
        """The index in a file, or None when the file is missing or broken."""
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError:
            return None

    def save(self, path: Path) -> None:
        """Write the index whole: beside its place first, then renamed to it."""
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            faiss.write_index(self._index, str(beside))
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Vectors, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """Find the k vectors nearest to one query, by exact cosine similarity.

        Args:
            query: float32 of shape (d,), unit length, from the encoder that made the vectors.
            k: how many to return; fewer come back when there are fewer.
            among: ids to choose from; all when None.

        Returns:
            Ids with their cosine in [-1, 1], best first, equal ones in the order in which the index was given them.

        Raises:
            ValueError: the query has another d, or is not of unit length.
        """
        if query.shape != (self._index.d,):
            raise ValueError(f"the query has shape {query.shape}, the index wants ({self._index.d},)")
        if not abs(float(np.linalg.norm(query)) - 1) <= 0.001:
            raise ValueError(f"the query has length {float(np.linalg.norm(query)):.3f}; encoders give unit vectors")
        places = None if among is None else np.flatnonzero(np.isin(self._ids, among))
        k = min(k, len(self) if places is None else len(places))
        if k < 1:
            return []
        chosen = None if places is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(places))  # type: ignore[call-arg]
        scores, found = self._index.index.search(query[None, :], k, params=chosen)
        best = sorted(zip(-scores[0], found[0], strict=True))
        return [(int(self._ids[place]), -float(score)) for score, place in best]
