"""Open the library at a location, whatever database stores it."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from corpus.document import Document
from index.errors import LibraryError
from index.library_protocol import Library
from index.models.encoder import Encoder, Progress
from index.settings import Settings

__all__ = ["Backend", "Library", "library_exists", "open_library", "read_documents", "restore_library"]


class Backend(Protocol):
    """A kind of storage; a module with these functions is one."""

    def open_library(
        self, location: str, settings: Settings, encoder: Encoder, founding: bool, progress: Progress | None
    ) -> Library:
        """See `index.library.open_library`."""
        ...

    def library_exists(self, location: str) -> bool:
        """See `index.library.library_exists`."""
        ...

    def read_documents(self, location: str) -> list[Document]:
        """See `index.library.read_documents`."""
        ...

    def restore_library(self, file: Path, location: str, force: bool, progress: Progress | None) -> str | None:
        """See `index.library.restore_library`."""
        ...


def open_library(
    location: str | Path | None = None,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    *,
    founding: bool = True,
    progress: Progress | None = None,
) -> Library:
    """Open a library; a folder without one gets a new library with the founding records.

    >>> library = open_library("talks")
    >>> sorted(document.meeting.forum for document in library.documents())
    ['G20', 'G20', 'G20', 'G20', 'G7']

    Args:
        location: a folder, or the address of another storage, "SCHEME://NAME" or "SCHEME:", with a scheme of two or
            more small letters; a folder whose name looks so is given by its absolute path. The folder of the settings
            when None.
        settings: the settings of the environment when None.
        encoder: the encoder that the settings name when None; not used before something is encoded.
        founding: add the founding records to a new library.
        progress: called with the number of passages of the founding records encoded and of all of them.

    Raises:
        LibraryError: the location cannot be used, or there is no storage of its scheme; nothing was changed.
        ModelMissing: no encoder was given, and the settings' is not on this machine.
    """
    settings = settings or Settings()
    if encoder is None:
        from index.models.registry import load_encoder

        encoder = load_encoder(settings)
    backend, place = _resolve(settings.library if location is None else location)
    return backend.open_library(place, settings, encoder, founding, progress)


def library_exists(location: str | Path) -> bool:
    """Return True if there is a library at a location."""
    backend, place = _resolve(location)
    return backend.library_exists(place)


def read_documents(location: str | Path) -> list[Document]:
    """Return all documents of an existing library, which need no settings and no encoder.

    Raises:
        LibraryError: the library cannot be read.
    """
    backend, place = _resolve(location)
    return backend.read_documents(place)


def restore_library(
    file: Path, location: str | Path, force: bool = False, progress: Progress | None = None
) -> str | None:
    """Replace the library at a location by a backup, once every part of the backup is checked.

    Args:
        file: what `Library.backup` wrote, in this or an earlier version of the program.
        location: see `open_library`; a new library is made where there is none.
        force: replace a library that is damaged or holds more than the founding records.
        progress: called with the number of documents checked and of all documents.

    Returns:
        Where the replaced library is kept; None where there was nothing to keep.

    Raises:
        LibraryError: the file is no backup, or damaged; or it would replace a library. Nothing was changed.
    """
    backend, place = _resolve(location)
    return backend.restore_library(file, place, force, progress)


def _sqlite() -> Backend:
    from index.store import library

    return library


# The scheme of an address with the module that opens it; a folder has none. Another storage is a package, a row here
# and the rows that "Add a home" in CONTRIBUTING.md lists.
_BACKENDS: dict[str, Callable[[], Backend]] = {"": _sqlite}
# A scheme has two characters at least: "c:" is a drive. `Path` leaves one of two slashes, and none at the end.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):/*")


def _resolve(location: str | Path) -> tuple[Backend, str]:
    """Return the storage that a location belongs to, and the location with "~" expanded in what a user wrote."""
    place = os.path.expanduser(location) if isinstance(location, str) else str(location)
    address = _SCHEME.match(place)
    scheme = address[1] if address else ""
    if scheme not in _BACKENDS:
        name = "PostgreSQL" if scheme in ("postgres", "postgresql") else scheme
        known = " or ".join(f"{each}:" if each else "folders" for each in _BACKENDS)
        raise LibraryError(
            f"this version stores libraries in {known}, not in {name}; give a folder,"
            " by its absolute path if its name has a colon"
        )
    if address:
        place = f"{scheme}://{place[address.end() :]}"
    return _BACKENDS[scheme](), place
