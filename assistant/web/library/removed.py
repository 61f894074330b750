"""Removed records, kept in memory for a while so that the page can put them back; never on the disk."""

import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.users.current import current_user
from assistant.users.private_documents import target_of_additions
from corpus.document import Document
from corpus.reading import founding_records
from index.errors import LibraryError
from index.library import Library
from index.values import DocumentSummary

SECONDS_KEPT = 3600.0
_MOST_BYTES = 256 * 1024 * 1024
_BYTES_OF_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class RemovedRecord:
    """A record as it was read, and the file that it was read from; None where no file was kept.

    The library itself keeps what the user has corrected of it, and what the evidence lists quote.
    """

    document: Document
    original: bytes | None
    is_private: bool = False
    title: str = ""  # as the user has corrected it

    @property
    def size(self) -> int:
        """The memory that it takes, in bytes, at most."""
        return len(self.document.text) * _BYTES_OF_CHARACTER + len(self.original or b"")


@dataclass(frozen=True, slots=True)
class _Removal:
    user: str
    until: float
    records: tuple[RemovedRecord, ...]


class RemovedRecords:
    """The removals of the last hour, each under a secret that only the page of its user knows."""

    def __init__(self) -> None:
        self._removals: dict[str, _Removal] = {}
        self._lock = threading.Lock()

    def keep(self, user: str, records: Sequence[RemovedRecord]) -> str:
        """Keep records and return the secret that gives them back; empty for none and for what is too large."""
        if not records or sum(record.size for record in records) > _MOST_BYTES:
            return ""
        secret = secrets.token_urlsafe(16)
        with self._lock:
            self._removals[secret] = _Removal(user, time.monotonic() + SECONDS_KEPT, tuple(records))
            self._drop()
        return secret

    @contextmanager
    def taken(self, user: str, secret: str) -> Iterator[tuple[RemovedRecord, ...]]:
        """Return the records of a removal, once; a block that raises leaves them under the same secret.

        Raises:
            LibraryError: they are kept no longer, or another user has removed them.
        """
        with self._lock:
            self._drop()
            removal = self._removals.get(secret)
            if removal is None or removal.user != user:
                raise LibraryError("These records are kept no longer; add their files again.")
            del self._removals[secret]
        try:
            yield removal.records
        except BaseException:
            with self._lock:
                self._removals[secret] = removal
                self._drop()
            raise

    def keeps(self, user: str, secret: str) -> bool:
        """Return True if the records of a user's removal are still kept."""
        with self._lock:
            self._drop()
            removal = self._removals.get(secret)
        return removal is not None and removal.user == user

    def removals(self, user: str) -> list[tuple[str, list[str]]]:
        """Return the secrets and the records' titles of a user's removals that are still kept, the newest first."""
        with self._lock:
            self._drop()
            own = [(secret, removal) for secret, removal in self._removals.items() if removal.user == user]
        return [(secret, [record.title for record in removal.records]) for secret, removal in reversed(own)]

    def _drop(self) -> None:
        """Forget what is too old, and the oldest of what is too much."""
        now = time.monotonic()
        for secret in [secret for secret, removal in self._removals.items() if removal.until < now]:
            del self._removals[secret]
        while sum(record.size for each in self._removals.values() for record in each.records) > _MOST_BYTES:
            del self._removals[next(iter(self._removals))]


def records_as_read(library: Library, records: Iterable[DocumentSummary]) -> list[RemovedRecord]:
    """Return documents with their files, before they are removed; none where they are too large to be kept."""
    found, size = [], 0
    for each in records:
        original = library.original(each.name)
        document = library.document_as_read(each.name) or library.document(each.name)
        record = RemovedRecord(document, original[0] if original else None, each.is_private, each.title)
        size += record.size
        if size > _MOST_BYTES:
            return []
        found.append(record)
    return found


def put_back(library: Library, records: Iterable[RemovedRecord]) -> list[str]:
    """Add records again, with the corrections of them, and return their names; private ones become private again.

    Raises:
        LibraryError: the library cannot be written.
    """
    mine = current_user().id
    return [
        target_of_additions(library, mine if record.is_private else "").add(record.document, record.original).name
        for record in records
    ]


def missing_founding_records(library: Library) -> list[Document]:
    """Return the founding records whose text the library does not have."""
    present = {record.id for record in library.summaries()}
    return [record for record in founding_records() if record.id not in present]
