"""Find the only day that the head of a record states: that of its meeting, or that of its publication."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.document import Kind
from corpus.facts import Fact, facts_of_meeting_days
from corpus.language.dates import find_date_ranges
from corpus.language.months import WEEKDAY
from corpus.metadata.first_lines import ORIGIN, PUBLISHED, UPDATED
from corpus.metadata.head import FULL_STOP, FirstLine
from corpus.metadata.meeting import LABEL, is_day_label
from corpus.metadata.other_days import names_occasion, own_days
from corpus.metadata.place import KIND
from corpus.metadata.record_kind import HELD, LETTER, words_of

# "Report of the monthly meeting of 3 May 2024".
_MEETING_ON = re.compile(rf"\b{KIND}\s+(?:held\s+)?(?:of|on|from)\s+(?:the\s+)?(?:{WEEKDAY},?\s+)?$", re.IGNORECASE)
# Hours beside a day: "14:00-17:10", "at 7.00 pm", "9 a.m.".
_HOURS = re.compile(r"\b\d{1,2}(?:[:h]\d\d|(?:\.\d\d)?\s?[ap]\.?m\b)", re.IGNORECASE)
# "Issued in Porto", "Given at Porto on": a stamp that names its place.
_DONE = re.compile(r"[A-Z][a-z]+\s+(?:in|at)\s+(?:the\s+)?[^\W\d_a-z]")
# Behind a sentence or a dash a row has another part: "A Ministry. News".
_PART = re.compile(rf"{FULL_STOP}|\s[-–—|]\s")
_Period = tuple[date, date]


def days_of_head(rows: Sequence[FirstLine], is_of_meeting: bool, is_talk: bool) -> Iterator[Fact]:
    """Yield the only day that the rows of a head state: the meeting's, or that of the publication.

    Args:
        rows: of the head.
        is_of_meeting: True for the record of a meeting.
        is_talk: True for a transcript.
    """
    own = [(row, period) for row in rows if not LABEL.match(row.words) for period in _own_periods(row.words)]
    stated = {period for _, period in own}
    held = {period for row, period in own if _is_of_occasion(row, period, rows)}
    of_meeting = stated if is_of_meeting or is_talk else held
    only = of_meeting if len(of_meeting) == 1 else held
    if len(only) == 1:
        yield from facts_of_meeting_days(only.pop(), ORIGIN)
    elif not is_of_meeting and len(stated) == 1:
        yield from (Fact("published", first, ORIGIN) for first, last in stated if first == last)


def release_day(rows: Sequence[FirstLine]) -> Iterator[Fact]:
    """Yield the day of a release: "Press release, 3 May 2024", "Issued in Porto, 3 May 2024"; and that of a letter."""
    days = {day for row in rows for day in (*_day_done(row.words), *_day_of_release(row.words))}
    if not days and any(LETTER.match(row.words) for row in rows):
        labelled = (row.words for row in rows if (label := LABEL.match(row.words)) and is_day_label(label["what"]))
        days = {first for words in labelled for first, last in _own_periods(words) if first == last}
    if len(days) == 1:
        yield Fact("published", days.pop(), ORIGIN)


def _own_periods(words: str) -> set[_Period]:
    """Return the days of a row that are not those of another occasion."""
    own = own_days(words)
    return {
        period
        for days in find_date_ranges(words)
        if days.year and (days.start, days.end) in own and (period := days.resolve())
        if not UPDATED.search(words[: days.start])
    }


def _is_of_occasion(row: FirstLine, period: _Period, rows: Sequence[FirstLine]) -> bool:
    """Return True if a row names a meeting or hours beside its day, or several days below a title that names one."""
    before = _before_day(row.words)
    is_held = names_occasion(before) and (period[0] != period[1] or HELD.search(before))
    if is_held or _MEETING_ON.search(before):
        return True
    if _is_of_release(row.words) or (words_of("of_the_text").search(row.words) and not HELD.search(row.words)):
        return False
    if period[0] != period[1] and any(names_occasion(other.words) for other in rows if other.kind is Kind.TITLE):
        return True
    return names_occasion(row.words) or bool(_HOURS.search(row.words))


def _is_of_release(words: str) -> bool:
    """Return True if the part of a row before its day begins with the noun of a release, as in "A Ministry. News"."""
    return bool(words_of("releases").match(_PART.split(_before_day(words))[-1].strip()))


def _before_day(words: str) -> str:
    """Return the words before the first day."""
    return words[: next((days.start for days in find_date_ranges(words)), 0)]


def _day_of_release(words: str) -> Iterator[date]:
    """Yield the only day of a row whose part before it begins with the noun of a release."""
    periods = _own_periods(words)
    if len(periods) == 1 and _is_of_release(words) and not names_occasion(words):
        yield from (first for first, last in periods if first == last)


def _day_done(words: str) -> Iterator[date]:
    """Yield the day of a stamp: "Issued in Porto, 3 May 2024", "Published 3 May 2024"."""
    found = find_date_ranges(words)
    is_done = (_DONE.match(words) and not HELD.match(words)) or PUBLISHED.search(_before_day(words))
    if len(found) == 1 and is_done and (period := found[0].resolve()) and not UPDATED.search(words):
        yield period[1]
