"""Back up a library into one file, and restore it from one."""

import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import printable
from index.errors import DamagedLibrary, LibraryError
from index.models.encoder import Progress
from index.store import schema
from index.store.database import connected, failure, readable, transaction
from index.store.integrity import problems, terms_problems
from index.store.private import backup as private_backup
from index.store.schema import prepare
from index.store.vector_cache import delete_cache

# Fewer pages than any library has, so that a change by others is noticed before the copy is complete.
_PAGES_AT_ONCE = 16
# The header of a database of SQLite: its first bytes, and where the number of the program stands that made it.
_SQLITE = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_APPLICATION_ID_AT = 68
# What users put into a library beside documents.
_OWN_TABLES = ("corrections", "evidence", "conversations", "record_sets", "feedback", "users")
_RESTORING = "restoring-"
_MOST_SECONDS_OF_A_RESTORATION = 24 * 3600.0


def back_up(path: Path, file: Path, force: bool = False) -> None:
    """Write one state of a library into one file while others use the library; the file is whole or not written.

    Args:
        path: the library's file.
        file: the file to write; it must not exist without `force`.
        force: replace an existing file.

    Raises:
        LibraryError: the file exists or cannot be written; nothing was changed.
    """
    # Not made from the file's name, which may have the greatest length of a name, or be ".".
    temporary = file.parent / f".rapporteur-{os.getpid()}-{secrets.token_hex(4)}.part"
    try:
        _refuse_target(path, file, force)
        temporary.unlink(missing_ok=True)
        with TemporaryDirectory(prefix=".rapporteur-", dir=file.parent) as copies:
            # Before the common documents: one that is shared meanwhile is in both copies, not in none.
            private_backup.copy_private(path.parent, Path(copies), file)
            temporary.touch(0o600)  # for nobody else; SQLite gives the files beside it the same mode
            _copy(path, temporary, file)
            private_backup.pack(Path(copies), temporary)
        _flush(temporary)
        os.replace(temporary, file)
    except OSError as error:
        raise LibraryError(
            f"{printable(str(file))}: cannot be written ({error.strerror or error}); name another file"
        ) from error
    finally:
        for leftover in (temporary, temporary.with_name(f"{temporary.name}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _refuse_target(path: Path, file: Path, force: bool) -> None:
    name = printable(str(file))
    if file.is_dir():
        raise LibraryError(f"{name}: this is a folder; name a file")
    if file.exists() and file.samefile(path):
        raise LibraryError(f"{name}: this is the library itself; name another file")
    if file.exists() and not force:
        raise LibraryError(f"{name}: exists already; name another file, or overwrite it with --force")
    if not file.parent.is_dir():
        raise LibraryError(f"{name}: its folder does not exist; make it or name another")


def _copy(path: Path, temporary: Path, file: Path) -> None:
    """Copy one state of a library's file without its free pages; errors name the file that the user gave."""
    try:
        with readable(path) as connection:
            connection.execute("VACUUM INTO ?", (str(temporary),))
    except LibraryError as error:
        cause = error.__cause__
        raise failure(file, cause) if isinstance(cause, sqlite3.Error) else error from cause


def _flush(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def restore(file: Path, folder: Path, path: Path, force: bool = False, progress: Progress | None = None) -> Path | None:
    """Replace a library by a backup, in one transaction, once the backup is checked.

    Args:
        file: a backup written by this or an earlier version of the program.
        folder: the folder of the library; made when it does not exist.
        path: the library's file in it.
        force: replace a library that is damaged or has more than the founding records; it is kept beside.
        progress: called with the number of documents checked and of all documents.

    Returns:
        The file in which the replaced library is kept, with a folder beside it of its private libraries, if any; None
        when there was nothing to keep.

    Raises:
        LibraryError: the file is no backup, or damaged; or it would replace a library. Nothing was changed.
    """
    if not file.is_file():
        raise LibraryError(f"{printable(str(file))}: no such file; give one that rapporteur backup has written")
    if path.exists() and file.samefile(path):
        raise LibraryError(f"{printable(str(file))}: this is the library itself; give another file")
    _require_database(file)
    # Opens the present library first, and so refuses a folder with another file in its place.
    is_whole = _is_whole(folder, path, force)
    private_backup.settle(folder, path if is_whole else None)
    _must_keep(folder, path, is_whole, force)
    former_file = private_backup.kept_file(folder)
    _delete_leftovers(folder)
    with TemporaryDirectory(prefix=_RESTORING, dir=folder) as temporary:
        checked = _checked_copy(file, Path(temporary), progress)
        is_kept = True
        if is_whole:
            is_kept = _replace(path, former_file, checked, lambda: _must_keep(folder, path, is_whole, force))
        else:
            _exchange(path, former_file, checked)
        private_backup.exchange(folder, Path(temporary), path, private_backup.kept_folder(former_file))
    if is_kept:
        delete_cache(folder)
    return former_file if is_kept else None


def _require_database(file: Path) -> None:
    """Refuse a file that is no library by its header, before anything is said of the library that it would replace.

    Raises:
        LibraryError: the header is of another kind of file.
    """
    with file.open("rb") as opened:
        header = opened.read(_HEADER_BYTES)
    application = int.from_bytes(header[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4], "big")
    if not header.startswith(_SQLITE) or application != schema.APPLICATION_ID:
        raise LibraryError(
            f"{printable(str(file))}: no backup of a library; give one that rapporteur backup has written"
        )


def _delete_leftovers(folder: Path) -> None:
    """Delete the copies of restorations that were killed: those that are older than any that can still run."""
    for leftover in folder.glob(f"{_RESTORING}*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _MOST_SECONDS_OF_A_RESTORATION:
                shutil.rmtree(leftover, ignore_errors=True)


def _replace(path: Path, former_file: Path, checked: Path, must_keep: Callable[[], bool]) -> bool:
    """Replace a library that others may be using by a checked copy; return True if the former one was kept."""
    with connected(path) as watching, connected(path) as target, connected(checked) as source:

        def refuse_changed(_status: int, remaining: int, _total: int) -> None:
            if remaining and watching.execute("PRAGMA data_version").fetchone() != before:
                raise LibraryError(f"{path}: the library was changed meanwhile; nothing was restored, try again")

        before = watching.execute("PRAGMA data_version").fetchone()
        is_kept = must_keep()
        try:
            if is_kept:
                back_up(path, former_file)
            # One transaction: others read the former state until its end, and it is undone when the process is killed.
            # Others cannot write once the first pages are copied; a change before that would be lost, so it is refused.
            source.backup(target, pages=_PAGES_AT_ONCE, progress=refuse_changed)
        except BaseException:
            former_file.unlink(missing_ok=True)
            raise
    return is_kept


def _exchange(path: Path, former_file: Path, checked: Path) -> None:
    """Replace a damaged library, which SQLite cannot copy, by a checked copy; the damaged files are kept."""
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            os.replace(f"{path}{suffix}", f"{former_file}{suffix}")
    os.replace(checked, path)


def _must_keep(folder: Path, path: Path, is_whole: bool, force: bool) -> bool:
    """Return True if the present library must be kept: it is damaged, or has more than a new library has.

    Raises:
        LibraryError: it must be kept, and `force` is not set.
    """
    must_keep = not is_whole or _has_own_content(path) or bool(private_backup.private_files(folder))
    if must_keep and not force:
        raise LibraryError(
            f"{printable(str(folder))}: holds documents, corrections, evidence, conversations, sets,"
            " judgements or users already; replace it with --force (it is kept beside),"
            " or give another folder with --library"
        )
    return must_keep


def _has_own_content(path: Path) -> bool:
    """Return True if a library has documents of the user, or anything else that users have put there."""
    with connected(path) as connection:
        rows = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM documents WHERE path IS NOT NULL), "
            + ", ".join(f"EXISTS (SELECT 1 FROM {table})" for table in _OWN_TABLES)
        ).fetchone()
    return any(rows)


def _checked_copy(file: Path, folder: Path, progress: Progress | None) -> Path:
    """Return a copy of a backup, migrated to this version and checked.

    Raises:
        LibraryError: the file is no backup, or damaged.
    """
    copy = folder / "library.sqlite3"
    try:
        with readable(file) as source, connected(copy, create=True) as target:
            (application,) = source.execute("PRAGMA application_id").fetchone()
            if application != schema.APPLICATION_ID:
                raise LibraryError("no backup of a library; give one that rapporteur backup has written")
            source.backup(target)
        private_backup.unpack(copy, folder)
        prepare(folder, copy, "", "")
        with connected(copy) as connection, transaction(connection, "IMMEDIATE"):
            damage = [*problems(connection, folder, progress), *terms_problems(connection)]
    except LibraryError as error:
        reason = str(error).removeprefix(f"{copy}: ").removeprefix(f"{file}: ")
        if isinstance(error, DamagedLibrary) and error.__cause__:
            reason = f"damaged, or no backup of a library ({error.__cause__}); give another file"
        raise LibraryError(f"{printable(str(file))}: {reason}") from error
    if damage:
        more = f", and {len(damage) - 1:,} more" if len(damage) > 1 else ""
        raise LibraryError(f"{printable(str(file))}: damaged, so nothing was restored: {damage[0]}{more}")
    return copy


def _is_whole(folder: Path, path: Path, force: bool) -> bool:
    """Return True if the present library can be read, False if it is damaged and `force` is set.

    Raises:
        DamagedLibrary: it is damaged, and `force` is not set.
    """
    try:
        prepare(folder, path, "", "", replace=True)
        _has_own_content(path)
        with connected(path) as connection:
            is_whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        return is_whole and private_backup.are_whole(folder)
    except DamagedLibrary as error:
        if force:
            return False
        raise LibraryError(f"{error}; replace it with: rapporteur restore --force (it is kept beside)") from error
