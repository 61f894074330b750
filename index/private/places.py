"""The private libraries of users, each in a folder of its own inside the folder of the common library."""

import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from corpus.document import Document
from index.document_rules import day_and_name
from index.errors import LibraryError, NotPrivate
from index.library import Library, library_exists, open_library, read_documents
from index.models.encoder import Encoder
from index.private.own_names import OwnNames
from index.settings import Settings
from index.users import PRIVATE

# Libraries that are kept open; the one used longest ago is closed first.
_MOST_OPEN = 64
_Result = TypeVar("_Result")


def private_location(location: str | Path, owner: str) -> Path:
    """Return the folder of a user's private library; its name holds no character of the owner's id."""
    return Path(location) / PRIVATE / owner.encode().hex()


def read_seen_documents(location: str, owner: str) -> list[Document]:
    """Return the documents that a user sees, by day and name; this needs no settings and no encoder.

    Raises:
        LibraryError: the library cannot be read.
    """
    common, folder = read_documents(location), private_location(location, owner)
    own = read_documents(folder) if owner and library_exists(folder) else []
    names = OwnNames.of({d.name: d.id for d in common}, {d.name: d.id for d in own})
    return sorted([*common, *names.shown(own)], key=day_and_name)


class PrivateLibraries:
    """The private libraries of the users of a library, opened when they are needed.

    Args:
        location: the folder of the common library.
        settings: its settings.
        encoder: its encoder.
    """

    def __init__(self, location: str, settings: Settings, encoder: Encoder) -> None:
        self._location = location
        self._settings = settings
        self._encoder = encoder
        self._open: OrderedDict[str, Library] = OrderedDict()
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}  # by owner, held while the library is opened or deleted

    def of(self, owner: str) -> Library | None:
        """Return the private library of a user; None for nobody, and for a user without one."""
        if not owner or not library_exists(private_location(self._location, owner)):
            return None
        return self._opened(owner)

    def made(self, owner: str) -> Library:
        """Return the private library of a user, a new one where there is none.

        Raises:
            NotPrivate: nobody acts.
            LibraryError: it cannot be made.
        """
        if not owner:
            raise NotPrivate("only a user of the library has private documents; name one with --as, or log in")
        return self._opened(owner)

    def owners(self) -> list[str]:
        """Return the ids of the users with a private library."""
        folder = Path(self._location) / PRIVATE
        found = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
        owners = [bytes.fromhex(name).decode() for name in found if _is_hex(name)]
        return [owner for owner in owners if library_exists(private_location(self._location, owner))]

    def delete(self, owner: str) -> None:
        """Delete the private library of a user for good."""
        with self._lock_of(owner):
            with self._lock:
                self._open.pop(owner, None)
            folder = private_location(self._location, owner)
            try:
                if folder.is_dir():
                    shutil.rmtree(folder)
            except OSError as error:
                raise LibraryError(
                    f"{folder}: cannot be deleted ({error.strerror}); delete it and try again"
                ) from error

    def is_stale(self) -> bool:
        """Return True if one that can be read is stale."""
        return True in self._of_each(lambda library: library.is_stale()).values()

    def check(self) -> list[str]:
        """Return a line for each one with problems; of private documents only the number of problems is told."""
        return [
            f"{private_location(self._location, owner)}: private documents of a user cannot be read: {problems}"
            if isinstance(problems, LibraryError)
            else f"{private_location(self._location, owner)}: {len(problems):,} problems in private documents of a user"
            for owner, problems in self._of_each(lambda library: library.check()).items()
            if problems
        ]

    def reindex(self) -> None:
        """Cut and encode the documents of all again.

        Raises:
            LibraryError: some cannot be read or written; all others are done.
        """
        errors = [e for e in self._of_each(lambda library: library.reindex()).values() if isinstance(e, LibraryError)]
        if errors:
            raise LibraryError(
                f"all else is encoded again, but not the private documents of {len(errors):,} user"
                f"{'s' * (len(errors) != 1)}: {errors[0]}"
            )

    def counts(self) -> dict[str, int | None]:
        """Return how many documents each user with some has, by the user's id; None where they are unreadable."""
        found = self._of_each(lambda library: len(library.names()))
        return {
            owner: None if isinstance(number, LibraryError) else number for owner, number in found.items() if number
        }

    def _of_each(self, work: Callable[[Library], _Result]) -> dict[str, _Result | LibraryError]:
        """Return the result of work on each private library, or its error, by the owner's id."""
        results: dict[str, _Result | LibraryError] = {}
        for owner in self.owners():
            try:
                if library := self.of(owner):
                    results[owner] = work(library)
            except LibraryError as error:
                results[owner] = error
        return results

    def _opened(self, owner: str) -> Library:
        with self._lock_of(owner):
            with self._lock:
                library = self._open.get(owner)
            # Without the lock of all: a library that is migrated keeps no other user waiting.
            library = library or self._open_of(owner)
            with self._lock:
                self._open[owner] = library
                self._open.move_to_end(owner)
                while len(self._open) > _MOST_OPEN:
                    self._open.popitem(last=False)
            return library

    def _open_of(self, owner: str) -> Library:
        location = private_location(self._location, owner)
        _make_folder(location)
        return open_library(location, self._settings, self._encoder, founding=False)

    def _lock_of(self, owner: str) -> threading.Lock:
        with self._lock:
            return self._locks.setdefault(owner, threading.Lock())


def _make_folder(location: Path) -> None:
    """Make the folder of a private library, which only the account that runs the program may open.

    Raises:
        LibraryError: it cannot be made.
    """
    try:
        location.parent.mkdir(0o700, exist_ok=True)
        location.mkdir(0o700, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"{location}: cannot be made ({error.strerror}); make its folder writable") from error


def _is_hex(name: str) -> bool:
    try:
        return bool(bytes.fromhex(name).decode())
    except ValueError:
        return False
