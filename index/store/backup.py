"""The whole library as one file."""

import os
import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path

from index.errors import LibraryError
from index.store.database import connected, failure
from index.store.names import shown


def back_up(path: Path, file: Path, force: bool = False) -> None:
    """Write one state of a library into one file, while others use the library; there is the whole file or none.

    Args:
        path: the library's file.
        file: where to; without `force` it must not exist.
        force: whether to replace a file.

    Raises:
        LibraryError: the file cannot be written, or exists; nothing was changed.
    """
    # Not after the file's own name, which may be as long as a name can be, or none, as of ".".
    beside = file.parent / f".rapporteur-{os.getpid()}-{secrets.token_hex(4)}.part"
    try:
        _refuse_target(path, file, force)
        beside.unlink(missing_ok=True)
        _copy(path, beside, file)
        _to_disk(beside)
        os.replace(beside, file)
    except OSError as error:
        raise LibraryError(
            f"{shown(str(file))}: cannot be written ({error.strerror or error}); name another file"
        ) from error
    finally:
        for left in (beside, beside.with_name(f"{beside.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _refuse_target(path: Path, file: Path, force: bool) -> None:
    named = shown(str(file))
    if file.is_dir():
        raise LibraryError(f"{named}: this is a folder; name a file")
    if file.exists() and file.samefile(path):
        raise LibraryError(f"{named}: this is the library itself; name another file")
    if file.exists() and not force:
        raise LibraryError(f"{named}: exists already; name another file, or overwrite it with --force")
    if not file.parent.is_dir():
        raise LibraryError(f"{named}: its folder does not exist; make it or name another")


def _copy(path: Path, beside: Path, file: Path) -> None:
    """One state of a library's file as a file of its own, without what is free in it."""
    try:
        with connected(path) as connection:
            connection.execute("VACUUM INTO ?", (str(beside),))
    except LibraryError as error:
        cause = error.__cause__
        raise failure(file, cause) if isinstance(cause, sqlite3.Error) else error from cause


def _to_disk(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())
