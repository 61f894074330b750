"""What an answer must hold to be one: an hour, a number of something, a sum of money, a share, a country's person."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.retrieval.query_terms import QueryTerms
from corpus.language.countries import also_called, is_country
from corpus.language.dates import YEAR_OR_MONTH
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
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|[mb]illion)\b"
)
# What a question word asks for, and what a sentence that says it holds.
_KINDS = (
    (re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE), _PERSON),
    (re.compile(r"\bwhen\b|\b(?:what|which) (?:day|date|year|month)\b", re.IGNORECASE), YEAR_OR_MONTH),
    (re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE), _NUMBER),
)
_COUNT_ASKED = re.compile(r"\bhow many\s+(?:(?:new|other|different|of the)\s+)?(\w+)", re.IGNORECASE)


def wanted_kind(question: str) -> re.Pattern[str] | None:
    """What a sentence must hold to say who, when or how many; None where a question asks for none of these."""
    return next((held for asked, held in _KINDS if asked.search(question)), None)


def missing_answer(question: str, asked: QueryTerms, sentences: list[str]) -> str | None:
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


class AnswerType(StrEnum):
    """What kind of words a first line holds."""

    WHO = "who"
    COUNTRY = "which country"
    WHEN = "when"
    WHERE = "where"
    NUMBER = "how many"
    SUM = "how much"
    MODE = "in which mode"
    HOUR = "at what time"


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """The fact that a question asks for.

    Attributes:
        fact: its kind.
        unit: the word that narrows it, in lower case: "year", "country", "minister", the noun that is counted.
        before: the question before the words that ask.
        kept: of the words that ask those that must be said: "Japanese" of "which Japanese minister", what is counted.
        after: the question behind them.
    """

    fact: AnswerType
    unit: str
    before: str
    kept: str
    after: str

    @property
    def rest(self) -> str:
        """The question without the words that only ask."""
        return f"{self.before} {self.kept} {self.after}"


_PEOPLE = "minister|official|person|representative|president|ambassador"
_AUXILIARY = r"(?=\s+(?:was|were|is|are|did|does|do|will|would|had|has|have|should|shall|can)\b)"
_ASKED = {
    AnswerType.HOUR: re.compile(r"\b(?:at )?(?:what|which) (time|hour)\b", re.IGNORECASE),
    AnswerType.WHEN: re.compile(
        rf"(?:^|[,:;]\s*)(when){_AUXILIARY}"
        r"|\b(?:(?:on|in|by|since|until|from) )?(?:what|which) (day|date|month|year)\b",
        re.IGNORECASE,
    ),
    AnswerType.WHERE: re.compile(
        rf"(?:^|[,:;]\s*)(where){_AUXILIARY}|\b(?:in|at) (?:what|which) (city|town|place|country)\b", re.IGNORECASE
    ),
    AnswerType.COUNTRY: re.compile(
        r"(?<!in )(?<!under )\b(?:what|which) (?:G\d+ )?(country|nation|member(?: state| country)?)\b", re.IGNORECASE
    ),
    AnswerType.NUMBER: re.compile(r"\bhow many (?:of the )?((?:[\w-]+ ){0,3}?)([a-z]+s|people)\b", re.IGNORECASE),
    AnswerType.SUM: re.compile(r"\bhow (much)(?: money)?\b", re.IGNORECASE),
    AnswerType.MODE: re.compile(r"\bin (?:what|which) (mode|format|form)\b", re.IGNORECASE),
    AnswerType.WHO: re.compile(
        rf"(?:^|[,:;]\s*)(whom?)\b|\b(?:what|which) ((?:\w+ )?)({_PEOPLE})\b",
        re.IGNORECASE,
    ),
}
_ASKS = re.compile(r"\b(?:who|whom|whose|when|where|which|what|why|how)\b", re.IGNORECASE)
_TAKES_PLACE = re.compile(r"\b(?:take|takes|took|taken) place\b", re.IGNORECASE)
_TAKES_PART = re.compile(r"\b(?:take|takes|took|taken) part\b", re.IGNORECASE)


def expected_answer(question: str) -> ExpectedAnswer | None:
    """The one fact that a question asks for; None when it asks for something else, or for two things."""
    if len(_ASKS.findall(question)) != 1:
        return None
    question = _TAKES_PART.sub("participated", _TAKES_PLACE.sub("held", question))
    for fact, pattern in _ASKED.items():
        if match := pattern.search(question):
            last = match.lastindex or 1
            unit, qualifier = match.group(last).lower(), match.group(last - 1) or "" if last > 1 else ""
            counted = unit if fact is AnswerType.NUMBER else ""
            return ExpectedAnswer(
                fact, unit, question[: match.start()], f"{qualifier}{counted}", question[match.end() :]
            )
    return None
