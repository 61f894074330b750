"""The ranker's probability is added to the scores of the best sentences; without a ranker nothing changes."""

# mypy: disable-error-code="comparison-overlap"

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.retrieval.score_sentences import Evidence, ScoringWeights, rerank
from corpus.passages import split
from corpus.reading import document_from
from index.models.ranker import Scores

DOCUMENT = document_from("Talks\n\nAlpha came. Beta left. Gamma stayed.", "talks.txt", "text/plain")
PASSAGE = split(DOCUMENT, 1000)[1]
ALPHA, BETA, GAMMA = (
    Evidence(PASSAGE, span, score, 0.0, 0.0, 0.0)
    for span, score in zip(PASSAGE.sentences(), (0.5, 0.4, 0.3), strict=True)
)


class Likes:
    """Finds one word likely and all else unlikely."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[str] = []

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        self.read += texts
        return np.array([np.log(3) if self.word in t else -np.log(3) for t in texts], dtype=np.float32)

    def knows(self, question: str) -> bool:
        return question.isascii()


def test_the_rankers_likelihood_is_added_with_its_weight() -> None:
    ranked = rerank("Who left?", [ALPHA, BETA], Likes("Beta"), ScoringWeights(ranker=2))
    assert [(e.quote, e.score, e.ranker_probability) for e in ranked] == [
        ("Beta left.", pytest.approx(0.4 + 2 * 0.75), pytest.approx(0.75)),
        ("Alpha came.", pytest.approx(0.5 + 2 * 0.25), pytest.approx(0.25)),
    ]


def test_only_the_best_are_read_and_kept() -> None:
    ranker = Likes("Gamma")
    assert rerank("Who?", [ALPHA, BETA, GAMMA], ranker, ScoringWeights(ranked=2))[0].quote == "Alpha came."
    assert ranker.read == ["Talks: Alpha came.", "Talks: Beta left."]


@pytest.mark.parametrize("question", ["誰が去りましたか"])
def test_a_language_the_ranker_does_not_know_skips_it(question: str) -> None:
    assert rerank(question, [ALPHA, BETA], Likes("Beta"), ScoringWeights()) == [ALPHA, BETA]


def test_without_a_ranker_nothing_changes() -> None:
    assert rerank("Who left?", [ALPHA, BETA], None, ScoringWeights()) == [ALPHA, BETA]


def test_a_label_is_not_read() -> None:
    ranker = Likes("Alpha")
    label = replace(ALPHA, is_label=True)
    ranked = rerank("Who?", [label, BETA, GAMMA], ranker, ScoringWeights(ranked=2, ranker=1))
    assert ranker.read == ["Talks: Beta left.", "Talks: Gamma stayed."]
    assert next(e for e in ranked if e.is_label) == label
