"""Find days, runs of days, months and years in English, Japanese, Chinese, French, German and Spanish text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.language.date_patterns import (
    DOTTED,
    ENGLISH,
    FOREIGN,
    JAPANESE,
    MONTH_FORM,
    NUMBERED,
    NUMERIC,
    NUMERIC_RANGE,
    SLASHED,
)
from corpus.language.date_patterns import FOREIGN_MENTION as FOREIGN_MENTION
from corpus.language.date_patterns import YEAR as YEAR
from corpus.language.months import ANY_MONTH, FOREIGN_MONTH_NUMBERS, MONTH, MONTH_NUMBERS, ORDINALS

# A month with a day or a year beside it: a line that holds one tells when.
FULL_DATE = re.compile(rf"\b{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\b\d{{1,2}}\s+{MONTH}\s+\d{{4}}|\d{{4}}年\d{{1,2}}月")
# A day and a year around any word, so in any language.
LIKELY_DATE = re.compile(rf"\d{{1,2}}(?:\D{{1,2}}\d{{1,2}})?\.? \w{{3,12}},? {YEAR}|\w{{3,12}} \d{{1,2}},? {YEAR}|\d年")
YEAR_OR_MONTH = re.compile(rf"\b{YEAR}\b|\b{MONTH}\b|\d月")
# Groups: the name of a month, or the number before 月.
MONTH_MENTION = re.compile(rf"\b({ANY_MONTH})\b\.?|(?:(?<=年)|(?<!\d))(\d{{1,2}})月", re.IGNORECASE)

# The year before the first of each era.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
ERA_YEAR = re.compile(rf"(?P<era>{'|'.join(_ERAS)})\s*(?P<n>元|[0-9０-９]{{1,2}})\s*年")
_MONTH_OF_YEAR = re.compile(rf"\b(?P<m>{MONTH_FORM}),?\s+(?P<y>{YEAR})(?!\d)", re.IGNORECASE)
_BARE_YEAR = re.compile(rf"(?<![\d/.,-]){YEAR}(?![\d/-])")
_ALSO_VERBS = ("may", "march", "mar")
_LEADING_DAY = re.compile(r"\s*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})(?![0-9])")
# A release speaks of its meeting within a season; a day without a year that lies further off is another year's.
_NEAR = timedelta(days=90)
# What would last longer is two days, or a slip.
_LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class DateRange:
    """A day, or the first and last of several, as a text names it.

    Attributes:
        start: its first character in the text.
        end: behind its last character.
        year: of the last day; None where the text leaves it to the reader.
        first: month and day.
        last: month and day; equal to `first` for one day.
        first_year: of the first day, where it is another than `year`.
    """

    start: int
    end: int
    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    first_year: int | None = None

    def resolve(self, written: date | None = None) -> tuple[date, date] | None:
        """Return the first and the last day; None for days that no calendar has, or whose year cannot be known.

        Args:
            written: when the text was written: a day without a year is the last before it, if not long before.
        """
        if self.year is not None:
            return self._in(self.year)
        if written is None:
            return None
        near = [self._in(year) for year in (written.year, written.year - 1)]
        return next((d for d in near if d and timedelta(0) <= written - d[0] <= _NEAR), None)

    def _in(self, year: int) -> tuple[date, date] | None:
        first_year = self.first_year or (year - 1 if self.first > self.last else year)
        try:
            first, last = date(first_year, *self.first), date(year, *self.last)
        except ValueError:
            return None
        return (first, last) if timedelta(0) <= last - first <= _LONGEST else None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day or a month that a text names.

    Attributes:
        year: None where the text does not say it.
        month: from 1.
        day: None where only a month is named.
        start: its first character in the text.
        end: behind its last character.
    """

    year: int | None
    month: int
    day: int | None
    start: int
    end: int

    def matches(self, day: date) -> bool:
        """Return True if this can be the day, as far as the text says."""
        return (self.year or day.year, self.month, self.day or day.day) == (day.year, day.month, day.day)


def find_date_ranges(text: str) -> list[DateRange]:
    """Return the days and runs of days named in a text, in order; none overlaps another.

    Args:
        text: one line, in compatibility form (NFKC), so that full-width digits are digits.
    """
    found = (*_english(text), *_numeric(text), *_japanese(text), *_foreign(text), *_day_first(text))
    candidates = sorted(found, key=lambda d: (d.start, -d.end))
    kept: list[DateRange] = []
    for days in candidates:
        if not kept or days.start >= kept[-1].end:
            kept.append(days)
    return kept


@dataclass(frozen=True, slots=True)
class SlashedDay:
    """A day in numbers with slashes or hyphens, in which day or month may be in front.

    Attributes:
        start: its first character in the text.
        end: behind its last character.
        day_first: the day if the number in front is that of the day; None where no calendar has it.
        month_first: the day if the number in front is that of the month; None where no calendar has it.
    """

    start: int
    end: int
    day_first: date | None
    month_first: date | None

    @property
    def readings(self) -> tuple[date, ...]:
        """The days that it can be: one where it is not ambiguous."""
        return tuple(dict.fromkeys(day for day in (self.day_first, self.month_first) if day))


def find_slashed_days(text: str) -> list[SlashedDay]:
    """Return the days such as "25/03/2025" and "11-03-2025" that a text names, in order, with both their readings."""
    found = []
    for match in SLASHED.finditer(text):
        one, other, year = int(match[1]), int(match[3]), int(match[4])
        found.append(SlashedDay(*match.span(), _calendar_day(year, other, one), _calendar_day(year, one, other)))
    return found


def find_dates(text: str) -> list[DateMention]:
    """Return the days and the months of a year that a text names, in order; "29 and 30 April 2023" are two days."""
    mentions = [mention for days in find_date_ranges(text) for mention in _days_of(days)]
    for match in _MONTH_OF_YEAR.finditer(text):
        if not any(mention.start < match.end() and match.start() < mention.end for mention in mentions):
            mentions.append(DateMention(int(match["y"]), _month(match["m"]), None, *match.span()))
    return sorted(mentions, key=lambda mention: mention.start)


def find_years(text: str) -> set[int]:
    """Return the years that a text names alone or in a date."""
    return {int(match.group()) for match in _BARE_YEAR.finditer(text)} | {d.year for d in find_dates(text) if d.year}


def find_months(text: str) -> frozenset[int]:
    """Return the numbers of the months that a text names; "may" and "march" count only with a capital."""
    numbers = {_foreign_month(match) for match in FOREIGN_MENTION.finditer(text)}
    for name, number in MONTH_MENTION.findall(text):
        if name and (name.lower() not in _ALSO_VERBS or name[0].isupper()):
            numbers.add(MONTH_NUMBERS[name.lower()])
        elif number and 1 <= int(number) <= 12:
            numbers.add(int(number))
    return frozenset(numbers)


def without_months(text: str) -> str:
    """Return a text without the names of months."""
    return FOREIGN_MENTION.sub(" ", MONTH_MENTION.sub(" ", text))


def find_era_years(text: str) -> dict[int, int]:
    """Return the years that a text names in a Japanese era, each with its offset: 2026 for "令和8年"."""
    return {_ERAS[m["era"]] + (1 if m["n"] == "元" else int(m["n"])): m.start() for m in ERA_YEAR.finditer(text)}


def mask_days(text: str) -> str:
    """Return a text with a bar in place of each day that it names, whose numbers are so no longer read as others."""
    spans = [(d.start, d.end) for d in find_date_ranges(text)] + [(d.start, d.end) for d in find_slashed_days(text)]
    for start, end in sorted(set(spans), reverse=True):
        text = f"{text[:start]}|{text[end:]}"
    return text


def states_days(text: str, period: tuple[date, date]) -> bool:
    """Return True if a text names the first and the last of some days as such, a single one also with slashes."""
    if any(days.resolve() == period for days in find_date_ranges(text)):
        return True
    return period[0] == period[1] and any(period[0] in days.readings for days in find_slashed_days(text))


def leading_day(text: str) -> date | None:
    """Return the day that a text begins with in numbers, as in "2021-08-05T10:00" or "2021年8月5日"; else None."""
    match = _LEADING_DAY.match(text)
    return _calendar_day(*map(int, match.groups())) if match else None


def _calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the day; None where no calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _english(text: str) -> Iterator[DateRange]:
    for pattern in ENGLISH:
        yield from _ranges(pattern, text, _month)


def _foreign(text: str) -> Iterator[DateRange]:
    return _ranges(FOREIGN, text, lambda name: FOREIGN_MONTH_NUMBERS[name.lower()])


def _day_first(text: str) -> Iterator[DateRange]:
    yield from _ranges(DOTTED, text, int)
    for slashed in find_slashed_days(text):
        if len(slashed.readings) == 1:
            [day] = slashed.readings
            yield DateRange(slashed.start, slashed.end, day.year, (day.month, day.day), (day.month, day.day))


def _ranges(pattern: re.Pattern[str], text: str, month_of: Callable[[str], int]) -> Iterator[DateRange]:
    """Yield the days of a pattern with the groups d and m, and y, d2, m1, m2 and y1 if it has them."""
    for match in pattern.finditer(text):
        part = match.groupdict()
        month = month_of(part["m"])
        first = (month_of(part["m1"]) if part.get("m1") else month, _number(part["d"]))
        last = first
        if part.get("d2"):
            last = (month_of(part["m2"]) if part.get("m2") else month, _number(part["d2"]))
        elif part.get("m1"):
            continue
        year, first_year = (int(part[name]) if part.get(name) else None for name in ("y", "y1"))
        start, end = match.span()
        if last != first and _numbers_word(text, match):
            start, first = match.start("d2"), last
        yield DateRange(start, end, year, first, last, first_year)


def _numbers_word(text: str, match: re.Match[str]) -> bool:
    """Return True if the first number of a run is that of the word before it: "Hearing day 2 - 4 May 2024 - Porto"."""
    before = NUMBERED.search(text[: match.start()])
    is_dash = text[match.end("d") : match.start("d2")] == " - "
    return bool(before) and is_dash and " - " in text[: match.start()] + text[match.end() :]


def _numeric(text: str) -> Iterator[DateRange]:
    for pattern in (NUMERIC, NUMERIC_RANGE):
        for match in pattern.finditer(text):
            year, first = int(match["y"]), (int(match["m"]), int(match["d"]))
            if not match["y2"]:
                yield DateRange(*match.span(), year, first, first)
            else:
                yield DateRange(*match.span(), int(match["y2"]), first, (int(match["m2"]), int(match["d2"])), year)


def _japanese(text: str) -> Iterator[DateRange]:
    # Each has this sign, and the pattern takes long on other texts.
    for match in JAPANESE.finditer(text) if "月" in text else ():
        year = int(match["y"]) if match["y"] else None
        if match["era"]:
            year = _ERAS[match["era"]] + (1 if match["n"] == "元" else int(match["n"]))
        first = (int(match["m"]), int(match["d"]))
        last = (int(match["m2"] or match["m"]), int(match["d2"])) if match["d2"] else first
        yield DateRange(*match.span(), year, first, last)


def _days_of(days: DateRange) -> Iterator[DateMention]:
    """Yield the first and the last day of a range, without numbers that no calendar has."""
    first = (days.first_year or days.year, *days.first)
    last = (days.year, *days.last)
    for year, month, day in (first,) if days.first == days.last else (first, last):
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield DateMention(year, month, day, days.start, days.end)


def _month(word: str) -> int:
    return MONTH_NUMBERS[word.lower().rstrip(".")]


def _foreign_month(match: re.Match[str]) -> int:
    return FOREIGN_MONTH_NUMBERS[next(filter(None, match.groups())).lower()]


def _number(word: str) -> int:
    return ORDINALS.get(word.lower().replace(" ", "-")) or int(re.sub(r"[^0-9]", "", word))
