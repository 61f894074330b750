"""Facts of a record for the web page: values with their origins, and the user's corrections."""

from collections.abc import Mapping
from typing import Any

from assistant.web.escaping import visible_line
from assistant.web.language import text
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.facts import DAYS, FACTS, facts_of, parse_fact, quote_value
from index.library import Library

# Keys of texts.
_HINTS = {
    **dict.fromkeys(DAYS, "facts.hint_day"),
    "address": "facts.hint_address",
    "language": "facts.hint_language",
    "mode": "facts.hint_mode",
}
_ORIGINS = {
    "first lines": "facts.from_first_lines",
    "file name": "facts.from_file_name",
    "you": "facts.from_you",
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
                "label": text(f"facts.{name}"),
                "hint": text(_HINTS[name]) if name in _HINTS else "",
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
        return text("facts.corrected" if correction else "facts.corrected_none")
    if origin in _ORIGINS:
        return text(_ORIGINS[origin])
    return text("facts.from_other", origin=origin) if origin else ""
