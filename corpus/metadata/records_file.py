"""Read `records.toml`, the file with facts about the records in its folder."""

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from corpus.errors import CorpusError
from corpus.facts import DAYS, MEETING_FACTS, Fact, parse_fact

NAME = "records.toml"
# Longer than the list of any folder; a larger file is something else.
LARGEST = 4 * 1024 * 1024
_RECORD = ("title", "publisher", "published", "address", "language")


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """The content of a `records.toml`.

    Attributes:
        facts: the valid facts by the file that they are about, in order.
        problems: a line for each error with file, entry and field; everything else is used.
        is_read: False if the file is not valid TOML or has no tables of records.
    """

    facts: dict[str, tuple[Fact, ...]]
    problems: tuple[str, ...]
    is_read: bool = True


def records_file(raw: bytes, file: str, names: Collection[str] | None = None) -> RecordsFile:
    """Read the facts of a folder's `records.toml`.

    Each record is a table `[[record]]` with `file` and any of title, publisher, published, address and language, and
    below it `[record.meeting]` with any of forum, name, first_day, last_day, place, presidency and mode. Days are
    TOML dates or words as YYYY-MM-DD; "" states that there is no such fact.

    Args:
        raw: the bytes of the file.
        file: its name for messages.
        names: the files in the folder; an entry for another file is a problem. None if unknown.
    """
    try:
        if len(raw) > LARGEST:
            raise CorpusError(f"{len(raw):,} bytes are over the limit of {LARGEST:,}; split the folder")
        # The parser is recursive: nested arrays and inline tables may raise RecursionError.
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
            problems.append(f"{file}: record {number}: no file {name!r:.200} in this folder")
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
    fields |= {f"meeting.{key}": (MEETING_FACTS.get(key), value) for key, value in meeting.items()}
    facts: dict[str, Fact] = {}
    for field, (name, value) in fields.items():
        if name is None:
            known = MEETING_FACTS if field.startswith("meeting.") else ("file", *_RECORD, "meeting")
            problems.append(f"{where}: {field!r:.60} is no field; known are {', '.join(known)}")
            continue
        try:
            facts[name] = Fact(name, _value(name, value), NAME)
        except CorpusError as error:
            problems.append(f"{where}: {field} is wrong: {error}")
    yield from _valid_days(facts, where, problems)


def _value(name: str, value: Any) -> str | date:
    if name in DAYS and isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, str):
        form = "a day such as 2021-08-05" if name in DAYS else "words between quotation marks"
        raise CorpusError(f"{name} = {_shown(value)}: give {form}")
    return parse_fact(name, value)


def _shown(value: Any) -> str:
    try:
        return f"{value!r:.60}"
    except ValueError:  # Python refuses to print a number of thousands of digits
        return "a number of thousands of digits"


def _valid_days(facts: dict[str, Fact], where: str, problems: list[str]) -> Iterator[Fact]:
    """Yield the facts, without a last day that is before the first or has none."""
    first, last = (facts[name].value if name in facts else "" for name in ("meeting_date", "meeting_end"))
    if last and not (first and str(first) <= str(last)):
        problems.append(
            f"{where}: meeting.last_day = {last} does not follow first_day = {first or 'nothing'}; give both"
        )
        del facts["meeting_end"]
    yield from facts.values()
