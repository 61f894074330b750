"""The words of a sentence that could be the fact that is asked for."""

import re

from assistant.fact import Fact, Wanted
from assistant.reading.names import Name, proper_names
from corpus.language.countries import is_country

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_UNTIL = r"(?:\s*(?:to|and|-|–)\s*"
_DATE = re.compile(
    rf"""
    (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,\s+)?{_MONTH}\s+\d{{1,2}}\b{_UNTIL}(?:{_MONTH}\s+)?\d{{1,2}}\b)?
        (?:,?\s+{_YEAR})?
    | \b\d{{1,2}}{_UNTIL}\d{{1,2}})?\s+{_MONTH}(?:\s+{_YEAR})?
    | (?:early\s+|late\s+)?{_MONTH}(?:\s+of)?,?\s+{_YEAR}
    | (?<=\b[Ii]n\s)(?:early\s+|late\s+)?{_MONTH}\b
    | (?:spring|summer|autumn|fall|winter|beginning|end)\s+of\s+{_YEAR}
    | (?:(?<=\b[Ii]n\s)|(?<=\b[Bb]y\s)|(?<=\b[Ss]ince\s)|(?<=\b[Uu]ntil\s)|(?<=\b[Ff]rom\s)){_YEAR}
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
_COUNTED = rf"(?:{_NUMBER}\s(?:to|or)\s)?{_NUMBER}"
_MODE = re.compile(
    r"both physically and virtually|video\s?conference|hybrid(?:\s(?:conference|format))?|virtually|online|in[ -]person"
    r"|physically",
    re.IGNORECASE,
)
# A word with a capital right before a name may belong to it.
_GOES_BACK = re.compile(r"\b(?!(?:The|An?|In|On|At|Of|By|As|For|To|With|And|But)\b)[A-Z][\w’'-]*\s+$")
_IN = re.compile(r"\bin\s+(?:the\s+)?$")
_PLACE = re.compile(r"[A-Z][a-zà-ÿ]+(?:[ -][A-Z][a-zà-ÿ]+)*(?:,\s+[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)*)?")


def candidates(asked: Wanted, text: str) -> list[tuple[int, int]]:
    """The places in a sentence that hold words of the kind that is asked for, in order."""
    match asked.fact:
        case Fact.WHO | Fact.COUNTRY:
            return [(name.start, name.end) for name in proper_names(text) if _fits(asked, name, text)]
        case Fact.WHEN:
            return [] if names_a_time_by_another(text) else _days(asked, text)
        case Fact.WHERE:
            return _cities(asked, text)
        case Fact.NUMBER:
            noun = asked.unit.removesuffix("ies").removesuffix("es").removesuffix("s")
            return _places(
                rf"{_ABOUT}\b(?:{_COUNTED}\s(?:to|or)\s)?{_COUNTED}\s(?:[a-z-]+\s){{0,2}}{re.escape(noun)}\w{{0,3}}\b",
                text,
            )
        case Fact.SUM:
            return _places(_SUM, text)
        case Fact.MODE:
            return _places(_MODE, text)
        case Fact.HOUR:
            return _places(_HOUR, text)


def names_a_time_by_another(text: str) -> bool:
    """Whether it says a time only beside another one: "today", "last year", "a week later"."""
    return bool(_RELATIVE.search(text))


def _places(pattern: str | re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, text)]


def _fits(asked: Wanted, name: Name, text: str) -> bool:
    if text[name.start : name.end].endswith(("'s", "’s")) or _GOES_BACK.search(text[: name.start]):
        return False
    if asked.fact is Fact.COUNTRY:
        return is_country(text[name.start : name.end])
    return name.is_person or asked.unit in ("who", "whom")


def _days(asked: Wanted, text: str) -> list[tuple[int, int]]:
    """Days, months and years, each as fully as the question wants it: "by 2030" for "when", "2030" for the year."""
    found = [match.span() for match in _DATE.finditer(text)]
    match asked.unit:
        case "year":
            years = ((start, re.search(_YEAR, text[start:end])) for start, end in found)
            return [(start + year.start(), start + year.end()) for start, year in years if year]
        case "month":
            return [(start, end) for start, end in found if re.search(_MONTH, text[start:end])]
        case "day" | "date":
            return [(start, end) for start, end in found if _DAY.search(text[start:end])]
        case _:
            limits = ((_LIMIT.search(text[:start]), start, end) for start, end in found)
            return [(limit.start() if limit else start, end) for limit, start, end in limits]


def _cities(asked: Wanted, text: str) -> list[tuple[int, int]]:
    """Names behind "in"; the last part alone when the country is asked for."""
    found = []
    for match in _PLACE.finditer(text):
        if not _IN.search(text[: match.start()]) or _DATE.match(match.group()):
            continue
        start, end = match.span()
        if asked.unit == "country":
            start += match.group().rfind(",") + 1
            start += len(text[start:end]) - len(text[start:end].lstrip())
            if not is_country(text[start:end]):
                continue
        found.append((start, end))
    return found
