"""Read the best sentences with a model and rank them again."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.retrieval.evidence import Evidence, best_first
from assistant.retrieval.scoring_weights import ScoringWeights
from index.models.ranker import Ranker


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
    return best_first(_with_probability(e, probabilities.get(id(e)), weights.ranker) for e in evidence[: last + 1])


def _with_probability(evidence: Evidence, probability: float | None, weight: float) -> Evidence:
    if probability is None:
        return evidence
    score = evidence.score + weight * float(probability)
    return replace(evidence, score=score, ranker_probability=float(probability))


def under_heading(evidence: Evidence) -> str:
    """Return the sentence behind its nearest heading, in the form of the ranker's training data."""
    above = next(filter(None, (evidence.around.question, *evidence.passage.headings[-1:], evidence.document.title)), "")
    return f"{' '.join(above.split()).rstrip(':：')}: {' '.join(evidence.words_read.split())}"
