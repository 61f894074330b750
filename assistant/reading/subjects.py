"""Find the names and subjects of a question: what a refusal may call unknown, unlike its verbs and small words."""

import re
from collections.abc import Iterable

from corpus.language.countries import is_country
from corpus.language.english import english_words
from corpus.language.minutes_words import asking_words_ja
from corpus.language.months import FOREIGN_MONTH_NUMBERS, MONTH_NUMBERS
from corpus.language.names import proper_names
from corpus.language.scripts import is_cjk
from corpus.language.tokens import stop_words
from corpus.language.word_lists import word_sets

# A noun or its adjective follows one of these; a verb does not.
_BEFORE_NOUN = re.compile(
    r"\b(?:the|an?|any|of|on|about|for|with|by|from|in|at|between|against|his|her|its|their|our|your|[\w]+['’]s)\s+$",
    re.IGNORECASE,
)
_RECORD_NOUNS = frozenset(word_sets("record_nouns.txt")[0])
_MONTHS = MONTH_NUMBERS.keys() | FOREIGN_MONTH_NUMBERS.keys()


# The same in French and Spanish, with an adjective between.
_BEFORE_NOUN_OF = {
    "fr": re.compile(
        r"\b(?:[ld]['’]|(?:le|la|les|un|une|des|du|de|au|aux|ce|cet|cette|ces|son|sa|ses|leurs?|notre|nos|votre|vos"
        r"|chaque|sur|en|par|pour|contre|à)\s+)(?P<adjective>\w+\s+)?$",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:el|la|los|las|un|una|unos|unas|del|al|de|este|esta|estos|estas|su|sus|nuestr[oa]s?|cada|sobre|en|con|por"
        r"|para|contra|a)\s+(?P<adjective>\w+\s+)?$",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\b(?:(?:l|un|dell|all|dall|nell|sull)['’]|(?:il|lo|la|i|gli|le|un|uno|una|del|dello|della|dei|degli|delle|al|allo"
        r"|alla|ai|agli|alle|dal|dalla|nel|nella|sul|sulla|di|questo|questa|su|in|con|per|contro)\s+)(?P<adjective>\w+\s+)?$",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        r"\b(?:de|het|een|deze|dit|die|dat|van|voor|bij|over|met|tegen|op|in)\s+(?P<adjective>\w+\s+)?$", re.IGNORECASE
    ),
    "pt": re.compile(
        r"\b(?:o|a|os|as|um|uma|uns|umas|do|da|dos|das|ao|à|aos|às|no|na|nos|nas|pelo|pela|de|este|esta|sobre|em|com|por|para"
        r"|contra)\s+(?P<adjective>\w+\s+)?$",
        re.IGNORECASE,
    ),
}
_INFINITIVE = {
    "fr": re.compile(r"\b(?:de|à|pour|d['’])\s*\w+(?:er|ir|re)$"),
    "es": re.compile(r"\b(?:de|a|para|por|en)\s\w+[aei]r$"),
    "it": re.compile(r"\b(?:di|a|da|per)\s\w+[aei]re$"),
    "nl": re.compile(r"\bte\s\w+en$"),
    "pt": re.compile(r"\b(?:de|a|para|por|em)\s\w+[aei]r$"),
}
# What follows a Japanese noun that is a verb: "承認されました".
_JAPANESE_VERB = r"(?:さ[れせ]|し|す[るれ]|でき|を(?:し|行|す))"


def names_and_subjects(
    question: str, missing: Iterable[str], known: Iterable[str] = (), language: str = "en"
) -> tuple[str, ...]:
    """Return those of the missing words that name something in a question, in order.

    A proper name does, a word that is no English word, and a word behind an article, a preposition or a possessive; in
    German a word with a capital. A Japanese word is missing only from records in Japanese. No month is named.

    Args:
        question: as typed.
        missing: words of it that the records do not have.
        known: words of it that they have.
        language: the code of its language, "ja" where the records are in Japanese, too.
    """
    are_japanese = language == "ja" or any(map(is_cjk, known))
    missing = [w for w in missing if w.casefold() not in _MONTHS]
    if language not in ("en", "ja"):
        return tuple(word for word in missing if _is_subject_in(question, word, language))
    in_names = " ".join(question[name.start : name.end] for name in proper_names(question)).casefold()
    subjects: list[str] = []
    for word in missing:
        if is_cjk(word) and (not are_japanese or _asks(question, word)):
            continue
        continues = subjects and re.search(rf"{re.escape(subjects[-1])}[\s-]+{re.escape(word)}(?!\w)", question, re.I)
        is_behind_name = subjects and (is_country(subjects[-1]) or subjects[-1].istitle()) and word.islower()
        if (continues and not is_behind_name) or _is_subject(question, word, in_names):
            subjects.append(word)
    return tuple(subjects)


def _asks(question: str, word: str) -> bool:
    """Return True for a Japanese word with which questions ask, and for one that is a verb in the question."""
    return word in asking_words_ja() or bool(re.search(f"{re.escape(word)}{_JAPANESE_VERB}", question))


def _is_subject_in(question: str, word: str, language: str) -> bool:
    """Return True for a noun or a name of a question in a foreign language, by its capital or its article."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", question, re.IGNORECASE)
    if found is None or any(map(str.isdigit, word)):
        return found is not None
    before = question[: found.start()]
    if found.group()[0].isupper() and re.search(r"\w", before):
        return True
    article = _BEFORE_NOUN_OF[language].search(before) if language in _BEFORE_NOUN_OF else None
    if article is None or _INFINITIVE[language].search(question[: found.end()]):
        return False
    adjective = (article["adjective"] or "").strip().casefold()
    return not adjective or adjective in stop_words(language)


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
