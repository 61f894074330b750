"""Saved sets of records: their rows, and the protocols by which a library keeps them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RecordSetRow:
    """One stored set of records.

    Attributes:
        id: a name that cannot be guessed.
        owner: the user whose set it is; empty where the library has no users.
        name: what the user calls it.
        records: the name and the SHA-256 of the text of each record, as a JSON list of pairs.
        removed: None for a set that is listed; else the number of the removal that took it out.
    """

    id: str
    owner: str
    name: str
    records: str
    removed: int | None = None


class RecordSetTransaction(Protocol):
    """Sets of records inside one transaction: all changes are kept, or none when its block raises."""

    def rows(self, owner: str) -> list[RecordSetRow]:
        """Return all sets of a user by name, removed ones included."""
        ...

    def put(self, row: RecordSetRow) -> None:
        """Store a set, or replace name, records and removal of the stored one with its id."""
        ...

    def delete(self, record_set: str) -> None:
        """Delete a set for good."""
        ...


class RecordSetStore(Protocol):
    """A store of sets of records; every method raises LibraryError where it cannot be read or written."""

    def record_set_rows(self, owner: str) -> list[RecordSetRow]:
        """Return all sets of a user by name, removed ones included."""
        ...

    def change_record_sets(self) -> AbstractContextManager[RecordSetTransaction]:
        """Open a transaction on the sets; no other writer comes between."""
        ...
