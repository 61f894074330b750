"""A record's facts as the page shows and corrects them."""

from collections.abc import Mapping
from typing import Any

from assistant.web.escaping import plain
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.facts import DAYS, FACTS, checked, known, shown
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
_FORMS = {
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
    """A fact cannot be so; the message is one line.

    Attributes:
        field: the fact that is to be put right.
    """

    def __init__(self, field: str, line: str) -> None:
        super().__init__(line)
        self.field = field


def facts(library: Library, record: Document) -> dict[str, Any]:
    """Each fact that a record may have: its value, where it comes from, and whether the user corrected it.

    Raises:
        LibraryError: the library cannot be read.
    """
    own = library.corrections(record.name)
    found = {fact.name: fact for fact in known(record)}
    listed = []
    for name in FACTS:
        fact = found.get(name)
        listed.append(
            {
                "name": name,
                "label": _LABELS[name],
                "form": _FORMS.get(name, ""),
                "value": str(fact.value) if fact else "",
                "origin": plain(_origin(fact.origin if fact else "", own.get(name))),
                "corrected": name in own,
            }
        )
    return {"of": plain(record.name), "facts": listed}


def correct(library: Library, record: Document, changes: Mapping[str, str | None]) -> Document:
    """Correct facts of a record, and return it as it is now.

    Args:
        library: that holds it.
        record: what is corrected.
        changes: by fact; None takes a correction back.

    Raises:
        FactRefused: one of them cannot be so; nothing was changed.
        LibraryError: the library cannot be written, or the record is gone; nothing was changed.
    """
    for name, value in changes.items():
        try:
            if value is not None or name not in FACTS:
                checked(name, value or "")
        except CorpusError as error:
            raise FactRefused(name, str(error).removeprefix(f"{name} = {shown(value or '')}: ")) from error
    try:
        return library.correct(record.name, changes)
    except CorpusError as error:  # each is right in itself, so it is the meeting's days that do not fit each other
        field = next((name for name in _MEETING_DAYS if name in changes), next(iter(changes)))
        raise FactRefused(field, str(error).removeprefix(f"{field} = {shown(changes[field] or '')}: ")) from error


def _origin(origin: str, correction: str | None) -> str:
    if correction is not None:
        return "corrected by you" if correction else "corrected by you: there is none"
    return _ORIGINS.get(origin, f"from {origin}" if origin else "")
