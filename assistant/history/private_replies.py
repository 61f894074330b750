"""Know if a kept reply is about private documents of its user, so that no list for others may hold its words."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.history.stored_turn import read_filters
from assistant.users.private_documents import documents_seen_by
from corpus.document import Document
from index.library import Library
from index.search.filters import Filters
from index.values import TurnRow

_NAMES = ("names", "excluded", "asked")  # the filters by records


def is_about_private(library: Library, owner: str, turns: Sequence[TurnRow]) -> bool:
    """Return True if turns quote, name or are filtered by a document that is not everybody's.

    Args:
        library: the library.
        owner: the id of the user whose turns they are; empty for nobody, who has no private documents.
        turns: the turn in question with those before it, from which follow-ups take words and filters.
    """
    if not owner:
        return False
    seen = documents_seen_by(library.location, owner)
    common = documents_seen_by(library.location, "")
    texts = {document.id for document in common}
    documents = _Documents(common, [document for document in seen if document.id not in texts])
    return any(documents.is_in(turn) for turn in turns)


class _Documents:
    """The documents that a user sees: the common ones, and the private ones."""

    def __init__(self, common: Sequence[Document], private: Sequence[Document]) -> None:
        self._common = common
        self._private = private
        self._texts = {document.id for document in common}
        self._names = {document.name for document in common}
        self._private_texts = {document.id for document in private}
        self._private_words = {words for document in private for words in (document.name, document.title) if words}

    def is_in(self, turn: TurnRow) -> bool:
        """Return True if a turn is about a private document."""
        filters, reply = json.loads(turn.filters), json.loads(turn.reply or "{}")
        words = [turn.question, *_strings(filters), *_strings(reply)]
        return (
            any(private in each for private in self._private_words for each in words)
            or any(self._is_private(each) for each in _objects(reply) if "sha256" in each)
            or any(self._filters_by_private(each) for each in (filters, *_objects(reply)))
        )

    def _is_private(self, anchor: dict[str, Any]) -> bool:
        """Return True for the anchor of a text that the common documents neither have nor had under its name."""
        text = anchor["sha256"]
        return text in self._private_texts or (text not in self._texts and anchor["document"] not in self._names)

    def _filters_by_private(self, stored: dict[str, Any]) -> bool:
        """Return True for filters with a record that is not common, or with a value that private ones alone have."""
        values = {name: stored[name] for name in Filters.__slots__ if isinstance(stored.get(name), list)}
        if any(name not in self._names for condition in _NAMES for name in values.pop(condition, ())):
            return True
        return any(self._have_alone(read_filters({key: [value]})) for key, each in values.items() for value in each)

    def _have_alone(self, condition: Filters) -> bool:
        return any(map(condition.keeps, self._private)) and not any(map(condition.keeps, self._common))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in a JSON value, however deep."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(each)


def _strings(value: Any) -> Iterator[str]:
    """Yield the strings in a JSON value, however deep; names of fields are none."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(each)
