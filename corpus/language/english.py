"""English words: a word of a question that is among them is neither misspelt nor foreign."""

from functools import cache

from corpus.language.word_lists import word_list


@cache
def english_words() -> frozenset[str]:
    """Return 75,000 English words, inflections and well-known names, American and British, in lower case."""
    return word_list("english.txt.gz")
