"""Search the library for a query and score the sentences of the passages, each side of a comparison by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.query import Query
from assistant.retrieval.deduplicate import distinct_evidence, distinct_hits
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.score_sentences import (
    Evidence,
    PreparedQuery,
    ScoringWeights,
    best_first,
    rerank,
    score_sentences,
)
from corpus.passages import Passage
from index.library import Snapshot
from index.models.encoder import Encoder
from index.models.ranker import Ranker
from index.search.filters import Filters
from index.search.hybrid import FusionWeights, Hit, hybrid_search

# Where passages are copies of each other, at most this many times the usual number is searched for others.
_WIDEST = 8


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The passages and sentences that may answer a query.

    Attributes:
        prepared: the query with its terms and its vector.
        hits: passages, in the order of their best sentence.
        evidence: their sentences, best first.
    """

    prepared: PreparedQuery
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]


class Retriever:
    """Searches one state of the library.

    Args:
        snapshot: the state of the library.
        encoder: the encoder of the library.
        ranker: scores the best sentences again; None leaves their scores as they are.
        scoring: weights of the parts of a sentence's score.
        fusion: weights of the two searches; `depth` is the number of passages that are scored.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        encoder: Encoder,
        ranker: Ranker | None = None,
        scoring: ScoringWeights = ScoringWeights(),
        fusion: FusionWeights = FusionWeights(),
    ) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self._ranker = ranker
        self._scoring = scoring
        self._fusion = fusion

    def search(self, query: Query, distinct: bool = True) -> Retrieved:
        """Search passages for a query and score their sentences.

        A side of a comparison with much to say must not crowd out the other, so each is searched alone, and the
        sentences that the ranker reads are divided among the sides.

        Args:
            query: the query; the words of one in an unknown language are not searched, and the ranker does not read it.
            distinct: return words that stand in several records once, see `assistant.retrieval.deduplicate`.
        """
        prepared = self._prepare(query)
        sides = query.sides or (query.filters,)
        scoring = replace(self._scoring, ranked=max(1, self._scoring.ranked // len(sides)))
        results = [self._search_side(prepared, side, scoring, distinct) for side in sides]
        if len(results) == 1:
            hits, evidence = results[0]
        else:
            hits = _by_rank([hits for hits, _ in results])
            every = {(e.passage.document.id, e.span): e for _, of_side in results for e in of_side}
            evidence = best_first(every.values())
        return Retrieved(prepared, tuple(hits), tuple(evidence))

    def _prepare(self, query: Query) -> PreparedQuery:
        keywords = "" if query.language else query.keywords or query.text
        terms = QueryTerms(keywords, self._snapshot, query.latest, self._scoring.earlier_terms)
        return PreparedQuery(query, self._snapshot, terms, self._encoder.encode_query(query.text))

    def _search_side(
        self, prepared: PreparedQuery, side: Filters, scoring: ScoringWeights, distinct: bool
    ) -> tuple[list[Hit], list[Evidence]]:
        query = prepared.query
        hits, copies = self._distinct_hits(prepared, side) if distinct else (self._hits(prepared, side), {})
        evidence = score_sentences(prepared, hits, scoring)
        if distinct:
            evidence = distinct_evidence(evidence, copies, query)
        evidence = rerank(query.latest_text, evidence, None if query.language else self._ranker, scoring)
        return _by_evidence(hits, evidence), evidence

    def _hits(self, prepared: PreparedQuery, side: Filters, k: int = 0) -> list[Hit]:
        k = k or self._fusion.depth
        return hybrid_search(self._snapshot, prepared.terms.expanded, prepared.vector, k, side, self._fusion)

    def _distinct_hits(
        self, prepared: PreparedQuery, side: Filters
    ) -> tuple[list[Hit], dict[tuple[str, int], tuple[Hit, ...]]]:
        """Return as many different passages as are scored, and the copies of each.

        Where most passages are copies of a few, which have kept others out, more are searched.
        """
        depth = k = self._fusion.depth
        every = self._hits(prepared, side)
        hits, copies = distinct_hits(every, prepared.query)
        while len(every) == k < _WIDEST * depth and 2 * len(hits) < depth:
            k *= 2
            every = self._hits(prepared, side, k)
            hits, copies = distinct_hits(every, prepared.query)
        return hits[:depth], copies


def _by_evidence(hits: Sequence[Hit], evidence: Sequence[Evidence]) -> list[Hit]:
    """Return the passages in the order of their best sentence, whose score becomes theirs."""
    by_place = {_place(hit.passage): hit for hit in hits}
    best = {_place(e.passage): e.score for e in reversed(evidence)}
    return [replace(by_place[place], score=best[place]) for place in dict.fromkeys(_place(e.passage) for e in evidence)]


def _place(passage: Passage) -> tuple[str, int]:
    """Return a key that tells a passage from others; hashing the passage would hash its document's whole outline."""
    return passage.document.id, passage.span.start


def _by_rank(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Return the best of each side first, then the second of each: scores of two searches do not compare."""
    hits = {hit.id: hit for of_side in lists for hit in of_side}
    ranks = {hit.id: rank for of_side in reversed(lists) for rank, hit in enumerate(of_side)}
    return sorted(hits.values(), key=lambda hit: ranks[hit.id])
