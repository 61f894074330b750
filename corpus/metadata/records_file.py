"""The facts that a file `records.toml` gives about the records in its folder."""

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from corpus.errors import CorpusError
from corpus.facts import DAYS, Fact, checked

NAME = "records.toml"
# Longer than the list of any folder; a larger file is something else.
LARGEST = 4 * 1024 * 1024
_RECORD = ("title", "publisher", "published", "address", "language")
# What the table [record.meeting] calls its facts.
_MEETING = {
    "forum": "forum",
    "name": "meeting",
    "first_day": "meeting_date",
    "last_day": "meeting_end",
    "place": "place",
    "presidency": "presidency",
    "mode": "mode",
}


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """What a `records.toml` gives.

    Attributes:
        facts: for each file that it names, in its order, the facts that are right in themselves.
        problems: a line for each thing that is wrong, naming the file, the entry and the field; the rest counts.
        is_read: whether it could be read at all; else nothing is known of what it says.
    """

    facts: dict[str, tuple[Fact, ...]]
    problems: tuple[str, ...]
    is_read: bool = True


def records_file(raw: bytes, file: str, names: Collection[str] | None = None) -> RecordsFile:
    """Read the facts that a folder's `records.toml` gives.

    Each record is a table `[[record]]` with `file` and any of title, publisher, published, address and language, and
    below it `[record.meeting]` with any of forum, name, first_day, last_day, place, presidency and mode. Days are
    TOML's own or words as YYYY-MM-DD; "" says that there is no such fact.

    Args:
        raw: the bytes of the file.
        file: its name, for the lines about what is wrong.
        names: the files that lie in the folder; an entry for another is a problem. None where that is not known.
    """
    try:
        if len(raw) > LARGEST:
            raise CorpusError(f"{len(raw):,} bytes are over the limit of {LARGEST:,}; split the folder")
        # The parser walks into arrays and inline tables by calling itself.
        entries = tomllib.loads(raw.decode("utf-8-sig"))
        listed = entries.get("record", [])
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            raise CorpusError("the records must be tables, each under a line [[record]]")
    except UnicodeDecodeError as error:
        return RecordsFile({}, (f"{file}: not UTF-8 text at byte {error.start:,}; save it as UTF-8",), is_read=False)
    except (ValueError, CorpusError) as error:  # ValueError: also a number of too many digits
        return RecordsFile({}, (f"{file}: {error!s:.300}",), is_read=False)
    except RecursionError:
        return RecordsFile(
            {}, (f"{file}: nested too deeply; a record needs one table and [record.meeting]",), is_read=False
        )
    problems = [f"{file}: {key!r:.60} is no table of records; write [[record]]" for key in entries if key != "record"]
    facts: dict[str, tuple[Fact, ...]] = {}
    for number, entry in enumerate(listed, 1):
        name = entry.get("file")
        if not isinstance(name, str) or not name:
            problems.append(f"{file}: record {number}: the field 'file' is missing; name the file that it is about")
        elif names is not None and name not in names:
            problems.append(f"{file}: record {number}: no file {name!r:.200} lies in this folder")
        elif name in facts:
            problems.append(f"{file}: record {number}: {name!r:.200} has an entry before it; keep one of them")
        else:
            facts[name] = tuple(_facts(entry, f"{file}: record {number} ({name!r:.200})", problems))
    return RecordsFile(facts, tuple(problems))


def _facts(entry: dict[str, Any], where: str, problems: list[str]) -> Iterator[Fact]:
    meeting = entry.get("meeting", {})
    if not isinstance(meeting, dict):
        problems.append(f"{where}: meeting = {_shown(meeting)}: give a table [record.meeting]")
        meeting = {}
    fields = {key: (key if key in _RECORD else None, value) for key, value in entry.items()}
    fields = {key: field for key, field in fields.items() if key not in ("file", "meeting")}
    fields |= {f"meeting.{key}": (_MEETING.get(key), value) for key, value in meeting.items()}
    found: dict[str, Fact] = {}
    for field, (name, value) in fields.items():
        if name is None:
            known = ", ".join(_MEETING) if field.startswith("meeting.") else ", ".join(("file", *_RECORD, "meeting"))
            problems.append(f"{where}: {field!r:.60} is no field; known are {known}")
            continue
        try:
            found[name] = Fact(name, _value(name, value), NAME)
        except CorpusError as error:
            problems.append(f"{where}: {field} is wrong: {error}")
    yield from _in_order(found, where, problems)


def _value(name: str, value: Any) -> str | date:
    if name in DAYS and isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, str):
        wanted = "a day such as 2021-08-05" if name in DAYS else "words between quotation marks"
        raise CorpusError(f"{name} = {_shown(value)}: give {wanted}")
    return checked(name, value)


def _shown(value: Any) -> str:
    try:
        return f"{value!r:.60}"
    except ValueError:  # Python prints no number of thousands of digits
        return "a number of thousands of digits"


def _in_order(found: dict[str, Fact], where: str, problems: list[str]) -> Iterator[Fact]:
    """The facts, without a last day that lies before the first or has none."""
    first, last = (found[name].value if name in found else "" for name in ("meeting_date", "meeting_end"))
    if last and not (first and str(first) <= str(last)):
        problems.append(
            f"{where}: meeting.last_day = {last} does not follow first_day = {first or 'nothing'}; give both"
        )
        del found["meeting_end"]
    yield from found.values()
