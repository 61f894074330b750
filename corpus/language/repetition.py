"""Estimate how likely a passage that answers a question is to hold a word of the question: "vote" is, "many" is not."""

from functools import cache

from corpus.language.tokens import stem
from corpus.language.word_lists import word_sets

# The share of words that are too rare to be counted one by one, most of them names and technical terms.
RARE = 0.84
# No word is sure to be repeated.
_MOST = 0.97


def repetition(word: str) -> float:
    """Return the share of answering passages that hold a word of their question, in (0, 1).

    The shares were counted on public questions with their passages (data/repeated_words.txt).

    Args:
        word: a folded word.
    """
    return min(_shares().get(stem(word), RARE), _MOST)


@cache
def _shares() -> dict[str, float]:
    return {name: float(share) for name, share in word_sets("repeated_words.txt")}
