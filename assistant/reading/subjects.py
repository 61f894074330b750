"""Find the names and subjects of a question: what a refusal may call unknown, unlike its verbs and small words."""

import re
from collections.abc import Iterable

from corpus.language.countries import is_country
from corpus.language.english import english_words
from corpus.language.names import proper_names
from corpus.language.scripts import is_cjk
from corpus.language.word_lists import word_sets

# A noun or its adjective follows one of these; a verb does not.
_BEFORE_NOUN = re.compile(
    r"\b(?:the|an?|any|of|on|about|for|with|by|from|in|at|between|against|his|her|its|their|our|your|[\w]+['’]s)\s+$",
    re.IGNORECASE,
)
_RECORD_NOUNS = frozenset(word_sets("record_nouns.txt")[0])


def names_and_subjects(question: str, missing: Iterable[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """Return those of the missing words that name something in a question, in order.

    A proper name does, a word that is no English word, and a word behind an article, a preposition or a possessive. A
    Japanese word is missing only from records in Japanese.

    Args:
        question: as typed.
        missing: words of it that the records do not have.
        known: words of it that they have.
    """
    are_japanese = any(map(is_cjk, known))
    in_names = " ".join(question[name.start : name.end] for name in proper_names(question)).casefold()
    subjects: list[str] = []
    for word in missing:
        if is_cjk(word) and not are_japanese:
            continue
        continues = subjects and re.search(rf"{re.escape(subjects[-1])}[\s-]+{re.escape(word)}(?!\w)", question, re.I)
        is_behind_name = subjects and (is_country(subjects[-1]) or subjects[-1].istitle()) and word.islower()
        if (continues and not is_behind_name) or _is_subject(question, word, in_names):
            subjects.append(word)
    return tuple(subjects)


def _is_subject(question: str, word: str, in_names: str) -> bool:
    folded = word.casefold()
    if not _RECORD_NOUNS.isdisjoint((folded, folded.removesuffix("s"))):  # "Does any record mention cheese?"
        return False
    if is_cjk(word) or is_country(folded) or folded not in english_words() or any(map(str.isdigit, word)):
        return True
    if re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", in_names):
        return True
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", question, re.IGNORECASE)
    return bool(found and _BEFORE_NOUN.search(question[: found.start()]))
