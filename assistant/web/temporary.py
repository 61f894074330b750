"""The folder for uploads and reports of one running page; a later start removes it where the process was killed."""

import os
import shutil
import tempfile
import threading
import time
import weakref
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

_PREFIX = "rapporteur-page-"
# Of versions that held no lock on their folders, which are removed a day later.
_FORMER = ("rapporteur-upload-*", "rapporteur-check-*")
_LOCK = "lock"
_SECONDS_WITHOUT_LOCK = 24 * 3600


class PageFolder:
    """A folder that only this user reads, for as long as the process lives; made at its first use.

    A lock on a file in it tells other processes that it is in use. Making this object removes the folders of processes
    that have ended.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._remove: Any = None
        self._numbers = count(1)
        self._making = threading.Lock()
        remove_abandoned()

    def new_path(self, suffix: str = "") -> Path:
        """Return a path in the folder that nothing has yet.

        Raises:
            OSError: the folder cannot be made.
        """
        with self._making:
            if self._path is None:
                path = Path(tempfile.mkdtemp(prefix=_PREFIX))
                self._remove = weakref.finalize(self, _removed, path, _locked(path))
                self._path = path
            return self._path / f"{next(self._numbers)}{suffix}"

    def close(self) -> None:
        """Remove the folder with all that lies in it; a later use makes another one."""
        with self._making:
            path, self._path = self._path, None
            if path:
                self._remove()


def remove_abandoned() -> None:
    """Remove the folders of this user's processes that were killed."""
    temporary = Path(tempfile.gettempdir())
    for folder in temporary.glob(f"{_PREFIX}*"):
        if _is_own(folder) and not _is_in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)
    for pattern in _FORMER:
        for folder in temporary.glob(pattern):
            if _is_own(folder) and _is_old(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _removed(folder: Path, lock_file: Any) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    lock_file.close()


def _locked(folder: Path) -> Any:
    """Return an open file in a folder, locked until the process ends; it has its name only once it is locked."""
    unnamed = folder / f"{_LOCK}.part"
    file = unnamed.open("wb")
    _lock(file)
    if os.name == "posix":
        unnamed.rename(folder / _LOCK)
    return file


def _lock(file: Any) -> bool:
    """Lock a file and return True, or False where another process has; True as well on systems without such locks."""
    try:
        import fcntl
    except ImportError:  # Windows lets nobody remove a file that is open
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


def _is_in_use(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("rb") as file:
            return not _lock(file)
    except FileNotFoundError:  # a process is about to lock it, or was killed before it had
        return not _is_old(folder, 60)
    except OSError:
        return True


def _is_own(folder: Path) -> bool:
    """Return True for a folder of this user; no link, which could lead anywhere."""
    with suppress(OSError):
        about = folder.lstat()
        return folder.is_dir() and not folder.is_symlink() and (os.name != "posix" or about.st_uid == os.getuid())
    return False


def _is_old(folder: Path, seconds: float = _SECONDS_WITHOUT_LOCK) -> bool:
    with suppress(OSError):
        return time.time() - folder.stat().st_mtime > seconds
    return False
