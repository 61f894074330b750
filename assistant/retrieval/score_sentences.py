"""Sentences of the passages found, each weighed as evidence for a question."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.query import Intent, Query
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.answer_type import wanted_kind
from corpus.document import Document, Kind
from corpus.passages import Passage
from corpus.span import Span
from index.library import Snapshot
from index.models.encoder import Vectors
from index.search.hybrid import Hit
from index.settings import Settings


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence or list item that may answer a question, with the parts of its weight.

    Attributes:
        passage: the passage that it stands in.
        span: its place in the document.
        score: the weight that orders it.
        dense: cosine of the sentence, read under its headings, and the query.
        words: share of the question's meaning that its own words hold, rare words counting more, in [0, 1].
        surroundings: the same for its words, headings and title together.
        label: whether it only names or leads to something, and that is not what was asked for.
        answers: how likely the ranker finds it an answer, in [0, 1]; None where no ranker read it.
        repeated: other documents in which the same words stand, see `assistant.retrieval.deduplicate`.
    """

    passage: Passage
    span: Span
    score: float
    dense: float
    words: float
    surroundings: float
    label: bool = False
    answers: float | None = None
    repeated: tuple[Document, ...] = ()

    @property
    def text(self) -> str:
        """The sentence, character for character."""
        return self.span.of(self.passage.document.text)


def score_sentences(
    view: Snapshot, hits: Sequence[Hit], query: Query, asked: QueryTerms, vector: Vectors, settings: Settings
) -> list[Evidence]:
    """Weigh every sentence of the passages found, best first.

    Args:
        view: the state of the library that the hits are from.
        hits: passages, best first.
        query: what is asked: the kinds of passages that it wants, and whose records it prefers.
        asked: the query's words.
        vector: the query, encoded.
        settings: the weights of the parts.
    """
    stored = [view.sentences(hit.id) for hit in hits]
    cosines = [np.asarray(vectors @ vector, dtype=np.float64) for _, vectors in stored]
    mean, deviation = _spread(cosines)
    kind = wanted_kind(query.latest or query.text)
    found: list[Evidence] = []
    for rank, (hit, (spans, _), near) in enumerate(zip(hits, stored, cosines, strict=True), start=1):
        document = hit.passage.document
        above = " ".join((document.title, *hit.passage.headings))
        for span, cosine in zip(spans, near, strict=True):
            words = asked.share(span.of(document.text))
            around = asked.share(above + " " + span.of(document.text))
            label = _is_label(hit.passage, span, query)
            score = (
                settings.sentence_weight * (float(cosine) - mean) / deviation
                + settings.words_weight * words
                + settings.surroundings_weight * around
                + settings.rank_weight / (settings.rank_offset + rank)
                - (settings.label_penalty if label else 0.0)
                + (settings.publisher_bonus if document.publisher in query.preferred else 0.0)
                + (settings.kind_bonus if kind and not label and kind.search(span.of(document.text)) else 0.0)
                + (settings.near_bonus if _is_near(hit.passage, span, query) else 0.0)
            )
            found.append(Evidence(hit.passage, span, score, float(cosine), words, around, label))
    return best_first(found)


def _spread(cosines: list[NDArray[np.float64]]) -> tuple[float, float]:
    """Mean and standard deviation: encoders differ in both, so a cosine means something only against the others."""
    every = np.concatenate([*cosines, np.zeros(0)])
    return (float(every.mean()), float(every.std()) or 1.0) if every.size else (0.0, 1.0)


def best_first(found: Iterable[Evidence]) -> list[Evidence]:
    """Evidence by its score; equal scores stand in the order of document name and place."""
    return sorted(found, key=lambda e: (-e.score, e.passage.document.name, e.span))


# What names or leads to content; cited only when it is what was asked for.
_LABELS = frozenset({Kind.TITLE, Kind.HEADING, Kind.MENU, Kind.CONTACT})
_LEAST_WORDS = 4
# Up to how many words without an end of sentence only name something: a topic on a list, a link, a day.
_FRAGMENT_WORDS = {Kind.LIST_ITEM: 14, Kind.BODY: 8}
_ENDS = re.compile(r"[.!?:;。！？：)）\]”\"」]$")


def _is_label(passage: Passage, span: Span, query: Query) -> bool:
    """Whether it only names something: a heading, a menu, a contact line, a date alone, a topic on a list."""
    if passage.kind in query.wants:
        return False
    words = span.of(passage.document.text)
    length = len(words.split())
    if passage.kind in _LABELS or length < _LEAST_WORDS:
        return True
    if passage.kind is Kind.LIST_ITEM and query.intent is Intent.LIST:
        return False
    return length <= _FRAGMENT_WORDS[passage.kind] and not _ENDS.search(words)


def _is_near(passage: Passage, span: Span, query: Query) -> bool:
    """Whether the turn before cited other words of the same passage."""
    cited = [place for identity, place in query.near if identity == passage.document.id]
    return any(place.overlaps(passage.span) for place in cited) and not any(place.overlaps(span) for place in cited)
