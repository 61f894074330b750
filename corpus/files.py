"""The files that are meant by paths: files, folders, patterns, and what lies in archives."""

import glob
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from corpus import archive
from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.reading import MEDIA_TYPES

# Facts about the files beside it, read with them and no document itself.
FACTS_FILE = "records.toml"
_NOT_ORDINARY = (
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
        refused: why it cannot be read; None otherwise.
        files: how many files this stands for.
        source: the path that the library knows the file or archive by, when it is another than `path`.
    """

    path: Path
    member: str | None = None
    skipped: str | None = None
    refused: str | None = None
    files: int = 1
    source: str | None = None

    @property
    def wanted(self) -> bool:
        """Whether this is a file to be read."""
        return self.skipped is None and self.refused is None

    @property
    def name(self) -> str:
        """The name that its document will have: the last part of its path."""
        own = self.path.name if self.source is None else self.source.removeprefix("upload:")
        return self.member.rpartition("/")[2] if self.member else own

    @property
    def file(self) -> str:
        """What a message calls it."""
        own = str(self.path) if self.source is None else self.source.removeprefix("upload:")
        return f"{own}!/{self.member}" if self.member else own

    @property
    def source_path(self) -> str:
        """What the library knows it by: the absolute path, links followed, and "!/" before a member's name."""
        own = os.path.realpath(self.path) if self.source is None else self.source
        return f"{own}!/{self.member}" if self.member else own


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files are wanted, by patterns such as "*.pdf" that their name or their path ends with.

    Attributes:
        include: where there are any, a file must fit one of them.
        exclude: a file must fit none of them.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, path: str) -> bool:
        """Whether a file is wanted; capital and small letters are the same."""
        if self.include and not any(_fits(path, pattern) for pattern in self.include):
            return False
        return not any(_fits(path, pattern) for pattern in self.exclude)


_EVERYTHING = Choice()


def files_of(paths: Iterable[str], limits: Limits | None = None, choice: Choice = _EVERYTHING) -> list[Found]:
    """The named files, those in the named folders and archives, sorted by path, each once; hidden ones are left out.

    Args:
        paths: files, folders, archives, or patterns such as "minutes/*.md" that no shell has filled in.
        limits: on archives, and on folders inside each other.
        choice: which of the files are wanted.
    """
    search = _Search(limits or Limits(), choice)
    seen: set[str] = set()
    found = []
    for each in (one for path in paths for one in search.meant_by(path)):
        if each.wanted:
            if each.source_path in seen:
                continue
            seen.add(each.source_path)
        found.append(each)
    return found


def uploaded(path: Path, name: str, limits: Limits | None = None) -> list[Found]:
    """The file that a user has uploaded, or the members of an archive that one has, known by its name and not its path.

    Args:
        path: where the upload was put for the time being.
        name: what it is called.
        limits: on archives.
    """
    return list(_Search(limits or Limits(), _EVERYTHING).named_file(path, f"upload:{name}"))


class _Search:
    """Looks for files under the same limits and choice."""

    def __init__(self, limits: Limits, choice: Choice) -> None:
        self._limits = limits
        self._choice = choice

    def meant_by(self, path: str) -> Iterator[Found]:
        if not path.strip():
            yield Found(Path(), refused="an empty path; name a file or folder")
        elif not os.path.lexists(path) and glob.has_magic(path):
            yield from self._fitting(path)
        elif os.path.isdir(path):
            yield from self._named_folder(Path(path))
        else:
            yield from self.named_file(Path(path))

    def named_file(self, path: Path, source: str | None = None) -> Iterator[Found]:
        named = Found(path, source=source)
        if reason := _unreadable(path, named.file):
            yield Found(path, refused=reason, source=source)
        elif not self._choice.takes(named.file):
            yield Found(path, skipped="left out by the patterns given", source=source)
        elif _suffix(named.name) in archive.SUFFIXES:
            yield from self._members(named)
        elif _suffix(named.name) not in MEDIA_TYPES:
            yield Found(
                path, refused=f"{named.file}: this kind of file is not read; give a {kinds()} file", source=source
            )
        else:
            yield named

    def _fitting(self, pattern: str) -> Iterator[Found]:
        paths = sorted(glob.glob(pattern, recursive=True))
        if not paths:
            yield Found(Path(pattern), refused=f"{pattern}: no file fits this pattern")
        others: Counter[str] = Counter()
        for path in paths:
            if os.path.isdir(path):
                continue
            if _known(path) or _unreadable(Path(path), path):
                yield from self.named_file(Path(path))
            else:
                others[_kind(path)] += 1
        yield from _of_other_kinds(Path(pattern), others)

    def _named_folder(self, folder: Path) -> Iterator[Found]:
        others: Counter[str] = Counter()
        found = list(self._inside(folder, folder, 0, others))
        yield from found
        yield from _of_other_kinds(folder, others)
        if not any(each.wanted or each.refused for each in found):
            yield Found(folder, refused=f"{folder}: no {kinds()} file lies in this folder")

    def _inside(self, folder: Path, top: Path, depth: int, others: Counter[str]) -> Iterator[Found]:
        if reason := _bad_name(str(folder)):
            yield Found(folder, refused=f"{folder}: {reason}")
            return
        if depth > self._limits.nesting:
            yield Found(
                folder, refused=f"{folder}: over {self._limits.nesting} folders inside each other; add it by itself"
            )
            return
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Found(folder, refused=f"{folder}: cannot be read ({error.strerror or error})")
            return
        for entry in entries:
            if not entry.name.startswith("."):
                yield from self._entry(entry, top, depth, others)

    def _entry(self, entry: os.DirEntry[str], top: Path, depth: int, others: Counter[str]) -> Iterator[Found]:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from self._inside(path, top, depth + 1, others)
        elif entry.name == FACTS_FILE or not self._choice.takes(path.relative_to(top).as_posix()):
            return
        elif entry.is_symlink():
            yield Found(path, skipped="a symbolic link")
        elif not _known(entry.name):
            others[_kind(entry.name)] += 1
        elif reason := _unreadable(path, str(path)):
            yield Found(path, refused=reason)
        elif _suffix(entry.name) in archive.SUFFIXES:
            yield from self._members(Found(path))
        else:
            yield Found(path)

    def _members(self, found: Found) -> Iterator[Found]:
        """The files in an archive."""
        try:
            with archive.Archive(found.path, self._limits, found.file) as held:
                members = held.members()
        except CorpusError as error:
            yield Found(found.path, refused=str(error), source=found.source)
            return
        others: Counter[str] = Counter()
        taken = 0
        for member in members:
            if member.name.rpartition("/")[2] == FACTS_FILE or not self._choice.takes(member.name):
                continue
            taken += 1
            if not member.refused and not member.skipped and _suffix(member.name) not in MEDIA_TYPES:
                others[_kind(member.name)] += 1
            else:
                yield Found(found.path, member.name, member.skipped, member.refused, source=found.source)
        yield from _of_other_kinds(found.path, others, found.source)
        if taken == others.total():
            yield Found(
                found.path, refused=f"{found.file}: no {kinds()} file lies in this archive", source=found.source
            )


def contents(found: Found, limits: Limits) -> bytes:
    """The bytes of a file of its own, whole.

    Raises:
        CorpusError: it cannot be read, is larger than the limit, or is no ordinary file.
    """
    try:
        # Non-blocking: a pipe that has taken the file's place meanwhile must not hold us up.
        descriptor = os.open(found.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise CorpusError(f"{found.file}: this is no ordinary file")
            raw = b"" if status.st_size > limits.file_bytes else file.read(limits.file_bytes + 1)
    except OSError as error:
        raise CorpusError(f"{found.file}: cannot be read ({error.strerror or error})") from error
    size = max(status.st_size, len(raw))
    if size > limits.file_bytes:
        raise CorpusError(f"{found.file}: {size:,} bytes are over the limit of {limits.file_bytes:,}; split the file")
    return raw


def kinds() -> str:
    """The suffixes of the files that are read, for a message: ".txt, .md or .zip"."""
    suffixes = [*MEDIA_TYPES, *archive.SUFFIXES]
    return f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"


def _unreadable(path: Path, file: str) -> str | None:
    """Why a file cannot be read, as far as can be told without opening it."""
    if reason := _bad_name(str(path)):
        return f"{file}: {reason}"
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return f"{file}: " + ("a symbolic link to nothing" if os.path.islink(path) else "no such file")
    except (OSError, ValueError) as error:
        return f"{file}: cannot be read ({getattr(error, 'strerror', None) or error})"
    if stat.S_ISREG(mode):
        return None
    what = next((name for holds, name in _NOT_ORDINARY if holds(mode)), "something else")
    return f"{file}: {what}, which is no ordinary file"


def _bad_name(path: str) -> str | None:
    return "the name is not UTF-8 text; rename the file" if any("\ud800" <= c <= "\udfff" for c in path) else None


def _known(name: str) -> bool:
    return _suffix(name) in MEDIA_TYPES or _suffix(name) in archive.SUFFIXES


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _kind(name: str) -> str:
    return _suffix(name) or "without a suffix"


def _fits(path: str, pattern: str) -> bool:
    path, pattern = path.lower(), pattern.lower()
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}")


def _of_other_kinds(place: Path, others: Counter[str], source: str | None = None) -> Iterator[Found]:
    if others:
        listed = ", ".join(f"{count:,} {kind}" for kind, count in sorted(others.items()))
        yield Found(place, skipped=f"files that are not read: {listed}", files=others.total(), source=source)
