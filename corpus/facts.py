"""The facts of a record (title, publisher, days, meeting), their origins, and correcting them."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from corpus.document import Document, Meeting
from corpus.errors import CorpusError
from corpus.language.dates import find_date_ranges, find_slashed_days
from corpus.language.months import spell_day, weekday_named

# The facts of a meeting by the fields of `Meeting`.
MEETING_FACTS = {
    "forum": "forum",
    "name": "meeting",
    "first_day": "meeting_date",
    "last_day": "meeting_end",
    "place": "place",
    "presidency": "presidency",
    "mode": "mode",
}
# The names of the facts in front matter, corrections and the page.
FACTS = ("title", "publisher", "published", "address", "language", *MEETING_FACTS.values())
DAYS = ("published", "meeting_date", "meeting_end")
MODES = ("in person", "online", "hybrid")
# Characters of a fact, at most.
LONGEST = 500
_SHOWN = 60
# Marks between a day and its weekday.
_BESIDE = str.maketrans(",.()", "    ")
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"'\\]+\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}")
# Titles that programs write into the properties of a file.
_MADE_UP = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b.*|\(?untitled.*|\(?(?:anonymous|unspecified|unknown|unnamed|none|null)\)?|"
    r"(?:no )?title|[\w.-]+(?:/[\w.-]+)+|(?:document|presentation|slide|book|doc)\s*\d*|layout \d+|new document.*|"
    r"draft|print(?:ing)?|"
    r"about:blank|powerpoint (?:presentation|プレゼンテーション)|無題.*|文書\s*\d*|タイトル|[\W\d_]+|"
    r".*\.(?:docx?|dotx?|rtf|odt|pdf|indd|pptx?|xlsx?|html?|txt|tex|dvi|ps|jtd|tmp|qxd|ai|wpd|p65|fm)",
    re.IGNORECASE,
)
# Control characters, halves of surrogate pairs, line and paragraph separators; and marks of the direction of writing.
_REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact and its origin.

    Attributes:
        name: one of `FACTS`.
        value: words, or a day for `published`, `meeting_date` and `meeting_end`; "" states that the record has no
            such fact, whatever a less trustworthy source states.
        origin: where it stands, as the page shows it behind "from": "front matter", "HTML metadata", "file name" ...
    """

    name: str
    value: str | date
    origin: str


def facts_of_meeting_days(days: tuple[date, date], origin: str) -> tuple[Fact, Fact]:
    """Return the facts of the first and the last day of a meeting."""
    first, last = days
    return Fact("meeting_date", first, origin), Fact("meeting_end", last, origin)


def choose_facts(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Return the first fact of each name.

    A meeting's last day counts only if its source states the chosen first day too, and it is not before that day.

    Args:
        facts: the more trustworthy first.
    """
    facts = tuple(facts)
    best: dict[str, Fact] = {}
    for fact in facts:
        if fact.name != "meeting_end":
            best.setdefault(fact.name, fact)
    first = best.get("meeting_date")
    for fact in facts:
        if first and fact.name == "meeting_end" and _ends(fact, first, facts):
            best.setdefault(fact.name, fact)
    return best


def is_made_up(title: str) -> bool:
    """Return True for a title that a program made up, such as "Untitled-1" or "Microsoft Word - draft.docx"."""
    return _MADE_UP.fullmatch(title) is not None


def facts_of(document: Document) -> list[Fact]:
    """Return the facts of a document in the order of `FACTS`; the origin is "" where it is unknown."""
    origins = dict(document.origins)
    return [Fact(name, value, origins.get(name, "")) for name, value in _values(document).items() if value]


def facts_text(document: Document) -> str:
    """Return the facts of a record that its sentences need not repeat: forum, meeting, place, days, publisher."""
    meeting = document.meeting
    facts = (meeting.forum, meeting.name, meeting.place, meeting.presidency, meeting.days)
    return " ".join(filter(None, (*facts, document.publisher, document.short_publisher)))


def meeting_key(document: Document) -> Hashable:
    """Return the forum, place and first day that the records of one meeting share; the record's name without these."""
    meeting = document.meeting
    is_known = meeting.first_day and (meeting.forum or meeting.place)
    return (meeting.forum, meeting.place, meeting.first_day) if is_known else document.name


def parse_fact(name: str, value: str) -> str | date:
    """Return a typed value in the form that is stored.

    Args:
        name: one of `FACTS`.
        value: words; a day in any usual form that leaves no doubt; "" for no such fact.

    Raises:
        CorpusError: the name or the value is invalid; the message names the fact, the value and what to give instead.
    """
    if name not in FACTS:
        raise CorpusError(f"{quote_value(name)} is no fact about a record; the facts are {', '.join(FACTS)}")
    words = value.strip(" \u3000")
    if any(unicodedata.category(c) in _REFUSED or c in _BIDI for c in words):
        raise _error(name, value, "give plain words in one line, without control characters")
    if len(words) > LONGEST:
        raise _error(name, value, f"{len(words):,} characters are over the limit of {LONGEST}; shorten it")
    if not words:
        if name == "title":
            raise _error(name, value, "a document needs a title; give one")
        return ""
    if name in DAYS:
        return _typed_day(name, words)
    if name == "address" and not _ADDRESS.fullmatch(words):
        raise _error(name, value, "give a web address that begins with https:// or http://")
    if name == "language" and not _LANGUAGE.fullmatch(words.lower()):
        raise _error(name, value, "give a code of two letters (ISO 639-1), such as en or ja")
    if name == "mode" and words.lower() not in MODES:
        raise _error(name, value, f"give {', '.join(MODES[:-1])} or {MODES[-1]}")
    return words.lower() if name in ("language", "mode") else " ".join(words.split())


def correct_facts(document: Document, changes: Mapping[str, str], origin: str = "you") -> Document:
    """Return the document with some facts corrected; its text and outline stay the same.

    A warning that begins with the name of a corrected fact ("meeting_date is open") is dropped. If only the first day
    of a meeting changes, the last day stays, unless the meeting had one day.

    Args:
        document: with the facts so far.
        changes: new values by the names of `FACTS`, see `parse_fact`; "" for no such fact.
        origin: of the new values.

    Raises:
        CorpusError: as `parse_fact`; or the meeting would end before it begins.
    """
    new = {name: parse_fact(name, value) for name, value in changes.items()}
    values = {**_values(document), **new}
    if "meeting_date" in new and "meeting_end" not in new and document.meeting.last_day == document.meeting.first_day:
        values["meeting_end"] = ""
    first, last = values["meeting_date"], values["meeting_end"]
    if not first and last:
        if "meeting_end" in new:
            raise _error("meeting_end", str(last), "give meeting_date, the first day, too")
        last = ""
    if first and last and str(last) < str(first):
        name = "meeting_end" if "meeting_end" in new else "meeting_date"
        raise _error(name, str(new[name]), f"the meeting would begin on {first} and end on {last}; give both days")
    values["meeting_end"] = last or first
    origins = {**dict(document.origins), **dict.fromkeys(new, origin)}
    if "meeting_date" in new and "meeting_end" not in new:
        origins["meeting_end"] = origin
    told = tuple(warning for warning in document.warnings if not warning.startswith(tuple(new)))
    return replace_facts(replace(document, warnings=told), values, origins)


def replace_facts(document: Document, values: Mapping[str, str | date], origins: Mapping[str, str]) -> Document:
    """Return the document with these facts and no others.

    Args:
        document: the text, its outline and its source.
        values: valid values by the names of `FACTS`; "" or no entry for an unknown fact.
        origins: of the facts; those of unknown facts are left out.
    """

    def value_of(name: str) -> Any:
        value = values.get(name) or None
        return value if value is None or name in DAYS else str(value)

    return replace(
        document,
        title=value_of("title") or document.title,
        publisher=value_of("publisher"),
        published=value_of("published"),
        language=value_of("language"),
        source=replace(document.source, address=value_of("address")),
        meeting=Meeting(**{field: value_of(name) for field, name in MEETING_FACTS.items()}),
        origins=tuple((name, origins[name]) for name in FACTS if values.get(name) and name in origins),
    )


def _ends(fact: Fact, first: Fact, facts: tuple[Fact, ...]) -> bool:
    """Return True if a last day belongs to the chosen first day."""
    own = next((f.value for f in facts if f.name == "meeting_date" and f.origin == fact.origin), None)
    if not (isinstance(fact.value, date) and isinstance(first.value, date)):
        return False
    return own == first.value and fact.value >= first.value


def _values(document: Document) -> dict[str, str | date]:
    values = {
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "address": document.source.address,
        "language": document.language,
        **{name: getattr(document.meeting, field) for field, name in MEETING_FACTS.items()},
    }
    return {name: value or "" for name, value in values.items()}


def _typed_day(name: str, words: str) -> date:
    days = _readings(unicodedata.normalize("NFKC", words))
    if len(days) == 1:
        return days[0]
    if days:
        one, other = days
        advice = f"this is {spell_day(one)} or {spell_day(other)}; give {one.isoformat()} or {other.isoformat()}"
        raise _error(name, words, advice)
    raise _error(name, words, "give one day of the calendar, such as 2021-08-05, 5 August 2021 or 令和3年8月5日")


def _readings(words: str) -> list[date]:
    """Return the days that typed words can mean: two for "04/03/2025"; none where they are not one day and no more."""
    slashed = [(days.start, days.end, days.readings) for days in find_slashed_days(words)]
    named = [(days.start, days.end, days.resolve()) for days in find_date_ranges(words)]
    found = slashed or [(start, end, tuple(dict.fromkeys(days))) for start, end, days in named if days]
    if len(found) != 1:
        return []
    start, end, readings = found[0]
    is_range = not slashed and len(readings) > 1
    beside = f"{words[:start]} {words[end:]}".translate(_BESIDE).split()
    if is_range or len(beside) > 1:
        return []
    weekday = weekday_named(beside[0]) if beside else None
    if beside and weekday is None:
        return []
    return [day for day in readings if weekday is None or day.weekday() == weekday]


def _error(name: str, value: str, advice: str) -> CorpusError:
    return CorpusError(f"{name} = {quote_value(value)}: {advice}")


def quote_value(value: str) -> str:
    """Return a value for a message: quoted, escaped and shortened."""
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")
