"""BM25 as SQLite's FTS5 computes it, from counts: for several libraries that are searched as one.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the constants of
FTS5's function bm25.
"""

from collections.abc import Sequence
from math import log

from index.snapshot import WordMatches

_K1 = 1.2
_B = 0.75
# FTS5 keeps the factor of words in more than half of the passages above zero.
_LEAST_IDF = 1e-6


def idf(having: int, passages: int) -> float:
    """Return the factor of a word that so many of all passages have."""
    return max(log((passages - having + 0.5) / (having + 0.5)), _LEAST_IDF)


def frequency_of(score: float, factor: float, length: int, average: float) -> float:
    """Return how often a passage has a word by the BM25 of that word alone.

    Args:
        score: the passage's BM25.
        factor: the word's idf.
        length: the number of words of the passage.
        average: that of all passages on average.
    """
    saturation = score / factor
    return saturation * _length_term(length, average) / (_K1 + 1 - saturation)


def scores(libraries: Sequence[WordMatches]) -> list[dict[int, float]]:
    """Return the BM25 of the passages of each library, by id, as if one library held all of them."""
    passages = sum(matches.passages for matches in libraries)
    average = sum(matches.length for matches in libraries) / passages if passages else 0.0
    factors = [idf(sum(having), passages) for having in zip(*(each.having for each in libraries), strict=True)]
    return [_scores(matches, factors, average) for matches in libraries]


def _scores(matches: WordMatches, factors: Sequence[float], average: float) -> dict[int, float]:
    found: dict[int, float] = {}
    for factor, frequencies in zip(factors, matches.frequencies, strict=True):
        for identity, frequency in frequencies.items():
            part = frequency * (_K1 + 1) / (frequency + _length_term(matches.lengths[identity], average))
            found[identity] = found.get(identity, 0.0) + factor * part
    return found


def _length_term(length: int, average: float) -> float:
    return _K1 * (1 - _B + _B * length / average)
