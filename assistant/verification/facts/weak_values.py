"""Check small counts, months without a year and weekdays, which are claims only where a record contradicts them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.verification.attribution import record_days
from assistant.verification.facts.conflict import Conflict
from assistant.verification.facts.outcomes import other_outcome
from assistant.verification.facts.people.other_persons import other_persons
from assistant.verification.facts.record_sentences import NearSentence, keys_of
from assistant.verification.facts.values import Value
from corpus.document import Document
from corpus.language.dates import DateMention, find_months
from corpus.language.figures import figures
from corpus.language.months import MONTH_NUMBERS, MONTHS, WEEKDAYS, weekday_named
from corpus.language.word_lists import alternatives
from corpus.span import Span

# From this share of common words on, a sentence of a record counts what that of the report counts.
_SAME = 0.6
_VERY_SAME = 0.8
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset({"1", "2"})
# A weekday beside a day: "Monday, 30 April", "30 April (a Monday)".
_DATES = "meeting_dates.toml"
_BEFORE = re.compile(rf"(?P<name>[^\W\d_]+)[,、]?\s+(?:(?:{alternatives(_DATES, 'articles_of_day')})\s+)?$")
_BEHIND = re.compile(rf"[,、]?\s*[(（]?(?:(?:{alternatives(_DATES, 'articles_of_weekday')})\s+)?(?P<name>[^\W\d_]+)")
_OF_MEETING = re.compile(
    rf"\b(?:{alternatives(_DATES, 'determiners')})\s+(?:[\w-]+\s+){{0,2}}?(?:{alternatives(_DATES, 'occasions')})\s+"
    rf"(?:{alternatives(_DATES, 'before_month')})\s+(?P<month>{'|'.join(MONTHS)})\b(?!\s*\d)"
)
_BARE_MONTH = re.compile(rf"\b(?P<before>[^\W\d_]+)\s+(?P<month>{'|'.join(MONTHS)})\b(?!\.?,?\s*\d)")


def weak_conflicts(
    sentence: str, stated: Sequence[Value], documents: Sequence[Document], near: Sequence[NearSentence]
) -> Iterator[tuple[str, Conflict]]:
    """Yield what records contradict among the small counts, bare months and weekdays of a sentence, with its kind.

    Args:
        sentence: the sentence of the report.
        stated: its values.
        documents: the records that it is about, at least one.
        near: the sentences of the records that it is about, the nearest first.
    """
    for value in stated:
        if isinstance(value.value, DateMention) and (conflict := _other_weekday(sentence, value, documents[0])):
            yield "date", conflict
    if month := _OF_MEETING.search(sentence):
        conflict = _other_month(Span(*month.span("month")), month["month"], documents)
        if conflict:
            yield "date", conflict
    elif other := _month_of_another(sentence, near):
        yield "date", other
    for other in other_persons(sentence, near):
        yield "name", other
    if outcome := other_outcome(sentence, stated, near):
        yield "outcome", outcome
    for figure, place in figures(sentence).items():
        if figure in _SMALL and (conflict := _other_count(sentence, figure, Span(*place), near)):
            yield "figure", conflict


def _other_weekday(sentence: str, value: Value, document: Document) -> Conflict | None:
    """Return the weekday of a day, where the report names another beside it."""
    day = value.value
    if not isinstance(day, DateMention) or not day.year or not day.day:
        return None
    beside = _BEFORE.search(sentence[: value.span.start]), _BEHIND.match(sentence, value.span.end)
    for name in filter(None, beside):
        number = weekday_named(name["name"])
        try:
            true = date(day.year, day.month, day.day).weekday()
        except ValueError:
            return None
        if number is not None and number != true:
            start = min(name.start("name"), value.span.start)
            end = max(name.end("name"), value.span.end)
            return Conflict(Span(start, end), f"{WEEKDAYS[true]}, {value.span.of(sentence)}", document)
    return None


def _other_month(place: Span, month: str, documents: Sequence[Document]) -> Conflict | None:
    """Return the month of the only record's meeting, where the report names one that the record has nowhere."""
    day = documents[0].meeting.first_day if len(documents) == 1 else None
    if day is None:
        return None
    number, days = MONTH_NUMBERS[month.casefold()], record_days(documents[0])
    if number in find_months(documents[0].text) or any(known.month == number for known in days):
        return None
    return Conflict(place, f"{MONTHS[day.month - 1]} {day.year}", documents[0])


def _month_of_another(sentence: str, near: Sequence[NearSentence]) -> Conflict | None:
    """Return the only month of the nearest sentences, behind the same word, where the report names another one."""
    mine = _bare_months(sentence)
    others: list[Conflict] = []
    for there in near:
        theirs = _bare_months(there.text)
        if len(mine) != 1 or len(theirs) != 1 or there.share < _VERY_SAME:
            return None
        one, other = mine[0], theirs[0]
        if one["month"] == other["month"] or one["before"].casefold() != other["before"].casefold():
            return None
        others.append(Conflict(Span(*one.span("month")), other["month"], there.document))
    return others[0] if others else None


def _bare_months(text: str) -> list[re.Match[str]]:
    return list(_BARE_MONTH.finditer(text))


def _other_count(sentence: str, figure: str, place: Span, near: Sequence[NearSentence]) -> Conflict | None:
    """Return how many of something the nearest sentences count, where the report counts one or two of it."""
    noun = _noun(sentence, place.end)
    others: list[Conflict] = []
    for sentence_there in near:
        if not noun or sentence_there.share < _SAME:
            continue
        counted = {
            number: Span(*where)
            for number, where in figures(sentence_there.text).items()
            if _noun(sentence_there.text, where[1]) == noun
        }
        if figure in counted:
            return None
        others += [
            Conflict(place, where.of(sentence_there.text), sentence_there.document) for where in counted.values()
        ]
    return others[0] if len(others) == 1 else None


def _noun(text: str, end: int) -> frozenset[str]:
    """Return the key of the word directly behind a number; empty where none stands there."""
    word = _WORD.match(text, end + 1)
    return keys_of(word.group()) if word else frozenset()
