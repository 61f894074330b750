"""What is known about a record beside its text, where each fact comes from, and how a fact is put right."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Document, Meeting
from corpus.errors import CorpusError

# The names of the facts, as front matter, corrections and the page use them.
FACTS = (
    "title",
    "publisher",
    "published",
    "address",
    "language",
    "forum",
    "meeting",
    "meeting_date",
    "meeting_end",
    "place",
    "presidency",
    "mode",
)
DAYS = ("published", "meeting_date", "meeting_end")
MODES = ("in person", "online", "hybrid")
# A title, a name, an address; what is longer is no fact but a text.
LONGEST = 500
_SHOWN = 60
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ADDRESS = re.compile(r"https?://[^\s/?#<>\"'\\]+\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}")
# Controls, halves of surrogate pairs, line and paragraph separators; and what reverses the direction of writing.
_REFUSED = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it was found.

    Attributes:
        name: one of `FACTS`.
        value: words, or a day for `published`, `meeting_date` and `meeting_end`; "" says that there is no such fact,
            whatever a less trustworthy source states.
        origin: where it stands: "front matter", "HTML metadata", "PDF information", "first lines", "file name" ...
    """

    name: str
    value: str | date
    origin: str


def chosen(facts: Iterable[Fact]) -> dict[str, Fact]:
    """The fact to believe for each name: the first that is stated.

    A meeting's last day is believed only together with its first: the source that states it must agree with the first
    day that is believed, and it must not lie before it.

    Args:
        facts: the more trustworthy first.
    """
    facts = tuple(facts)
    believed: dict[str, Fact] = {}
    for fact in facts:
        if fact.name != "meeting_end":
            believed.setdefault(fact.name, fact)
    first = believed.get("meeting_date")
    for fact in facts:
        if first and fact.name == "meeting_end" and _ends(fact, first, facts):
            believed.setdefault(fact.name, fact)
    return believed


def known(document: Document) -> list[Fact]:
    """The facts that are known about a document, in the order of `FACTS`; the origin is "" where none was kept."""
    origins = dict(document.origins)
    return [Fact(name, value, origins.get(name, "")) for name, value in _values(document).items() if value]


def checked(name: str, value: str) -> str | date:
    """A fact as somebody typed it, as it will be kept.

    Args:
        name: one of `FACTS`.
        value: words; a day as YYYY-MM-DD; "" for a fact that there is not.

    Raises:
        CorpusError: there is no such fact, or the value is none for it; the message names the fact, the value and
            what is wanted.
    """
    if name not in FACTS:
        raise CorpusError(f"{shown(name)} is no fact about a record; the facts are {', '.join(FACTS)}")
    words = value.strip(" \u3000")
    if any(unicodedata.category(c) in _REFUSED or c in _BIDI for c in words):
        raise _wrong(name, value, "give plain words in one line, without control characters")
    if len(words) > LONGEST:
        raise _wrong(name, value, f"{len(words):,} characters are over the limit of {LONGEST}; shorten it")
    if not words:
        if name == "title":
            raise _wrong(name, value, "a document needs a title; give one")
        return ""
    if name in DAYS:
        return _typed_day(name, words)
    if name == "address" and not _ADDRESS.fullmatch(words):
        raise _wrong(name, value, "give a web address that begins with https:// or http://")
    if name == "language" and not _LANGUAGE.fullmatch(words.lower()):
        raise _wrong(name, value, "give a code of two letters (ISO 639-1), such as en or ja")
    if name == "mode" and words.lower() not in MODES:
        raise _wrong(name, value, f"give {', '.join(MODES[:-1])} or {MODES[-1]}")
    return words.lower() if name in ("language", "mode") else " ".join(words.split())


def corrected(document: Document, changes: Mapping[str, str], origin: str = "you") -> Document:
    """The document with some of its facts put right; its text and outline stay as they are.

    A meeting whose first day alone is changed keeps its last day, unless it had only one.

    Args:
        document: with the facts that were found.
        changes: new values by the names of `FACTS`: days as YYYY-MM-DD, "" for a fact that there is not.
        origin: who says so.

    Raises:
        CorpusError: as `checked`; or the meeting would end before it begins.
    """
    new = {name: checked(name, value) for name, value in changes.items()}
    values = {**_values(document), **new}
    if "meeting_date" in new and "meeting_end" not in new and document.meeting.last_day == document.meeting.first_day:
        values["meeting_end"] = ""
    first, last = values["meeting_date"], values["meeting_end"]
    if not first and last:
        if "meeting_end" in new:
            raise _wrong("meeting_end", str(last), "give meeting_date, the first day, too")
        last = ""
    if first and last and str(last) < str(first):
        name = "meeting_end" if "meeting_end" in new else "meeting_date"
        raise _wrong(name, str(new[name]), f"the meeting would begin on {first} and end on {last}; give both days")
    values["meeting_end"] = last or first
    origins = {**dict(document.origins), **dict.fromkeys(new, origin)}
    if "meeting_date" in new and "meeting_end" not in new:
        origins["meeting_end"] = origin
    return with_values(document, values, origins)


def with_values(document: Document, values: Mapping[str, str | date], origins: Mapping[str, str]) -> Document:
    """The document with these facts and no others.

    Args:
        document: the text, its outline and its source.
        values: by the names of `FACTS`, right in themselves; "" or no entry where nothing is known.
        origins: where each is from; those of facts that are not known are left out.
    """

    def words(name: str) -> str | None:
        return str(values.get(name) or "") or None

    def day(name: str) -> date | None:
        value = values.get(name)
        return value if isinstance(value, date) else None

    return replace(
        document,
        title=words("title") or document.title,
        publisher=words("publisher"),
        published=day("published"),
        language=words("language"),
        source=replace(document.source, address=words("address")),
        meeting=Meeting(
            forum=words("forum"),
            name=words("meeting"),
            first_day=day("meeting_date"),
            last_day=day("meeting_end"),
            place=words("place"),
            presidency=words("presidency"),
            mode=words("mode"),
        ),
        origins=tuple((name, origins[name]) for name in FACTS if values.get(name) and name in origins),
    )


def _ends(fact: Fact, first: Fact, facts: tuple[Fact, ...]) -> bool:
    """Whether a last day belongs to the first day that is believed."""
    own = next((f.value for f in facts if f.name == "meeting_date" and f.origin == fact.origin), None)
    if not (isinstance(fact.value, date) and isinstance(first.value, date)):
        return False
    return own == first.value and fact.value >= first.value


def _values(document: Document) -> dict[str, str | date]:
    meeting = document.meeting
    return {
        "title": document.title,
        "publisher": document.publisher or "",
        "published": document.published or "",
        "address": document.source.address or "",
        "language": document.language or "",
        "forum": meeting.forum or "",
        "meeting": meeting.name or "",
        "meeting_date": meeting.first_day or "",
        "meeting_end": meeting.last_day or "",
        "place": meeting.place or "",
        "presidency": meeting.presidency or "",
        "mode": meeting.mode or "",
    }


def _typed_day(name: str, words: str) -> date:
    found = _DAY.fullmatch(words)
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass  # a day that no calendar has, such as 2021-02-31
    raise _wrong(name, words, "give a day as YYYY-MM-DD, such as 2021-08-05")


def _wrong(name: str, value: str, wanted: str) -> CorpusError:
    return CorpusError(f"{name} = {shown(value)}: {wanted}")


def shown(value: str) -> str:
    """A value for an error line: quoted, controls escaped, not longer than a line."""
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")
