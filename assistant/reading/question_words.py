"""Know the words of a question that only ask: for a list, for what somebody said, for a meeting."""

from functools import cache

from corpus.language.minutes_words import asking_words_ja
from corpus.language.tokens import stem
from corpus.language.word_lists import word_list


@cache
def asking_stems() -> frozenset[str]:
    """Return the stems of the words that ask for a list, a meeting or what somebody said, and name no subject."""
    return frozenset(map(stem, word_list("list_words.txt"))) | saying_stems() | asking_words_ja()


@cache
def saying_stems() -> frozenset[str]:
    """Return the stems of the words that ask what somebody said."""
    return frozenset(map(stem, word_list("saying_words.txt")))
