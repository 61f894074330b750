"""Find the only day that a record's head states, and the days of its opening, where the usual forms state none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from corpus.document import Kind
from corpus.facts import Fact, facts_of_meeting_days
from corpus.language.dates import DateRange, find_date_ranges
from corpus.language.months import WEEKDAY
from corpus.language.sentences import sentences
from corpus.metadata.first_lines import ORIGIN, PUBLISHED
from corpus.metadata.head import FirstLine
from corpus.metadata.meeting import LABEL, is_day_label
from corpus.metadata.other_days import names_meeting, own_days
from corpus.metadata.place import KIND, place_in
from corpus.metadata.record_kind import HELD, LETTER, words_of
from corpus.span import Span

_KIND = re.compile(rf"\b(?:{KIND}|talk|workshop)s?\b", re.IGNORECASE)
# "Report of the monthly meeting of 3 May 2024".
_MEETING_ON = re.compile(rf"\b{KIND}\s+(?:held\s+)?(?:of|on|from)\s+(?:the\s+)?(?:{WEEKDAY},?\s+)?$", re.IGNORECASE)
# Hours beside a day: "14:00-17:10", "at 7.00 pm", "9 a.m.".
_HOURS = re.compile(r"\b\d{1,2}(?:[:h]\d\d|(?:\.\d\d)?\s?[ap]\.?m\b)", re.IGNORECASE)
# "Issued in Porto", "Given at Porto on": a stamp that names its place.
_DONE = re.compile(r"[A-Z][a-z]+\s+(?:in|at)\s+(?:the\s+)?[^\W\d_a-z]")
_PART = re.compile(r"(?<=[^\W\d][^\W\d][^\W\d])\.\s+|\s[-–—|]\s")
_UPDATED = re.compile(r"\b(?:updated|modified|revised|reviewed|retrieved|accessed)\b", re.IGNORECASE)
# Sentences of the opening that may state the days of the meeting.
_OPENING = 2
_MET = re.compile(
    r"\b(?:met|meeting|held|hosted|convened|gathered|assembled|took place)\b(?P<between>.{0,250}?)$", re.IGNORECASE
)
_FINITE = re.compile(r"\b(?:was|were|is|are|has|had|have|will|said|since|until|after|before|when|where|which)\b", re.I)
_MET_TODAY = re.compile(
    r"\b(?:met|gathered|convened)\b[^.;]{0,40}\btoday\b|\btoday\b[^.;]{0,40}\b(?:met|gathered|convened)\b"
)
_FRONT = re.compile(rf"(?:(?:\(?\d{{1,2}}[.)]?\)?\s+)?(?:on|from)\s+)?(?:{WEEKDAY},?\s+)?(?:the\s+)?", re.IGNORECASE)
# Days between a meeting and a release about it, at most, where the release names the meeting.
_AFTERWARDS = timedelta(days=3)
# Characters between "met" and its day, at most, where the day is another than that of the head.
_NEAR = 90
# "It is the third of May 2024", "the canal group, 3 May 2024"; "This is the canal group on 3 May 2024".
_BEFORE_DAY = re.compile(rf"(?:[,;:–—-]|\b(?:is|today|['’]s))\s*(?:{WEEKDAY},?\s*)?(?:the\s+)?$", re.IGNORECASE)
_THIS_IS = re.compile(rf"\bthis\s+is\b[^.?!]{{0,120}}\bon\s+(?:{WEEKDAY},?\s+)?(?:the\s+)?$", re.IGNORECASE)
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
    if len(of_meeting) == 1 or len(held) == 1:
        [days] = of_meeting if len(of_meeting) == 1 else held
        yield from facts_of_meeting_days(days, ORIGIN)
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


def days_of_opening(paragraphs: Iterable[str], dated: date) -> Iterator[Fact]:
    """Yield the days on which the first sentences say that a meeting was held, if they fit the day of the head.

    The place is yielded, too, where the sentence states it.

    Args:
        paragraphs: the first ones.
        dated: the day that the head states.
    """
    for paragraph in paragraphs:
        for span in sentences(paragraph, Span(0, len(paragraph)))[:_OPENING]:
            sentence = span.of(paragraph)
            if period := _held(sentence, dated):
                yield from facts_of_meeting_days(period, ORIGIN)
                if place := place_in("", sentence, ""):
                    yield Fact("place", place, ORIGIN)
                return


def days_of_talk(turns: Iterable[str]) -> Iterator[Fact]:
    """Yield the day that the first speakers name: "This is the canal group, the third of May 2024."."""
    stated = {
        period
        for words in turns
        for days in find_date_ranges(words)
        if _names_day(words, days) and (period := days.resolve())
    }
    if len(stated) == 1:
        yield from facts_of_meeting_days(stated.pop(), ORIGIN)


def _names_day(words: str, days: DateRange) -> bool:
    """Return True for the speaker's own day: "It is the third of May 2024.", "the canal group, 3 May 2024."."""
    before = words[: days.start]
    is_said = _BEFORE_DAY.search(before) or _THIS_IS.search(before)
    return (days.start, days.end) in own_days(words) and bool(is_said) and not words[days.end :].lstrip()[:1].isalnum()


def _own_periods(words: str) -> set[_Period]:
    """Return the days of a row that are not those of another occasion."""
    own = own_days(words)
    return {
        period
        for days in find_date_ranges(words)
        if days.year and (days.start, days.end) in own and (period := days.resolve())
        if not _UPDATED.search(words[: days.start])
    }


def _is_of_occasion(row: FirstLine, period: _Period, rows: Sequence[FirstLine]) -> bool:
    """Return True if a row names a meeting or hours beside its day, or several days below a title that names one."""
    before = _before_day(row.words)
    is_held = _names_occasion(before) and (period[0] != period[1] or HELD.search(before))
    if is_held or _MEETING_ON.search(before):
        return True
    if _is_of_release(row.words) or (words_of("of_the_text").search(row.words) and not HELD.search(row.words)):
        return False
    if period[0] != period[1] and any(_names_occasion(other.words) for other in rows if other.kind is Kind.TITLE):
        return True
    return _names_occasion(row.words) or bool(_HOURS.search(row.words))


def _names_occasion(words: str) -> bool:
    return names_meeting(words) or bool(_KIND.search(words))


def _is_of_release(words: str) -> bool:
    """Return True if the part of a row before its day begins with the noun of a release, as in "A Ministry. News"."""
    return bool(words_of("releases").match(_PART.split(_before_day(words))[-1].strip()))


def _before_day(words: str) -> str:
    """Return the words before the first day."""
    return words[: next((days.start for days in find_date_ranges(words)), 0)]


def _day_of_release(words: str) -> Iterator[date]:
    """Yield the only day of a row whose part before it begins with the noun of a release."""
    periods = _own_periods(words)
    if len(periods) == 1 and _is_of_release(words) and not _names_occasion(words):
        yield from (first for first, last in periods if first == last)


def _day_done(words: str) -> Iterator[date]:
    """Yield the day of a stamp: "Issued in Porto, 3 May 2024", "Published 3 May 2024"."""
    found = find_date_ranges(words)
    is_done = (_DONE.match(words) and not HELD.match(words)) or PUBLISHED.search(_before_day(words))
    if len(found) == 1 and is_done and (period := found[0].resolve()) and not _UPDATED.search(words):
        yield period[1]


def _held(sentence: str, dated: date) -> _Period | None:
    """Return the days on which a sentence says that a meeting was held, if they fit the day of the head."""
    if _MET_TODAY.search(sentence):
        return dated, dated
    own = own_days(sentence)
    stated = [d for d in find_date_ranges(sentence) if (d.start, d.end) in own]
    if len(stated) != 1 or not (period := stated[0].resolve(dated)):
        return None
    is_front = bool(_FRONT.fullmatch(sentence[: stated[0].start])) and _names_occasion(sentence)
    met = _MET.search(sentence[: stated[0].start])
    if not is_front and (not met or _FINITE.search(met["between"])):
        return None
    if period[0] <= dated <= period[1]:
        return period
    is_near = not met or len(met["between"]) <= _NEAR
    follows = timedelta(0) <= dated - period[1] <= _AFTERWARDS
    return period if follows and is_near and _names_occasion(sentence) else None
