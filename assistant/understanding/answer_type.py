"""Determine from a question which kind of answer it expects, such as a person, a date, a number or a sum of money."""

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.language.dates import YEAR, YEAR_OR_MONTH
from corpus.language.english import HONORIFIC, QUESTION_WORDS
from corpus.language.figures import NUMBERS
from corpus.language.months import FOREIGN_MONTH, MONTH
from corpus.language.scripts import is_cjk
from corpus.language.word_lists import alternatives, word_list, word_table


class AnswerContent(StrEnum):
    """Kind of content that a sentence may hold; the value is its name in messages."""

    PERSON = "a person"
    DATE = "a date"
    NUMBER = "a number"
    HOUR = "an hour"
    SUM = "a sum of money"
    SHARE = "a share"
    COUNT = "a number of things"
    REASON = "a reason"
    DURATION = "a length of time"
    CONTACT = "a number or address of contact"


_HELD = {
    # A title before a name, or a family name in capitals as Japanese records write it.
    AnswerContent.PERSON: re.compile(
        rf"\b(?:{HONORIFIC}|Prof|Sir|H\.E|Hon)\b|\b(?:Minister|Secretary|President|Chancellor|Ambassador|Commissioner"
        r"|Governor|Director|Envoy|Representative|Chair(?:man|woman|person)?)\b|\b[A-Z]{4,} [A-Z][a-z]+"
    ),
    AnswerContent.DATE: re.compile(rf"{YEAR_OR_MONTH.pattern}|\b\d{{1,2}}\.? (?:de )?{FOREIGN_MONTH}\b"),
    AnswerContent.NUMBER: re.compile(rf"\d|\b(?:{'|'.join(NUMBERS[2:13])}|hundred|thousand|[mb]illion)\b"),
    AnswerContent.HOUR: re.compile(
        r"\b\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\b|o['’]clock|hours\b)|\b\d{1,2}:\d\d\b|\d{1,2}時|\bnoon\b", re.IGNORECASE
    ),
    AnswerContent.SUM: re.compile(
        rf"[$€£¥]\s?\d|\b\d[\d,.]*\s*(?:million|billion|trillion|{'|'.join(sorted(word_list('currencies.txt')))})\b"
        rf"|\b(?:{'|'.join(NUMBERS[2:])}|hundred|thousand)\s"
        rf"(?:(?:hundred|thousand)\s)?(?:million|billion|{'|'.join(sorted(word_list('currencies.txt')))})\b"
        r"|\b(?:eur|usd|gbp|chf|sek|nok|dkk)\s?\d[\d.,]*|\d+\s*億|円"
        rf"|\b(?:{alternatives('counted_words.toml', 'before_sums')}):?\s(?:(?:about|around|of|at|only|nearly|over)\s)?"
        r"\d[\d.,]*\b(?=\s*(?:[.,;:)|]|$|(?:per|an?|for|and|or|in|at|of)\b))",  # "charged 12 people" is no sum
        re.IGNORECASE,
    ),
    AnswerContent.SHARE: re.compile(r"%|％|\bper ?cent|\b(?:half|thirds?|quarters?|fifths?|tenths?)\b", re.IGNORECASE),
    AnswerContent.REASON: re.compile(
        r"\b(?:because|since|due to|owing to|parce qu|car |faute de|weil|denn|wegen|porque|debido|ya que|puesto que)"
        r"|ため|から[、。]|ので",
        re.IGNORECASE,
    ),
}
_HELD[AnswerContent.DURATION] = re.compile(
    rf"\b(?:\d+|{'|'.join(NUMBERS[1:])}|an?|half|several|few|couple of|many|dozens of|hundred|thousands?|[mb]illions?)"
    rf"(?:[\s-]\w+)?[\s-](?:{alternatives('time_words.toml', 'spans')})s?\b(?! ago\b)"
    rf"|\b(?:{alternatives('time_words.toml', 'lasting')})\b|\d\s?(?:時間|分間|日間|週間|か月|ヶ月|年間)"
    # "8:00 pm to 10:30 pm"
    rf"|(?:{_HELD[AnswerContent.HOUR].pattern})\s*(?:to|until|till|[-–—~〜～]|から)\s*(?:{_HELD[AnswerContent.HOUR].pattern})",
    re.IGNORECASE,
)
_HELD[AnswerContent.CONTACT] = re.compile(
    r"\S@\S|\bhttps?://|\bwww\.|(?<![\w.,])(?:\+|\(?0)(?:[\s()-]*\d){8,}|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b"
    r"|\b(?:tel|phone|fax|mobile)\w*\W{1,3}\d{3}",
    re.IGNORECASE,
)
_PREFERRED = {
    AnswerContent.PERSON: re.compile(r"\b[Ww]ho(?:m|se)?\b|^\W*WHO(?:M|SE)?\b"),
    AnswerContent.DURATION: re.compile(r"\bhow long\b(?! ago\b)", re.IGNORECASE),
    AnswerContent.DATE: re.compile(r"\bwhen\b|\b(?:what|which) (?:day|date|year|month)\b", re.IGNORECASE),
    AnswerContent.NUMBER: re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE),
    AnswerContent.REASON: re.compile(r"\bwhy\b|pourquoi|warum|wieso|weshalb|por qué|なぜ|どうして", re.IGNORECASE),
}
_REQUIRED = {
    AnswerContent.HOUR: re.compile(r"\b(?:at )?(?:what|which) (?:time|hour)\b|何時", re.IGNORECASE),
    AnswerContent.SUM: re.compile(
        rf"\bhow much (?:money|{alternatives('counted_words.toml', 'money')}|did|does|will|was|would)\b|"
        r"\bwhat (?:will|would|did|does|do) .+ cost\b|\bhow expensive\b"
        r"|\b(?:what|which) (?:budget|sum|price|cost)\b"
        r"|\bwhat(?:['’]s| (?:is|was|will be|would be)) (?:the|its|their) (?:\w+ )?(?:budget|sum|price|cost)\b"
        r"|\bhow many (?:dollars|euros|yen|pounds|(?:m|b)illions?)\b",
        re.IGNORECASE,
    ),
    AnswerContent.SHARE: re.compile(
        r"\b(?:what|which) (?:share|percentage|proportion|fraction)\b|\bhow many per ?cent\b", re.IGNORECASE
    ),
}
# "How much rain was measured?" has a number for an answer, "How much support is there?" need not.
_REQUIRED[AnswerContent.NUMBER] = re.compile(
    rf"\bhow much (?:{alternatives('counted_words.toml', 'measured')}) (?:is|are|was|were|will|ha[sd]|did|does)\b",
    re.IGNORECASE,
)
_REQUIRED[AnswerContent.COUNT] = re.compile(
    r"\bhow many (?!(?:of )?(?:the )?(?:dollars|euros|yen|pounds|(?:m|b)illions?|per ?cent))", re.IGNORECASE
)
# "How long is the pier?" asks for a length, "How long is the permit valid?" for a time.
_REQUIRED[AnswerContent.DURATION] = re.compile(
    r"\bhow long (?:(?:did|does|do|will|would|has|have|had|should|must|can|could|may)\b"
    r"|(?:is|are|was|were) (?!(?:the|an?|this|that|its|their) (?:\w+ )?\w+\W*$))",
    re.IGNORECASE,
)
# "What was said of phone numbers?" asks for none.
_REQUIRED[AnswerContent.CONTACT] = re.compile(
    r"(?:^\W*|\b(?:what|which)(?:['’]s| is| are| was)?\s+(?:the\s+)?(?:\w+\s+)?)"
    rf"(?:{alternatives('answer_words.toml', 'contacts')})s?\b",
    re.IGNORECASE,
)
# Words of a question for a sum that no sentence with the sum need have.
SUM_WORDS = frozenset({"sum", "amount", "money", "cost", "costs", "price", "expensive"})
# Days, hours, sums, shares and places in a row are numbers that count nothing.
_NO_COUNT = re.compile(
    rf"{_HELD[AnswerContent.HOUR].pattern}|[$€£¥]\s?\d[\d.,]*|{_HELD[AnswerContent.SUM].pattern}"
    rf"|\d[\d.,]*\s?(?:%|％|per ?cent)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b|\b{MONTH} \d{{1,2}}\b|\b{YEAR}\b|\b\d+(?:st|nd|rd|th)\b"
    rf"|\b(?:\d[\d.,]*|{'|'.join(NUMBERS)})[\s-](?:{'|'.join(sorted(word_list('units.txt'), key=len, reverse=True))})\b"
    r"(?! (?:all|total)\b)"
    rf"|\b(?:\d+|{'|'.join(NUMBERS)})[\s-](?:day|week|month|year|decade)s?\b",
    re.IGNORECASE,
)
# The digit of a name, as in "G7" or "COVID-19", counts nothing.
_QUANTITY = re.compile(
    r"(?<![A-Za-z\d])(?<![A-Za-z]-)\d[\d.,]*|\b(?:hundreds?|thousands?|[mb]illions?|dozens?|no|none|nobody|neither|both|several|few|many|all|every|single|pair"
    rf"|half|{'|'.join(NUMBERS[1:])}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b",
    re.IGNORECASE,
)

# The same in other languages than English, by the name of the kind in lower case.
_WORDS = word_table("answer_words.toml")
_ALSO_ASKS = {
    AnswerContent[name.upper()]: re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
    for name, words in _WORDS["asks"].items()
}
_ALSO_HOLDS = {AnswerContent[name.upper()]: re.compile(pattern) for name, pattern in _WORDS["holds"].items()}


def holds(content: AnswerContent, text: str) -> bool:
    """Return True if a text holds content of this kind."""
    also = _ALSO_HOLDS.get(content)
    if content is AnswerContent.COUNT:
        return bool(quantities(text) or (also and also.search(text)))
    return bool(_HELD[content].search(text) or (also and also.search(text)))


def quantities(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the numbers that may count something, and of words such as "several"."""
    counting = _NO_COUNT.sub(lambda match: " " * len(match.group()), text)
    return [match.span() for match in _QUANTITY.finditer(counting)]


def _asks(content: AnswerContent, pattern: re.Pattern[str], question: str) -> bool:
    also = _ALSO_ASKS.get(content)
    if also is None or not QUESTION_WORDS.isdisjoint(question.casefold().split()):  # English, "wer" a slip for "were"
        return bool(pattern.search(question))
    return bool(pattern.search(question) or also.search(question))


def _requires(content: AnswerContent, pattern: re.Pattern[str], question: str) -> bool:
    """Return True if a question needs content of a kind; other languages have one word for a number and a sum."""
    return bool(pattern.search(question)) if content is AnswerContent.NUMBER else _asks(content, pattern, question)


_ASKING = re.compile(r"\b(?:who|whom|whose|when|where|why|which|what|how(?: \w+)?)\b", re.IGNORECASE)
# The question words of other languages.
QUESTION_WORDS_ELSEWHERE = frozenset(word for words in _WORDS["question_word"].values() for word in words)
_ASKING_ELSEWHERE = {
    word: re.compile("|".join(w if is_cjk(w) else rf"(?<!\w){w}(?!\w)" for w in words), re.IGNORECASE)
    for word, words in _WORDS["question_word"].items()
}


def question_word(question: str) -> str:
    """Return the question word of a question, of another language by the English one; "" for one of yes or no."""
    if english := _ASKING.search(question):
        return english.group().casefold()
    found = [
        (match.start(), -len(match.group()), w) for w, p in _ASKING_ELSEWHERE.items() if (match := p.search(question))
    ]
    return min(found)[2] if found else ""


class AnswerType(StrEnum):
    """Kind of a short answer; the value is the question that it answers."""

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
    """The single fact that a question asks for.

    Attributes:
        kind: the kind of the answer.
        unit: the noun of the interrogative phrase, in lower case: "year" of "in which year", "members" of "how many
            members"; else the question word.
        before: the question before the interrogative phrase.
        qualifier: words of the phrase that the answer must match: "Japanese" of "which Japanese minister", or a counted
            noun.
        after: the question behind the phrase.
    """

    kind: AnswerType
    unit: str
    before: str
    qualifier: str
    after: str

    @property
    def rest(self) -> str:
        """The question without the words that only ask."""
        return f"{self.before} {self.qualifier} {self.after}"


_PEOPLE = "minister|official|person|representative|president|ambassador"
_AUXILIARY = r"(?=\s+(?:was|were|is|are|did|does|do|will|would|had|has|have|should|shall|can)\b)"
_FACTS = {
    AnswerType.HOUR: re.compile(r"\b(?:at )?(?:what|which) (time|hour)\b", re.IGNORECASE),
    AnswerType.WHEN: re.compile(
        rf"(?:^|[,:;]\s*)(?:(?:and|but|by|since|until|till|from) )*(when){_AUXILIARY}"
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
# "WHO" is an organization, but at the beginning of a question.
_QUESTION_WORD = re.compile(
    r"\b(?:(?-i:[Ww]ho(?:m|se)?)|when|where|which|what|why|how)\b|^\W*WHO(?:M|SE)?\b", re.IGNORECASE
)
_TAKES_PLACE = re.compile(r"\b(?:take|takes|took|taken) place\b", re.IGNORECASE)
_TAKES_PART = re.compile(r"\b(?:take|takes|took|taken) part\b", re.IGNORECASE)


def expected_answer(question: str) -> ExpectedAnswer | None:
    """Return the single fact that a question asks for; None if it asks for something else, or for two things."""
    if len(_QUESTION_WORD.findall(question)) != 1:
        return None
    question = _TAKES_PART.sub("participated", _TAKES_PLACE.sub("held", question))
    for kind, pattern in _FACTS.items():
        if match := pattern.search(question):
            last = match.lastindex or 1
            unit, qualifier = match.group(last).lower(), match.group(last - 1) or "" if last > 1 else ""
            counted = unit if kind is AnswerType.NUMBER else ""
            return ExpectedAnswer(
                kind, unit, question[: match.start()], f"{qualifier}{counted}", question[match.end() :]
            )
    return None


@dataclass(frozen=True, slots=True)
class AnswerRequirements:
    """Requirements of a question for the sentences that answer it.

    Attributes:
        preferred: content that raises the score of a sentence; None without who, when or how many.
        required: content that one of the best sentences must hold.
        fact: the fact that a short answer may state; None if the question asks for no single fact.
    """

    preferred: AnswerContent | None = None
    required: tuple[AnswerContent, ...] = ()
    fact: ExpectedAnswer | None = None


def answer_requirements(question: str, latest: str = "") -> AnswerRequirements:
    """Return the requirements of a question for its answer.

    Args:
        question: the question, a follow-up with the words of the turn before.
        latest: a follow-up as typed, whose question word decides the preferred content.
    """
    return AnswerRequirements(
        next((content for content, asks in _PREFERRED.items() if _asks(content, asks, latest or question)), None),
        tuple(content for content, asks in _REQUIRED.items() if _requires(content, asks, question)),
        expected_answer(question),
    )
