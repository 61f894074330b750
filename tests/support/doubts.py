"""A ranker that takes no sentence for an answer."""

from collections.abc import Sequence

import numpy as np

from index.models.ranker import Scores


class Doubts:
    """See `Ranker`: every sentence has the same low log-odds.

    Args:
        log_odds: that a sentence answers.
    """

    def __init__(self, log_odds: float = -2.0) -> None:
        self._log_odds = log_odds

    def knows(self, question: str) -> bool:
        """Return True: every question can be read."""
        return True

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        """Return the log-odds of each text."""
        return np.full(len(texts), self._log_odds, dtype=np.float32)
