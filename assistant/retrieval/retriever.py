"""The evidence for a query: searched, weighed and ranked, for each side of a comparison by itself."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Query
from assistant.retrieval.deduplicate import distinct_evidence, distinct_hits
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.rerank import rerank
from assistant.retrieval.score_sentences import Evidence, best_first, score_sentences
from corpus.passages import Passage
from index.library import Snapshot
from index.models.encoder import Vectors
from index.models.ranker import Ranker
from index.search.filters import Filters
from index.search.hybrid import Hit, hybrid_search
from index.settings import Settings

# How many times the usual number of passages is looked through for such as are no copies.
_WIDEST = 8


def gather(
    view: Snapshot,
    query: Query,
    asked: QueryTerms,
    vector: Vectors,
    ranker: Ranker | None,
    settings: Settings,
    distinct: bool = False,
) -> tuple[list[Hit], list[Evidence]]:
    """Find passages for a query and weigh their sentences.

    A side of a comparison with much to say must not crowd out the other, so each is searched alone.

    Args:
        view: the state of the library to search.
        query: what is asked, and its sides.
        asked: the query's words.
        vector: the query, encoded.
        ranker: reads the best sentences again; None leaves them as they are.
        settings: how many are found and read, and what counts how much; the ranker's share is split among the sides.
        distinct: whether words that stand in several records are given once, see `assistant.retrieval.deduplicate`.

    Returns:
        Passages, in the order of their best sentence, and their sentences, each best first.
    """
    sides = query.sides or (query.filters,)
    alone = settings.model_copy(update={"ranked": max(1, settings.ranked // len(sides))})
    found = [_side(view, side, query, asked, vector, ranker, alone, distinct) for side in sides]
    if len(found) == 1:
        return found[0]
    hits = {hit.id: hit for hits, _ in found for hit in hits}
    weighed = {(e.passage.document.id, e.span): e for _, of_side in found for e in of_side}
    return _by_rank([hits for hits, _ in found], hits), best_first(weighed.values())


def _side(
    view: Snapshot,
    side: Filters,
    query: Query,
    asked: QueryTerms,
    vector: Vectors,
    ranker: Ranker | None,
    settings: Settings,
    distinct: bool,
) -> tuple[list[Hit], list[Evidence]]:
    hits = hybrid_search(view, asked.expanded, vector, settings.candidates, settings, side)
    copies: dict[tuple[str, int], tuple[Hit, ...]] = {}
    if distinct:
        wanted, found = settings.candidates, hits
        hits, copies = distinct_hits(found, query)
        # Where most passages are copies of a few, they have kept others out.
        while len(found) == wanted < _WIDEST * settings.candidates and 2 * len(hits) < settings.candidates:
            wanted *= 2
            found = hybrid_search(view, asked.expanded, vector, wanted, settings, side)
            hits, copies = distinct_hits(found, query)
        hits = hits[: settings.candidates]
    weighed = score_sentences(view, hits, query, asked, vector, settings)
    if distinct:
        weighed = distinct_evidence(weighed, copies, query)
    weighed = rerank(query.latest or query.text, weighed, ranker, settings)
    return _by_evidence(hits, weighed), weighed


def _by_evidence(hits: Sequence[Hit], weighed: Sequence[Evidence]) -> list[Hit]:
    """The passages in the order of their best sentence, which becomes their score."""
    found = {_place(hit.passage): hit for hit in hits}
    best = {_place(e.passage): e.score for e in reversed(weighed)}
    return [replace(found[place], score=best[place]) for place in dict.fromkeys(_place(e.passage) for e in weighed)]


def _place(passage: Passage) -> tuple[str, int]:
    """What tells a passage from others; to hash the passage itself is to hash its document's whole outline."""
    return passage.document.id, passage.span.start


def _by_rank(lists: Sequence[Sequence[Hit]], hits: dict[int, Hit]) -> list[Hit]:
    """The best of each side first, then the second of each: scores of two searches do not compare."""
    places = {hit.id: place for of_side in reversed(lists) for place, hit in enumerate(of_side)}
    return sorted(hits.values(), key=lambda hit: places[hit.id])
