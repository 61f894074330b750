"""Find the place beside the day in a row of a record's head: in a dateline, or behind "held at" and "held in"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Kind
from corpus.language.countries import is_country
from corpus.language.dates import find_date_ranges
from corpus.language.english import HONORIFIC
from corpus.language.months import MONTH, WEEKDAY
from corpus.language.organizations import is_organization
from corpus.language.scripts import LATIN_CAPITAL
from corpus.metadata.head import FULL_STOP, FirstLine
from corpus.metadata.other_days import names_meeting
from corpus.metadata.place import KIND
from corpus.metadata.record_kind import HELD, words_of

_CAPITAL = rf"[{LATIN_CAPITAL}][\w'’.-]*"
_SMALL = r"(?:de|da|do|du|del|della|la|le|of|the|and|upon|am|an|der)"
# Words with capitals, such as "Vik upon the Odra".
_PROPER = rf"{_CAPITAL}(?:\s+(?:{_SMALL}\s+){{0,2}}{_CAPITAL}){{0,4}}"
_NAME = re.compile(rf"(?:the\s+)?{_PROPER}")
# A name with words in lower case before it, as behind "held at": "meeting house of Vik".
_BUILDING = re.compile(rf"(?:the\s+)?(?:[\w'’-]+\s+){{0,4}}{_PROPER}")
# "Held at", "Adopted by the ministers at": the words before a place in a stamp or a heading.
_HELD_AT = re.compile(
    r"^[A-Z][a-z]+ed\b[^,]{0,90}?\b(?:at|in)\s+(?=[A-Z])"
    r"|\b(?i:held|adopted|issued|given|done|agreed|signed|sitting|meeting|meets|met|session)\s+(?:at|in)\s+"
)
# "at the Pilot House, Vik": the words before a place behind the day.
_AT_OR_IN = re.compile(r"(?:held\s+)?(?:at|in)\s+(?=(?:the\s+)?[^\W\d_])")
# Other parts of a line: bars, dashes between spaces, the end of a sentence.
_PARTS = re.compile(rf"\s*[|;·]\s*|\s[-–—]\s|{FULL_STOP}|[()\"“”:]")
# Between a place and the day: ", on Friday, the"; between the day and a place: ", at 9.30 a.m., ".
_JOINT, _ON = r"[\s,;|·–—-]*", r"(?:\b(?:on|from)\s*)?"
_BEFORE_DAY = re.compile(rf"{_JOINT}{_ON}(?:\b{WEEKDAY}\b)?{_JOINT}{_ON}(?:the\s*)?$", re.IGNORECASE)
_HOUR = r"\d{1,2}(?:[:.h]\d\d)?\s*(?:[ap]\.?m\b\.?|uhr\b)?"
_BEHIND_DAY = re.compile(rf"{_JOINT}(?:(?:at|from)\s+)?(?:{_HOUR}(?:\s*(?:-|–|to)\s*{_HOUR})?)?{_JOINT}", re.IGNORECASE)
# The beginning of what is a person, a day or a label, and nouns of meetings and offices.
_NO_PLACE = re.compile(
    rf"(?:By|From|To|Re|{HONORIFIC}|Prof|Sir|Dame|{MONTH}|{WEEKDAY})\b|.*\b(?i:{KIND}|talks|ministers?|president)\b"
)
# What is held and no building: "the Pilot Conference".
_OCCASION = re.compile(rf".*\b(?:{KIND}|talks)s?$", re.IGNORECASE)
# The last of several names, which names a country in full.
_LAND = re.compile(r"(?:Republic|Kingdom|Federation|Principality|Province|State|Canton|County|Duchy) of ")
# Words before a name in the rest of a text that show that it is one of a place.
_LOCAL = r"(?:in|at|to|from|near|of)\s+(?:the\s+)?"
# Characters of a place, at most.
_LONGEST = 80
# Characters of a text that is searched for a place.
_READ = 100_000
# Characters before a day, in which its weekday stands.
_NEAR = 40


def place_beside_day(rows: Sequence[FirstLine], text: str) -> str | None:
    """Return the place that the first row with a day names beside it; None where it is not sure.

    Args:
        rows: of the head.
        text: of the record, in which a name without a country must be a place elsewhere, too.
    """
    for row in rows:
        days = find_date_ranges(row.words)
        if len(days) == 1 and days[0].year:
            before = row.words[: days[0].start]
            before = before[:-_NEAR] + _BEFORE_DAY.sub("", before[-_NEAR:])
            behind = row.words[days[0].end :]
            return _place_before(before, row.kind is Kind.TITLE, text) or _place_behind(before, behind, text)
    return None


def _place_before(words: str, is_title: bool, text: str) -> str | None:
    """Return the place at the end of the words before a day."""
    part = _PARTS.split(words)[-1].strip()
    if held := list(_HELD_AT.finditer(part)):
        return _place_held_at(part[held[-1].end() :])
    parts = _split(part)
    names = list(_names_of_places(reversed(parts)))[::-1]
    if len(names) == len(parts):  # a title begins with the name of its subject
        return _if_confirmed(names[1:] if is_title and part == words.strip() else names, text)
    return _if_confirmed(names, text) if not all(map(is_country, names)) else None


def _place_behind(before: str, words: str, text: str) -> str | None:
    """Return the place at the beginning of the words behind a day and its hours."""
    hours = _BEHIND_DAY.match(words)
    part = _PARTS.split(words[hours.end() :])[0].strip(" ,.") if hours else ""
    if held := _AT_OR_IN.match(part):
        return _place_held_at(part[held.end() :])
    parts = _split(part)
    names = list(_names_of_places(parts))
    if HELD.search(before) and names:
        return _joined(names)
    if len(parts) > 1 and is_country(parts[-1]) and _BUILDING.fullmatch(parts[-2]) and " by " not in parts[-2]:
        return _joined(parts[-2:])
    return _if_confirmed(names, text) if hours and hours.end() else None


def _place_held_at(words: str) -> str | None:
    """Return the names behind "held at": all of them, the first perhaps a building."""
    parts = _split(words)
    if not parts or not _BUILDING.fullmatch(parts[0]) or _OCCASION.fullmatch(parts[0]):
        return None
    return _joined([parts[0], *_names_of_places(parts[1:])])


def _names_of_places(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts up to the first that is no name of a place."""
    for part in parts:
        is_body = is_organization(part) or words_of("bodies").search(part) or words_of("releases").search(part)
        if not _NAME.fullmatch(part) or is_body or names_meeting(part) or _NO_PLACE.match(part):
            return
        yield part


def _if_confirmed(names: Sequence[str], text: str) -> str | None:
    """Return names joined, if the last is a country or the text speaks of being in one of them."""
    if not names:
        return None
    is_in_land = is_country(names[-1]) or (len(names) > 1 and bool(_LAND.match(names[-1])))
    is_spoken = any(re.search(rf"\b{_LOCAL}{re.escape(name)}\b", text[:_READ]) for name in names)
    return _joined(names) if is_in_land or is_spoken else None


def _joined(names: Sequence[str]) -> str | None:
    place = ", ".join(names).removeprefix("the ")
    return place if place and len(place) <= _LONGEST else None


def _split(words: str) -> list[str]:
    return [part for piece in words.split(",") if (part := piece.strip())]
