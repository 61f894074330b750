"""The best sentences, read again by the ranker together with the question."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.retrieval.score_sentences import Evidence, best_first
from index.models.ranker import Ranker
from index.settings import Settings


def rerank(question: str, weighed: Sequence[Evidence], ranker: Ranker | None, settings: Settings) -> list[Evidence]:
    """Let the ranker weigh the best sentences again, and put them in the new order.

    Args:
        question: the standalone question, without the words that became filters.
        weighed: sentences, best first; those beyond the settings' number fall behind the ranked ones.
        ranker: reads question and sentence; None, or a question in a language that it does not know, changes nothing.
        settings: how many are read, and how much the ranker's word counts.
    """
    if ranker is None or not ranker.knows(question) or not weighed:
        return list(weighed)
    # A label repeats the question's words and so seems likely; it is never what answers.
    read = [evidence for evidence in weighed if not evidence.label][: settings.ranked]
    odds = ranker.score(question, [_shown(evidence) for evidence in read])
    likely = dict(zip(map(id, read), 1 / (1 + np.exp(-odds.astype(np.float64))), strict=True))
    last = weighed.index(read[-1]) if read else 0
    scored = [
        replace(e, score=e.score + settings.ranker_weight * float(likely[id(e)]), answers=float(likely[id(e)]))
        if id(e) in likely
        else e
        for e in weighed[: last + 1]
    ]
    return best_first(scored)


def _shown(evidence: Evidence) -> str:
    """The sentence under its nearest heading, as the ranker was trained to read it."""
    above = evidence.passage.headings[-1:] or (evidence.passage.document.title,)
    return f"{above[0]}: {' '.join(evidence.text.split())}"
