"""Find the figures, dates and names of a sentence, and tell which of them a text has, also in another form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from assistant.verification.attribution import ACCESSED, record_days
from assistant.verification.facts.japanese_numbers import japanese_numbers
from assistant.verification.facts.number_words import number_words, says_one_or_two
from assistant.verification.facts.record_sentences import SEASON
from assistant.verification.facts.units import is_money, is_money_code
from assistant.verification.note_marks import hide, note_marks
from assistant.verification.quotations import ADDRESS
from corpus.document import Document
from corpus.language.countries import also_called, is_country
from corpus.language.dates import DateMention, find_dates
from corpus.language.english import HONORIFIC
from corpus.language.figures import clock_times, figures, group_marks, grouped_integers
from corpus.language.months import CALENDAR_WORDS, MONTH_NUMBERS
from corpus.language.tokens import STOP_WORDS
from corpus.language.word_lists import word_list, word_sets
from corpus.span import Span

_NAME = re.compile(r"(?<![\w-])(?:[A-Z][\w]*(?:[-’'&][\w]+)*)")
_CALENDAR = CALENDAR_WORDS | MONTH_NUMBERS.keys()
# Words that reports write with a capital although they are no names.
_TITLES = frozenset(HONORIFIC.lower().split("|")).union(
    "prof minister ministers ministry president state ibid section paragraph annex".split()
)
_ORDINAL = re.compile(
    r"\b(?:para(?:graph)?s?|section|annex|article|table|figure|chapter|p|pp|no|n)\.?\s*$", re.IGNORECASE
)
_PATH = re.compile(r"https?://\s?\S+|www\.\S+|(?!\d{1,4}/\d{1,2}/\d)\S+/\S+/\S+")
# "[4]" is a citation of the report.
_CITED = re.compile(r"\[\d{1,3}(?:[,;–-]\s?\d{1,3})*\]")
_NUMBERED = word_list("numbered_words.txt")
_SCALED = re.compile(
    r"(?<![\w.,-])(\d+(?:[.,]\d{1,3})?)\s?(thousand|million|billion|trillion|millions|milliards|millones|Millionen|Milliarden"
    r"|Mio|Mrd|mn|bn|m(?=\s))\b"
)
_ONE_GROUP = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_THREE_DECIMALS = re.compile(r"(?<![\w.,-])\d{1,3}[.,]\d{3}(?![\w]|[.,]\d)")
_NUMERIC_DATE = re.compile(r"(?<![\w/.])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\w/])")
_RANGE_SCALED = re.compile(
    r"(?<![\w.,-])(\d{1,3}(?:[.,]\d{1,2})?)(?=\s?(?:to|and|or|bis|und|à|et|a|y|–|-)\s?[$€£¥]?\d{1,3}(?:[.,]\d{1,3})?\s?"
    rf"(?P<scale>{'|'.join(('thousand', 'million', 'billion', 'trillion', 'millions', 'milliards', 'millones'))}"
    r"|Millionen|Milliarden|Mio|Mrd|mn|bn)\b)"
)
_SCORE = re.compile(r"[-–:]\d")
_SCALES = {
    "thousand": 3, "million": 6, "millions": 6, "millones": 6, "millionen": 6, "mio": 6, "mn": 6, "m": 6,
    "billion": 9, "milliards": 9, "milliarden": 9, "mrd": 9, "bn": 9, "trillion": 12,
}  # fmt: skip
# "about 40" may be 39 or 41, so that it contradicts nothing.
_APPROXIMATIONS = sorted((" ".join(line) for line in word_sets("approximations.txt")), key=lambda w: (-len(w), w))
_ROUNDED = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, _APPROXIMATIONS))})\.?\s(?:[$€£¥]|[A-Z]{{3}}\s)?$", re.IGNORECASE
)
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
# A note mark that lost its superscript: "Meetings3".
_GLUED = re.compile(r"(?<=[^\W\d_]{4})\d{1,2}$")
_ITEM = re.compile(r"\s*[(\[]?\d{1,3}[.)\]]\s")
# Letters of a name whose genitive counts as it: "Hafenausschusses".
_LEAST_INFLECTED = 6
_WORDS = re.compile(r"[^\W_]+(?:[-’'&][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Value:
    """One figure, date or name of a text.

    Attributes:
        kind: "figure", "date" or "name".
        span: its place in the text.
        value: the figure in one form ("12000"), the date (of a season "easter 2026"), or the name.
    """

    kind: str
    span: Span
    value: str | DateMention


def values_of(sentence: str, language: str | None) -> list[Value]:
    """Return the dates, then the figures, then the names of a sentence; addresses and days of access are none."""
    for ignored in (ACCESSED, ADDRESS, _PATH, _CITED, _ITEM):
        found = (ignored.match(sentence),) if ignored is _ITEM else tuple(ignored.finditer(sentence))
        for match in filter(None, found):
            sentence = sentence[: match.start()] + " " * len(match.group()) + sentence[match.end() :]
    return list(_values(hide(sentence, note_marks(sentence)), language))


def _values(sentence: str, language: str | None) -> Iterator[Value]:
    stated_dates = find_dates(sentence)
    for d in [*stated_dates, *_numeric_dates(sentence)]:
        yield Value("date", Span(d.start, d.end), d)
    date_ranges = [(d.start, d.end) for d in stated_dates] + [m.span() for m in _NUMERIC_DATE.finditer(sentence)]
    for m in SEASON.finditer(sentence):
        yield Value("date", Span(*m.span()), _season_of(m))
        date_ranges.append(m.span())
    for figure, (start, end) in _figure_places(sentence, language).items():
        is_spelled = sentence[start:end].isalpha()
        if (
            not _is_inside(start, date_ranges)
            and not (is_spelled and figure in ("0", "1", "2"))
            and not _ORDINAL.search(sentence[:start])
            and not (end - start < 3 and _SCORE.match(sentence, end))  # "voted 7-2"
            and any(map(str.isalpha, _line_at(sentence, start)))
        ):
            yield Value("figure", Span(start, end), figure)
    seen = set()
    for m in _NAME.finditer(sentence):
        word = _GLUED.sub("", re.sub(r"['’]s?$", "", m.group()))
        if _is_name(word, sentence, m.start()) and word not in seen and not _is_inside(m.start(), date_ranges):
            seen.add(word)
            yield Value("name", Span(m.start(), m.start() + len(word)), word)


def _numeric_dates(sentence: str) -> Iterator[DateMention]:
    """Yield the days of a sentence in digits, "24/03/2031", where only one of the two readings is a day."""
    for m in _NUMERIC_DATE.finditer(sentence):
        one, other, year = map(int, m.groups())
        readings = {(month, day) for month, day in ((other, one), (one, other)) if 1 <= month <= 12 and 1 <= day <= 31}
        if len(readings) == 1:
            ((month, day),) = readings
            yield DateMention(year, month, day, *m.span())


def _line_at(text: str, at: int) -> str:
    """Return the line of a character: a number alone on its line states nothing."""
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _figure_places(text: str, language: str | None) -> dict[str, tuple[int, int]]:
    """Return the figures of a text in one form, each with its first range."""
    places: dict[str, tuple[int, int]] = {}
    marks = group_marks("", language)
    for figure, place in (*clock_times(text), *japanese_numbers(text)):
        places.setdefault(figure, place)
        text = f"{text[: place[0]]}{'-' * (place[1] - place[0])}{text[place[1] :]}"
    for m in _RANGE_SCALED.finditer(text):  # "from 3.1 to 2.7 million"
        value = Decimal(m[1].replace(",", ".")).scaleb(_SCALES[m["scale"].casefold()])
        places.setdefault(format(value.normalize(), "f"), m.span(1))
        text = text[: m.start(1)] + "-" * len(m[1]) + text[m.end(1) :]
    for m in _SCALED.finditer(text):
        if m[2] == "m" and not is_money(text, Span(*m.span())):
            continue  # metres
        grouped = _ONE_GROUP.fullmatch(m[1])
        plain = "".join(grouped.groups()) if grouped and m[1][-4] in marks else m[1].replace(",", ".")
        value = Decimal(plain).scaleb(_SCALES[m[2].casefold()])
        places.setdefault(format(value.normalize(), "f"), m.span())
        text = text[: m.start()] + "-" * len(m.group()) + text[m.end() :]
    for number in grouped_integers(text, marks):
        places.setdefault(number.digits, (number.start, number.end))
        text = text[: number.start] + "-" * (number.end - number.start) + text[number.end :]
    for m in _THREE_DECIMALS.finditer(text):  # "4.375" in a text that groups by commas
        places.setdefault(format(Decimal(m.group().replace(",", ".")).normalize(), "f"), m.span())
        text = text[: m.start()] + "-" * len(m.group()) + text[m.end() :]
    for figure, place in (*figures(text).items(), *number_words(text)):
        places.setdefault(figure, place)
    return places


@lru_cache(maxsize=2048)
def figure_spans(text: str, language: str | None) -> dict[str, Span]:
    """Return the figures of a text in one form, each with its first place."""
    return {figure: Span(*place) for figure, place in _figure_places(text, language).items()}


def _is_name(word: str, sentence: str, start: int) -> bool:
    plain = word.casefold()
    if plain in _NUMBERED and re.match(r"[.\s]{1,2}\d", sentence[start + len(word) :]):
        return False
    if is_money_code(plain):  # "EUR"
        return False
    if len(word) < 2 or plain in _SCALES or plain in _CALENDAR or plain in _TITLES or plain in STOP_WORDS:
        return False
    begins = not sentence[:start].strip(" \t\n\"'“”‘’(«»[")
    # A sentence's first word always has a capital, so only a second capital, a digit or a country makes it a name.
    return not begins or any(c.isupper() or c.isdigit() for c in word[1:]) or _country(word) is not None


def is_rounded(sentence: str, value: Value) -> bool:
    """Return True if a sentence says that a figure is not exact."""
    return value.kind == "figure" and _ROUNDED.search(sentence[: value.span.start]) is not None


def is_near(value: Value, recorded: str) -> bool:
    """Return True if a figure differs from that of a record by a tenth of it at most."""
    figures_there = [Decimal(figure) for figure in _figure_places(recorded, None) if _DECIMAL.fullmatch(figure)]
    if not figures_there or not isinstance(value.value, str) or not _DECIMAL.fullmatch(value.value):
        return False
    return abs(Decimal(value.value) - figures_there[0]) <= figures_there[0] / 10


def is_difference(value: Value, recorded: str) -> bool:
    """Return True if a figure is the difference of two of a record's sentence: 0.70 of "from 4.50 to 5.20"."""
    if value.kind != "figure" or not isinstance(value.value, str) or not _DECIMAL.fullmatch(value.value):
        return False
    there = [Decimal(figure) for figure in _figure_places(recorded, None) if _DECIMAL.fullmatch(figure)]
    return any(abs(one - other) == Decimal(value.value) for one, other in combinations(there, 2))


def occurs(value: Value, text: str, documents: Sequence[Document]) -> bool:
    """Return True if a text of one of these records has the value, also in another form."""
    if value.kind == "figure":
        language = documents[0].language if documents else None
        return value.value in _figures(text, language) or says_one_or_two(str(value.value), text, language)
    if value.kind == "date" and isinstance(value.value, str):
        return value.value in _seasons(text)
    if isinstance(value.value, DateMention):
        known_years = {day.year for document in documents for day in _first_days(document)}
        return any(_is_same(value.value, other, known_years) for other in _dates(text))
    alias = _country(value.value)
    words, word = words_of(text), value.value.casefold()
    is_inflected = len(word) >= _LEAST_INFLECTED and not words.isdisjoint((f"{word}s", f"{word}es"))
    return word in words or is_inflected or (alias is not None and alias in _countries(text))


def is_fact(value: Value, document: Document) -> bool:
    """Return True if the value is among the facts known about the record."""
    meeting = document.meeting
    if isinstance(value.value, DateMention):
        return any(value.value.matches(day) for day in record_days(document))
    facts = (document.title, document.publisher, meeting.forum, meeting.name, meeting.place, meeting.presidency)
    known = " ".join(fact for fact in facts if fact)
    if value.kind == "figure":
        return value.value in figures(known) or value.value in {str(day.year) for day in _first_days(document)}
    return occurs(value, known, (document,))


def _is_same(one: DateMention, other: DateMention, known_years: set[int]) -> bool:
    """Return True if two dates agree; a day without a year is of the record's own year."""
    if one.month != other.month or (one.day and other.day and one.day != other.day):
        return False
    if one.day and not other.day:
        return False
    if one.year is None or other.year == one.year:
        return True
    return other.year is None and one.year in known_years


def _first_days(document: Document) -> list[date]:
    """Return the known days of a record that state its year: of publication, and the meeting's first."""
    return [day for day in (document.published, document.meeting.first_day) if day]


def _country(word: str) -> str | None:
    """Return one name for all names and adjectives of a country; None for another word."""
    return min((word.casefold(), *also_called(word))) if is_country(word) else None


def _is_inside(start: int, ranges: list[tuple[int, int]]) -> bool:
    return any(a <= start < b for a, b in ranges)


@lru_cache(maxsize=1024)
def _figures(text: str, language: str | None) -> frozenset[str]:
    return frozenset(_figure_places(text, language))


@lru_cache(maxsize=64)
def _seasons(text: str) -> frozenset[str]:
    return frozenset(map(_season_of, SEASON.finditer(text)))


def _season_of(season: re.Match[str]) -> str:
    return f"{season['season']} {season['year']}".casefold()


@lru_cache(maxsize=64)
def _dates(text: str) -> tuple[DateMention, ...]:
    return tuple(find_dates(text))


@lru_cache(maxsize=64)
def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, those with a hyphen or apostrophe also in their parts."""
    whole = {word.casefold() for word in _WORDS.findall(text)}
    parts = {part for word in whole for part in re.split(r"[-’'&]", word)}
    return frozenset(whole | parts | {re.sub(r"['’]s?$", "", word) for word in whole})


@lru_cache(maxsize=64)
def _countries(text: str) -> frozenset[str]:
    return frozenset(country for word in words_of(text) if (country := _country(word)))
