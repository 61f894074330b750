"""Read the best sentences with a model and rank them again."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from assistant.retrieval.evidence import Evidence, best_first
from assistant.retrieval.scoring_weights import ScoringWeights
from assistant.retrieval.speaker_words import begins_back
from corpus.language.sentences import sentences
from corpus.span import Span
from corpus.transcript import turn_at
from index.models.ranker import Ranker

# Least probability of a sentence that gets the score for the words of the one before it.
_LIKELY = 0.8
# Words of the sentence above that the ranker reads, the last ones.
_MOST_WORDS = 25


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
    odds = ranker.score(question, [under_heading(e) for e in read])
    probabilities = dict(zip(map(id, read), 1 / (1 + np.exp(-odds.astype(np.float64))), strict=True))
    last = evidence.index(read[-1]) if read else 0
    ranked = [_with_probability(e, probabilities.get(id(e)), weights.ranker) for e in evidence[: last + 1]]
    return best_first(_with_words_before(e, ranked, weights) for e in ranked)


def _with_words_before(evidence: Evidence, others: Sequence[Evidence], weights: ScoringWeights) -> Evidence:
    """Add to a likely sentence that begins with a word such as "It" the score for the words of the sentence before it.

    "The Institute will write a brief. Its author is Ada Bo." answers "who writes the brief" by its second sentence.
    """
    if (evidence.ranker_probability or 0.0) < _LIKELY or not begins_back(evidence.quote):
        return evidence
    own = evidence.passage.sentences()
    before = next((a for a, b in pairwise(own) if b == evidence.span), None)
    said = next((e for e in others if e.document.id == evidence.document.id and e.span == before), evidence)
    gain = max(0.0, said.term_overlap - evidence.term_overlap)
    return replace(evidence, score=evidence.score + (weights.terms + weights.context) * gain)


def _with_probability(evidence: Evidence, probability: float | None, weight: float) -> Evidence:
    if probability is None:
        return evidence
    score = evidence.score + weight * float(probability)
    return replace(evidence, score=score, ranker_probability=float(probability))


def under_heading(evidence: Evidence) -> str:
    """Return the sentence as the ranker reads it, behind a question, lead-in or heading, and its speaker.

    `benchmarks.ranker_training.tune` trains the ranker on sentences in this form.
    """
    document, around = evidence.document, evidence.around
    headings = (*evidence.passage.headings[-1:], document.title)
    above = next(filter(None, (around.question, _last_sentence(around.lead_in), _before(evidence), *headings)), "")
    turn = turn_at(document, evidence.span.start)
    speaker = f"{turn.speaker}: " if turn and turn.speaker else ""
    return f"{' '.join(above.split()).rstrip(':：')}: {speaker}{' '.join(evidence.words_read.split())}"


def _last_sentence(lead_in: str) -> str:
    """Return the last sentence of a lead-in, which announces the list."""
    found = sentences(lead_in, Span(0, len(lead_in))) if lead_in else []
    return _last_words(found[-1].of(lead_in)) if found else ""


def _before(evidence: Evidence) -> str:
    """Return the sentence before one that begins with a word such as "It", in the same passage; "" for any other."""
    if not begins_back(evidence.quote):
        return ""
    before = [span for span in evidence.passage.sentences() if span.end <= evidence.span.start]
    return _last_words(before[-1].of(evidence.document.text)) if before else ""


def _last_words(sentence: str) -> str:
    return " ".join(sentence.split()[-_MOST_WORDS:])
