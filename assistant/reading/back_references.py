"""Tell sentences that stand on the one before them: "It was carried.", "She charges 18 pounds."."""

import re
from functools import cache

from corpus.language.minutes_words import pattern, says
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text
from corpus.language.word_lists import word_list

# The number of a paragraph, and a word that joins a sentence to the one before.
_LEAD = re.compile(
    r"^[\s(\[*_§]*(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s+)?(?:[a-z][.)]\s+)?"
    r"(?:(?:and|but|so|then|thus|however|therefore|meanwhile|later|still|aber|doch|und|mais|et|donc|pero|y)\b,?\s+)?"
)
# "It was agreed that", "it is important to": the word stands for the clause behind it.
_CLAUSE = re.compile(
    r"^(?:\W*[\w’'-]+){0,3}?\W*(?:\bthat|\bwhether|\bto(?! be\b)|\bdass|\bob|\bzu|\bque|\bde|\bd['’])\b"
)


def begins_with_reference(sentence: str) -> bool:
    """Return True if a sentence begins with a word that stands for something said before, such as "it" or "she"."""
    folded = _LEAD.sub("", fold_text(sentence))
    match = pattern("reference", "begins").match(folded)
    if match and _of_record().match(folded):  # "this meeting": the label names it
        return False
    return match is not None and (is_cjk(match.group()) or not _is_empty(folded))


@cache
def _of_record() -> re.Pattern[str]:
    nouns = "|".join(sorted(word_list("record_nouns.txt")))
    return re.compile(rf"(?:this|these|its|their)\s+(?:(?:{nouns})s?|year|month|week|time|morning|afternoon|evening)\b")


def refers_back(sentence: str) -> bool:
    """Return True if a sentence has a word that stands for something said before, at its beginning or inside it."""
    return has_pronoun(sentence) or says("reference", "inside", fold_text(sentence))


def has_pronoun(sentence: str) -> bool:
    """Return True if a sentence begins with a word that stands for something, or has a pronoun as an object."""
    folded = _LEAD.sub("", fold_text(sentence))
    return begins_with_reference(sentence) or (says("reference", "object", folded) and not _is_empty(folded))


def _is_empty(folded: str) -> bool:
    """Return True if the word at the beginning stands for a clause behind it, or for nothing."""
    if pattern("reference", "nothing").match(folded):
        return True
    match = pattern("reference", "empty").match(folded)
    return match is not None and bool(_CLAUSE.match(folded[match.end() :]))
