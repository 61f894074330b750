"""Dates in a text, as days, months and years."""

import re
from dataclasses import dataclass
from datetime import date

_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAYS = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:-|–|—|and|to|&)\s*(?P<last>\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_DAYS}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}(?!\d))?",
        rf"\b{_MONTH}\s+{_DAYS}(?!\d)(?:\s*\([^()]{{2,9}}\))?(?:,?\s+{_YEAR}(?!\d))?",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?P<last>)(?!\d)",
        r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})(?:[-–~〜・](?P<last>\d{1,2}))?日",
        rf"\b{_MONTH},?\s+{_YEAR}(?!\d)(?P<day>)(?P<last>)",
    )
)
_BARE_YEAR = re.compile(r"(?<![\d/.,-])(?:19|20)\d\d(?![\d/-])")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that a text names.

    Attributes:
        year: None where it is not said.
        month: from 1.
        day: None where only a month is named.
        start: where it stands in the text.
        end: where it ends there.
    """

    year: int | None
    month: int
    day: int | None
    start: int
    end: int

    def is_day(self, day: date) -> bool:
        """Whether this is the day, as far as the text says."""
        return (self.year or day.year, self.month, self.day or day.day) == (day.year, day.month, day.day)


def dates(text: str) -> list[Dated]:
    """The dates of a text; "29 and 30 April 2023" are two. What cannot be a date is none."""
    found: list[Dated] = []
    for form in _FORMS:
        for m in form.finditer(text):
            if any(d.start < m.end() and m.start() < d.end for d in found):
                continue
            month = _MONTHS.get(m["month"].lower()) or (int(m["month"]) if m["month"].isdigit() else 0)
            days: list[int | None] = [int(d) for d in (m["day"], m["last"]) if d]
            days = days or [None]
            year = int(m["year"]) if m["year"] else None
            found += [
                Dated(year, month, day, *m.span())
                for day in days
                if 1 <= month <= 12 and (day is None or 1 <= day <= 31)
            ]
    return sorted(found, key=lambda d: (d.start, d.day or 0))


def years(text: str) -> set[int]:
    """The years that a text names alone or in a date."""
    return {int(m.group()) for m in _BARE_YEAR.finditer(text)} | {d.year for d in dates(text) if d.year}
