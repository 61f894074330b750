"""Keep the private libraries of users inside the backup of the library that they belong to."""

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from index.errors import DamagedLibrary, LibraryError
from index.store.database import connected, failure, readable, transaction
from index.store.integrity import problems, terms_problems
from index.store.schema import prepare
from index.store.storage import FILE
from index.users import PRIVATE

_TABLE = "CREATE TABLE IF NOT EXISTS private_libraries (folder TEXT PRIMARY KEY, file BLOB NOT NULL)"


def private_files(folder: Path) -> list[Path]:
    """Return the files of the private libraries inside a library's folder."""
    return sorted((folder / PRIVATE).glob(f"*/{FILE}"))


def pack(folder: Path, file: Path) -> None:
    """Store a copy of each private library of a folder in a backup.

    Raises:
        LibraryError: one of them cannot be read, or is larger than a backup holds.
    """
    copy = file.with_name(f"{file.name}.private")
    try:
        for path in private_files(folder):
            copy.unlink(missing_ok=True)
            with readable(path) as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
            with connected(file) as connection, transaction(connection, "IMMEDIATE"):
                connection.execute(_TABLE)
                row = (path.parent.name, copy.read_bytes())
                connection.execute("INSERT INTO private_libraries VALUES (?, ?)", row)
    except sqlite3.Error as error:
        raise failure(file, error) from error
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def unpack(file: Path, folder: Path) -> None:
    """Move the private libraries of a copied backup into a folder, each migrated to this version and checked.

    Raises:
        LibraryError: one of them is damaged.
    """
    with connected(file) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'private_libraries'").fetchone():
            return
        for name, content in connection.execute("SELECT folder, file FROM private_libraries ORDER BY folder"):
            _unpack(folder / PRIVATE, name, content)
        connection.execute("DROP TABLE private_libraries")
        connection.execute("VACUUM")


def exchange(folder: Path, restored: Path, kept: Path | None) -> None:
    """Put the private libraries of a restored backup in the place of those of a library.

    Args:
        folder: of the library.
        restored: the folder that they were unpacked into.
        kept: the folder that the former ones are moved to; None where the kept file of the library holds them.
    """
    own, new = folder / PRIVATE, restored / PRIVATE
    if own.exists() and kept:
        os.replace(own, kept)
    elif own.exists():
        shutil.rmtree(own)
    if new.exists():
        os.replace(new, own)


def _unpack(folder: Path, name: str, content: bytes) -> None:
    if not name or not set(name) <= set("0123456789abcdef"):  # as `private_location` names folders
        raise DamagedLibrary(f"a private library of the backup has the impossible name {name!a}")
    place = folder / name
    place.mkdir(parents=True)
    (place / FILE).write_bytes(content)
    prepare(place, place / FILE, "", "")
    with connected(place / FILE) as connection, transaction(connection, "IMMEDIATE"):
        damage = [*problems(connection, place, None), *terms_problems(connection)]
    if damage:
        raise LibraryError(f"private documents of a user are damaged: {damage[0]}")
