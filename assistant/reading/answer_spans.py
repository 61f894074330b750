"""The words of a sentence that could be the fact that is asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.names import Name, proper_names
from assistant.understanding.answer_type import AnswerType, ExpectedAnswer
from corpus.language.countries import is_country
from corpus.language.dates import YEAR
from corpus.language.months import MONTH, WEEKDAY
from corpus.language.scripts import LATIN_SMALL
from corpus.language.stemming import stems

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
_COUNTED = rf"(?:{_NUMBER}\s(?:to|or)\s)?{_NUMBER}"
_MODE = re.compile(
    r"both physically and virtually|video\s?conference|hybrid(?:\s(?:conference|format))?|virtually|online|in[ -]person"
    r"|physically",
    re.IGNORECASE,
)
# A word with a capital right before a name may belong to it.
_GOES_BACK = re.compile(r"\b(?!(?:The|An?|In|On|At|Of|By|As|For|To|With|And|But)\b)[A-Z][\w’'-]*\s+$")
_IN = re.compile(r"\bin\s+(?:the\s+)?$")
_PLACE_WORD = f"[A-Z][{LATIN_SMALL}]+"
_PLACE = re.compile(rf"{_PLACE_WORD}(?:[ -]{_PLACE_WORD})*(?:,\s+{_PLACE_WORD}(?: {_PLACE_WORD})*)?")


def candidates(asked: ExpectedAnswer, text: str) -> list[tuple[int, int]]:
    """The places in a sentence that hold words of the kind that is asked for, in order."""
    match asked.kind:
        case AnswerType.WHO | AnswerType.COUNTRY:
            return [(name.start, name.end) for name in proper_names(text) if _fits(asked, name, text)]
        case AnswerType.WHEN:
            return [] if names_a_time_by_another(text) else _days(asked, text)
        case AnswerType.WHERE:
            return _cities(asked, text)
        case AnswerType.NUMBER:
            noun = asked.unit.removesuffix("ies").removesuffix("es").removesuffix("s")
            return _places(
                rf"{_ABOUT}\b(?:{_COUNTED}\s(?:to|or)\s)?{_COUNTED}\s(?:[a-z-]+\s){{0,2}}{re.escape(noun)}\w{{0,3}}\b",
                text,
            )
        case AnswerType.SUM:
            return _places(_SUM, text)
        case AnswerType.MODE:
            return _places(_MODE, text)
        case AnswerType.HOUR:
            return _places(_HOUR, text)


def names_a_time_by_another(text: str) -> bool:
    """Whether it says a time only beside another one: "today", "last year", "a week later"."""
    return bool(_RELATIVE.search(text))


def _places(pattern: str | re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(pattern, text)]


def _fits(asked: ExpectedAnswer, name: Name, text: str) -> bool:
    if text[name.start : name.end].endswith(("'s", "’s")) or _GOES_BACK.search(text[: name.start]):
        return False
    if asked.kind is AnswerType.COUNTRY:
        return is_country(text[name.start : name.end])
    return name.is_person or asked.unit in ("who", "whom")


def _days(asked: ExpectedAnswer, text: str) -> list[tuple[int, int]]:
    """Days, months and years, each as fully as the question wants it: "by 2030" for "when", "2030" for the year."""
    found = [match.span() for match in _DATE.finditer(text)]
    match asked.unit:
        case "year":
            years = ((start, re.search(YEAR, text[start:end])) for start, end in found)
            return [(start + year.start(), start + year.end()) for start, year in years if year]
        case "month":
            return [(start, end) for start, end in found if re.search(MONTH, text[start:end])]
        case "day" | "date":
            return [(start, end) for start, end in found if _DAY.search(text[start:end])]
        case _:
            limits = ((_LIMIT.search(text[:start]), start, end) for start, end in found)
            return [(limit.start() if limit else start, end) for limit, start, end in limits]


def _cities(asked: ExpectedAnswer, text: str) -> list[tuple[int, int]]:
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


Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word of the question that the sentence holds.

    Attributes:
        word: as the question has it.
        places: where the sentence has it or another form of it.
        is_around: whether the headings, the title or the meeting's facts have it too.
    """

    word: str
    places: tuple[Place, ...]
    is_around: bool


_BE = r"(?:was|were|is|are|be|been|being)"
_DONE = frozenset(
    "held met sent led given taken begun made won chosen written said put set spoken born built known shown".split()
)
_PAST = _DONE | frozenset("gave took began chose wrote spoke host hosts holds chairs".split())
_OBJECT = re.compile(r"\s*(?:did|does|do)\b", re.IGNORECASE)
_IS = re.compile(rf"\s*(?:(?:has|had|have|will)\s+)?{_BE}\s+(?:\w+ly\s+)?(?:the\s+)?(\w+)", re.IGNORECASE)
_DOES = re.compile(r"\s*(?:(?:has|had|have|will|would|also|first|jointly)\s+)*(\w+)", re.IGNORECASE)

_RIGHT_BEFORE = re.compile(r"[\s,)*]*(?:(?:who|which|also|has|have|had|will|then|first|officially)\s+)*$")
_BY = re.compile(r"\s+(?:\w+ly\s+)?by\s+(?:(?:the|our|its|then)\s+)*$")
_RIGHT_AFTER = re.compile(r"\s+(?:with\s+)?(?:the\s+)?$")
_WAS = re.compile(rf"[\s,]*(?:(?:has|have|had|will)\s+)?{_BE}\s+(?:{_BE}\s+)?(?:(?:\w+ly|also)\s+)?$")
_PASSIVE_BEFORE = re.compile(rf"\b{_BE}\s+(?:\w+ly\s+)?$")
_SHARED = re.compile(r"\b(?:together with|along with|as well as|in collaboration|jointly|co-\w+)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[\s*]*(?:,|,?\s*(?:and|or|&)\s)\s*(?:the\s+)?(?=[A-Z]|others\b)")
_JOINED = re.compile(r"(?:,|\band|\bor|&|\bof|\bfrom)\s+(?:the\s+)?$")


_BREAK = re.compile(
    r"[;:,]|\b(?:which|who|whom|that|because|since|while|when|where|but|after|before|until|following|although|if)\b"
    r"|\sand\s(?![A-Z\d])"
)
# The day and the month that stand before a year.
_DAY_WORDS = r"(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(?:\d{1,2},?\s+)?"
_FRONT = re.compile(rf"\W*(?:(?:[Oo]n|[Ii]n|[Aa]t|[Bb]y|[Ss]ince|[Ff]rom|[Dd]uring)\s+)?(?:the\s+)?{_DAY_WORDS}")
_WHEN_BEFORE = re.compile(rf"\b(?:on|in|by|since|from|until|during|of|beginning|starting)\s+(?:the\s+)?{_DAY_WORDS}$")
_LIMIT_BEFORE_DATE = re.compile(r"(?:by|since|until|before|after)\b")
_CITY_OF_A_COUNTRY = re.compile(r"[A-Z][\w -]*,\s*$")
_FAR = 8


def stands_as_asked(asked: ExpectedAnswer, text: str, place: Place, anchors: Sequence[Anchor]) -> bool:
    """Whether the candidate does, suffers or dates what the question says, by the order of the words.

    Args:
        asked: the fact.
        text: the sentence.
        place: the candidate.
        anchors: the words of the question that the sentence holds.
    """
    if asked.kind in (AnswerType.WHO, AnswerType.COUNTRY):
        acts = _acts(asked, text, place, {anchor.word: anchor.places for anchor in anchors})
    else:
        acts = _is_tied(asked, text, place, [p for anchor in anchors for p in anchor.places])
    return acts and _in_its_clause(asked, text, place, anchors)


def _in_its_clause(asked: ExpectedAnswer, text: str, place: Place, anchors: Sequence[Anchor]) -> bool:
    """Whether every word that only this sentence has stands in the clause of the candidate or of its verb."""
    verb = _DOES.match(asked.after)
    does = [p for a in anchors if verb and a.word == verb.group(1).casefold() for p in a.places]
    ties = [place, *does, *_verbs(text, [p for a in anchors for p in a.places])]
    # A year is compared on its own: it may stand in front, behind a comma.
    bound = [a for a in anchors if not a.is_around and not a.word.isdigit()]
    return all(any(_unbroken(text, at, tie) for at in a.places for tie in ties) for a in bound)


def _unbroken(text: str, one: Place, other: Place) -> bool:
    first, second = sorted((one, other))
    return first[1] > second[0] or not _BREAK.search(text[first[1] : second[0]])


def _acts(asked: ExpectedAnswer, text: str, place: Place, anchors: dict[str, Sequence[Place]]) -> bool:
    start, end = place
    if _SHARED.search(text) or _goes_on(text, end, set(stems(asked.rest))) or _follows_a_name(text, start):
        return False
    if _OBJECT.match(asked.after):
        return any(_undergoes(text, place, verb) for word in anchors for verb in _verbs(text, anchors[word]))
    if is_what := _IS.match(asked.after):
        word = is_what.group(1).casefold()
        if word.endswith("ed") or word in _DONE:
            return any(_undergoes(text, place, verb) for verb in anchors.get(word, ()))
        return any(_WAS.fullmatch(text[end : at[0]]) for at in anchors.get(word, ()) if end <= at[0])
    does = _DOES.match(asked.after)
    return does is not None and any(_does(text, place, verb) for verb in anchors.get(does.group(1).casefold(), ()))


def _goes_on(text: str, end: int, asked: set[str]) -> bool:
    """Whether another name follows in a list, and not one of the question, as in "the minister, Canada"."""
    follows = _GOES_ON.match(text[end:])
    if not follows:
        return False
    after = [name for name in proper_names(text) if name.start == end + follows.end()]
    return not any(set(stems(text[name.start : name.end])) <= asked for name in after)


def _follows_a_name(text: str, start: int) -> bool:
    """Whether another name stands before it in a list: "Rob Knake and Neal Higgins"."""
    joined = _JOINED.search(text[:start])
    if not joined:
        return False
    before = [name for name in proper_names(text) if name.end <= joined.start()]
    return any(not text[name.end : joined.start()].strip(" ,*") for name in before)


def _does(text: str, place: Place, verb: Place) -> bool:
    by = _BY.fullmatch(text[verb[1] : place[0]]) if verb[1] <= place[0] else None
    right_before = _RIGHT_BEFORE.fullmatch(text[place[1] : verb[0]]) if place[1] <= verb[0] else None
    return bool(by) or (bool(right_before) and not re.match(r"\s+by\b", text[verb[1] :]))


def _undergoes(text: str, place: Place, verb: Place) -> bool:
    if verb[1] <= place[0]:
        active = not _PASSIVE_BEFORE.search(text[: verb[0]])
        return active and bool(_RIGHT_AFTER.fullmatch(text[verb[1] : place[0]]))
    return bool(_WAS.fullmatch(text[place[1] : verb[0]]))


def _verbs(text: str, places: Sequence[Place]) -> list[Place]:
    return [p for p in places if text[p[0] : p[1]].endswith("ed") or text[p[0] : p[1]].casefold() in _PAST]


def _is_tied(asked: ExpectedAnswer, text: str, place: Place, anchors: Sequence[Place]) -> bool:
    """Whether nothing breaks the clause between the candidate and the verb, or the nearest word of the question."""
    outside = [a for a in anchors if a[1] <= place[0] or place[1] <= a[0]]
    verbs = _verbs(text, outside)
    near = verbs or sorted(outside, key=lambda a: abs(a[0] - place[0]))[:1]
    return bool(near) and all(_in_one_clause(asked, text, place, a, anchors) for a in near)


def _in_one_clause(asked: ExpectedAnswer, text: str, place: Place, other: Place, anchors: Sequence[Place]) -> bool:
    if other[1] <= place[0]:
        between = text[other[1] : place[0]]
        limited = _LIMIT_BEFORE_DATE.match(text[place[0] :]) or _WHEN_BEFORE.search(text[: place[0]])
        if asked.kind is AnswerType.WHEN and not limited:
            return False
        if asked.kind is AnswerType.WHERE:
            between = _CITY_OF_A_COUNTRY.sub("", between)
    else:
        between = text[place[1] : other[0]]
        if asked.kind in (AnswerType.WHEN, AnswerType.WHERE) and not _WAS.fullmatch(between):
            if not _FRONT.fullmatch(text[: place[0]]):
                return False
            between = re.sub(r"^\s*(?:\(\w+\.?\))?,", "", between)
    known = {text[a[0] : a[1]] for a in anchors}
    others = [w for w in re.findall(r"[^\W_]+", between) if w not in known]
    return not _BREAK.search(between) and len(others) <= _FAR
