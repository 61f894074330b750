"""Compare the occasion that a report names before a quotation, its day, place and body, with that of the record."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from assistant.verification.attribution import MEETING_IN, is_other_place, towns_of
from corpus.document import Document
from corpus.language.dates import DateMention, find_dates, find_years
from corpus.language.months import MONTH_NUMBERS
from corpus.language.persons import is_title
from corpus.language.tokens import fold_text, folded_words
from corpus.language.word_lists import word_list

_BODY_NOUNS = "|".join(sorted(word.capitalize() for word in word_list("body_nouns.txt") | {"committee", "council"}))
_JOINED = r"(?:\s+(?:on|of|for|and)\s+(?:the\s+)?[^\W\d_a-z][\w’'-]*(?:\s+[^\W\d_a-z][\w’'-]*)*)*"
_BODY = re.compile(rf"(?:[^\W\d_a-z][\w’'-]*\s+){{0,4}}(?:{_BODY_NOUNS})\b{_JOINED}")
_NAMES = re.compile(r"[^\W\d_a-z][\w’'-]*(?:\s+(?:of\s+)?[^\W\d_a-z][\w’'-]*)+")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/-]|[.,]\d)")
_MONTH = re.compile(rf"\b(?:{'|'.join(sorted(name.capitalize() for name in MONTH_NUMBERS if len(name) > 3))})\b")
# What stands before a day, place or body with which a sentence begins, and before one directly before the words.
_INITIAL = re.compile(
    r"\W*(?:(?:and|but|then|so|already|back|only|later|again|und|aber|dann)\s+)*"
    r"(?:in|on|at|during|before|im|am|bei|auf|beim|en|à|au|aux|le|lors|el)\b[^,;:]{0,60}$",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(
    r"\b(?:in|on|at|of|from|dated|im|am|vom|en|du|del|à)\s+(?:the\s+|le\s+|la\s+|der\s+)?$", re.IGNORECASE
)
_ENDS = re.compile(r"[\s,:;–—\"“„«‘'(]*(?:that|dass|que)?[\s,:\"“„«‘']*")
_SUBJECT = re.compile(r"\W*(?:the\s+)?(?:\w+\s+(?:of|by|from)\s+the\s+)?$", re.IGNORECASE)
_SAID_TO = re.compile(r"\b(?:told|before|at|in|by|of)\s+(?:the\s+)?$", re.IGNORECASE)
_SMALL = frozenset("of on for and the in at".split())
# Characters at the start of a record in which it names its own body.
_HEAD = 1000


class _Named(NamedTuple):
    """A day, place or body that a report names, and its place there."""

    words: str
    start: int
    end: int


def occasion_conflict(lead: str, document: Document, documents: Sequence[Document]) -> str | None:
    """Return what the words before a quotation name that is not the record's occasion; None where nothing is.

    Nothing is claimed of what the record leaves open.

    Args:
        lead: the sentence of the report up to the quotation.
        document: the record of the words.
        documents: all records.
    """
    return (
        _date_conflict(lead, document)
        or _place_conflict(lead, document, documents)
        or _body_conflict(lead, document, documents)
    )


def _date_conflict(lead: str, document: Document) -> str | None:
    days = [d for d in (document.published, document.meeting.first_day, document.meeting.last_day) if d]
    if not days:
        return None
    mentions = find_dates(lead)
    named = [_Named(lead[m.start : m.end], m.start, m.end) for m in mentions]
    years = [
        _Named(m.group(), m.start(), m.end())
        for m in _YEAR.finditer(lead)
        if not any(n.start <= m.start() < n.end for n in named)
    ]
    stated_days = _stated_days(document.title, document.text[:_HEAD])
    for mention, at in zip(mentions, named, strict=True):
        is_own = any(mention.matches(day) for day in days) or _is_between(mention, days)
        stated = any(
            (mention.month, mention.day) == (d.month, d.day) and mention.year in (None, d.year) for d in stated_days
        )
        if not (is_own or stated) and _is_occasion(lead, at):
            return at.words
    months = {d.month for d in days} | {d.month for d in stated_days}
    for m in _MONTH.finditer(lead):
        alone = _Named(m.group(), m.start(), m.end())
        is_whole = any(n.start <= m.start() < n.end for n in named)
        if not is_whole and MONTH_NUMBERS[m.group().lower()] not in months and _is_occasion(lead, alone):
            return alone.words
    own = {day.year for day in days} | find_years(document.title)
    return next((y.words for y in years if int(y.words) not in own and _is_occasion(lead, y)), None)


@lru_cache(maxsize=1024)
def _stated_days(title: str, head: str) -> tuple[DateMention, ...]:
    return (*find_dates(title), *find_dates(head))


def _is_between(mention: DateMention, days: Sequence[date]) -> bool:
    if not mention.day:
        return False
    named = (mention.year or min(days).year, mention.month, mention.day)
    return min(days).timetuple()[:3] <= named <= max(days).timetuple()[:3]


def _place_conflict(lead: str, document: Document, documents: Sequence[Document]) -> str | None:
    """Return the place of another meeting that the report names, where the record names another or never this one."""
    own, places = towns_of(document), {towns_of(d) for d in documents}
    for town in {town for place in places for town in place}:
        is_named = town in f"{document.title}\n{document.text}"
        is_other = is_other_place(town, own, places)
        for m in re.finditer(rf"\b{re.escape(town)}\b", lead):
            is_elsewhere = (is_other and MEETING_IN.search(lead[: m.start()])) or (
                not is_named and (is_other or not own)
            )
            if is_elsewhere and _is_occasion(lead, _Named(town, m.start(), m.end())):
                return town
    return None


def _body_conflict(lead: str, document: Document, documents: Sequence[Document]) -> str | None:
    """Return the body that the report names, where the record names its own body and nowhere this one."""
    others = [fold_text(d.title) for d in documents if d.id != document.id]
    titled = [body for body in _found(_NAMES, lead) if any(fold_text(body.words) in title for title in others)]
    bodies = [*titled, *_found(_BODY, lead)]
    named = [body for body in bodies if _says(lead, body)]
    if not named or any(_has(document, body.words) for body in bodies):
        return None
    meeting = document.meeting
    own = " ".join(filter(None, (document.title, meeting.name, document.publisher, document.text[:_HEAD])))
    return named[-1].words if titled or _BODY.search(own) else None


def _found(names: re.Pattern[str], text: str) -> Iterator[_Named]:
    for m in names.finditer(text):
        words = m.group().removeprefix("The ").strip()
        while " " in words and is_title(words.rpartition(" ")[2]):
            words = words.rpartition(" ")[0]
        if len([w for w in words.split() if w.casefold() not in _SMALL]) > 1:
            start = m.start() + m.group().index(words)
            yield _Named(words, start, start + len(words))


def _has(document: Document, body: str) -> bool:
    """Return True if a record has the words of a body's name beside each other, or all in its title and facts."""
    meeting = document.meeting
    words = [word for word in folded_words(body) if word not in _SMALL]
    facts = " ".join(filter(None, (document.title, meeting.name, document.publisher, meeting.forum, meeting.place)))
    if set(words) <= set(folded_words(f"{facts} {document.text[:_HEAD]}")):
        return True
    return fold_text(body) in fold_text(document.text)


def _says(lead: str, body: _Named) -> bool:
    before = lead[: body.start]
    return bool(_SUBJECT.fullmatch(before) or _is_occasion(lead, body) or _SAID_TO.search(before))


def _is_occasion(lead: str, named: _Named) -> bool:
    """Return True if what a sentence names says when or where the words were said: first in it, or directly before."""
    before = lead[: named.start]
    if _INITIAL.fullmatch(before):
        return True
    return _ENDS.fullmatch(lead, named.end) is not None and _DIRECTLY.search(before) is not None
