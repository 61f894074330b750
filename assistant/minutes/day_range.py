"""Read the days that a question asks for, "before August", "by the end of June", and tell if a date lies among them."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.language.dates import FOREIGN_MENTION, MONTH_MENTION, find_date_ranges, find_months, find_slashed_days
from corpus.language.minutes_words import pattern, phrases
from corpus.language.scripts import is_cjk
from corpus.language.tokens import fold_text

# Words of a question beside its days that name no subject.
DAY_WORDS = ("do", "due", "end", "start", "beginning", "late", "between", "ende", "fällig", "fin", "final")
# Words between a preposition and its day, such as "by the end of", at most.
_BETWEEN = (
    r"(?:\s+(?:the|le|la|el|dem|der|den|zum|\w+(?:day|tag|di),?|end|start|beginning|ende|anfang|fin|final"
    r"|of|de|du|del|des))*\s*"
)
_YEAR_BEHIND = re.compile(r",?\s+(?:(?:of|de|del)\s+)?((?:19|20)\d\d)\b|年")
_YEAR_BEFORE = re.compile(r"((?:19|20)\d\d)年\s*$")
# A month without a year is the one from so many months before the meeting on.
_MONTHS_BACK = 4
_EARLIEST, _LATEST = date(1, 1, 1), date(9999, 12, 31)
_YEAR_OF_NONE = 2000  # where neither question nor record has a year, all days are of one year


@dataclass(frozen=True, slots=True)
class NamedDays:
    """The first and the last day that a text names; a month alone has all its days.

    Attributes:
        first: month and day.
        last: month and day.
        year: of the last day; None where the text leaves it open.
        start: the first character in the text.
        end: behind the last character.
        other: month and day of the other reading of days in numbers, such as "05/06/2025"; None without one.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None
    start: int
    end: int
    other: tuple[int, int] | None = None

    @property
    def is_run(self) -> bool:
        """True for several days that are no month."""
        return self.first != self.last and self.last != _end_of_month(self.first, self.year)

    def period(self, near: date | None) -> tuple[date, date]:
        """Return the first and the last day.

        Args:
            near: the day of the record, which tells the year where the text does not.
        """
        year = self.year or _year_near(self.first, near)
        return _day(year if self.first <= self.last else year - 1, self.first), _day(year, self.last)


@dataclass(frozen=True, slots=True)
class AskedDays:
    """The days that a question asks for.

    Attributes:
        relation: "within", "before", "by", "after", "from" or "between".
        days: one; two for "between".
        span: the words of the question, from the preposition on.
    """

    relation: str
    days: tuple[NamedDays, ...]
    span: tuple[int, int]

    @property
    def compares(self) -> bool:
        """True if it asks for more than what is of the day itself."""
        return self.relation != "within"

    def holds(self, told: NamedDays, near: date | None) -> bool:
        """Return True if all days that a text names are asked for.

        Args:
            told: the days of the text.
            near: the day of its record; None where it has none.
        """
        if self.relation == "within" and None in (self.days[0].year, told.year):  # in June, of whatever year
            return self.days[0].first <= told.first and told.last <= self.days[0].last
        first, last = self._limits(near or (date(told.year, 1, 1) if told.year else None))
        periods = [told.period(near or first if self.days[0].year else near)]
        if told.other and told.year:
            periods.append((_day(told.year, told.other),) * 2)
        return all(first <= a and b <= last for a, b in periods)

    def _limits(self, near: date | None) -> tuple[date, date]:
        first, last = self.days[0].period(near)
        if self.relation == "between":
            return first, self.days[-1].period(near)[1]
        limits = {
            "before": (_EARLIEST, date.fromordinal(first.toordinal() - 1)),
            "by": (_EARLIEST, last),
            "after": (date.fromordinal(last.toordinal() + 1), _LATEST),
            "from": (first, _LATEST),
        }
        return limits.get(self.relation, (first, last))


@lru_cache(maxsize=64)
def asked_days(question: str) -> AskedDays | None:
    """Return the days that a question asks for; None if it names none, or several that are no run of days."""
    named = named_days(question)
    folded = fold_text(question)
    if not named or len(folded) != len(question):
        return None
    is_late = bool(pattern("days", "late").search(folded))
    found = [(_relation(folded, days), days) for days in named]
    if len(named) == 2 and (run := _run(folded, named)):
        return AskedDays("between", run, (_start(folded, "between", run[0]), run[1].end))
    compared = [(relation, days) for relation, days in found if relation != "within"]
    if len(compared) > 1 or not (compared or len(named) == 1):
        return None
    relation, days = (compared or found)[0]
    start = _start(folded, relation, days)
    return AskedDays("before" if is_late else relation, (days,), (start, days.end))


def named_days(text: str, is_day_first: bool | None = None) -> list[NamedDays]:
    """Return the days, the runs of days and the months that a text names, in order.

    Args:
        text: of a question, or a cell.
        is_day_first: True if the day is in front in "05/06/2025", False if the month is, None if either may be.
    """
    found = [NamedDays(d.first, d.last, d.year, d.start, d.end) for d in find_date_ranges(text)]
    found = [d for d in found if all(1 <= month <= 12 and 1 <= day <= 31 for month, day in (d.first, d.last))]
    for slashed in find_slashed_days(text):
        if slashed.day_first and slashed.month_first and len(slashed.readings) > 1:
            days = [(d.month, d.day) for d in (slashed.day_first, slashed.month_first)]
            first, other = days if is_day_first is not False else days[::-1]
            year = slashed.day_first.year
            kept = None if is_day_first is not None else other
            found.append(NamedDays(first, first, year, slashed.start, slashed.end, kept))
    for month in _months(text):
        if not any(d.start < month.end and month.start < d.end for d in found):
            found.append(month)
    return sorted(found, key=lambda d: d.start)


def is_day_first(values: Iterable[str]) -> bool | None:
    """Return True if the days of a column in numbers have the day in front, as others of them show; None if open."""
    sure = [day for value in values for day in find_slashed_days(value) if len(day.readings) == 1]
    return all(day.day_first for day in sure) if sure else None


def _months(text: str) -> Iterator[NamedDays]:
    """Yield the months that a text names, with the year beside each."""
    for mention in (MONTH_MENTION, FOREIGN_MENTION):
        for match in mention.finditer(text):
            numbers = find_months(match.group())
            if len(numbers) != 1:
                continue
            [month] = numbers
            behind, before = _YEAR_BEHIND.match(text, match.end()), _YEAR_BEFORE.search(text[: match.start()])
            year = next((int(m[1]) for m in (behind, before) if m and m[1]), None)
            last = _end_of_month((month, 1), year)
            end = behind.end() if behind and behind[1] else match.end()
            yield NamedDays((month, 1), last, year, match.start(), end)


def _relation(folded: str, days: NamedDays) -> str:
    """Return what a question asks about a day: the preposition before it, in Japanese behind it."""
    for name in ("before", "by", "after", "from"):
        if re.search(rf"{_words(name)}{_BETWEEN}$", folded[: days.start]):
            return "within" if name == "from" and days.is_run else name
        if any(folded[days.end :].lstrip("末の").startswith(word) for word in phrases("days", name) if is_cjk(word)):
            return name
    return "within"


def _start(folded: str, relation: str, days: NamedDays) -> int:
    """Return where the words that name days begin, with the preposition before them."""
    words = r"(?<!\w)(?:in|on|im|am|en|le|el|du|de)" if relation == "within" else _words(relation)
    found = re.search(rf"{words}{_BETWEEN}$", folded[: days.start])
    return found.start() if found else days.start


def _run(folded: str, named: list[NamedDays]) -> tuple[NamedDays, NamedDays] | None:
    """Return the ends of "between 1 July and 31 August 2025", each with the year of the other if it has none."""
    one, other = named
    between = folded[one.end : other.start].strip(" ,")
    if between not in phrases("days", "to") or not re.search(rf"{_words('between')}{_BETWEEN}$", folded[: one.start]):
        return None
    year = other.year or one.year
    first, last = (NamedDays(d.first, d.last, d.year or year, d.start, d.end) for d in named)
    return first, last


def _words(name: str) -> str:
    """Return a pattern of the words of a class of `days` in the data file."""
    words = [re.escape(word) for word in phrases("days", name) if not is_cjk(word)]
    return rf"(?<!\w)(?:{'|'.join(words)})(?!\w)"


def _year_near(day: tuple[int, int], near: date | None) -> int:
    if near is None:
        return _YEAR_OF_NONE
    months = near.year * 12 + near.month - _MONTHS_BACK
    return next(year for year in (near.year - 1, near.year, near.year + 1) if year * 12 + day[0] >= months)


def _end_of_month(first: tuple[int, int], year: int | None) -> tuple[int, int]:
    return (first[0], monthrange(year or _YEAR_OF_NONE, first[0])[1])


def _day(year: int, day: tuple[int, int]) -> date:
    """Return a day of a year, the last of the month where it has no such day."""
    month, number = day
    return date(year, month, min(number, monthrange(year, month)[1]))
