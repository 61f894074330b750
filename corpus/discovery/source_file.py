"""Files found for the library (on disk, in an archive, uploaded), and reading their bytes within a size limit."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from corpus.discovery.archive import Archive
from corpus.discovery.attachments import Attachments, open_container
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits

# Prefix of the source path of an upload, which has no path on this machine; the name that it was sent under follows.
UPLOAD = "upload:"
_NOT_ORDINARY = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISCHR, "a device"),
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file, a member of an archive, or something in their place that is skipped or refused.

    Attributes:
        path: of the file or archive, as the user named it.
        member: name in the archive at `path`; None for a file of its own.
        skipped: why it is left out though nothing is wrong; None otherwise.
        refused: why it cannot be read, in a line that names it; None otherwise.
        files: number of files that it represents.
        source: path that the library knows the file or archive by, where that differs from `path`.
        facts: of the `records.toml` beside it; None where that cannot be read.
    """

    path: Path
    member: str | None = None
    skipped: str | None = None
    refused: str | None = None
    files: int = 1
    source: str | None = None
    facts: tuple[Fact, ...] | None = ()

    @property
    def is_readable(self) -> bool:
        """Return True if the file is to be read."""
        return self.skipped is None and self.refused is None

    @property
    def place(self) -> str:
        """Return the name of the file or the archive for messages."""
        return str(self.path) if self.source is None else self.source.removeprefix(UPLOAD)

    @property
    def file(self) -> str:
        """Return the name of the file or member for messages."""
        return f"{self.place}!/{self.member}" if self.member else self.place

    @property
    def name(self) -> str:
        """Return the name that its document will have: the last part of its path."""
        own = self.path.name if self.source is None else self.place.rpartition("/")[2]
        return self.member.rpartition("/")[2] if self.member else own

    @property
    def source_path(self) -> str:
        """Return the path that the library knows it by: absolute, links resolved, with "!/" before a member's name."""
        own = os.path.realpath(self.path) if self.source is None else self.source
        return f"{own}!/{self.member}" if self.member else own


class FileBytes:
    """Reads the bytes of source files; an archive or a mail stays open from one of its members to the next.

    Use it in a `with` block, in one thread at a time.

    Args:
        limits: of the size of a file or an archive.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._archive: Archive | Attachments | None = None
        self._path: Path | None = None

    def __enter__(self) -> "FileBytes":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def __call__(self, source: SourceFile) -> bytes:
        """Return the bytes of a file or member.

        Raises:
            CorpusError: it cannot be read.
        """
        if source.member is None:
            return read_file(source.path, source.file, self._limits)
        if self._archive is None or self._path != source.path:
            self._close()
            self._archive, self._path = open_container(source.path, self._limits, source.place), source.path
        return self._archive.read(source.member)

    def _close(self) -> None:
        if self._archive:
            self._archive.__exit__(None, None, None)
            self._archive = None


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
        # Non-blocking: a pipe that replaced the file must not block.
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
