"""Common English words, so that a word that the records lack is not taken for a slip."""

from functools import cache

from index.models import minilm


@cache
def english_words() -> frozenset[str]:
    """The whole words in the vocabulary of all-MiniLM-L6-v2, about 20,000, in lower case."""
    lines = (minilm.folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for word in lines if word.isalpha() and word.isascii())
