"""The whole library as one file."""

import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import printable
from index.errors import DamagedLibrary, LibraryError
from index.models.encoder import Progress
from index.store import schema
from index.store.database import connected, failure, transaction
from index.store.integrity import problems, terms_problems
from index.store.schema import prepare
from index.store.vector_cache import delete_cache


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
            f"{printable(str(file))}: cannot be written ({error.strerror or error}); name another file"
        ) from error
    finally:
        for left in (beside, beside.with_name(f"{beside.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _refuse_target(path: Path, file: Path, force: bool) -> None:
    named = printable(str(file))
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


# A library has more, so that the first of them are not yet all.
_PAGES_AT_ONCE = 16
_RESTORING = "restoring-"
_SECONDS_OF_A_RESTORATION = 24 * 3600.0


def restore(file: Path, folder: Path, path: Path, force: bool = False, progress: Progress | None = None) -> Path | None:
    """Make a library what it was when the file was written; checked first, and done in one transaction.

    Args:
        file: written by `back_up`, by this or an earlier version of the program.
        folder: of the library; made when it does not exist.
        path: the library's file in it.
        force: whether to replace a library that is damaged or holds more than the founding records; it is kept beside.
        progress: told how many documents are checked.

    Returns:
        Where the library that was replaced is kept; None when there was nothing to keep.

    Raises:
        LibraryError: the file is no library, or damaged; or it would replace one. Nothing was changed.
    """
    if not file.is_file():
        raise LibraryError(f"{printable(str(file))}: no such file; give one that rapporteur backup has written")
    if path.exists() and file.samefile(path):
        raise LibraryError(f"{printable(str(file))}: this is the library itself; give another file")
    # Reads the present library too, and so refuses what is no library before anything is replaced.
    is_whole = _is_whole(folder, path, force)
    _keeps(folder, path, is_whole, force)
    kept = folder / f"before-restore-{datetime.now():%Y%m%d-%H%M%S-%f}.sqlite3"
    _sweep(folder)
    with TemporaryDirectory(prefix=_RESTORING, dir=folder) as beside:
        checked = _checked_copy(file, Path(beside), progress)
        if not is_whole:
            _exchange(path, kept, checked)
        elif not _replace(path, kept, checked, lambda: _keeps(folder, path, is_whole, force)):
            return None
    delete_cache(folder)
    return kept


def _sweep(folder: Path) -> None:
    """Remove the copies of restorations that were killed; one that is a day old is of no living process."""
    for left in folder.glob(f"{_RESTORING}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _SECONDS_OF_A_RESTORATION:
                shutil.rmtree(left, ignore_errors=True)


def _replace(path: Path, kept: Path, checked: Path, keeps: Callable[[], bool]) -> bool:
    """Put a checked copy in the place of a library that others may be using; tells whether that was to be kept."""
    with connected(path) as watching, connected(path) as target, connected(checked) as source:

        def refuse_changed(_status: int, remaining: int, _total: int) -> None:
            if remaining and watching.execute("PRAGMA data_version").fetchone() != before:
                raise LibraryError(f"{path}: the library was changed meanwhile; nothing was restored, try again")

        before = watching.execute("PRAGMA data_version").fetchone()
        is_kept = keeps()
        try:
            if is_kept:
                back_up(path, kept)
            # In one transaction: whoever reads meanwhile reads the former state, killed it is as it was. No other can
            # write from the first pages on, and what one wrote since the copy was made would be lost.
            source.backup(target, pages=_PAGES_AT_ONCE, progress=refuse_changed)
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
    return is_kept


def _exchange(path: Path, kept: Path, checked: Path) -> None:
    """Put a checked copy in the place of a damaged library, which SQLite cannot copy; that is kept with what was still
    to be written into it."""
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            os.replace(f"{path}{suffix}", f"{kept}{suffix}")
    os.replace(checked, path)


def _keeps(folder: Path, path: Path, is_whole: bool, force: bool) -> bool:
    """Whether the present library is to be kept: it is damaged, or holds what another start would not bring back.

    Raises:
        LibraryError: it is, but was not to be replaced.
    """
    keeps = not is_whole or _holds_something(path)
    if keeps and not force:
        raise LibraryError(
            f"{printable(str(folder))}: holds documents, corrections or evidence already; replace it with --force"
            " (it is kept beside), or give another folder with --library"
        )
    return keeps


def _holds_something(path: Path) -> bool:
    with connected(path) as connection:
        rows = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM documents WHERE path IS NOT NULL), EXISTS (SELECT 1 FROM corrections),"
            " EXISTS (SELECT 1 FROM evidence)"
        ).fetchone()
    return any(rows)


def _checked_copy(file: Path, folder: Path, progress: Progress | None) -> Path:
    """A copy of a backup as a library of this version, in which nothing is wrong."""
    copy = folder / "library.sqlite3"
    try:
        with connected(file) as source, connected(copy) as target:
            (application,) = source.execute("PRAGMA application_id").fetchone()
            if application != schema.APPLICATION_ID:
                raise LibraryError("no backup of a library; give one that rapporteur backup has written")
            source.backup(target)
        prepare(folder, copy, "", "")
        with connected(copy) as connection, transaction(connection, "IMMEDIATE"):
            found = [*problems(connection, folder, progress), *terms_problems(connection)]
    except LibraryError as error:
        said = str(error).removeprefix(f"{copy}: ").removeprefix(f"{file}: ")
        if isinstance(error, DamagedLibrary) and error.__cause__:
            said = f"damaged, or no backup of a library ({error.__cause__}); give another file"
        raise LibraryError(f"{printable(str(file))}: {said}") from error
    if found:
        more = f", and {len(found) - 1:,} more" if len(found) > 1 else ""
        raise LibraryError(f"{printable(str(file))}: damaged, so nothing was restored: {found[0]}{more}")
    return copy


def _is_whole(folder: Path, path: Path, force: bool) -> bool:
    """Whether the present library can be read; one that is damaged is replaced only when that is asked for."""
    try:
        prepare(folder, path, "", "")
        _holds_something(path)
        with connected(path) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except DamagedLibrary as error:
        if force:
            return False
        raise LibraryError(f"{error}; replace it with: rapporteur restore --force (it is kept beside)") from error
