"""Which single fact a question asks for: a name, a day, a place, a number."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Fact(StrEnum):
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
class Wanted:
    """The fact that a question asks for.

    Attributes:
        fact: its kind.
        unit: the word that narrows it, in lower case: "year", "country", "minister", the noun that is counted.
        before: the question before the words that ask.
        kept: of the words that ask those that must be said: "Japanese" of "which Japanese minister", what is counted.
        after: the question behind them.
    """

    fact: Fact
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
    Fact.HOUR: re.compile(r"\b(?:at )?(?:what|which) (time|hour)\b", re.IGNORECASE),
    Fact.WHEN: re.compile(
        rf"(?:^|[,:;]\s*)(when){_AUXILIARY}"
        r"|\b(?:(?:on|in|by|since|until|from) )?(?:what|which) (day|date|month|year)\b",
        re.IGNORECASE,
    ),
    Fact.WHERE: re.compile(
        rf"(?:^|[,:;]\s*)(where){_AUXILIARY}|\b(?:in|at) (?:what|which) (city|town|place|country)\b", re.IGNORECASE
    ),
    Fact.COUNTRY: re.compile(
        r"(?<!in )(?<!under )\b(?:what|which) (?:G\d+ )?(country|nation|member(?: state| country)?)\b", re.IGNORECASE
    ),
    Fact.NUMBER: re.compile(r"\bhow many (?:of the )?((?:[\w-]+ ){0,3}?)([a-z]+s|people)\b", re.IGNORECASE),
    Fact.SUM: re.compile(r"\bhow (much)(?: money)?\b", re.IGNORECASE),
    Fact.MODE: re.compile(r"\bin (?:what|which) (mode|format|form)\b", re.IGNORECASE),
    Fact.WHO: re.compile(
        rf"(?:^|[,:;]\s*)(whom?)\b|\b(?:what|which) ((?:\w+ )?)({_PEOPLE})\b",
        re.IGNORECASE,
    ),
}
_ASKS = re.compile(r"\b(?:who|whom|whose|when|where|which|what|why|how)\b", re.IGNORECASE)
_TAKES_PLACE = re.compile(r"\b(?:take|takes|took|taken) place\b", re.IGNORECASE)
_TAKES_PART = re.compile(r"\b(?:take|takes|took|taken) part\b", re.IGNORECASE)


def wanted(question: str) -> Wanted | None:
    """The one fact that a question asks for; None when it asks for something else, or for two things."""
    if len(_ASKS.findall(question)) != 1:
        return None
    question = _TAKES_PART.sub("participated", _TAKES_PLACE.sub("held", question))
    for fact, pattern in _ASKED.items():
        if match := pattern.search(question):
            last = match.lastindex or 1
            unit, qualifier = match.group(last).lower(), match.group(last - 1) or "" if last > 1 else ""
            counted = unit if fact is Fact.NUMBER else ""
            return Wanted(fact, unit, question[: match.start()], f"{qualifier}{counted}", question[match.end() :])
    return None
