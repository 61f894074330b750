"""The files that are meant by paths: files, folders, patterns, and what lies in archives."""

import glob
import os
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from corpus.discovery import archive
from corpus.discovery.patterns import EVERYTHING, PathFilter, fitting
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.metadata.records_file import LARGEST, NAME, records_file
from corpus.reading import MEDIA_TYPES

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
class SourceFile:
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


_FactsByName = Mapping[str, tuple[Fact, ...]]


def expand(paths: Iterable[str], limits: Limits | None = None, choice: PathFilter = EVERYTHING) -> list[SourceFile]:
    """The named files, those in the named folders and archives, sorted by path, each once; hidden ones are left out.

    Args:
        paths: files, folders, archives, or patterns such as "minutes/*.md" that no shell has filled in.
        limits: on archives, and on folders inside each other.
        choice: which of the files are wanted.
    """
    search = _Search(limits or Limits(), choice)
    return list(_each_once(found for path in paths for found in search.meant_by(path)))


def uploaded(path: Path, name: str, limits: Limits | None = None) -> list[SourceFile]:
    """The file that was given to the page, or the members of an archive that was, known by its name and not its path.

    Args:
        path: where its bytes lie for the time being.
        name: what it is called, with "/" between the folders that it was given with.
        limits: on archives.
    """
    search = _Search(limits or Limits(), EVERYTHING)
    return list(_each_once(search.file(SourceFile(path, source=UPLOAD + name))))


def kinds() -> str:
    """The suffixes of the files that are read, for a message: ".txt, .md or .zip"."""
    suffixes = [*MEDIA_TYPES, *archive.SUFFIXES]
    return f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"


def _each_once(found: Iterable[SourceFile]) -> Iterator[SourceFile]:
    seen: set[str] = set()
    for each in found:
        if each.wanted:
            path = each.source_path
            if path in seen:
                continue
            seen.add(path)
        yield each


class _Search:
    """Looks for files under the same limits and choice."""

    def __init__(self, limits: Limits, choice: PathFilter) -> None:
        self._limits = limits
        self._choice = choice
        # About the files in each folder, by their names; None where its `records.toml` cannot be read.
        self._facts: dict[Path, _FactsByName | None] = {}

    def meant_by(self, path: str) -> Iterator[SourceFile]:
        if not path.strip():
            yield SourceFile(Path(), refused="an empty path; name a file or folder")
        elif not os.path.lexists(path) and glob.has_magic(path):
            yield from self._fitting(path)
        elif os.path.isdir(path):
            yield from self._folder(Path(path))
        else:
            yield from self._file_with_facts(Path(path))

    def file(self, found: SourceFile) -> Iterator[SourceFile]:
        """A file that was named: taken, refused or passed over, or the members of an archive."""
        if reason := unreadable(found.path):
            yield replace(found, refused=f"{found.file}: {reason}")
        elif found.name == NAME:
            yield replace(found, refused=f"{found.file}: facts about the files beside it; add their folder")
        elif not self._choice.takes(found.file):
            yield replace(found, skipped="left out by the patterns given")
        elif _suffix(found.name) in archive.SUFFIXES:
            yield from self._archive(found)
        elif _suffix(found.name) not in MEDIA_TYPES:
            yield replace(found, refused=f"{found.file}: this kind of file is not read; give a {kinds()} file")
        else:
            yield found

    def _file_with_facts(self, path: Path) -> Iterator[SourceFile]:
        yield from self._read_facts(path.parent, None)
        yield from self.file(SourceFile(path, facts=self._said_of(path)))

    def _fitting(self, pattern: str) -> Iterator[SourceFile]:
        paths = fitting(pattern, self._limits.nesting)
        if not paths:
            yield SourceFile(Path(pattern), refused=f"{pattern}: no file fits this pattern")
        others: Counter[str] = Counter()
        for path in paths:
            if _is_read(path) or unreadable(Path(path)):
                yield from self._file_with_facts(Path(path))
            else:
                others[_kind(path)] += 1
        yield from _of_other_kinds(SourceFile(Path(pattern)), others)

    def _folder(self, folder: Path) -> Iterator[SourceFile]:
        others: Counter[str] = Counter()
        found = list(self._inside(folder, folder, 0, others))
        yield from found
        yield from _of_other_kinds(SourceFile(folder), others)
        if not any(each.wanted or each.refused for each in found):
            yield SourceFile(folder, refused=f"{folder}: no {kinds()} file lies in this folder")

    def _inside(self, folder: Path, top: Path, depth: int, others: Counter[str]) -> Iterator[SourceFile]:
        if depth > (deepest := self._limits.nesting):
            yield SourceFile(folder, refused=f"{folder}: over {deepest} folders inside each other; add it by itself")
            return
        try:
            if reason := bad_name(str(folder)):
                raise CorpusError(f"{folder}: {reason}")
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except CorpusError as error:
            yield SourceFile(folder, refused=str(error))
            return
        except OSError as error:
            yield SourceFile(folder, refused=f"{folder}: cannot be read ({error.strerror or error})")
            return
        yield from self._read_facts(folder, [entry.name for entry in entries])
        for entry in entries:
            if not entry.name.startswith(".") and entry.name != NAME:
                yield from self._entry(entry, top, depth, others)

    def _entry(self, entry: os.DirEntry[str], top: Path, depth: int, others: Counter[str]) -> Iterator[SourceFile]:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from self._inside(path, top, depth + 1, others)
        elif not self._choice.takes(path.relative_to(top).as_posix()):
            return
        elif entry.is_symlink():
            yield SourceFile(path, skipped="a symbolic link")
        elif not _is_read(entry.name):
            others[_kind(entry.name)] += 1
        else:
            yield from self.file(SourceFile(path, facts=self._said_of(path)))

    def _said_of(self, path: Path) -> tuple[Fact, ...] | None:
        read = self._facts[path.parent]
        return None if read is None else read.get(path.name, ())

    def _read_facts(self, folder: Path, names: Collection[str] | None) -> Iterator[SourceFile]:
        """Read what a folder's `records.toml` says about its files, once; what is wrong with it is told."""
        path = folder / NAME
        if folder in self._facts:
            return
        self._facts[folder] = {}
        if os.path.islink(path):
            yield SourceFile(path, skipped="a symbolic link")
        elif os.path.lexists(path):
            try:
                if reason := unreadable(path):
                    raise CorpusError(f"{path}: {reason}")
                raw = contents(path, str(path), Limits(file_bytes=LARGEST))
            except CorpusError as error:
                self._facts[folder] = None
                yield SourceFile(path, refused=str(error))
                return
            read = records_file(raw, str(path), names)
            self._facts[folder] = read.facts if read.is_read else None
            yield from (SourceFile(path, refused=problem) for problem in read.problems)

    def _archive(self, found: SourceFile) -> Iterator[SourceFile]:
        """The files in an archive."""
        try:
            with archive.Archive(found.path, self._limits, found.file) as held:
                members = held.members()
                facts, unread, problems = _facts_in(held, members, found)
        except CorpusError as error:
            yield replace(found, refused=str(error))
            return
        yield from problems
        others: Counter[str] = Counter()
        taken = 0
        for member in members:
            name = PurePosixPath(member.name).name
            if name == NAME or not self._choice.takes(member.name):
                continue
            if member.refused or member.skipped or _suffix(name) in MEDIA_TYPES:
                taken += 1
                yield replace(
                    found,
                    member=member.name,
                    skipped=member.skipped,
                    refused=member.refused,
                    facts=None if PurePosixPath(member.name).parent in unread else facts.get(member.name, ()),
                )
            else:
                others[_kind(name)] += 1
        yield from _of_other_kinds(found, others)
        if not taken:
            yield replace(found, refused=f"{found.file}: no {kinds()} file lies in this archive")


def _facts_in(
    held: archive.Archive, members: list[archive.Member], found: SourceFile
) -> tuple[dict[str, tuple[Fact, ...]], set[PurePosixPath], list[SourceFile]]:
    """What each `records.toml` of an archive says about the members beside it, by their names, the folders in which
    none can be read, and what is wrong."""
    facts: dict[str, tuple[Fact, ...]] = {}
    unread: set[PurePosixPath] = set()
    problems = []
    folders = [PurePosixPath(m.name).parent for m in members if PurePosixPath(m.name).name == NAME and m.wanted]
    for folder in folders:
        member = str(folder / NAME)
        place = replace(found, member=member)
        names = [path.name for m in members if (path := PurePosixPath(m.name)).parent == folder]
        try:
            read = records_file(held.read(member), place.file, names)
        except CorpusError as error:
            problems.append(replace(place, refused=str(error)))
            unread.add(folder)
            continue
        if not read.is_read:
            unread.add(folder)
        problems += [replace(place, refused=problem) for problem in read.problems]
        facts |= {str(folder / name): stated for name, stated in read.facts.items()}
    return facts, unread, problems


def _of_other_kinds(place: SourceFile, others: Counter[str]) -> Iterator[SourceFile]:
    if others:
        listed = ", ".join(f"{count:,} {kind}" for kind, count in sorted(others.items()))
        yield replace(place, skipped=f"files that are not read: {listed}", files=others.total())


def _is_read(name: str) -> bool:
    return _suffix(name) in MEDIA_TYPES or _suffix(name) in archive.SUFFIXES


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _kind(name: str) -> str:
    return _suffix(name) or "without a suffix"
