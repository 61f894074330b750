"""Lists of English words: the dictionary, forms of address, offices, question words."""

from functools import cache

from corpus.language.word_lists import word_list

# Alternatives of a regular expression, without the dot behind them.
HONORIFIC = "Mr|Mrs|Ms|Dr"
HONORIFICS = frozenset((*HONORIFIC.lower().split("|"), *"prof sir dame hon honorable honourable h.e".split()))
OFFICES = word_list("offices.txt")
QUESTION_WORDS = word_list("question_words.txt")


@cache
def english_words() -> frozenset[str]:
    """Return 74,466 English words, inflections and well-known names, American and British, in lower case."""
    return word_list("english.txt.gz")
