"""Hybrid search: rank passages by vectors and by BM25, and fuse the two rankings into hits."""

from dataclasses import dataclass

from corpus.passages import Passage
from index.models.encoder import Vectors
from index.search.filters import Filters
from index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage returned for a query, with the parts of its score.

    Attributes:
        id: the passage's id in this state of the library.
        passage: the passage itself.
        score: the fused score; meaningful only in comparison with other hits of the query.
        dense: cosine of passage and query, in [-1, 1]; None when the dense search did not return it.
        lexical: BM25, 0 or more; None when the lexical search did not return it.
    """

    id: int
    passage: Passage
    score: float
    dense: float | None = None
    lexical: float | None = None


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Weights of the reciprocal rank fusion.

    Attributes:
        dense: weight of the encoder's ranking.
        lexical: weight of BM25's ranking.
        rank_constant: the constant k of the fusion, in ranks (Cormack, Clarke and Buettcher, SIGIR 2009).
        depth: least number of passages of each ranking that are fused.
    """

    dense: float = 1.0
    lexical: float = 1.0
    rank_constant: int = 60
    depth: int = 50


def hybrid_search(
    snapshot: Snapshot,
    text: str,
    vector: Vectors,
    k: int,
    filters: Filters = Filters(),
    weights: FusionWeights = FusionWeights(),
) -> list[Hit]:
    """Return the k passages that fit a query best.

    Args:
        snapshot: the state of the library to search.
        text: the query, for BM25.
        vector: the query, encoded; float32 of shape (d,), unit length.
        k: number of hits; fewer are returned when fewer passages match.
        filters: conditions on the passages' documents.
        weights: weights of the two rankings and the fusion's constant.

    Returns:
        Hits, best first; hits of equal score are ordered by document name and place.

    Source: reciprocal rank fusion, Cormack, Clarke and Buettcher (SIGIR 2009), each ranking with a weight.
    """
    candidates = max(k, weights.depth)
    dense = dict(snapshot.search_dense(vector, candidates, filters))
    lexical = dict(snapshot.search_lexical(text, candidates, filters))
    scores: dict[int, float] = {}
    for ranking, weight in ((dense, weights.dense), (lexical, weights.lexical)):
        for rank, identity in enumerate(ranking, start=1):
            scores[identity] = scores.get(identity, 0.0) + weight / (weights.rank_constant + rank)
    hits = [Hit(i, snapshot.passage(i), score, dense.get(i), lexical.get(i)) for i, score in scores.items() if score]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.document.name, hit.passage.span))[:k]
