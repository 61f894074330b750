"""Facts of a record for the web page: values with their origins, and the user's corrections."""

from collections.abc import Mapping
from typing import Any

from assistant.web.escaping import visible_line
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.facts import DAYS, FACTS, facts_of, parse_fact, quote_value
from index.library import Library

_LABELS = {
    "title": "Title",
    "publisher": "Publisher",
    "published": "Published",
    "address": "Web address",
    "language": "Language",
    "forum": "Forum",
    "meeting": "Meeting",
    "meeting_date": "First day",
    "meeting_end": "Last day",
    "place": "Place",
    "presidency": "Presidency",
    "mode": "Mode",
}
_HINTS = {
    **dict.fromkeys(DAYS, "YYYY-MM-DD"),
    "address": "https://…",
    "language": "two letters, such as en",
    "mode": "in person, online or hybrid",
}
_ORIGINS = {
    "first lines": "from the first lines",
    "file name": "from the file name",
    "you": "follows from your correction",
}
_MEETING_DAYS = ("meeting_end", "meeting_date")


class FactRefused(Exception):
    """Raised for a value that a fact, named by `field`, cannot have; the message is one line."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def facts(library: Library, record: Document) -> dict[str, Any]:
    """Return each fact that a record may have: its value, where it comes from, and whether the user corrected it.

    Raises:
        LibraryError: the library cannot be read.
    """
    corrections = library.corrections(record.name)
    known_facts = {fact.name: fact for fact in facts_of(record)}
    listed = []
    for name in FACTS:
        fact = known_facts.get(name)
        listed.append(
            {
                "name": name,
                "label": _LABELS[name],
                "hint": _HINTS.get(name, ""),
                "value": str(fact.value) if fact else "",
                "origin": visible_line(_origin(fact.origin if fact else "", corrections.get(name))),
                "corrected": name in corrections,
            }
        )
    return {"of": visible_line(record.name), "facts": listed}


def correct(library: Library, record: Document, changes: Mapping[str, str | None]) -> Document:
    """Correct facts of a record, and return the corrected record; the value None withdraws a correction.

    Raises:
        FactRefused: a fact cannot have its new value; nothing was changed.
        LibraryError: the library cannot be written, or the record is gone; nothing was changed.
    """
    for name, value in changes.items():
        try:
            if value is not None or name not in FACTS:
                parse_fact(name, value or "")
        except CorpusError as error:
            raise FactRefused(name, str(error).removeprefix(f"{name} = {quote_value(value or '')}: ")) from error
    try:
        return library.correct(record.name, changes)
    except CorpusError as error:  # each is right in itself, so it is the meeting's days that do not fit each other
        field = next((name for name in _MEETING_DAYS if name in changes), next(iter(changes)))
        raise FactRefused(field, str(error).removeprefix(f"{field} = {quote_value(changes[field] or '')}: ")) from error


def _origin(origin: str, correction: str | None) -> str:
    if correction is not None:
        return "corrected by you" if correction else "corrected by you: there is none"
    return _ORIGINS.get(origin, f"from {origin}" if origin else "")
