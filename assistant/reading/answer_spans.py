"""Find the words of a sentence that may be the short answer: names, dates, places, numbers, sums and times."""

import re

from assistant.understanding.answer_type import AnswerType, ExpectedAnswer
from corpus.language.countries import is_country
from corpus.language.dates import YEAR
from corpus.language.months import MONTH, WEEKDAY
from corpus.language.names import Name, proper_names
from corpus.language.scripts import LATIN_SMALL
from corpus.language.word_lists import word_list

_FIRST_PERSONS = word_list("first_persons.txt")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_UNTIL = r"(?:\s*(?:to|and|-|–)\s*"
_DATE = re.compile(
    rf"""
    (?:{WEEKDAY},\s+)?{MONTH}\s+\d{{1,2}}\b{_UNTIL}(?:{MONTH}\s+)?\d{{1,2}}\b)?
        (?:,?\s+{YEAR})?
    | \b\d{{1,2}}{_UNTIL}\d{{1,2}})?\s+{MONTH}(?:\s+{YEAR})?
    | (?:early\s+|late\s+)?{MONTH}(?:\s+of)?,?\s+{YEAR}
    | (?<=\b[Ii]n\s)(?:early\s+|late\s+)?{MONTH}\b
    | (?:spring|summer|autumn|fall|winter|beginning|end)\s+of\s+{YEAR}
    | (?:(?<=\b[Ii]n\s)|(?<=\b[Bb]y\s)|(?<=\b[Ss]ince\s)|(?<=\b[Uu]ntil\s)|(?<=\b[Ff]rom\s)){YEAR}
    """,
    re.VERBOSE,
)
_LIMIT = re.compile(r"\b(?:by|since|until|before|after)\s+(?:the\s+)?$", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:(?:this|last|next|same|following|previous|coming|current)\s+(?:year|month|week|day|spring|summer|autumn|fall"
    r"|winter)|today|yesterday|tomorrow|tonight|ago|later|earlier)\b",
    re.IGNORECASE,
)
_CLOCK = r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)"
_HOUR = re.compile(rf"\b{_CLOCK}(?:\s*(?:to|-|–|until)\s*{_CLOCK})?", re.IGNORECASE)
_ABOUT = r"(?:(?:more than|less than|at least|up to|over|under|about|around|approximately|nearly|almost|some)\s+)?"
_SUM = re.compile(
    rf"{_ABOUT}(?:US)?[$€£¥]\s?\d[\d,.]*(?<=\d)(?:\s*(?:million|billion|trillion)\b|[MBT]\b)?", re.IGNORECASE
)
_NUMBER = (
    r"(?:(?<![\d.,])\d[\d,.]*(?<=\d)(?:\s(?:thousand|million|billion))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|one hundred)"
)
# "60 of the 85 computers": only the first is the number of them.
_COUNTED = rf"(?:{_NUMBER}\s(?:to|or|(?:out\s)?of(?:\s(?:the|its|our|their))?)\s)?{_NUMBER}"
_MODE = re.compile(
    r"both physically and virtually|video\s?conference|hybrid(?:\s(?:conference|format))?|virtually|online|in[ -]person"
    r"|physically",
    re.IGNORECASE,
)
# A word with a capital before a name, which may belong to it.
_CAPITAL_BEFORE = re.compile(r"\b(?!(?:The|An?|In|On|At|Of|By|As|For|To|With|And|But)\b)[A-Z][\w’'-]*\s+$")
_IN = re.compile(r"\bin\s+(?:the\s+)?$")
_PLACE_WORD = f"[A-Z][{LATIN_SMALL}]+"
_PLACE = re.compile(rf"{_PLACE_WORD}(?:[ -]{_PLACE_WORD})*(?:,\s+{_PLACE_WORD}(?: {_PLACE_WORD})*)?")

# Start and end of words in a sentence.
Offsets = tuple[int, int]


def candidates(expected: ExpectedAnswer, text: str) -> list[Offsets]:
    """Return the offsets of the words in a sentence that are of the expected kind, in order."""
    match expected.kind:
        case AnswerType.WHO | AnswerType.COUNTRY:
            return [(name.start, name.end) for name in proper_names(text) if _fits(expected, name, text)]
        case AnswerType.WHEN:
            return [] if has_relative_time(text) else _dates(expected, text)
        case AnswerType.WHERE:
            return _places(expected, text)
        case AnswerType.NUMBER:
            noun = expected.unit.removesuffix("ies").removesuffix("es").removesuffix("s")
            return _matches(
                rf"{_ABOUT}\b(?:{_COUNTED}\s(?:to|or)\s)?{_COUNTED}\s(?:[a-z-]+\s){{0,2}}{re.escape(noun)}\w{{0,3}}\b",
                text,
            )
        case AnswerType.SUM:
            return _matches(_SUM, text)
        case AnswerType.MODE:
            return _matches(_MODE, text)
        case AnswerType.HOUR:
            return _matches(_HOUR, text)


def has_relative_time(text: str) -> bool:
    """Return True if a text has a time that depends on another one: "today", "last year", "a week later"."""
    return bool(_RELATIVE.search(text))


def _matches(pattern: str | re.Pattern[str], text: str) -> list[Offsets]:
    return [match.span() for match in re.finditer(pattern, text)]


def _fits(expected: ExpectedAnswer, name: Name, text: str) -> bool:
    if text[name.start : name.end].casefold() in _FIRST_PERSONS:  # "I'll ring them"
        return False
    if text[name.start : name.end].endswith(("'s", "’s")) or _CAPITAL_BEFORE.search(text[: name.start]):
        return False
    if expected.kind is AnswerType.COUNTRY:
        return is_country(text[name.start : name.end])
    return name.is_person or expected.unit in ("who", "whom")


def _dates(expected: ExpectedAnswer, text: str) -> list[Offsets]:
    """Return dates in the precision of the question: "by 2030" for "when", "2030" for "which year"."""
    dates = [match.span() for match in _DATE.finditer(text)]
    match expected.unit:
        case "year":
            years = ((start, re.search(YEAR, text[start:end])) for start, end in dates)
            return [(start + year.start(), start + year.end()) for start, year in years if year]
        case "month":
            return [(start, end) for start, end in dates if re.search(MONTH, text[start:end])]
        case "day" | "date":
            return [(start, end) for start, end in dates if _DAY.search(text[start:end])]
        case _:
            limits = ((_LIMIT.search(text[:start]), start, end) for start, end in dates)
            return [(limit.start() if limit else start, end) for limit, start, end in limits]


def _places(expected: ExpectedAnswer, text: str) -> list[Offsets]:
    """Return the names behind "in"; only the country if the question asks for it."""
    places = []
    for match in _PLACE.finditer(text):
        if not _IN.search(text[: match.start()]) or _DATE.match(match.group()):
            continue
        start, end = match.span()
        if expected.unit == "country":
            start += match.group().rfind(",") + 1
            start += len(text[start:end]) - len(text[start:end].lstrip())
            if not is_country(text[start:end]):
                continue
        places.append((start, end))
    return places
