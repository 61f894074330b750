"""Misspelt words of a question, repaired with the records' own words."""

import re
from collections.abc import Callable, Set

from corpus.language.countries import is_country
from corpus.language.tokens import STOP_WORDS
from index.models.english import english_words

_WORD = re.compile(r"[^\W\d_]{5,}")


def correct_spelling(
    question: str, words: Callable[[], Set[str]], is_known: Callable[[str], bool], as_name: Callable[[str], bool]
) -> str:
    """The question with each unknown word replaced by the one word of the records that it nearly is.

    A common English word is no slip, whether the records have it or not. One slip is forgiven in a word of up to seven
    letters, two in a longer one (Damerau-Levenshtein); the first letter must be right. A word with a capital may be a
    name that the records do not have: it is replaced only by a name.

    Args:
        question: as typed.
        words: gives every word of the records, in lower case; asked for only when one is unknown.
        is_known: whether the records have a word, in any inflection.
        as_name: whether the records write a word only with a capital.
    """
    shouted = question.isupper()

    def mended(match: re.Match[str]) -> str:
        word = match.group(0)
        low = word.casefold()
        if low in STOP_WORDS or is_country(low) or is_known(low) or low in english_words() or not word.isascii():
            return word
        nearest = _nearest(low, words())
        if nearest is None or (word[0].isupper() and not shouted and not as_name(nearest)):
            return word
        return nearest.capitalize() if word[0].isupper() else nearest

    return _WORD.sub(mended, question)


def _nearest(word: str, words: Set[str]) -> str | None:
    """The word with the fewest slips, of the words in the order of the alphabet; None when none is near enough."""
    from rapidfuzz.distance import DamerauLevenshtein

    slips = 1 if len(word) <= 7 else 2
    best: tuple[int, str] | None = None
    for other in words:
        if other[0] == word[0] and abs(len(other) - len(word)) <= slips and len(other) > 3:
            distance = int(DamerauLevenshtein.distance(word, other, score_cutoff=slips))
            if distance <= slips and (best is None or (distance, other) < best):
                best = (distance, other)
    return best[1] if best else None
