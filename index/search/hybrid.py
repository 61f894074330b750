"""Passages for a query: by meaning and by words, fused by rank."""

from dataclasses import dataclass

from corpus.passages import Passage
from index.library import Snapshot
from index.models.encoder import Vectors
from index.search.filters import Filters


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, with the parts of its score.

    Attributes:
        id: the passage's id in this state of the library.
        passage: what was found.
        score: the fused score; only its order means something.
        dense: cosine of passage and query, in [-1, 1]; None when the encoder's search did not find it.
        lexical: BM25, 0 or more; None when the search by words did not find it.
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
        depth: the least number of passages that each ranking hands to the fusion.
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
    """Find the k passages that fit a query best.

    Args:
        snapshot: the state of the library to search.
        text: the query; its words are searched by BM25.
        vector: the query, encoded; float32 of shape (d,), unit length.
        k: how many hits to return; fewer come back when fewer are found.
        filters: what the passages' records must fulfil.
        weights: weights of the two rankings and the fusion's constant.

    Returns:
        Hits, best first; equal scores stand in the order of document name and place.

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
