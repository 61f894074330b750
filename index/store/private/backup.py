"""Keep the private libraries of users inside the backup of the library that they belong to."""

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from datetime import datetime
from itertools import groupby
from pathlib import Path

from index.errors import CannotWrite, DamagedLibrary, LibraryError
from index.store.database import connected, failure, readable, transaction
from index.store.integrity import problems, terms_problems
from index.store.schema import prepare
from index.store.storage import FILE
from index.users import PRIVATE

# In pieces, since SQLite holds no value of more than 1,000,000,000 bytes.
_TABLE = """
    CREATE TABLE IF NOT EXISTS private_files (
        folder TEXT NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (folder, number)
    ) WITHOUT ROWID
"""
_PIECE_BYTES = 16 * 1024 * 1024
# The tables of pieces of this version and of whole files of earlier ones: all pieces, each after those before it.
_CAST = "SELECT coalesce(CAST(folder AS TEXT), ''), coalesce(CAST({} AS BLOB), x'')"  # whatever a file holds
_PIECES = {
    "private_files": _CAST.format("bytes") + " FROM private_files ORDER BY folder, number",
    "private_libraries": _CAST.format("file") + " FROM private_libraries ORDER BY folder",
}
# Where the private libraries of a library lie while those of a backup take their place.
_ASIDE = f"{PRIVATE}.before-restore"


def private_files(folder: Path) -> list[Path]:
    """Return the files of the private libraries inside a library's folder."""
    return sorted((folder / PRIVATE).glob(f"*/{FILE}"))


def are_whole(folder: Path) -> bool:
    """Return True if no private library inside a library's folder is damaged."""
    try:
        for path in private_files(folder):
            with readable(path) as connection:
                if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    return False
    except DamagedLibrary:
        return False
    return True


def copy_private(folder: Path, copies: Path, file: Path) -> None:
    """Copy the private libraries of a folder, one state of each, into an empty folder.

    Args:
        folder: of the library.
        copies: gets a file for each of them, named like its folder.
        file: the backup to write, which errors of writing name.

    Raises:
        LibraryError: one of them cannot be read, or its copy not be written.
    """
    for path in private_files(folder):
        try:
            with readable(path) as connection:
                connection.execute("VACUUM INTO ?", (str(copies / path.parent.name),))
        except DamagedLibrary as error:
            raise LibraryError(
                f"{path}: private documents of a user are damaged, so no backup was written, which would lack them; see"
                " whose with rapporteur user list, then restore a backup, or delete them with rapporteur user remove"
                " --private-too"
            ) from error
        except CannotWrite as error:
            raise failure(file, error.__cause__) if isinstance(error.__cause__, sqlite3.Error) else error from error


def pack(copies: Path, file: Path) -> None:
    """Store the copies of private libraries in a backup.

    Raises:
        LibraryError: the backup cannot be written.
    """
    for copy in sorted(copies.iterdir()):
        with copy.open("rb") as opened, connected(file) as connection, transaction(connection, "IMMEDIATE"):
            connection.execute(_TABLE)
            for number, piece in enumerate(iter(lambda: opened.read(_PIECE_BYTES), b"")):
                connection.execute("INSERT INTO private_files VALUES (?, ?, ?)", (copy.name, number, piece))


def unpack(file: Path, folder: Path) -> None:
    """Move the private libraries of a copied backup into a folder, each migrated to this version and checked.

    Raises:
        LibraryError: one of them is damaged.
    """
    with connected(file) as connection:
        tables = [name for name in _PIECES if _has_table(connection, name)]
        for table in tables:
            for name, pieces in groupby(connection.execute(_PIECES[table]), key=lambda row: row[0]):
                _unpack(folder / PRIVATE, name, (piece for _, piece in pieces))
            connection.execute(f"DROP TABLE {table}")
        if tables:
            connection.execute("VACUUM")


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone())


def exchange(folder: Path, restored: Path, path: Path, kept: Path) -> None:
    """Put the private libraries of a restored backup in the place of those of a library.

    The former ones are moved aside first, so that a stop at any step loses nothing; see `settle`. They are kept even
    where the kept file of the library holds them: users may have written since that file was written.

    Args:
        folder: of the library.
        restored: the folder that the new ones were unpacked into.
        path: the library's file, which is locked meanwhile.
        kept: the folder that the former ones are moved to.

    Raises:
        LibraryError: they cannot be moved; the former ones are in their place.
    """
    own, new, aside = folder / PRIVATE, restored / PRIVATE, folder / _ASIDE
    with connected(path) as connection, transaction(connection, "IMMEDIATE"):
        try:
            new.mkdir(0o700, exist_ok=True)
            if own.exists():
                os.replace(own, aside)
            _move_in(new, own, aside)
        except OSError as error:
            raise LibraryError(
                f"{own}: the private documents of users cannot be replaced ({error.strerror or error}); all else is"
                " restored, and those from before are still there; close what uses them and restore again"
            ) from error
        _keep(aside, kept)


def _move_in(new: Path, own: Path, aside: Path) -> None:
    try:
        os.replace(new, own)
    except BaseException:
        if aside.exists():
            os.replace(aside, own)
        raise


def _keep(aside: Path, kept: Path) -> None:
    """Move former private libraries to where they are kept; what cannot be moved is moved by the next `settle`."""
    if not aside.exists():
        return
    if any(aside.iterdir()):
        with suppress(OSError):
            os.replace(aside, kept)
    else:
        shutil.rmtree(aside, ignore_errors=True)


def settle(folder: Path, path: Path | None) -> None:
    """Undo or finish the exchange of private libraries by a restoration that was killed.

    The former ones are moved back where no others have come in their place; otherwise they are kept beside.

    Args:
        folder: of the library.
        path: the library's file, which is locked meanwhile; None for a damaged one, which cannot be locked.

    Raises:
        LibraryError: another process has been writing for too long, or they cannot be moved.
    """
    if not (folder / _ASIDE).exists():
        return
    with ExitStack() as locked:
        if path:
            locked.enter_context(transaction(locked.enter_context(connected(path)), "IMMEDIATE"))
        _settle(folder / PRIVATE, folder / _ASIDE, kept_folder(kept_file(folder)))


def kept_file(folder: Path) -> Path:
    """Return the file in which a restoration that begins now keeps the library that it replaces."""
    return folder / f"before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}.sqlite3"


def kept_folder(file: Path) -> Path:
    """Return the folder beside the kept file of a library that keeps its private libraries."""
    return file.with_suffix(".private")


def _settle(own: Path, aside: Path, kept: Path) -> None:
    if own.exists():
        _keep(aside, kept)
        return
    try:
        with suppress(FileNotFoundError):  # another process was first
            os.replace(aside, own)
    except OSError as error:
        raise LibraryError(
            f"{aside}: cannot be moved back ({error.strerror or error}); rename it to {PRIVATE}, and try again"
        ) from error


def _unpack(folder: Path, name: str, pieces: Iterable[bytes]) -> None:
    if not name or not set(name) <= set("0123456789abcdef"):  # as `private_location` names folders
        raise DamagedLibrary(f"a private library of the backup has the impossible name {name!a}")
    place = folder / name
    if place.exists():
        raise DamagedLibrary(f"a private library of the backup is there twice: {name!a}")
    folder.mkdir(0o700, exist_ok=True)
    place.mkdir(0o700)
    with (place / FILE).open("wb") as file:
        file.writelines(pieces)
        if not file.tell():
            raise DamagedLibrary(f"a private library of the backup is empty: {name}")
    prepare(place, place / FILE, "", "")
    with connected(place / FILE) as connection, transaction(connection, "IMMEDIATE"):
        damage = [*problems(connection, place, None), *terms_problems(connection)]
    if damage:
        raise LibraryError(f"private documents of a user are damaged: {damage[0]}")
