"""Lists of English words: the dictionary, forms of address, offices, question words, verbs."""

from functools import cache

from corpus.language.word_lists import word_list, word_sets

# Alternatives of a regular expression, without the dot behind them.
HONORIFIC = "Mr|Mrs|Ms|Dr"
HONORIFICS = frozenset((*HONORIFIC.lower().split("|"), *"prof sir dame hon honorable honourable h.e".split()))
OFFICES = word_list("offices.txt")
QUESTION_WORDS = word_list("question_words.txt")
AUXILIARY = r"(?:(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|shall|should|may|might)(?:n['’]t)?)"
# Alternatives of a regular expression.
PAST_TENSE = "|".join(sorted(forms[1] for forms in word_sets("past_tenses.txt")))


@cache
def english_words() -> frozenset[str]:
    """Return 74,466 English words, inflections and well-known names, American and British, in lower case."""
    return word_list("english.txt.gz")
