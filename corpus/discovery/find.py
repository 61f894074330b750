"""Expand paths, patterns, folders, archives and mails with attachments into source files."""

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus.discovery import archive, attachments
from corpus.discovery.patterns import EVERYTHING, PathFilter, expand_pattern
from corpus.discovery.source_file import UPLOAD, SourceFile, bad_name, read_file, why_unreadable
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits
from corpus.metadata.records_file import LARGEST, NAME, records_file
from corpus.readers.registry import BY_SUFFIX, FORMATS, OLD_OFFICE, listed, why_not_read

# Suffixes that messages name: the formats that are read, and archives of them; and all that can be added.
SUFFIXES = (*BY_SUFFIX, *archive.SUFFIXES)
ADDABLE = (*SUFFIXES, *OLD_OFFICE)
_LOCK = ".lock.json"
_READ = frozenset((*BY_SUFFIX, *OLD_OFFICE))


def expand(paths: Iterable[str], limits: Limits | None = None, choice: PathFilter = EVERYTHING) -> list[SourceFile]:
    """Return the files of paths, sorted by path, each once; hidden ones are left out.

    Args:
        paths: files, folders, archives, or patterns such as "minutes/*.md" that no shell has expanded.
        limits: of archives, and of the depth of folders.
        choice: selects among the files.
    """
    search = _Search(limits or Limits(), choice)
    return list(_each_once(source for path in paths for source in search.expand(path)))


def uploaded(path: Path, name: str, limits: Limits | None = None) -> list[SourceFile]:
    """Return an uploaded file, or the members of an uploaded archive; the library knows it by its name.

    Args:
        path: of its bytes for the time being.
        name: of the file, with "/" between the folders that it was uploaded with.
        limits: of archives.
    """
    search = _Search(limits or Limits(), EVERYTHING)
    return list(_each_once(search.file(SourceFile(path, source=UPLOAD + name))))


def kinds() -> str:
    """Return the suffixes that can be added, for a message: ".txt, .md or .zip"."""
    return listed(SUFFIXES)


def format_names() -> str:
    """Return the names of the formats that can be added, for the page: "text, PDF, Word and zip archives of these"."""
    return f"{', '.join(dict.fromkeys(row.name for row in FORMATS))}, and zip archives of these"


def _each_once(sources: Iterable[SourceFile]) -> Iterator[SourceFile]:
    seen: set[str] = set()
    for source in sources:
        if source.is_readable:
            path = source.source_path
            if path in seen:
                continue
            seen.add(path)
        yield source


class _Search:
    """One search under the same limits and filter; it reads the `records.toml` of each folder once."""

    def __init__(self, limits: Limits, choice: PathFilter) -> None:
        self._limits = limits
        self._choice = choice
        # Facts by file name for each folder; None where its `records.toml` cannot be read.
        self._facts: dict[Path, dict[str, tuple[Fact, ...]] | None] = {}

    def expand(self, path: str) -> Iterator[SourceFile]:
        if not path.strip():
            yield SourceFile(Path(), refused="an empty path; name a file or folder")
        elif not os.path.lexists(path) and glob.has_magic(path):
            yield from self._pattern(path)
        elif os.path.isdir(path):
            yield from self._folder(Path(path))
        else:
            yield from self._file_with_facts(Path(path))

    def file(self, source: SourceFile) -> Iterator[SourceFile]:
        """Yield a named file as it is, refused or skipped; for an archive its members."""
        if reason := why_unreadable(source.path):
            yield replace(source, refused=f"{source.file}: {reason}")
        elif source.name == NAME:
            yield replace(source, refused=f"{source.file}: facts about the files beside it; add their folder")
        elif not self._choice.takes(source.file):
            yield replace(source, skipped="left out by the patterns given")
        elif _suffix(source.name) in archive.SUFFIXES:
            yield from self._archive(source)
        elif _suffix(source.name) not in _READ:
            yield replace(source, refused=f"{source.file}: {why_not_read(_suffix(source.name), SUFFIXES)}")
        else:
            yield source
            if _suffix(source.name) in attachments.SUFFIXES:
                yield from self._attached(source)

    def _file_with_facts(self, path: Path) -> Iterator[SourceFile]:
        yield from self._read_facts(path.parent, None)
        yield from self.file(SourceFile(path, facts=self._facts_of(path)))

    def _pattern(self, pattern: str) -> Iterator[SourceFile]:
        paths = expand_pattern(pattern, self._limits.nesting)
        if not paths:
            yield SourceFile(Path(pattern), refused=f"{pattern}: no file matches this pattern")
        others: Counter[str] = Counter()
        for path in paths:
            if _can_be_added(path) or why_unreadable(Path(path)):
                yield from self._file_with_facts(Path(path))
            else:
                others[_kind(path)] += 1
        yield from _skipped_kinds(SourceFile(Path(pattern)), others)

    def _folder(self, folder: Path) -> Iterator[SourceFile]:
        others: Counter[str] = Counter()
        sources = list(self._inside(folder, folder, 0, others))
        yield from sources
        yield from _skipped_kinds(SourceFile(folder), others)
        if not any(source.is_readable or source.refused for source in sources):
            yield SourceFile(folder, refused=f"{folder}: no {kinds()} file in this folder")

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
        elif not _can_be_added(entry.name):
            others[_kind(entry.name)] += 1
        else:
            yield from self.file(SourceFile(path, facts=self._facts_of(path)))

    def _facts_of(self, path: Path) -> tuple[Fact, ...] | None:
        read = self._facts[path.parent]
        return None if read is None else read.get(path.name, ())

    def _read_facts(self, folder: Path, names: Collection[str] | None) -> Iterator[SourceFile]:
        """Read a folder's `records.toml`, once; yield a refusal for each thing that is wrong with it."""
        path = folder / NAME
        if folder in self._facts:
            return
        self._facts[folder] = {}
        if os.path.islink(path):
            yield SourceFile(path, skipped="a symbolic link")
        elif os.path.lexists(path):
            try:
                if reason := why_unreadable(path):
                    raise CorpusError(f"{path}: {reason}")
                raw = read_file(path, str(path), Limits(file_bytes=LARGEST))
            except CorpusError as error:
                self._facts[folder] = None
                yield SourceFile(path, refused=str(error))
                return
            read = records_file(raw, str(path), names)
            self._facts[folder] = read.facts if read.is_read else None
            yield from (SourceFile(path, refused=problem) for problem in read.problems)

    def _attached(self, mail: SourceFile) -> Iterator[SourceFile]:
        """Yield the files attached to a mail; a mail that cannot be read has none, and is refused when it is read."""
        try:
            with attachments.Attachments(mail.path, self._limits, mail.file) as opened:
                members = opened.members()
        except CorpusError:
            return
        others: Counter[str] = Counter()
        for member in members:
            if not self._choice.takes(member.name):
                continue
            if member.refused or _suffix(member.name) in _READ:
                yield replace(mail, member=member.name, refused=member.refused, facts=())
            else:
                others[_kind(member.name)] += 1
        yield from _skipped_kinds(mail, others)

    def _archive(self, source: SourceFile) -> Iterator[SourceFile]:
        """Yield the files in an archive, with the facts of its `records.toml` files."""
        try:
            with archive.Archive(source.path, self._limits, source.file) as opened:
                members = opened.members()
                facts, unread, problems = _facts_in(opened, members, source)
        except CorpusError as error:
            yield replace(source, refused=str(error))
            return
        yield from problems
        others: Counter[str] = Counter()
        count = 0
        for member in members:
            name = PurePosixPath(member.name).name
            if name == NAME or not self._choice.takes(member.name):
                continue
            if member.refused or member.skipped or _suffix(name) in _READ:
                count += 1
                yield replace(
                    source,
                    member=member.name,
                    skipped=member.skipped,
                    refused=member.refused,
                    facts=None if PurePosixPath(member.name).parent in unread else facts.get(member.name, ()),
                )
            else:
                others[_kind(name)] += 1
        yield from _skipped_kinds(source, others)
        if not count:
            yield replace(source, refused=f"{source.file}: no {kinds()} file in this archive")


def _facts_in(
    opened: archive.Archive, members: list[archive.Member], source: SourceFile
) -> tuple[dict[str, tuple[Fact, ...]], set[PurePosixPath], list[SourceFile]]:
    """Read each `records.toml` of an archive.

    Returns:
        The facts by member name, the folders whose file cannot be read, and a refusal for each thing that is wrong.
    """
    facts: dict[str, tuple[Fact, ...]] = {}
    unread: set[PurePosixPath] = set()
    problems = []
    folders = [PurePosixPath(m.name).parent for m in members if PurePosixPath(m.name).name == NAME and m.is_readable]
    for folder in folders:
        member = str(folder / NAME)
        place = replace(source, member=member)
        names = [path.name for m in members if (path := PurePosixPath(m.name)).parent == folder]
        try:
            read = records_file(opened.read(member), place.file, names)
        except CorpusError as error:
            problems.append(replace(place, refused=str(error)))
            unread.add(folder)
            continue
        if not read.is_read:
            unread.add(folder)
        problems += [replace(place, refused=problem) for problem in read.problems]
        facts |= {str(folder / name): stated for name, stated in read.facts.items()}
    return facts, unread, problems


def _skipped_kinds(place: SourceFile, others: Counter[str]) -> Iterator[SourceFile]:
    if others:
        listed = ", ".join(f"{count:,} {kind}" for kind, count in sorted(others.items()))
        yield replace(place, skipped=f"files that are not read: {listed}", files=others.total())


def _can_be_added(name: str) -> bool:
    return _suffix(name) in ADDABLE


def _suffix(name: str) -> str:
    # A lock file lies beside a report; it is JSON, but no record.
    return _LOCK if name.lower().endswith(_LOCK) else PurePosixPath(name).suffix.lower()


def _kind(name: str) -> str:
    return _suffix(name) or "without a suffix"
