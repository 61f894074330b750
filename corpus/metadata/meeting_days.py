"""Find the days of the meeting that a record is of: in labels, headings, datelines, its opening and its file's name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.document import Block, Document, Kind
from corpus.facts import Fact, facts_of_meeting_days
from corpus.language.dates import SlashedDay, find_date_ranges, find_slashed_days
from corpus.language.months import ANY_MONTH, FOREIGN_MONTH, spell_day, spell_days, weekday_named
from corpus.language.scripts import CJK, LATIN_CAPITAL
from corpus.metadata.head import FirstLine, first_lines
from corpus.metadata.meeting import labelled_words
from corpus.metadata.other_days import names_meeting, own_days, without_other_meetings
from corpus.metadata.record_kind import HELD, is_of_meeting, words_of

# The origins of the facts, as in `Fact`.
_TEXT, _NAME = "first lines", "file name"
_OPEN = "meeting_date is open"
# A year of two digits, as in "11.03.25"; behind hyphens the year may stand in front.
_SHORT_YEAR = re.compile(r"(?<![\w./-])([0-9]{1,2})([./])([0-9]{1,2})\2([0-9]{2})(?![\w/-]|\.[0-9])")
# Lines in which a record states the day of its meeting.
_LINES = 14
# Characters between "met" and its day.
_NEAR = 60
# A file is named by the day of its meeting or of its writing: days after a dateline, at most.
_WRITTEN = timedelta(days=60)
# Characters searched for days that show the order of day and month.
_READ = 200_000
# Languages that write the day before the month in numbers.
_DAY_FIRST = frozenset({"fr", "de", "es"})
# Words beside the day of a dateline: a weekday, hours, a place.
_WORDS_BESIDE = 6
_BESIDE = re.compile(
    rf"(?-i:[{LATIN_CAPITAL}{CJK}(\"][\w.'’-]*[,.;)\"]*)|[|,–—-]"
    r"|(?:on|at|in|the|le|den|dem|el|à|a|am|um|from|to|of|de|du|uhr|h|pm|p\.m\.|a\.m\.|noon)[,.]?"
    r"|\d{1,2}(?:[:.h時：]\d{0,2}分?)?(?:[–—~～〜-](?:\d{1,2}(?:[:.h時：]\d{0,2}分?)?)?)?(?:am|pm)?[,.]?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")
_SEPARATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})[_.-]([01]?[0-9])[_.-]([0-3]?[0-9])(?![0-9])")
_COMPACT_YEAR_LAST = re.compile(r"(?<![0-9])([0-3][0-9])([01][0-9])((?:19|20)[0-9]{2})(?![0-9])")
_YEAR_LAST = re.compile(r"(?<![0-9])([0-3]?[0-9])[_-]([0-3]?[0-9])[_-]((?:19|20)[0-9]{2})(?![0-9])")
_JOINED_MONTH = re.compile(
    rf"(?<![0-9])([0-3]?[0-9])[_-]?({ANY_MONTH}|{FOREIGN_MONTH})[_-]?((?:19|20)[0-9]{{2}})", re.I
)
_DAY_AND_MONTH = re.compile(
    rf"(?<![\w.:/-])[0-9]{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?(?:{ANY_MONTH}|{FOREIGN_MONTH})\b(?!\s*[0-9])",
    re.I,
)
_YEAR = re.compile(r"(?<![\w/.,-])(?:19|20)[0-9]{2}(?![\w/-])")
# Marks between which a year stands alone.
_APART = re.compile(r"[,;:|()（）\[\]]|\s[-–—]\s|(?<=[^\W\d])\.\s")
# Abbreviations of general assemblies.
_ASSEMBLY = frozenset({"AGM", "EGM", "GA", "AG", "JHV"})
_Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class MeetingDays:
    """The days of a record's meeting as far as the record and its file's name state them.

    Attributes:
        is_of_meeting: True for the record of a meeting, in which the day of the head is not that of a publication.
        facts: the days; empty where they are unknown.
        warnings: for days that are open, or on which text and name disagree.
    """

    is_of_meeting: bool
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()


# "7.1 The spring meeting is on ...": an item, and no day in figures such as "7.1.2025".
_ITEM = re.compile(r"\d{1,2}\.\d{1,2}\s+[^\W\d]")


@dataclass(frozen=True, slots=True)
class _Stated:
    """The days that some words state.

    Attributes:
        period: the first and the last day; None where they are open.
        open: the day in which day and month may be exchanged.
        words: the words.
        origin: of the fact.
        is_sure: False for a line with a day alone, which may be of something else.
    """

    period: _Period | None
    open: SlashedDay | None = None
    words: str = ""
    origin: str = _TEXT
    is_sure: bool = True

    @property
    def days(self) -> _Period:
        """The first and the last day, where they are not open."""
        assert self.period
        return self.period


def meeting_days(
    text: str, blocks: tuple[Block, ...], title: str, name: str, published: date | None, language: str
) -> MeetingDays:
    """Return the days of the meeting that a record is of; none for a release, which `first_lines` reads.

    Args:
        text: the whole text.
        blocks: its outline.
        title: of the record.
        name: of its file.
        published: the day of publication that the file states elsewhere.
        language: of the text, or "".
    """
    lines = [replace(line, words=_SHORT_YEAR.sub(r"\1\2\3\g<2>20\4", line.words)) for line in first_lines(text, blocks)]
    named = _with_year(name_for_days(name))
    if not is_of_meeting(unicodedata.normalize("NFKC", title), name, lines[:_LINES], published is not None):
        return MeetingDays(False)
    in_name = _stated(named, published, is_name=True)
    in_text = list(_in_text(without_other_meetings(lines), published))
    # The day in which text and file name agree comes before "The spring meeting is on 29 January".
    agreed = [day for day in in_text if in_name and in_name.period and day.period and _overlap(day, in_name)]
    stated = [*(agreed or in_text)[:1], *([in_name] if in_name else [])]
    hints = [s.period[0] for s in (*in_text, *stated) if s.period]
    known = [found for s in stated if (found := _resolved(s, hints, text, language))]
    if not known:
        return MeetingDays(True, (), tuple(_open_day(s, name) for s in stated[:1] if s.open))
    if len(known) == 2 and not known[0].is_sure and not _may_be_written(*known):
        known.reverse()
    chosen, *others = known
    facts = facts_of_meeting_days(chosen.days, chosen.origin)
    return MeetingDays(True, facts, tuple(_disagreement(chosen, o, name) for o in others if not _overlap(chosen, o)))


def open_day(document: Document) -> SlashedDay | None:
    """Return the day of a meeting in which day and month may be exchanged, as a warning of a record names it."""
    warning = next((warning for warning in document.warnings if warning.startswith(_OPEN)), "")
    return next(iter(find_slashed_days(warning)), None)


def day_order(text: str) -> tuple[bool | None, str]:
    """Return True if the day is in front in all days of a text that show it, False if the month is, and the first one.

    None if no day shows the order, or if they differ.
    """
    shown = [d for d in find_slashed_days(text) if len(d.readings) == 1 and _differs(d)]
    orders = {bool(d.day_first) for d in shown}
    return (orders.pop(), text[shown[0].start : shown[0].end]) if len(orders) == 1 else (None, "")


def name_for_days(name: str) -> str:
    """Return the words of a file's name with its days in forms that `find_date_ranges` finds."""
    words = unicodedata.normalize("NFKC", name.rpartition(".")[0] or name)
    for pattern in (_SEPARATED, _COMPACT, _COMPACT_YEAR_LAST, _YEAR_LAST):
        words = pattern.sub(r" \1-\2-\3 ", words)
    words = _JOINED_MONTH.sub(r" \1 \2 \3 ", words)
    return " ".join(re.sub(r"[_\s+]|(?<![0-9])-|-(?![0-9])", " ", words).split())


def _in_text(lines: Sequence[FirstLine], published: date | None) -> Iterator[_Stated]:
    """Yield the days that labels, headings, datelines and the opening state, the surest first."""
    whens = (words for name, words in labelled_words([line.words for line in lines], True) if name == "when")
    first = lines[:_LINES]
    numbered = next((i for i, line in enumerate(first) if line.is_numbered or _ITEM.match(line.words)), len(first))
    own = [replace(line, words=_with_year(line.words)) for line in first[:numbered] if not line.is_paragraph]
    if year := _year_of_meeting(own):
        own = [replace(line, words=_with_year(line.words, year)) for line in own]
    sure = [line for line in own if names_meeting(line.words)] + [line for line in own if line.kind is Kind.TITLE]
    datelines = [line.words for line in own if _is_dateline(line.words)]
    opening = [held for line in first[:numbered] if line.is_paragraph and (held := _held(line.words))]
    for words in (*whens, *(line.words for line in sure), *datelines, *opening):
        if found := _stated(words, published):
            yield replace(found, is_sure=words not in datelines)


def _held(paragraph: str) -> str:
    """Return a sentence from "met" to the day behind it, or all of it if its day is in front; "" for any other.

    "Minutes of 5 March 2025." at the beginning of a paragraph is one, too.
    """
    for sentence in re.split(r"(?:(?<=[^\d.].[.。])|(?<=\d{4}[.。]))\s+", paragraph)[:2]:
        if words_of("minutes").match(sentence) and len(own_days(sentence)) == 1:
            return sentence
        if (verb := HELD.search(sentence)) and (days := own_days(sentence)):
            behind = next((end for start, end in days if 0 <= start - verb.end() <= _NEAR), 0)
            return sentence[verb.start() : behind] if behind else sentence
    return ""


def _stated(words: str, published: date | None, is_name: bool = False) -> _Stated | None:
    """Return the days that some words state; None where they state none, or several."""
    own, origin = own_days(words, is_name), _NAME if is_name else _TEXT
    periods = [
        period
        for days in find_date_ranges(words)
        if (days.start, days.end) in own and (period := days.resolve(published))
    ]
    if periods:
        return _Stated(periods[0], None, words, origin) if len(set(periods)) == 1 else None
    slashed = [d for d in find_slashed_days(words) if (d.start, d.end) in own and d.readings]
    return _Stated(None, slashed[0], words, origin) if len({d.readings for d in slashed}) == 1 else None


def _with_year(words: str, year: str = "") -> str:
    """Return some words with the year of their only day behind it, where it stands apart: "14th May ... (2026)".

    Args:
        words: a line or a file's name; "14 May, Budget 2027" has no year of the day.
        year: of the meeting, for a line that names no year itself.
    """
    days, years = list(_DAY_AND_MONTH.finditer(words)), set(_YEAR.findall(words))
    if len(days) != 1 or any(d.year for d in find_date_ranges(words)):
        return words
    own = {year} if year and not years else years & _years_of_meeting(words)
    if len(years | own) != 1 or not own:
        return words
    dated = f"{words[: days[0].end()]} {own.pop()}{_YEAR.sub(' ', words[days[0].end() :])}"
    weekday = weekday_named(words)
    period = next((d.resolve() for d in find_date_ranges(dated) if d.year), None)
    return words if period and weekday not in (None, period[0].weekday()) else dated


def _years_of_meeting(words: str) -> set[str]:
    """Return the years alone between marks or beside a noun of meetings: "(2026)", "Annual Meeting 2026"."""
    alone = {part.strip() for part in _APART.split(words)}
    found = {year.group() for year in _YEAR.finditer(words) if year.group() in alone or not year.start()}
    for year in _YEAR.finditer(words):
        before, behind = words[: year.start()].split()[-1:], words[year.end() :].split()[:2]
        if any(map(names_meeting, (*before, " ".join(behind)))) or _ASSEMBLY.intersection((*before, *behind)):
            found.add(year.group())
    return found


def _year_of_meeting(lines: Iterable[FirstLine]) -> str:
    """Return the year that lines without a day give the meeting; "" for none or several."""
    years = {year for line in lines if not find_date_ranges(line.words) for year in _years_of_meeting(line.words)}
    return years.pop() if len(years) == 1 else ""


def _resolved(stated: _Stated, hints: Iterable[date], text: str, language: str) -> _Stated | None:
    """Return days with an ambiguous one in the reading that weekday, other days, text or language leaves; else None."""
    if stated.period or not stated.open:
        return stated
    readings = stated.open.readings
    named = weekday_named(stated.words)
    left = [day for day in readings if named is not None and day.weekday() == named]
    left = left or [day for day in readings if day in hints]
    if len(left) == 1:
        return replace(stated, period=(left[0], left[0]))
    is_day_first, shown_by = (True, "") if language in _DAY_FIRST else day_order(text[:_READ])
    day = stated.open.day_first if is_day_first else stated.open.month_first
    origin = f"{stated.origin}, in the order of {shown_by}" if shown_by else stated.origin
    return replace(stated, period=(day, day), origin=origin) if day and is_day_first is not None else None


def _differs(day: SlashedDay) -> bool:
    """Return True if a day has one reading alone, not two that are equal."""
    return day.day_first is None or day.month_first is None


def _is_dateline(words: str) -> bool:
    """Return True if a line has only a day, and at most a weekday, hours and a place beside it."""
    own = own_days(words)
    if len(own) != 1:
        return False
    [(start, end)] = own
    beside = f"{words[:start]} {words[end:]}".split()
    return len(beside) <= _WORDS_BESIDE and all(_BESIDE.fullmatch(word) for word in beside)


def _may_be_written(text: _Stated, name: _Stated) -> bool:
    """Return True if a file may be named by the day on which the record of a dateline's day was written."""
    return timedelta(0) <= name.days[0] - text.days[0] <= _WRITTEN


def _overlap(one: _Stated, other: _Stated) -> bool:
    return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]


def _open_day(stated: _Stated, name: str) -> str:
    assert stated.open
    day, month = stated.open.readings
    words = stated.words[stated.open.start : stated.open.end]
    return (
        f"{_OPEN}: {words} may be {spell_day(day)} or {spell_day(month)};"
        f" set it with: rapporteur facts {name!r} meeting_date={day.isoformat()}"
    )


def _disagreement(chosen: _Stated, other: _Stated, name: str) -> str:
    text, named = (chosen, other) if other.origin.startswith(_NAME) else (other, chosen)
    return (
        f"meeting_date: the text says {spell_days(*text.days)}, the file's name {spell_days(*named.days)};"
        f" the {'text' if chosen is text else 'name'}'s is taken;"
        f" another is set with: rapporteur facts {name!r} meeting_date={other.days[0].isoformat()}"
    )
