"""The best sentences, read again by the ranker together with the question."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.evidence import Evidence, best_first
from index.ranker import Ranker
from index.settings import Settings


def rank(question: str, weighed: Sequence[Evidence], ranker: Ranker | None, settings: Settings) -> list[Evidence]:
    """Let the ranker weigh the best sentences again, and put them in the new order.

    Args:
        question: the standalone question, without the words that became filters.
        weighed: sentences, best first; those beyond the settings' number fall behind the ranked ones.
        ranker: reads question and sentence; None, or a question in a language that it does not know, changes nothing.
        settings: how many are read, and how much the ranker's word counts.
    """
    if ranker is None or not ranker.knows(question) or not weighed:
        return list(weighed)
    read = weighed[: settings.ranked]
    odds = ranker.score(question, [_shown(evidence) for evidence in read])
    likely = 1 / (1 + np.exp(-odds.astype(np.float64)))
    scored = [
        replace(evidence, score=evidence.score + settings.ranker_weight * float(p), answers=float(p))
        for evidence, p in zip(read, likely, strict=True)
    ]
    return best_first(scored)


def _shown(evidence: Evidence) -> str:
    """The sentence under its nearest heading, as the ranker was trained to read it."""
    above = evidence.passage.headings[-1:] or (evidence.passage.document.title,)
    return f"{above[0]}: {' '.join(evidence.text.split())}"
