"""Search the library for a query, and rank passages and their sentences as evidence for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from assistant.query import Query
from assistant.retrieval.context import is_deck, is_question
from assistant.retrieval.deduplicate import distinct_evidence, distinct_hits, passage_key
from assistant.retrieval.evidence import Evidence, PreparedQuery, best_first
from assistant.retrieval.procedure import without_procedure
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.rerank import rerank
from assistant.retrieval.score_sentences import score_sentences
from assistant.retrieval.scoring_weights import ScoringWeights
from assistant.retrieval.speaker_words import on_subject
from assistant.understanding.language import language_of_words
from assistant.understanding.references import subject_words
from assistant.understanding.speakers.speech_words import words_said
from corpus.document import NOTES
from corpus.language.scripts import asks_in_japanese, is_cjk_text
from corpus.passages import Passage
from index.models.encoder import Encoder
from index.models.ranker import Ranker
from index.search.filters import Filters
from index.search.hybrid import FusionWeights, Hit, hybrid_search
from index.snapshot import Snapshot

# If most passages are copies of each other, the search continues to at most this multiple of its depth.
_WIDEST = 8


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Passages and sentences that may answer a query.

    Attributes:
        prepared: the query with its terms and its vector.
        hits: passages in the order of their best sentence.
        evidence: their sentences, best first.
        unread: the sentences behind the last that the ranker read, best first.
    """

    prepared: PreparedQuery
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    unread: tuple[Evidence, ...] = ()

    @property
    def is_ranked(self) -> bool:
        """True if the ranker read the evidence."""
        return any(e.ranker_probability is not None for e in self.evidence)

    @property
    def is_japanese(self) -> bool:
        """True if the question and the best passage are in Japanese, so that their words can be compared."""
        best = self.evidence[0].passage if self.evidence else None
        return bool(self._asks_in_japanese and best and best.document.language != "en" and is_cjk_text(best.text))

    @property
    def is_translated(self) -> bool:
        """True for a Japanese question and a passage in another language: only words with a translation compare."""
        return self._asks_in_japanese and not self.is_japanese

    @property
    def _asks_in_japanese(self) -> bool:
        query = self.prepared.query
        return not query.language and asks_in_japanese(query.text)


class Retriever:
    """Searches one snapshot of the library.

    Args:
        snapshot: the snapshot.
        encoder: the encoder of the library.
        ranker: the model that scores the best sentences again; None leaves their scores unchanged.
        scoring: weights of the parts of a sentence's score.
        fusion: weights of the dense and the lexical search; `depth` is the number of passages that are scored.
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

        Each side of a comparison is searched alone, so that none crowds out another; they share the sentences that the
        ranker reads.

        Args:
            query: the query; in a foreign language it is searched by the encoder alone and not ranked again.
            distinct: remove repetitions of other records, see `assistant.retrieval.deduplicate`.
        """
        prepared = self._prepare(query)
        sides = query.sides or (query.filters,)
        scoring = replace(self._scoring, ranked=max(1, self._scoring.ranked // len(sides)))
        results = [self._search_side(prepared, side, scoring, distinct) for side in sides]
        if len(results) == 1:
            hits, evidence, unread = results[0]
        else:
            hits = _by_rank([hits for hits, _, _ in results])
            evidence = _distinct_spans([of_side for _, of_side, _ in results])
            unread = _distinct_spans([of_side for _, _, of_side in results])
        return Retrieved(prepared, tuple(hits), tuple(evidence), tuple(unread))

    def _prepare(self, query: Query) -> PreparedQuery:
        language = language_of_words(query.language, self._snapshot) if query.language else "en"
        keywords = (query.keywords or query.text) if language else ""
        earlier = self._scoring.earlier_terms if subject_words(query.latest) else 1.0
        terms = QueryTerms(keywords, self._snapshot, query.latest, earlier, language or "en")
        return PreparedQuery(query, self._snapshot, terms, self._encoder.encode_query(terms.spelled_out(query.text)))

    def _search_side(
        self, prepared: PreparedQuery, side: Filters, scoring: ScoringWeights, distinct: bool
    ) -> tuple[list[Hit], list[Evidence], list[Evidence]]:
        query = prepared.query
        hits, copies = self._distinct_hits(prepared, side) if distinct else (self._hits(prepared, side), {})
        hits = self._with_replies(hits)
        evidence = score_sentences(prepared, hits, scoring)
        if query.speaker:
            evidence = without_procedure(evidence, prepared.terms, self._encoder)
        if distinct:
            evidence = distinct_evidence(evidence, copies, query)
        asked = prepared.terms.spelled_out(words_said(query.latest_text))
        read = rerank(asked, evidence, None if query.language else self._ranker, scoring)
        unread = evidence[len(read) :]
        if query.speaker:
            read, unread = (on_subject(some, prepared.terms, query.keywords) for some in (read, unread))
        return _by_evidence(hits, [*read, *unread]), read, unread

    def _hits(self, prepared: PreparedQuery, side: Filters, k: int = 0) -> list[Hit]:
        k = k or self._fusion.depth
        return hybrid_search(self._snapshot, prepared.terms.expanded, prepared.vector, k, side, self._fusion)

    def _with_replies(self, hits: list[Hit]) -> list[Hit]:
        """Return the hits with what belongs to them: the passage behind a question, the notes on a slide."""
        known = {passage_key(hit.passage) for hit in hits}
        found: list[Hit] = []
        for hit in hits:
            found.append(hit)
            if is_question(hit.passage.text) or is_deck(hit.passage.document):
                passages = self._snapshot.passages_of(hit.passage.document)
                at = next(i for i, (identity, _) in enumerate(passages) if identity == hit.id)
                behind = passages[at + 1 : at + 2] if is_question(hit.passage.text) else ()
                for identity, passage in behind or notes_on(hit.passage, passages[at + 1 :]):
                    if passage_key(passage) not in known:
                        known.add(passage_key(passage))
                        found.append(replace(hit, id=identity, passage=passage))
        return found

    def _distinct_hits(
        self, prepared: PreparedQuery, side: Filters
    ) -> tuple[list[Hit], dict[tuple[str, int], tuple[Hit, ...]]]:
        """Return distinct passages, and the copies of each; search further while most passages are copies."""
        depth = k = self._fusion.depth
        ranking = self._hits(prepared, side)
        hits, copies = distinct_hits(ranking, prepared.query)
        while len(ranking) == k < _WIDEST * depth and 2 * len(hits) < depth:
            k *= 2
            ranking = self._hits(prepared, side, k)
            hits, copies = distinct_hits(ranking, prepared.query)
        return hits[:depth], copies


def notes_on(slide: Passage, behind: Sequence[tuple[int, Passage]]) -> list[tuple[int, Passage]]:
    """Return those of the passages behind one of a slide, with their numbers, that are notes on this slide."""
    title = slide.headings[:1]
    own = takewhile(lambda item: item[1].headings[:1] == title, behind)
    return [item for item in own if NOTES in item[1].headings[1:]]


def _distinct_spans(sides: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    return best_first({(e.document.id, e.span): e for side in sides for e in side}.values())


def _by_evidence(hits: Sequence[Hit], evidence: Sequence[Evidence]) -> list[Hit]:
    """Return the passages in the order of their best sentence, with its score."""
    by_key = {passage_key(hit.passage): hit for hit in hits}
    best = {passage_key(e.passage): e.score for e in reversed(evidence)}
    return [replace(by_key[key], score=best[key]) for key in dict.fromkeys(passage_key(e.passage) for e in evidence)]


def _by_rank(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Return the best passage of each side, then the second of each: scores of two searches are not comparable."""
    hits = {hit.id: hit for of_side in lists for hit in of_side}
    ranks = {hit.id: rank for of_side in reversed(lists) for rank, hit in enumerate(of_side)}
    return sorted(hits.values(), key=lambda hit: ranks[hit.id])
