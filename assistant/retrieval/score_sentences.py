"""Score the sentences of retrieved passages as evidence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from assistant.query import Query
from assistant.retrieval.context import Context
from assistant.retrieval.evidence import Evidence, PreparedQuery, best_first
from assistant.retrieval.labels import is_label
from assistant.retrieval.positions import asks_for_outcome, is_own_view, tells_outcome
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.scoring_weights import ScoringWeights
from assistant.retrieval.sentence_facts import SentenceFacts, sentence_facts
from assistant.understanding.answer_type import AnswerContent, holds, question_word
from corpus.document import Document
from corpus.language.dates import find_years
from corpus.language.identify import LANGUAGES
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import column_names, row_sentence
from corpus.talk import TALK_CHARACTERS
from corpus.transcript import turn_at
from index.search.filters import is_undated
from index.search.hybrid import Hit

# A question for what somebody asked; then the questions of the records answer.
_ASKS = re.compile(
    r"\b(?:did|does|do)\b[^?]*\bask\b|\bwho asked\b|\bwas asked\b|質問"
    r"|\bquestions? (?:was|were|did|that|of|from|by|on)\b",
    re.IGNORECASE,
)
# Least share of the words of a question in one that asks the same.
_ASKS_THE_SAME = 0.5
# The same for questions without a question word, to which the reply is yes or no.
_ASKS_THE_SAME_YES = 0.75


def score_sentences(prepared: PreparedQuery, hits: Sequence[Hit], weights: ScoringWeights) -> list[Evidence]:
    """Score every sentence of the hits, best first.

    Args:
        prepared: the query and the snapshot of the hits.
        hits: passages, best first.
        weights: weights of the parts of the score.
    """
    stored = [prepared.snapshot.sentences(hit.id) for hit in hits]
    cosines = [np.asarray(vectors @ prepared.vector, dtype=np.float64) for _, vectors in stored]
    mean, deviation = _spread(cosines)
    surroundings = _compare_surroundings([hit.passage for hit in hits], prepared.terms)
    asks_for_questions = bool(_ASKS.search(prepared.query.latest_text))
    evidence: list[Evidence] = []
    parts = zip(hits, stored, cosines, surroundings, strict=True)
    for rank, (hit, (spans, _), near, share) in enumerate(parts, start=1):
        by_cosine = (weights.cosine * (near - mean) / deviation).tolist()
        by_passage = weights.rank / (weights.rank_offset + rank) + weights.surroundings * share
        facts = sentence_facts(hit.passage, spans)
        may_answer = [
            _may_answer(prepared, hit.passage.document, *one, asks_for_questions)
            for one in zip(spans, facts, strict=True)
        ]
        answering = compress(zip(spans, near.tolist(), by_cosine, facts, strict=True), may_answer)
        evidence += _score_passage(prepared, hit.passage, answering, by_passage, weights)
    return best_first(evidence)


def _compare_surroundings(passages: Sequence[Passage], terms: QueryTerms) -> list[float]:
    """Return for each passage of talk the share of the query's words in it and around it, less that of the best one.

    People stay with a subject over several passages and seldom repeat its words. A passage of prose has 0, as the best
    one of talk.
    """
    shares = [
        terms.share(p.document.text[max(0, p.span.start - TALK_CHARACTERS) : p.span.end + TALK_CHARACTERS])
        if turn_at(p.document, p.words.start)
        else None
        for p in passages
    ]
    most = max((share for share in shares if share is not None), default=0.0)
    return [0.0 if share is None else share - most for share in shares]


def _may_answer(
    prepared: PreparedQuery, document: Document, span: Span, facts: SentenceFacts, asks_for_questions: bool
) -> bool:
    """Return True unless a sentence only asks, which answers nothing while the reply to it may, or another says it."""
    if facts.is_speaker:
        return False
    query, quote = prepared.query, span.of(document.text)
    if query.leaves_out(quote):
        return False
    # One person's proposal is no answer to what a body decided.
    if not query.filters.speakers and asks_for_outcome(query.latest_text) and is_own_view(document, span):
        return False
    asks = facts.asks or (facts.reports_question and asks_the_same(query.latest_text, quote, prepared.terms))
    return (asks_for_questions or bool(query.speaker) or not asks) and query.filters.keeps_words(document, span)


def _score_passage(
    prepared: PreparedQuery,
    passage: Passage,
    sentences: Iterable[tuple[Span, float, float, SentenceFacts]],
    by_passage: float,
    weights: ScoringWeights,
) -> Iterator[Evidence]:
    """Yield the sentences of a passage with their scores.

    Args:
        prepared: the query and the snapshot of the passage.
        passage: the passage.
        sentences: the position of each sentence, its cosine with the query, the part of its score for that, and facts.
        by_passage: the part of their scores for the passage.
        weights: weights of the other parts.
    """
    document, terms = passage.document, prepared.terms
    columns = column_names(document, passage.span.start)
    above = " ".join((document.title, *passage.headings, *columns))
    by_passage += _passage_bonus(passage, prepared.query, weights)
    is_outcome_asked = asks_for_outcome(prepared.query.latest_text)
    for span, cosine, by_cosine, facts in sentences:
        text, around = span.of(document.text), facts.around
        label = facts.is_courtesy or (not around.question and is_label(passage, span, prepared.query))
        replies = bool(around.question) and asks_the_same(prepared.query.latest_text, around.question, terms)
        if prepared.query.speaker:  # the subject may stand in what the speaker replies to
            around, replies = replace(around, question=around.question or around.turn_before), False
        overlap = terms.share(text, around.question)
        context = terms.share(above, around.lead_in, around.question, around.turn_before, around.slide, text)
        score = by_cosine + weights.terms * overlap + weights.context * context + by_passage
        score += _sentence_bonus(passage, span, columns, label, prepared.query, weights)
        score += weights.reply_bonus * replies
        if terms.verbs and prepared.query.answer.preferred is AnswerContent.PERSON:
            score += weights.verb_bonus * bool(terms.verbs.intersection(terms.covered(text)))
        if is_outcome_asked:
            score += weights.outcome_bonus * _is_outcome(document, span, around, terms)
        yield Evidence(
            passage, span, score, cosine, overlap, context, label, columns=columns, around=around, replies=replies
        )


def _is_outcome(document: Document, span: Span, around: Context, terms: QueryTerms) -> bool:
    """Return True if a sentence of a talk tells an outcome, with words of the question in it or before it."""
    if not around.slide and not turn_at(document, span.start):
        return False
    before = (around.slide,) if around.slide else (around.question, around.turn_before)
    return tells_outcome(document, span) and terms.share(*before, span.of(document.text)) > 0


def _passage_bonus(passage: Passage, query: Query, weights: ScoringWeights) -> float:
    """Return what is added to the scores of all sentences of a passage."""
    bonus = 0.0
    if passage.document.publisher in query.preferred:
        bonus += weights.publisher_bonus
    if query.language and LANGUAGES.get(passage.document.language or "") == query.language:
        bonus += weights.language_bonus
    if _is_of_other_year(passage.headings[-1:], query):
        bonus -= weights.year_penalty
    if is_undated(passage.document) and not query.filters.fits(passage.document):
        bonus -= weights.undated_penalty
    return bonus


def _sentence_bonus(
    passage: Passage, span: Span, columns: tuple[str, ...], label: bool, query: Query, weights: ScoringWeights
) -> float:
    """Return what is added to the score of a sentence; it is negative for a label."""
    bonus = -weights.label_penalty if label else 0.0
    preferred = query.answer.preferred
    if preferred and not label and holds(preferred, row_sentence(span.of(passage.document.text), columns)):
        bonus += weights.content_bonus
    if _is_near(passage, span, query):
        bonus += weights.near_bonus
    return bonus


def _is_of_other_year(headings: Sequence[str], query: Query) -> bool:
    """Return True if a question names a year, and a heading other years alone."""
    asked, named = _years(query.latest_text), _years(" ".join(headings))
    return bool(asked and named) and not any(min(named) <= year <= max(named) for year in asked)


def _spread(cosines: list[NDArray[np.float64]]) -> tuple[float, float]:
    """Return mean and standard deviation of the cosines, which differ between encoders."""
    values = np.concatenate([*cosines, np.zeros(0)])
    return (float(values.mean()), float(values.std()) or 1.0) if values.size else (0.0, 1.0)


@lru_cache(maxsize=4096)
def _years(text: str) -> frozenset[int]:
    return frozenset(find_years(text))


def asks_the_same(question: str, other: str, terms: QueryTerms) -> bool:
    """Return True if a question of a record has the question word and most of the words of another one."""
    words = tuple(map(question_word, (question, other)))
    return words[0] == words[1] and terms.share(other) >= (_ASKS_THE_SAME if words[0] else _ASKS_THE_SAME_YES)


def _is_near(passage: Passage, span: Span, query: Query) -> bool:
    """Return True if the turn before cited other words of the same passage."""
    spans = [cited for document, cited in query.last_citations if document == passage.document.id]
    return any(cited.overlaps(passage.span) for cited in spans) and not any(cited.overlaps(span) for cited in spans)
