"""Score the sentences of retrieved passages as evidence; rerank the best with a model and drop the rest."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.query import Intent, Query
from assistant.retrieval.context import NO_CONTEXT, Context, contexts_of, is_asked, is_courtesy, is_question
from assistant.retrieval.positions import asks_for_outcome, is_own_view, tells_outcome
from assistant.retrieval.query_terms import QueryTerms
from assistant.understanding.answer_type import AnswerContent, holds, question_word
from corpus.document import Document, Kind
from corpus.language.dates import find_years
from corpus.language.identify import LANGUAGES
from corpus.language.scripts import count_words
from corpus.passages import Passage
from corpus.span import Span
from corpus.tables import cells, column_names, is_header, row_sentence
from corpus.talk import TALK_CHARACTERS
from corpus.transcript import turn_at
from index.models.encoder import Vectors
from index.models.ranker import Ranker
from index.search.filters import is_undated
from index.search.hybrid import Hit
from index.snapshot import Snapshot

# Kinds of passages that have no statements of their own; they are cited only on request.
_LABELS = frozenset({Kind.TITLE, Kind.HEADING, Kind.MENU, Kind.CONTACT})
_LEAST_WORDS = 4
# Most words of a label without a final mark: a topic on a list, a link, a day.
_FRAGMENT_WORDS = {Kind.LIST_ITEM: 14, Kind.BODY: 8}
# "**Apologies:** Ms. Ada Bo": a label with what it labels says something.
_LABELLED = re.compile(r"[*_]*[^\W\d_][^:：.]{1,60}[:：][*_]*\s*\S")
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
_ENDS = re.compile(r"[.!?:;。！？：)）\]”\"」]$")


@dataclass(frozen=True, slots=True)
class ScoringWeights:
    """Weights of the parts of a sentence's score; docs/decisions.md has the measurements.

    Attributes:
        cosine: of the cosine with the query, a standard deviation among the scored sentences. Without it dev
            recall falls from 0.895 to 0.773.
        terms: of the share of the query's weighted words that the sentence holds.
        context: of the same share with its headings and title; 0.2 instead of 0.3: dev recall 0.888 -> 0.895.
        rank: of the reciprocal rank of the passage among the hits.
        rank_offset: number added to the rank before it is inverted.
        surroundings: of the share of the query's weighted words in a passage of talk and around it, less that of the
            best one. With 0 / 0.4 / 0.8 / 1.6 the MRR on 241 questions about meetings is .555 / .582 / .595 / .589.
        label_penalty: subtracted from headings, titles, menus and contact lines.
        publisher_bonus: for records of a publisher that the question mentions.
        language_bonus: for records in the language of a question in neither English nor Japanese: more than the margin
            of citations, so that others answer only where these do not.
        content_bonus: for a sentence with a person, a date or a number where who, when, how many is asked. With 0.05 /
            0.1 / 0.15 dev precision 0.634 / 0.641 / 0.636.
        undated_penalty: subtracted where the question names a time and the day of the record is unknown: one of that
            time comes first, unless it fits worse by about as much as a cited sentence may (`SelectionLimits.margin`).
        year_penalty: subtracted below a heading that names other years than the question.
        near_bonus: for a sentence in a passage that the turn before cited; dev follow-ups (n = 9): recall 0.55 -> 0.77.
        reply_bonus: for a reply to a question of the record that asks the same.
        verb_bonus: for a sentence with the verb of a foreign question that asks who did something.
        outcome_bonus: for a sentence of a talk that tells an outcome, where what was decided is asked.
        earlier_terms: factor for a word that only the turns before have.
        ranked: number of sentences that the ranker reads; each costs about 7 ms of processor time. With 8 instead of 12
            dev precision rises by 0.004, and no figure falls.
        ranker: of the ranker's probability, in [0, 1]. With 0.2 / 0.3 / 0.5 / 0.8 dev precision 0.561 / 0.580 / 0.607 /
            0.630, recall 0.880 / 0.872 / 0.872 / 0.847.
    """

    cosine: float = 0.1
    terms: float = 0.3
    context: float = 0.2
    rank: float = 1.0
    rank_offset: float = 10.0
    surroundings: float = 0.8
    label_penalty: float = 0.25
    publisher_bonus: float = 0.2
    content_bonus: float = 0.1
    language_bonus: float = 0.15
    undated_penalty: float = 0.1
    year_penalty: float = 0.3
    near_bonus: float = 0.15
    reply_bonus: float = 0.35
    verb_bonus: float = 0.2
    outcome_bonus: float = 0.3
    earlier_terms: float = 0.15
    ranked: int = 8
    ranker: float = 0.5


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A query with its weighted words and its vector for the search of one snapshot.

    Attributes:
        query: the query.
        snapshot: the snapshot of the library.
        terms: the query's words; none in a language that the search by words does not know.
        vector: the vector of the query's text; float32 of shape (d,), unit length.
    """

    query: Query
    snapshot: Snapshot
    terms: QueryTerms
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence or list item that may answer a question, with the parts of its score.

    Attributes:
        passage: the passage that contains it.
        span: its position in the document.
        score: the sum of its weighted parts.
        dense: cosine of the query and the sentence under its headings.
        term_overlap: share of the query's weighted words in the sentence, in [0, 1].
        context_overlap: the same share with its headings and title.
        is_label: True for a title or another label that the question does not request.
        ranker_probability: the ranker's probability that it answers, in [0, 1]; None if no ranker read it.
        also_in: other documents with the same words, see `assistant.retrieval.deduplicate`.
        columns: the column names of a row of a table.
        around: the words above it that belong to its sense.
        replies: True for a reply to a question of the record that asks the same.
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
    columns: tuple[str, ...] = ()
    around: Context = NO_CONTEXT
    replies: bool = False

    @property
    def document(self) -> Document:
        """The document of the sentence."""
        return self.passage.document

    @property
    def quote(self) -> str:
        """The words of the sentence, unchanged."""
        return self.span.of(self.document.text)

    @property
    def words_read(self) -> str:
        """The words that are judged: the quotation, or a row of a table with the names of its columns."""
        return row_sentence(self.quote, self.columns)


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
        sentences = list(zip(spans, near.tolist(), by_cosine, strict=True))
        scored = _score_passage(prepared, hit.passage, sentences, by_passage, weights)
        evidence += (e for e in scored if _may_answer(prepared.query, e, asks_for_questions))
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


def _may_answer(query: Query, evidence: Evidence, asks_for_questions: bool) -> bool:
    """Return True unless a sentence only asks, which answers nothing while the reply to it may, or another says it."""
    document, span = evidence.document, evidence.span
    turn = turn_at(document, span.start)
    if turn and span.end <= turn.words.start:
        return False  # the name of the speaker
    asks = is_question(evidence.quote) or is_asked(document, span)
    # One person's proposal is no answer to what a body decided.
    if not query.filters.speakers and asks_for_outcome(query.latest_text) and is_own_view(document, span):
        return False
    return (asks_for_questions or bool(query.speaker) or not asks) and query.filters.keeps_words(document, span)


def _score_passage(
    prepared: PreparedQuery,
    passage: Passage,
    sentences: Sequence[tuple[Span, float, float]],
    by_passage: float,
    weights: ScoringWeights,
) -> Iterator[Evidence]:
    """Yield the sentences of a passage with their scores.

    Args:
        prepared: the query and the snapshot of the passage.
        passage: the passage.
        sentences: the position of each sentence, its cosine with the query, and the part of its score for that.
        by_passage: the part of their scores for the passage.
        weights: weights of the other parts.
    """
    document, terms = passage.document, prepared.terms
    columns = column_names(document, passage.span.start)
    above = " ".join((document.title, *passage.headings, *columns))
    contexts = contexts_of(document, [span for span, _, _ in sentences])
    for (span, cosine, by_cosine), around in zip(sentences, contexts, strict=True):
        text = span.of(document.text)
        is_label = is_courtesy(text) or (not around.question and _is_label(passage, span, prepared.query))
        replies = bool(around.question) and asks_the_same(prepared.query.latest_text, around.question, terms)
        if prepared.query.speaker:  # the subject may stand in what the speaker replies to
            around, replies = replace(around, question=around.question or around.turn_before), False
        overlap = terms.share(text, around.question)
        context = terms.share(above, around.lead_in, around.question, around.turn_before, around.slide, text)
        score = by_cosine + weights.terms * overlap + weights.context * context + by_passage
        for bonus in _bonuses(passage, span, columns, is_label, prepared.query, weights):
            score += bonus
        score += weights.reply_bonus * replies
        if terms.verbs and prepared.query.answer.preferred is AnswerContent.PERSON:
            score += weights.verb_bonus * bool(terms.verbs.intersection(terms.covered(text)))
        if around.slide and asks_for_outcome(prepared.query.latest_text):
            score += weights.outcome_bonus * (tells_outcome(document, span) and terms.share(around.slide, text) > 0)
        elif asks_for_outcome(prepared.query.latest_text) and turn_at(document, span.start):
            is_outcome = tells_outcome(document, span) and terms.share(text, around.question, around.turn_before) > 0
            score += weights.outcome_bonus * is_outcome
        yield Evidence(
            passage, span, score, cosine, overlap, context, is_label, columns=columns, around=around, replies=replies
        )


def _bonuses(
    passage: Passage, span: Span, columns: tuple[str, ...], is_label: bool, query: Query, weights: ScoringWeights
) -> Iterator[float]:
    """Yield what is added to the score of a sentence; it is negative for a label."""
    if is_label:
        yield -weights.label_penalty
    if passage.document.publisher in query.preferred:
        yield weights.publisher_bonus
    if query.language and LANGUAGES.get(passage.document.language or "") == query.language:
        yield weights.language_bonus
    if _is_of_other_year(passage.headings[-1:], query):
        yield -weights.year_penalty
    if is_undated(passage.document) and not query.filters.fits(passage.document):
        yield -weights.undated_penalty
    preferred = query.answer.preferred
    if preferred and not is_label and holds(preferred, row_sentence(span.of(passage.document.text), columns)):
        yield weights.content_bonus
    if _is_near(passage, span, query):
        yield weights.near_bonus


def _is_of_other_year(headings: Sequence[str], query: Query) -> bool:
    """Return True if a question names a year, and a heading other years alone."""
    asked, named = find_years(query.latest_text), find_years(" ".join(headings))
    return bool(asked and named) and not any(min(named) <= year <= max(named) for year in asked)


def rerank(
    question: str, evidence: Sequence[Evidence], ranker: Ranker | None, weights: ScoringWeights
) -> list[Evidence]:
    """Add the ranker's probability to the score of the best sentences, and sort them again.

    Args:
        question: the question as typed.
        evidence: sentences, best first; those behind the last that the ranker reads are removed.
        ranker: the model; None, or one that does not know the language of the question, changes nothing.
        weights: the number of sentences that the ranker reads, and its weight.
    """
    if ranker is None or not ranker.knows(question) or not evidence:
        return list(evidence)
    # A label repeats the question's words, so the ranker would prefer it, but it answers nothing.
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
    """Return the sentence behind its nearest heading, in the form of the ranker's training data."""
    above = next(filter(None, (evidence.around.question, *evidence.passage.headings[-1:], evidence.document.title)), "")
    return f"{' '.join(above.split()).rstrip(':：')}: {' '.join(evidence.words_read.split())}"


def _spread(cosines: list[NDArray[np.float64]]) -> tuple[float, float]:
    """Return mean and standard deviation of the cosines, which differ between encoders."""
    values = np.concatenate([*cosines, np.zeros(0)])
    return (float(values.mean()), float(values.std()) or 1.0) if values.size else (0.0, 1.0)


def documents_of(evidence: Iterable[Evidence]) -> list[Document]:
    """Return the documents of some evidence, each once, in its order."""
    return list({e.document.id: e.document for e in evidence}.values())


def best_first(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Sort evidence by score, highest first, then by document name and position."""
    return sorted(evidence, key=lambda e: (-e.score, e.passage.document.name, e.span))


def _is_label(passage: Passage, span: Span, query: Query) -> bool:
    """Return True for a label: a heading, menu, contact line, date alone or topic on a list that is not requested."""
    if passage.kind in query.requested_kinds:
        return False
    words = span.of(passage.document.text)
    length = count_words(words)
    if passage.kind in _LABELS or length < _LEAST_WORDS or is_header(passage.document, passage.span.start):
        return True
    if length > _FRAGMENT_WORDS[passage.kind] or _ENDS.search(words):
        return False
    is_item = passage.kind is Kind.LIST_ITEM and query.intent is Intent.LIST
    return not (is_item or cells(words) or _LABELLED.match(words))


def asks_the_same(question: str, other: str, terms: QueryTerms) -> bool:
    """Return True if a question of a record has the question word and most of the words of another one."""
    words = tuple(map(question_word, (question, other)))
    return words[0] == words[1] and terms.share(other) >= (_ASKS_THE_SAME if words[0] else _ASKS_THE_SAME_YES)


def _is_near(passage: Passage, span: Span, query: Query) -> bool:
    """Return True if the turn before cited other words of the same passage."""
    spans = [cited for document, cited in query.last_citations if document == passage.document.id]
    return any(cited.overlaps(passage.span) for cited in spans) and not any(cited.overlaps(span) for cited in spans)
