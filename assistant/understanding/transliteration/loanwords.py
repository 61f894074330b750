"""Find the words of records in Latin letters that a loanword in katakana is: ブロックチェーン is "blockchain"."""

from functools import lru_cache

from assistant.understanding.spelling import by_first_letter
from corpus.language.japanese.alike import distance
from corpus.language.japanese.kana import kana_sounds
from corpus.language.japanese.latin import first_letters, name_sounds

# Least sounds of a loanword; then sounds up to which a limit of the distance holds, with the limit. Of 55 loanwords, 26
# are found among the 14,000 words of 265 releases, 1 of them with another word beside its own, 29 are not found.
_SHORTEST = 7
_LIMITS = ((7, 0.045), (100, 0.06))
_NEARLY = 0.016


@lru_cache(maxsize=256)
def loanwords(kana: str, words: frozenset[str]) -> tuple[str, ...]:
    """Return the words that sound most like a word in katakana, in order; none for a short one.

    Args:
        kana: the word.
        words: the words of the records, in lower case.
    """
    sounds = kana_sounds(kana)
    length = len(sounds.replace("-", ""))
    if length < _SHORTEST:
        return ()
    limit = next(limit for most, limit in _LIMITS if length <= most)
    candidates = [word for letter in first_letters(sounds[0]) for word in by_first_letter(words).get(letter, ())]
    near = sorted((far, w) for w in candidates if (far := distance(sounds, name_sounds(w), limit)) <= limit)
    return tuple(word for far, word in near if far <= near[0][0] + _NEARLY)
