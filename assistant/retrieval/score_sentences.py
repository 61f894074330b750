"""Score every sentence of the retrieved passages as evidence, and let a ranker score the best ones again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.query import Intent, Query
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.answer_type import holds
from corpus.document import Document, Kind
from corpus.passages import Passage
from corpus.span import Span
from index.library import Snapshot
from index.models.encoder import Vectors
from index.models.ranker import Ranker
from index.search.hybrid import Hit

# Kinds that name or lead to content; cited only when a question asks for them.
_LABELS = frozenset({Kind.TITLE, Kind.HEADING, Kind.MENU, Kind.CONTACT})
_LEAST_WORDS = 4
# The most words without an end of sentence that only name something: a topic on a list, a link, a day.
_FRAGMENT_WORDS = {Kind.LIST_ITEM: 14, Kind.BODY: 8}
_ENDS = re.compile(r"[.!?:;。！？：)）\]”\"」]$")


@dataclass(frozen=True, slots=True)
class ScoringWeights:
    """Weights of the parts of a sentence's score; docs/decisions.md has the measurements.

    Attributes:
        cosine: of the cosine with the query, a standard deviation among the scored sentences. Without it dev
            recall falls from 0.895 to 0.773.
        terms: of the share of the query's weighted words that the sentence holds.
        context: of the same share with its headings and title; 0.2 instead of 0.3: dev recall 0.888 -> 0.895.
        rank: of the passage's place among the hits, inverted.
        rank_offset: ranks added before the place is inverted.
        label_penalty: taken from headings, titles, menus and contact lines.
        publisher_bonus: for records of a publisher that the question mentions.
        content_bonus: for a sentence with a person, a date or a number where who, when, how many is asked. With 0.05 /
            0.1 / 0.15 dev precision 0.634 / 0.641 / 0.636.
        near_bonus: for a sentence beside words that the turn before cited; dev follow-ups (n = 9): recall 0.55 -> 0.77.
        earlier_terms: of a word that only the turns before have, beside 1 for one of the latest question.
        ranked: sentences that the ranker reads again; each costs 5 to 10 ms. 24 change nothing.
        ranker: of the ranker's probability, in [0, 1]. With 0.2 / 0.3 / 0.5 / 0.8 dev precision 0.561 / 0.580 / 0.607 /
            0.630, recall 0.880 / 0.872 / 0.872 / 0.847.
    """

    cosine: float = 0.1
    terms: float = 0.3
    context: float = 0.2
    rank: float = 1.0
    rank_offset: float = 10.0
    label_penalty: float = 0.25
    publisher_bonus: float = 0.2
    content_bonus: float = 0.1
    near_bonus: float = 0.15
    earlier_terms: float = 0.15
    ranked: int = 12
    ranker: float = 0.5


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A query with its words weighted and its text encoded, ready to search one state of the library.

    Attributes:
        query: the question.
        snapshot: the state of the library.
        terms: the query's words; none where the search by words does not know its language.
        vector: the query's text, encoded; float32 of shape (d,), unit length.
    """

    query: Query
    snapshot: Snapshot
    terms: QueryTerms
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence or list item that may answer a question, with the parts of its score.

    Attributes:
        passage: the passage that it stands in.
        span: its place in the document.
        score: the score that orders it.
        dense: cosine of the sentence, read under its headings, and the query.
        term_overlap: share of the query's weighted words that it holds itself, in [0, 1].
        context_overlap: the same share with its headings and title.
        is_label: True where it only names or leads to something, and the question does not ask for that.
        ranker_probability: the ranker's probability that it answers, in [0, 1]; None where no ranker read it.
        also_in: other documents in which the same words stand, see `assistant.retrieval.deduplicate`.
    """

    passage: Passage
    span: Span
    score: float
    dense: float
    term_overlap: float
    context_overlap: float
    is_label: bool = False
    ranker_probability: float | None = None
    also_in: tuple[Document, ...] = ()

    @property
    def document(self) -> Document:
        """The document that it stands in."""
        return self.passage.document

    @property
    def quote(self) -> str:
        """The sentence, character for character."""
        return self.span.of(self.document.text)


def score_sentences(prepared: PreparedQuery, hits: Sequence[Hit], weights: ScoringWeights) -> list[Evidence]:
    """Score every sentence of the hits, best first.

    Args:
        prepared: the query and the state of the library that the hits are from.
        hits: passages, best first.
        weights: weights of the parts of the score.
    """
    query = prepared.query
    stored = [prepared.snapshot.sentences(hit.id) for hit in hits]
    cosines = [np.asarray(vectors @ prepared.vector, dtype=np.float64) for _, vectors in stored]
    mean, deviation = _spread(cosines)
    evidence: list[Evidence] = []
    for rank, (hit, (spans, _), near) in enumerate(zip(hits, stored, cosines, strict=True), start=1):
        document = hit.passage.document
        above = " ".join((document.title, *hit.passage.headings))
        for span, cosine in zip(spans, near, strict=True):
            text = span.of(document.text)
            overlap, context = prepared.terms.share(text), prepared.terms.share(f"{above} {text}")
            is_label = _is_label(hit.passage, span, query)
            preferred = query.answer.preferred
            score = (
                weights.cosine * (float(cosine) - mean) / deviation
                + weights.terms * overlap
                + weights.context * context
                + weights.rank / (weights.rank_offset + rank)
                - (weights.label_penalty if is_label else 0.0)
                + (weights.publisher_bonus if document.publisher in query.preferred else 0.0)
                + (weights.content_bonus if preferred and not is_label and holds(preferred, text) else 0.0)
                + (weights.near_bonus if _is_near(hit.passage, span, query) else 0.0)
            )
            evidence.append(Evidence(hit.passage, span, score, float(cosine), overlap, context, is_label))
    return best_first(evidence)


def rerank(
    question: str, evidence: Sequence[Evidence], ranker: Ranker | None, weights: ScoringWeights
) -> list[Evidence]:
    """Add the ranker's probability to the score of the best sentences, and put them in the new order.

    Args:
        question: the standalone question, without the words that became filters.
        evidence: sentences, best first; those beyond the number that the ranker reads are left out.
        ranker: reads question and sentence; None, or a question in a language that it does not know, changes nothing.
        weights: how many sentences are read, and the weight of the ranker.
    """
    if ranker is None or not ranker.knows(question) or not evidence:
        return list(evidence)
    # A label repeats the question's words and so seems likely; it is never what answers.
    read = [e for e in evidence if not e.is_label][: weights.ranked]
    odds = ranker.score(question, [_under_heading(e) for e in read])
    probabilities = dict(zip(map(id, read), 1 / (1 + np.exp(-odds.astype(np.float64))), strict=True))
    last = evidence.index(read[-1]) if read else 0
    return best_first(_with_probability(e, probabilities.get(id(e)), weights.ranker) for e in evidence[: last + 1])


def _with_probability(evidence: Evidence, probability: float | None, weight: float) -> Evidence:
    if probability is None:
        return evidence
    score = evidence.score + weight * float(probability)
    return replace(evidence, score=score, ranker_probability=float(probability))


def _under_heading(evidence: Evidence) -> str:
    """Return the sentence under its nearest heading, as the ranker was trained to read it."""
    above = evidence.passage.headings[-1:] or (evidence.document.title,)
    return f"{above[0]}: {' '.join(evidence.quote.split())}"


def _spread(cosines: list[NDArray[np.float64]]) -> tuple[float, float]:
    """Return mean and standard deviation: encoders differ in both, so a cosine only means something beside others."""
    every = np.concatenate([*cosines, np.zeros(0)])
    return (float(every.mean()), float(every.std()) or 1.0) if every.size else (0.0, 1.0)


def best_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Sort evidence by its score, highest first; equal scores stand in the order of document name and place."""
    return sorted(evidence, key=lambda e: (-e.score, e.passage.document.name, e.span))


def _is_label(passage: Passage, span: Span, query: Query) -> bool:
    """Return True if it only names something: a heading, a menu, a contact line, a date alone, a topic on a list."""
    if passage.kind in query.requested_kinds:
        return False
    words = span.of(passage.document.text)
    length = len(words.split())
    if passage.kind in _LABELS or length < _LEAST_WORDS:
        return True
    if passage.kind is Kind.LIST_ITEM and query.intent is Intent.LIST:
        return False
    return length <= _FRAGMENT_WORDS[passage.kind] and not _ENDS.search(words)


def _is_near(passage: Passage, span: Span, query: Query) -> bool:
    """Return True if the turn before cited other words of the same passage."""
    cited = [place for identity, place in query.last_citations if identity == passage.document.id]
    return any(place.overlaps(passage.span) for place in cited) and not any(place.overlaps(span) for place in cited)
