"""The days that a text names: "April 30, 2020", "29-30 April 2023", "2023年4月30日", "令和5年4月30日", "2023-04-30"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "(?:" + "|".join(_MONTHS) + r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
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
_NUMBERED = re.compile(
    r"(?<![0-9./-])(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9./-]*[0-9])"
    r"(?:(?:\s*(?:~|〜|–|—|\bto\b)\s*|\s+-\s+|/)(?P<y2>[0-9]{4})(?P=s)(?P<m2>[0-9]{1,2})(?P=s)(?P<d2>[0-9]{1,2}))?"
)
_NUMBERED_RANGE = re.compile(
    r"(?<![0-9./-])(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})/(?P<y2>[0-9]{4})-(?P<m2>[0-9]{2})-(?P<d2>[0-9]{2})"
    r"(?![0-9])"
)
_YOUBI = r"(?:\s*\([月火水木金土日](?:曜日?)?(?:・?祝)?\))?"
_JAPANESE = re.compile(
    r"(?:(?P<era>令和|平成|昭和)\s*(?P<n>元|[0-9]{1,2})\s*年|(?P<y>[0-9]{4})\s*年(?:\s*\((?:令和|平成|昭和)\w{1,2}年?\))?)?"
    rf"\s*(?P<m>[0-9]{{1,2}})\s*月\s*(?P<d>[0-9]{{1,2}})\s*日{_YOUBI}"
    rf"(?:\s*(?:-|–|~|〜|から|及び|および|と|、|・|,)\s*(?:(?P<m2>[0-9]{{1,2}})\s*月\s*)?(?P<d2>[0-9]{{1,2}})\s*日{_YOUBI})?"
)
# The year before the first of each era.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
# A release speaks of its meeting within a season; a day without a year that lies further off is another year's.
_NEAR = timedelta(days=90)
# What would last longer is two days, or a slip.
_LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Days:
    """A day, or the first and last of several, as a text names it.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        year: of the last day; None where the text leaves it to the reader.
        first: month and day.
        last: month and day; the same as `first` for one day.
        first_year: of the first day, where it is another than `year`.
    """

    start: int
    end: int
    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    first_year: int | None = None

    def dated(self, written: date | None = None) -> tuple[date, date] | None:
        """The first and the last day; None for days that no calendar has, or whose year is not to be known.

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


def days_in(text: str) -> list[Days]:
    """The days named in a text, in order; none overlaps another.

    Args:
        text: one line, in compatibility form (NFKC), so that full-width digits are digits.
    """
    found = sorted((*_english(text), *_numbered(text), *_japanese(text)), key=lambda d: (d.start, -d.end))
    kept: list[Days] = []
    for days in found:
        if not kept or days.start >= kept[-1].end:
            kept.append(days)
    return kept


def _english(text: str) -> Iterator[Days]:
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
            year, first_year = part.get("y"), part.get("y1")
            yield Days(*match.span(), int(year) if year else None, first, last, int(first_year) if first_year else None)


def _numbered(text: str) -> Iterator[Days]:
    for pattern in (_NUMBERED, _NUMBERED_RANGE):
        for match in pattern.finditer(text):
            year, first = int(match["y"]), (int(match["m"]), int(match["d"]))
            if not match["y2"]:
                yield Days(*match.span(), year, first, first)
            else:
                yield Days(*match.span(), int(match["y2"]), first, (int(match["m2"]), int(match["d2"])), year)


def _japanese(text: str) -> Iterator[Days]:
    for match in _JAPANESE.finditer(text):
        year = int(match["y"]) if match["y"] else None
        if match["era"]:
            year = _ERAS[match["era"]] + (1 if match["n"] == "元" else int(match["n"]))
        first = (int(match["m"]), int(match["d"]))
        last = (int(match["m2"] or match["m"]), int(match["d2"])) if match["d2"] else first
        yield Days(*match.span(), year, first, last)


def _month(word: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _number(word: str) -> int:
    return int(re.sub(r"[^0-9]", "", word))
