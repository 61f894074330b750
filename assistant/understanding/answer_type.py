"""What an answer must hold to be one: an hour, a number of something, a sum of money, a share, a country's person."""

import re

from assistant.retrieval.query_terms import Asked
from corpus.language.countries import also_called, is_country
from corpus.language.tokens import folded_words

_HOUR_ASKED = re.compile(r"\b(?:at )?(?:what|which) (?:time|hour)\b|何時", re.IGNORECASE)
_HOUR = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b|o['’]clock|hours\b)|\b\d{1,2}:\d\d\b|\d{1,2}時|\bnoon\b", re.IGNORECASE
)
_SUM_ASKED = re.compile(
    r"\bhow much (?:money|did|does|will|was|would)\b|\b(?:what|which) (?:budget|sum|price|cost)\b"
    r"|\bhow many (?:dollars|euros|yen|pounds|(?:m|b)illions?)\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"[$€£¥]\s?\d|\b\d[\d,.]*\s*(?:million|billion|trillion|dollars|euros?|yen|USD|EUR|JPY)\b|\d+\s*億|円",
    re.IGNORECASE,
)
_SHARE_ASKED = re.compile(
    r"\b(?:what|which) (?:share|percentage|proportion|fraction)\b|\bhow many per ?cent\b", re.IGNORECASE
)
_SHARE = re.compile(r"%|％|\bper ?cent|\b(?:half|thirds?|quarters?|fifths?|tenths?)\b", re.IGNORECASE)
_WHO_ASKED = re.compile(r"^\W*who\b", re.IGNORECASE)
# A title before a name, or a family name in capitals as Japanese records write it.
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|H\.E|Hon)\b|\b(?:Minister|Secretary|President|Chancellor|Ambassador|Commissioner|Governor"
    r"|Director|Envoy|Representative|Chair(?:man|woman|person)?)\b|\b[A-Z]{4,} [A-Z][a-z]+"
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\d月"
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|[mb]illion)\b"
)
# What a question word asks for, and what a sentence that says it holds.
_KINDS = (
    (re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE), _PERSON),
    (re.compile(r"\bwhen\b|\b(?:what|which) (?:day|date|year|month)\b", re.IGNORECASE), _DATE),
    (re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE), _NUMBER),
)
_COUNT_ASKED = re.compile(r"\bhow many\s+(?:(?:new|other|different|of the)\s+)?(\w+)", re.IGNORECASE)


def wanted_kind(question: str) -> re.Pattern[str] | None:
    """What a sentence must hold to say who, when or how many; None where a question asks for none of these."""
    return next((held for asked, held in _KINDS if asked.search(question)), None)


def missing_answer(question: str, asked: Asked, sentences: list[str]) -> str | None:
    """What the question asks for and none of the sentences holds; None when one does, or nothing such is asked.

    Args:
        question: the standalone query.
        asked: its words, with how often the records have each.
        sentences: the best evidence.
    """
    if _HOUR_ASKED.search(question) and not any(map(_HOUR.search, sentences)):
        return "an hour"
    if _SUM_ASKED.search(question) and not any(map(_SUM.search, sentences)):
        return "a sum of money"
    if _SHARE_ASKED.search(question) and not any(map(_SHARE.search, sentences)):
        return "a share"
    about = _of_the_country(question, sentences) if _WHO_ASKED.search(question) else []
    if about and not any(map(_PERSON.search, about)):
        return "a person"
    counted = _COUNT_ASKED.search(question)
    if counted and not asked.frequency.get(counted.group(1).casefold(), 1):
        return f"a number of {counted.group(1)}"
    return None


def _of_the_country(question: str, sentences: list[str]) -> list[str]:
    """The sentences that name a country of the question, under any of its names."""
    asked = [w for w in folded_words(question) if is_country(w) and w != "us"]
    names = [set(folded_words(name)) for word in asked for name in (word, *also_called(word))]
    return [s for s in sentences if any(name <= set(folded_words(s)) for name in names)]
