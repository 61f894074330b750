"""Facts that a Markdown or text file states about itself between two lines of dashes."""

import re
from datetime import date
from typing import Any

import yaml

from corpus.facts import DAYS, Fact

_FENCED = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
# Longer than any honest front matter; YAML beyond it is left in the text.
_LONGEST = 20_000
_NOTHING = frozenset(("", "~", "null", "none"))
# With these, a value is more than the words that stand there.
_SIGNS = frozenset("[]{}'\"&*!|>%@`#")
_LINE = re.compile(r"([A-Za-z][\w-]{0,40})[ \t]*:(?:[ \t]+(.*?))?[ \t]*", re.ASCII)
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])")
_FACTS = {
    "title": ("title",),
    "publisher": ("publisher", "author", "organization", "organisation"),
    "published": ("published", "date", "published_time", "publication_date"),
    "address": ("address", "source_url", "url", "link", "source"),
    "language": ("language", "lang"),
    "forum": ("forum",),
    "meeting": ("meeting", "meeting_name"),
    "meeting_date": ("meeting_date", "first_day"),
    "meeting_end": ("meeting_end", "last_day"),
    "place": ("place", "location"),
    "presidency": ("presidency",),
    "mode": ("mode",),
}


def front_matter(text: str) -> tuple[dict[str, str | date], int]:
    """Read the facts at the top of a text.

    Returns:
        The facts by their own names (title, publisher, published, address, forum, ...), and the offset of the first
        character behind the front matter: 0 when there is none, or when it is neither YAML nor lines of NAME: VALUE.
    """
    found = _FENCED.match(text[:_LONGEST])
    if not found:
        return {}, 0
    try:
        # Every scalar stays the words that stand there: a wrong date or an endless number costs nothing.
        mapping = yaml.load(found.group(1), Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        mapping = _line_by_line(found.group(1))
    except RecursionError:
        return {}, 0
    if not isinstance(mapping, dict):
        return {}, 0
    mapping = {key.strip().lower(): value for key, value in mapping.items() if isinstance(key, str)}
    facts = {name: value for name, keys in _FACTS.items() if (value := _first(name, [mapping.get(k) for k in keys]))}
    return facts, found.end()


def stated(text: str) -> tuple[tuple[Fact, ...], int]:
    """The same facts as a reader of a file hands them on, and where the text behind the front matter begins."""
    found, start = front_matter(text)
    return tuple(Fact(name, value, "front matter") for name, value in found.items()), start


def _line_by_line(written: str) -> dict[str, Any] | None:
    """Front matter whose words have a colon that YAML wants in quotation marks; None where it has another fault."""
    mapping: dict[str, Any] = {}
    for line in written.splitlines():
        if found := _LINE.fullmatch(line):
            value = found.group(2) or ""
            try:
                mapping[found.group(1)] = yaml.load(value, Loader=yaml.BaseLoader) if value[:1] in _SIGNS else value
            except (yaml.YAMLError, RecursionError):
                return None
        elif line.strip() and not line.startswith((" ", "\t", "- ", "#")):
            return None
    is_stated = any(key.lower() in keys for key in mapping for keys in _FACTS.values())
    return mapping if is_stated else None


def _first(name: str, values: list[Any]) -> str | date | None:
    wants_day = name in DAYS
    for value in values:
        fact = _day(value) if wants_day else _words(value)
        if fact and (name != "address" or str(fact).startswith(("https://", "http://"))):
            return fact
    return None


def _words(value: Any) -> str | None:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return words if words.lower() not in _NOTHING else None


def _day(value: Any) -> date | None:
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
