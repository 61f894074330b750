"""Correct misspelt words of a question by the words of the records, by small words and by English ones."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from corpus.language.countries import is_country
from corpus.language.english import QUESTION_WORDS, english_words
from corpus.language.months import MONTHS
from corpus.language.tokens import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Least letters of a misspelt small word, of another word, and of a name; shorter ones are too often others.
_SHORTEST, _LONG, _NAME = 3, 5, 6
# Letters from which on two may be wrong.
_TWO_WRONG = 9
# More words than a searched message has are no prose, but a list without spaces.
_MOST = 150
_SMALL_WORDS = frozenset(w for w in (*STOP_WORDS, *QUESTION_WORDS, *map(str.lower, MONTHS)) if len(w) >= _SHORTEST)


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The words of the records.

    Attributes:
        words: returns all words, in lower case; called only for an unknown word.
        frequency: returns the number of passages with a word, in any inflection, or with a phrase.
        writes_as_name: returns True for a word that the records write only with a capital.
    """

    words: Callable[[], frozenset[str]]
    frequency: Callable[[str], int]
    writes_as_name: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class CorrectedQuestion:
    """A question with its misspelt words corrected.

    Attributes:
        text: the question.
        names: names that were replaced, each with the name of the records.
    """

    text: str
    names: tuple[tuple[str, str], ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """A note for each name, since the name as typed may be right and only unknown."""
        return tuple(f"No record has “{typed}”; “{known}” was searched." for typed, known in self.names)


def correct_spelling(question: str, vocabulary: KnownWords) -> CorrectedQuestion:
    """Return the question with misspelt words replaced by the nearest known ones.

    Words of the records and of English stay. Distances are Damerau-Levenshtein: at most 1, in words of the records with
    nine letters or more 2. A word with a capital may be a name that no record has: only a name of the records
    replaces it, or a word that makes a phrase of the records with the word beside it.

    Args:
        question: as typed.
        vocabulary: the words of the records.
    """
    matches = [match for match in _WORD.finditer(question) if match.group().isascii()]
    if len(matches) > _MOST:
        return CorrectedQuestion(question)
    nearest = [_nearest(match.group().casefold(), vocabulary) for match in matches]
    is_capital = [match.group()[0].isupper() and not question.isupper() for match in matches]
    text, names, end = "", [], 0
    for i, (match, known) in enumerate(zip(matches, nearest, strict=True)):
        typed = match.group()
        if known is None or known == typed.casefold():
            continue
        if is_capital[i] and not (i == 0 and known in _SMALL_WORDS):
            beside = [nearest[j] or matches[j].group().casefold() for j in (i - 1, i + 1) if 0 <= j < len(matches)]
            phrases = (f"{beside[0]} {known}" if i else "", f"{known} {beside[-1]}" if i + 1 < len(matches) else "")
            if len(typed) >= _NAME and vocabulary.writes_as_name(known):
                names.append((typed, known.capitalize()))
            elif not any(phrase and _has_two_subjects(phrase) and vocabulary.frequency(phrase) for phrase in phrases):
                continue
        text += question[end : match.start()] + (known.capitalize() if typed[0].isupper() else known)
        end = match.end()
    return CorrectedQuestion(text + question[end:], tuple(names))


def _has_two_subjects(phrase: str) -> bool:
    return STOP_WORDS.isdisjoint(phrase.split())


def _nearest(word: str, vocabulary: KnownWords) -> str | None:
    """Return the known word that an unknown one is likeliest to be; None for a known one, or where all are too far."""
    if len(word) < _SHORTEST or word in _SMALL_WORDS or word in english_words() or not word.isalpha():
        return None
    small = _best(word, _SMALL_WORDS, 1, vocabulary, only_one=False)
    # The stem of a misspelt word may be that of another: "juli" and "July".
    if is_country(word) or (vocabulary.frequency(word) and not (small and word not in vocabulary.words())):
        return None
    if small and (len(word) > _SHORTEST or sorted(small) == sorted(word) or small[0] == "w"):
        return small
    if len(word) < _LONG:
        return None
    limit = 1 if len(word) < _TWO_WRONG else 2
    known = _best(word, vocabulary.words(), limit, vocabulary, only_one=False)
    return known or _best(word, english_words(), 1, vocabulary, only_one=True)


def _best(word: str, candidates: frozenset[str], limit: int, vocabulary: KnownWords, only_one: bool) -> str | None:
    """Return the nearest word with the same first letter, or with the first two exchanged.

    Of equally near ones a word with a letter more goes first, since letters are forgotten more often than added; then
    the one that more passages have, then the alphabet decides, or with `only_one` nothing.
    """
    from rapidfuzz.distance import DamerauLevenshtein

    found: list[tuple[int, bool, str]] = []
    by_letter = by_first_letter(candidates)
    for other in chain.from_iterable(by_letter.get(letter, ()) for letter in dict.fromkeys(word[:2])):
        if abs(len(other) - len(word)) <= limit and (other[0] == word[0] or other[:2] == word[1::-1]):
            distance = int(DamerauLevenshtein.distance(word, other, score_cutoff=limit))
            if distance <= limit:
                found.append((distance, len(other) <= len(word), other))
    if not found:
        return None
    nearest = min(found)[:2]
    equal = [other for *rank, other in found if tuple(rank) == nearest]
    if only_one and len(equal) > 1:
        return None
    return min(equal, key=lambda other: (-vocabulary.frequency(other), other))


@lru_cache(maxsize=4)
def by_first_letter(words: frozenset[str]) -> dict[str, list[str]]:
    """Return words by their first letter: English, the small words and those of the latest states of the library."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[0], []).append(word)
    return by_letter
