"""Find days, runs of days, months and years in English and Japanese text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.language.months import ANY_MONTH, MONTH, MONTH_NUMBERS

YEAR = r"(?:19|20)\d\d"
# A month with a day or a year beside it: a line that holds one tells when.
FULL_DATE = re.compile(rf"\b{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\b\d{{1,2}}\s+{MONTH}\s+\d{{4}}|\d{{4}}年\d{{1,2}}月")
# A day and a year around any word, so in any language.
LIKELY_DATE = re.compile(rf"\d{{1,2}}(?:\D{{1,2}}\d{{1,2}})?\.? \w{{3,12}},? {YEAR}|\w{{3,12}} \d{{1,2}},? {YEAR}|\d年")
YEAR_OR_MONTH = re.compile(rf"\b{YEAR}\b|\b{MONTH}\b|\d月")
# Groups: the name of a month, or the number before 月.
MONTH_MENTION = re.compile(rf"\b({ANY_MONTH})\b\.?|(?:(?<=年)|(?<!\d))(\d{{1,2}})月", re.IGNORECASE)

_MONTH = rf"{ANY_MONTH}\b\.?"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9])"
_TO = r"\s*(?:-|–|—|‐|‑|~|〜|/|\bto\b|\band\b|&)\s*"
_WEEKDAY = r"(?:\s*\((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\))?"
# "May" alone is a month only where a day stands beside it, as it does in all of these.
_ENGLISH = (
    re.compile(
        rf"\b(?P<m>{_MONTH})\s+(?P<d>{_DAY}){_WEEKDAY}(?:,?\s+(?P<y1>[0-9]{{4}})(?=\s*(?:-|–|to)))?"
        rf"(?:{_TO}(?:(?P<m2>{_MONTH})\s+)?(?P<d2>{_DAY}){_WEEKDAY})?(?:,?\s+(?P<y>[0-9]{{4}})(?![0-9]))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.:/-])(?P<d>{_DAY})(?:\s+(?P<m1>{_MONTH}))?(?:,?\s+(?P<y1>[0-9]{{4}}))?"
        rf"(?:{_TO}(?P<d2>{_DAY}))?\s+(?:of\s+)?(?P<m>{_MONTH})(?:,?\s+(?P<y>[0-9]{{4}})(?![0-9]))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.:/-])(?P<d>{_DAY})\s+(?P<m>{_MONTH})(?:,?\s+(?P<y>[0-9]{{4}})(?![0-9]))?",
        re.IGNORECASE,
    ),
)
_NUMERIC = re.compile(
    r"(?<![0-9./-])(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9./-]*[0-9])"
    r"(?:(?:\s*(?:~|〜|–|—|\bto\b)\s*|\s+-\s+|/)(?P<y2>[0-9]{4})(?P=s)(?P<m2>[0-9]{1,2})(?P=s)(?P<d2>[0-9]{1,2}))?"
)
_NUMERIC_RANGE = re.compile(
    r"(?<![0-9./-])(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})/(?P<y2>[0-9]{4})-(?P<m2>[0-9]{2})-(?P<d2>[0-9]{2})"
    r"(?![0-9])"
)
_YOUBI = r"(?:\s*[(（][月火水木金土日](?:曜日?)?(?:・?祝)?[)）])?"
_JAPANESE = re.compile(
    r"(?:(?P<era>令和|平成|昭和)\s*(?P<n>元|\d{1,2})\s*年|(?P<y>\d{4})\s*年(?:\s*[(（](?:令和|平成|昭和)\w{1,2}年?[)）])?)?"
    rf"\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日{_YOUBI}"
    rf"(?:\s*(?:-|–|~|〜|から|及び|および|と|、|・|,)\s*(?:(?P<m2>\d{{1,2}})\s*月\s*)?(?P<d2>\d{{1,2}})\s*日{_YOUBI})?"
)
# The year before the first of each era.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_MONTH_OF_YEAR = re.compile(rf"\b(?P<m>{_MONTH}),?\s+(?P<y>{YEAR})(?!\d)", re.IGNORECASE)
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
    candidates = sorted((*_english(text), *_numeric(text), *_japanese(text)), key=lambda d: (d.start, -d.end))
    kept: list[DateRange] = []
    for days in candidates:
        if not kept or days.start >= kept[-1].end:
            kept.append(days)
    return kept


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
    numbers = set()
    for name, number in MONTH_MENTION.findall(text):
        if name and (name.lower() not in _ALSO_VERBS or name[0].isupper()):
            numbers.add(MONTH_NUMBERS[name.lower()])
        elif number and 1 <= int(number) <= 12:
            numbers.add(int(number))
    return frozenset(numbers)


def leading_day(text: str) -> date | None:
    """Return the day that a text begins with in numbers, as in "2021-08-05T10:00" or "2021年8月5日"; else None."""
    match = _LEADING_DAY.match(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _english(text: str) -> Iterator[DateRange]:
    for pattern in _ENGLISH:
        for match in pattern.finditer(text):
            part = match.groupdict()
            month = _month(part["m"])
            first = (_month(part["m1"]) if part.get("m1") else month, _number(part["d"]))
            last = first
            if part.get("d2"):
                last = (_month(part["m2"]) if part.get("m2") else month, _number(part["d2"]))
            elif part.get("m1"):
                continue
            year, first_year = (int(part[name]) if part.get(name) else None for name in ("y", "y1"))
            yield DateRange(*match.span(), year, first, last, first_year)


def _numeric(text: str) -> Iterator[DateRange]:
    for pattern in (_NUMERIC, _NUMERIC_RANGE):
        for match in pattern.finditer(text):
            year, first = int(match["y"]), (int(match["m"]), int(match["d"]))
            if not match["y2"]:
                yield DateRange(*match.span(), year, first, first)
            else:
                yield DateRange(*match.span(), int(match["y2"]), first, (int(match["m2"]), int(match["d2"])), year)


def _japanese(text: str) -> Iterator[DateRange]:
    for match in _JAPANESE.finditer(text):
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


def _number(word: str) -> int:
    return int(re.sub(r"[^0-9]", "", word))
