"""Find the days of the meeting that a record is of: in labels, headings, datelines, its opening and its file's name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Block, Kind
from corpus.facts import Fact
from corpus.language.dates import SlashedDay, find_date_ranges, find_slashed_days
from corpus.language.months import ANY_MONTH, FOREIGN_MONTH, spell_day, spell_days, weekday_named
from corpus.language.scripts import CJK, LATIN_CAPITAL
from corpus.metadata.head import FirstLine, first_lines
from corpus.metadata.meeting import labelled_words
from corpus.metadata.record_kind import HELD, is_of_meeting, words_of

# The origins of the facts, as in `Fact`.
_TEXT, _NAME = "first lines", "file name"
# A year of two digits, as in "11.03.25"; behind hyphens the year may stand in front.
_SHORT_YEAR = re.compile(r"(?<![\w./-])([0-9]{1,2})([./])([0-9]{1,2})\2([0-9]{2})(?![\w/-]|\.[0-9])")
# Lines in which a record states the day of its meeting.
_LINES = 14
# Characters before a day in which words tell that it is another meeting's.
_NEAR = 60
# Characters searched for days that show the order of day and month.
_READ = 200_000
# Languages that write the day before the month in numbers.
_DAY_FIRST = frozenset({"fr", "de", "es"})
# Words beside the day of a dateline: a weekday, hours, a place.
_WORDS_BESIDE = 6
_BESIDE = re.compile(
    rf"(?-i:[{LATIN_CAPITAL}{CJK}(\"][\w.'’-]*[,.;)\"]*)|[|,–—-]"
    r"|(?:on|at|in|the|le|den|dem|el|à|a|am|um|from|to|of|de|du|uhr|h|pm|p\.m\.|a\.m\.|noon)[,.]?"
    r"|\d{1,2}(?:[:.h]\d{0,2})?(?:[–—-]\d{1,2}(?:[:.h]\d{0,2})?)?(?:am|pm)?[,.]?",
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


@dataclass(frozen=True, slots=True)
class _Stated:
    """The days that some words state; `open` where day and month may be exchanged."""

    period: _Period | None
    open: SlashedDay | None = None
    words: str = ""


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
    in_name = _stated(named, published)
    in_text = next(filter(None, (_stated(words, published) for words in _texts(lines))), None)
    stated = [s for s in (in_text, in_name) if s]
    hints = [s.period[0] for s in stated if s.period]
    resolved = [_resolved(s, hints, text, language) for s in stated]
    origins = [origin for s, origin in ((in_text, _TEXT), (in_name, _NAME)) if s]
    known = [(period, origin) for period, origin in zip(resolved, origins, strict=True) if period]
    if not known:
        return MeetingDays(True, (), tuple(_open_day(s, name) for s in stated[:1] if s.open))
    (period, origin), *others = known
    facts = (Fact("meeting_date", period[0], origin), Fact("meeting_end", period[1], origin))
    differing = [other for other, _ in others if not _overlap(other, period)]
    return MeetingDays(True, facts, tuple(_disagreement(period, other, name) for other in differing))


def name_for_days(name: str) -> str:
    """Return the words of a file's name with its days in forms that `find_date_ranges` finds."""
    words = unicodedata.normalize("NFKC", name.rpartition(".")[0] or name)
    for pattern in (_SEPARATED, _COMPACT, _COMPACT_YEAR_LAST, _YEAR_LAST):
        words = pattern.sub(r" \1-\2-\3 ", words)
    words = _JOINED_MONTH.sub(r" \1 \2 \3 ", words)
    return " ".join(re.sub(r"[_\s+]|(?<![0-9])-|-(?![0-9])", " ", words).split())


def _texts(lines: Sequence[FirstLine]) -> Iterator[str]:
    """Yield the words that may state the day, the surest first: labels, headings, datelines, the opening."""
    labelled = dict(labelled_words([line.words for line in lines], True))
    if when := labelled.get("when"):
        yield when
    first = lines[:_LINES]
    numbered = next((i for i, line in enumerate(first) if line.is_numbered), len(first))
    own = [replace(line, words=_with_year(line.words)) for line in first[:numbered] if not line.is_paragraph]
    yield from (line.words for line in own if _names_meeting(line.words) and _own_days(line.words))
    yield from (line.words for line in own if line.kind is Kind.TITLE)
    yield from (line.words for line in own if _is_dateline(line.words))
    yield from (held for line in first[:numbered] if line.is_paragraph and (held := _held(line.words)))


def _held(paragraph: str) -> str:
    """Return a sentence from "met" to the day behind it, or all of it if its day is in front; "" for any other."""
    for sentence in re.split(r"(?<=[^\d.].[.。])\s+", paragraph)[:2]:
        if (verb := HELD.search(sentence)) and (days := _own_days(sentence)):
            behind = next((end for start, end in days if 0 <= start - verb.end() <= _NEAR), 0)
            return sentence[verb.start() : behind] if behind else sentence
    return ""


def _names_meeting(words: str) -> bool:
    return bool(words_of("minutes").search(words) or words_of("meetings").search(words))


def _own_days(words: str) -> list[tuple[int, int]]:
    """Return the ranges of the days in some words that are not those of another meeting or of the text."""
    ranges = [(d.start, d.end) for d in find_date_ranges(words)]
    ranges += [(d.start, d.end) for d in find_slashed_days(words) if len(d.readings) > 1]
    return [span for span in sorted(ranges) if not _is_of_other(words[max(0, span[0] - _NEAR) : span[0]])]


def _is_of_other(before: str) -> bool:
    """Return True if words before a day tell that it is of another meeting, or of what was done with the text."""
    clause = re.split(r"[.;]\s|。|[（(]", before)[-1] if not before.rstrip().endswith(("(", "（")) else before
    if words_of("other_meetings").search(clause) or words_of("approval").search(clause):
        return True
    done = list(words_of("of_the_text").finditer(clause))
    return bool(done) and len(clause[done[-1].end() :].split()) <= 2 and not _names_meeting(clause[done[-1].end() :])


def _stated(words: str, published: date | None) -> _Stated | None:
    """Return the days that some words state; None where they state none, or several."""
    own = _own_days(words)
    periods = [
        period
        for days in find_date_ranges(words)
        if (days.start, days.end) in own and (period := days.resolve(published))
    ]
    if periods:
        return _Stated(periods[0], None, words) if len(set(periods)) == 1 else None
    slashed = [d for d in find_slashed_days(words) if (d.start, d.end) in own and d.readings]
    return _Stated(None, slashed[0], words) if len({d.readings for d in slashed}) == 1 else None


def _with_year(words: str) -> str:
    """Return some words with their only year behind their only day, where they stand apart: "14th May ... (2026)"."""
    days, years = list(_DAY_AND_MONTH.finditer(words)), set(_YEAR.findall(words))
    if len(days) != 1 or len(years) != 1 or any(d.year for d in find_date_ranges(words)):
        return words
    return f"{words[: days[0].end()]} {years.pop()}{_YEAR.sub(' ', words[days[0].end() :])}"


def _resolved(stated: _Stated, hints: Iterable[date], text: str, language: str) -> _Period | None:
    """Return the days that are stated; of an ambiguous one the reading that weekday, name, text or language leaves."""
    if stated.period or not stated.open:
        return stated.period
    readings = stated.open.readings
    named = weekday_named(stated.words)
    left = [day for day in readings if named is not None and day.weekday() == named]
    left = left or [day for day in readings if day in hints]
    if len(left) != 1:
        order = "day" if language in _DAY_FIRST else _order_in(text[:_READ])
        left = [day for day in (stated.open.day_first if order == "day" else stated.open.month_first,) if day and order]
    return (left[0], left[0]) if len(left) == 1 else None


def _order_in(text: str) -> str:
    """Return "day" or "month", whichever stands in front in all days of a text that show it; "" if none or both do."""
    orders = {
        "day" if d.day_first else "month" for d in find_slashed_days(text) if len(d.readings) == 1 and _differs(d)
    }
    return orders.pop() if len(orders) == 1 else ""


def _differs(day: SlashedDay) -> bool:
    """Return True if a day has one reading alone, not two that are equal."""
    return day.day_first is None or day.month_first is None


def _is_dateline(words: str) -> bool:
    """Return True if a line has only a day, and at most a weekday, hours and a place beside it."""
    own = _own_days(words)
    if len(own) != 1:
        return False
    [(start, end)] = own
    beside = f"{words[:start]} {words[end:]}".split()
    return len(beside) <= _WORDS_BESIDE and all(_BESIDE.fullmatch(word) for word in beside)


def _overlap(one: _Period, other: _Period) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _open_day(stated: _Stated, name: str) -> str:
    assert stated.open
    day, month = stated.open.readings
    words = stated.words[stated.open.start : stated.open.end]
    return (
        f"meeting_date is open: {words} may be {spell_day(day)} or {spell_day(month)};"
        f" set it with: rapporteur facts {name!r} meeting_date={day.isoformat()}"
    )


def _disagreement(period: _Period, other: _Period, name: str) -> str:
    return (
        f"meeting_date: the text says {spell_days(*period)}, the file's name {spell_days(*other)}; the text's is taken;"
        f" another is set with: rapporteur facts {name!r} meeting_date={other[0].isoformat()}"
    )
