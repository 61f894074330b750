"""A file that was found, what it is called, and how its bytes are read without falling into a trap."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits

# Before the name of what was given to the page and has no place on this machine's disk.
UPLOAD = "upload:"
_NOT_ORDINARY = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file, a member of an archive, or something in their place that is passed over.

    Attributes:
        path: where it lies, as it was named.
        member: its name in the archive at `path`; None for a file of its own.
        skipped: why it is passed over, though nothing is wrong; None otherwise.
        refused: why it cannot be read, in a line that names it; None otherwise.
        files: how many files this stands for.
        source: the path that the library knows the file or archive by, when it is another than `path`.
        facts: what a `records.toml` beside it says about it; None where that cannot be read.
    """

    path: Path
    member: str | None = None
    skipped: str | None = None
    refused: str | None = None
    files: int = 1
    source: str | None = None
    facts: tuple[Fact, ...] | None = ()

    @property
    def wanted(self) -> bool:
        """Whether this is a file to be read."""
        return self.skipped is None and self.refused is None

    @property
    def place(self) -> str:
        """What a message calls the file or the archive."""
        return str(self.path) if self.source is None else self.source.removeprefix(UPLOAD)

    @property
    def file(self) -> str:
        """What a message calls it."""
        return f"{self.place}!/{self.member}" if self.member else self.place

    @property
    def name(self) -> str:
        """The name that its document will have: the last part of its path."""
        own = self.path.name if self.source is None else self.place.rpartition("/")[2]
        return self.member.rpartition("/")[2] if self.member else own

    @property
    def source_path(self) -> str:
        """What the library knows it by: the absolute path, links followed, and "!/" before a member's name."""
        own = os.path.realpath(self.path) if self.source is None else self.source
        return f"{own}!/{self.member}" if self.member else own


def contents(path: Path, file: str, limits: Limits) -> bytes:
    """The bytes of an ordinary file, whole.

    Args:
        path: where it lies.
        file: what a message calls it.
        limits: on its size.

    Raises:
        CorpusError: it cannot be read, is larger than the limit, or is no ordinary file.
    """
    try:
        # Non-blocking: a pipe that has taken the file's place meanwhile must not hold us up.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as opened:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise CorpusError(f"{file}: {_kind_of(status.st_mode)}, which is no ordinary file")
            raw = b"" if status.st_size > limits.file_bytes else opened.read(limits.file_bytes + 1)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{file}: {_why(path, error)}") from error
    size = max(status.st_size, len(raw))
    if size > limits.file_bytes:
        raise CorpusError(f"{file}: {size:,} bytes are over the limit of {limits.file_bytes:,}; split the file")
    return raw


def unreadable(path: Path) -> str | None:
    """Why a file cannot be read, as far as can be told without opening it; opening a device may start something."""
    if reason := bad_name(str(path)):
        return reason
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        return _why(path, error)
    return None if stat.S_ISREG(mode) else f"{_kind_of(mode)}, which is no ordinary file"


def bad_name(path: str) -> str | None:
    """Why a path cannot be kept: a byte in it that is no text comes as half a surrogate pair."""
    return "the name is not UTF-8 text; rename the file" if any("\ud800" <= c <= "\udfff" for c in path) else None


def _why(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "a symbolic link to nothing" if os.path.islink(path) else "no such file"
    return f"cannot be read ({getattr(error, 'strerror', None) or error})"


def _kind_of(mode: int) -> str:
    return next((name for holds, name in _NOT_ORDINARY if holds(mode)), "something else")
