"""Words compared by their stems, as the lexical index compares them."""

from functools import cache, lru_cache
from typing import Any

from index.terms import content_words


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of an English word (Porter, "An algorithm for suffix stripping", 1980); other words stay as they are."""
    return str(_stemmer().stemWord(word)) if word.isascii() else word


def stems(text: str) -> list[str]:
    """The stems of the words that carry a text's meaning, each once, in order."""
    return list(dict.fromkeys(stem(word) for word in content_words(text)))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("porter")
