"""Find the days of the meeting that the first sentences of a record, or its first speakers, state."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from corpus.facts import Fact, facts_of_meeting_days
from corpus.language.dates import DateRange, find_date_ranges
from corpus.language.months import WEEKDAY
from corpus.language.sentences import sentences
from corpus.metadata.first_lines import ORIGIN
from corpus.metadata.other_days import names_occasion, own_days
from corpus.metadata.place import place_in
from corpus.span import Span

# Sentences of the opening that may state the days of the meeting.
_OPENING = 2
# "met in Vik on": a verb, and the words between it and the day.
_MET = re.compile(
    r"\b(?:met|meeting|held|hosted|convened|gathered|assembled|took place)\b(?P<between>.{0,250}?)$", re.IGNORECASE
)
# A verb or conjunction among these, as in "met after the storm that was on": the day is of something else.
_FINITE = re.compile(r"\b(?:was|were|is|are|has|had|have|will|said|since|until|after|before|when|where|which)\b", re.I)
_MET_TODAY = re.compile(
    r"\b(?:met|gathered|convened)\b[^.;]{0,40}\btoday\b|\btoday\b[^.;]{0,40}\b(?:met|gathered|convened)\b"
)
# "On Friday, the": the words before a day at the front of its sentence.
_FRONT = re.compile(rf"(?:(?:\(?\d{{1,2}}[.)]?\)?\s+)?(?:on|from)\s+)?(?:{WEEKDAY},?\s+)?(?:the\s+)?", re.IGNORECASE)
# Days between a meeting and a release about it, at most, where the release names the meeting.
_AFTERWARDS = timedelta(days=3)
# Characters between "met" and its day, at most, where the day is another than that of the head.
_NEAR = 90
# "It is the third of May 2024", "the canal group, 3 May 2024"; "This is the canal group on 3 May 2024".
_SAYS_DAY = re.compile(rf"(?:[,;:–—-]|\b(?:is|today|['’]s))\s*(?:{WEEKDAY},?\s*)?(?:the\s+)?$", re.IGNORECASE)
_THIS_IS = re.compile(rf"\bthis\s+is\b[^.?!]{{0,120}}\bon\s+(?:{WEEKDAY},?\s+)?(?:the\s+)?$", re.IGNORECASE)


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
    is_said = _SAYS_DAY.search(before) or _THIS_IS.search(before)
    return (days.start, days.end) in own_days(words) and bool(is_said) and not words[days.end :].lstrip()[:1].isalnum()


def _held(sentence: str, dated: date) -> tuple[date, date] | None:
    """Return the days on which a sentence says that a meeting was held, if they fit the day of the head."""
    if _MET_TODAY.search(sentence):
        return dated, dated
    own = own_days(sentence)
    stated = [d for d in find_date_ranges(sentence) if (d.start, d.end) in own]
    if len(stated) != 1 or not (period := stated[0].resolve(dated)):
        return None
    is_front = bool(_FRONT.fullmatch(sentence[: stated[0].start])) and names_occasion(sentence)
    met = _MET.search(sentence[: stated[0].start])
    if not is_front and (not met or _FINITE.search(met["between"])):
        return None
    if period[0] <= dated <= period[1]:
        return period
    is_near = not met or len(met["between"]) <= _NEAR
    follows = timedelta(0) <= dated - period[1] <= _AFTERWARDS
    return period if follows and is_near and names_occasion(sentence) else None
