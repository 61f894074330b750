"""What an answer must hold to be one: an hour, a number of something, a sum of money."""

import re

from assistant.asked import Asked

_HOUR_ASKED = re.compile(r"\b(?:at )?(?:what|which) (?:time|hour)\b|何時", re.IGNORECASE)
_HOUR = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b|o['’]clock|hours\b)|\b\d{1,2}:\d\d\b|\d{1,2}時|\bnoon\b", re.IGNORECASE
)
_SUM_ASKED = re.compile(
    r"\bhow much (?:money|did|does|will|was|would)\b|\b(?:what|which) (?:budget|sum|price|cost)\b", re.IGNORECASE
)
_SUM = re.compile(
    r"[$€£¥]\s?\d|\b\d[\d,.]*\s*(?:million|billion|trillion|dollars|euros?|yen|USD|EUR|JPY)\b|\d+\s*億|円",
    re.IGNORECASE,
)
_COUNT_ASKED = re.compile(r"\bhow many\s+(?:(?:new|other|different|of the)\s+)?(\w+)", re.IGNORECASE)


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
    counted = _COUNT_ASKED.search(question)
    if counted and not asked.frequency.get(counted.group(1).casefold(), 1):
        return f"a number of {counted.group(1)}"
    return None
