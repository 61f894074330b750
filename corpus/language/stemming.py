"""Reduce words to their stems, by which the lexical index compares them."""

import threading
from functools import lru_cache
from typing import Any

from corpus.language.tokens import content_words

# A stemmer keeps its current word, so that two threads with one stemmer would get each other's stems.
_of_this_thread = threading.local()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of an English word (Porter, "An algorithm for suffix stripping", 1980); other words unchanged."""
    return str(_stemmer().stemWord(word)) if word.isascii() else word


def stems(text: str) -> list[str]:
    """Return the stems of a text's content words, each once, in order."""
    return list(dict.fromkeys(stem(word) for word in content_words(text)))


def _stemmer() -> Any:
    if not hasattr(_of_this_thread, "stemmer"):
        import snowballstemmer

        _of_this_thread.stemmer = snowballstemmer.stemmer("porter")
    return _of_this_thread.stemmer
