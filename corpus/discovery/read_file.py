"""Read the bytes of an ordinary file; refuse pipes, devices, folders and files over the size limit in one line."""

import os
import stat
from pathlib import Path

from corpus.errors import CorpusError
from corpus.limits import Limits

_NOT_ORDINARY = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


def read_file(path: Path, file: str, limits: Limits) -> bytes:
    """Read an ordinary file whole; a pipe or device is neither waited for nor read.

    Args:
        path: of the file.
        file: its name for messages.
        limits: of its size.

    Raises:
        CorpusError: it cannot be read, is larger than the limit, or is no ordinary file.
    """
    try:
        # Non-blocking: a pipe that has taken the file's place must not block.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as opened:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise CorpusError(f"{file}: {_type_of(status.st_mode)}, which is no ordinary file")
            raw = b"" if status.st_size > limits.file_bytes else opened.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{file}: {_why(path, error)}") from error
    size = max(status.st_size, len(raw))
    if size > limits.file_bytes:
        raise CorpusError(f"{file}: {size:,} bytes are over the limit of {limits.file_bytes:,}; split the file")
    return raw


def why_unreadable(path: Path) -> str | None:
    """Return the reason why a file cannot be read, without opening it (opening a device may start it), else None."""
    if reason := bad_name(str(path)):
        return reason
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        return _why(path, error)
    return None if stat.S_ISREG(mode) else f"{_type_of(mode)}, which is no ordinary file"


def bad_name(path: str) -> str | None:
    """Return why a path cannot be stored, else None; a byte that is not UTF-8 becomes a lone surrogate in it."""
    return "the name is not UTF-8 text; rename the file" if any("\ud800" <= c <= "\udfff" for c in path) else None


def _why(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "a symbolic link to nothing" if os.path.islink(path) else "no such file"
    return f"cannot be read ({getattr(error, 'strerror', None) or error})"


def _type_of(mode: int) -> str:
    return next((name for holds, name in _NOT_ORDINARY if holds(mode)), "something else")
