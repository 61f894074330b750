"""A folder and the library are made to agree: what is new or changed there is taken in, what has gone is removed."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath

from corpus.discovery.find import expand
from corpus.discovery.patterns import EVERYTHING, PathFilter
from corpus.discovery.source_file import FileBytes, SourceFile
from corpus.errors import CorpusError
from corpus.sandbox.worker import ReadingWorker
from index.ingest import IngestResult, Telling, ingest, passed_over, unchanged
from index.library import Library
from index.values import SourceRecord


class EmptyFolder(CorpusError):
    """A folder holds nothing any more, and all its documents would go."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be done.

    Attributes:
        held: the paths in the folder from which the library has documents, each with the document's name.
        found: what is in the folder now, files that were renamed left out.
        renamed: each file that was renamed, with its former path.
        removed: the paths from which a document was taken that have gone, each with the document's name.
    """

    held: dict[str, str]
    found: list[SourceFile]
    renamed: list[tuple[str, SourceFile]]
    removed: dict[str, str]


def sync(
    library: Library,
    folder: str,
    worker: ReadingWorker,
    *,
    choice: PathFilter = EVERYTHING,
    force: bool = False,
    dry_run: bool = False,
    tell: Telling | None = None,
    expect: Callable[[int], None] | None = None,
) -> Iterator[IngestResult]:
    """Make the library hold of a folder what lies there now, and tell what became of each file.

    A file that was renamed or moved inside the folder is known by its bytes and keeps its document, which takes on
    the new name. A file that is there but cannot be read, or is passed over, keeps its document, too.

    Args:
        library: what is changed.
        folder: what was taken from it, and from the archives in it, is compared with what lies there.
        worker: reads the files.
        choice: which files are compared; no other's document is touched.
        force: whether a folder without any file that is read may take all its documents away.
        dry_run: whether to change nothing and tell what would be done; what cannot be read shows only when it is read.
        tell: told how far the file in hand is.
        expect: told, before the first of them, how many outcomes will come.

    Raises:
        EmptyFolder: no file that is read lies there any more, and `force` is not given.
        CorpusError: this is no folder, or it cannot be read.
        RapporteurError: the library cannot be written; what was told of is done.
    """
    plan = _planned(library, folder, worker, choice, force)
    if expect:
        expect(len(plan.found) + len(plan.renamed) + len(plan.removed))
    if dry_run:
        yield from _foretold(library, plan, worker)
        return
    # Files that have gone give their names free before others come.
    for former, found in plan.renamed:
        yield from _renamed(library, former, found, worker, tell)
    yield from take_away(library, plan.removed)
    yield from ingest(library, plan.found, worker, tell)


def _planned(library: Library, folder: str, worker: ReadingWorker, choice: PathFilter, force: bool) -> _Plan:
    if not folder.strip():  # else it would mean the folder that the command runs in
        raise CorpusError("an empty path; name a folder; nothing was changed")
    root = os.path.realpath(folder)
    try:
        os.scandir(root).close()
    except OSError as error:
        what = "no such folder" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise CorpusError(f"{folder}: {what}; nothing was changed") from error
    found = expand([folder], worker.limits, choice)
    if not any(each.wanted for each in found):
        found = [each for each in found if each.path != Path(folder) or each.skipped]
    sources = [s for s in library.sources_under(root) if _compared(os.path.relpath(s.path, root), choice)]
    held = {source.path: source.document for source in sources}
    gone = _gone(held, found)
    if gone and not force and not any(each.wanted for each in found):
        raise EmptyFolder(
            f"{folder}: no file that is read lies there any more; give --force to remove its {len(gone):,} documents"
        )
    missing = [source for source in sources if source.path in gone]
    renamed = _pairs(missing, [each for each in found if each.wanted and each.source_path not in held], worker)
    moved = {new.source_path for _, new in renamed}
    former = {path for path, _ in renamed}
    return _Plan(
        held,
        [each for each in found if not each.wanted or each.source_path not in moved],
        renamed,
        {path: name for path, name in gone.items() if path not in former},
    )


def _compared(path: str, choice: PathFilter) -> bool:
    """Whether a document taken from this path in the folder is one of those that the user chose."""
    return all(choice.takes(PurePath(part).as_posix()) for part in path.split("!/"))


def _gone(held: dict[str, str], found: Iterable[SourceFile]) -> dict[str, str]:
    """The paths that are in the library and no longer in the folder."""
    there: set[str] = set()
    closed: list[str] = []
    for each in found:
        # Where it stands itself, though it may be a link that leads elsewhere.
        own = os.path.join(os.path.realpath(each.path.parent), each.path.name)
        there |= {each.source_path, f"{own}!/{each.member}" if each.member else own}
        if not each.wanted and not each.member and (each.refused or os.path.islink(each.path)):
            closed.append(own)
    inside = tuple(start for path in closed for start in (f"{path}/", f"{path}!/"))
    return {path: name for path, name in held.items() if path not in there and not path.startswith(inside)}


def _pairs(
    gone: Iterable[SourceRecord], new: Iterable[SourceFile], worker: ReadingWorker
) -> list[tuple[str, SourceFile]]:
    """New files that have the bytes of one that has gone, each with the path of that one."""
    by_hash: dict[str, list[str]] = {}
    for source in sorted(gone, key=lambda source: source.path):
        if source.sha256:
            by_hash.setdefault(source.sha256, []).append(source.path)
    pairs = []
    with FileBytes(worker.limits) as bytes_of:
        for found in new if by_hash else ():
            try:
                former = by_hash.get(sha256(bytes_of(found)).hexdigest())
            except CorpusError:  # told when it is taken in
                continue
            if former:
                pairs.append((former.pop(0), found))
    return pairs


def _renamed(
    library: Library, former: str, found: SourceFile, worker: ReadingWorker, tell: Telling | None
) -> Iterator[IngestResult]:
    """Let a document be known by the new path of its file, and state what the file's new name says about it."""
    name = library.move_source(former, found.source_path, found.name)
    for outcome in ingest(library, [found], worker, tell, again=True):
        if outcome.outcome == "refused":
            yield outcome
        else:
            yield IngestResult(found.file, "renamed", name, f"{former}: now {name}", outcome.warnings, outcome.former)


def take_away(library: Library, gone: Mapping[str, str]) -> list[IngestResult]:
    """Remove, in one change, what was taken from files; a text that another file has stays as that one's.

    Args:
        library: what is changed.
        gone: the paths of the files, each with its document's name, see `Library.sources_under`.

    Raises:
        LibraryError: the library cannot be written; nothing was changed.
    """
    names_by_path = library.remove_sources(list(gone))
    stays = {path: f"{path}: its text stays as {name}" for path, name in names_by_path.items()}
    return [IngestResult(path, "removed", name, stays.get(path)) for path, name in gone.items()]


def _foretold(library: Library, plan: _Plan, worker: ReadingWorker) -> Iterator[IngestResult]:
    for former, found in plan.renamed:
        yield IngestResult(found.file, "renamed", found.name, f"{former}: now {found.name}")
    for path, name in plan.removed.items():
        yield IngestResult(path, "removed", name)
    with FileBytes(worker.limits) as bytes_of:
        for found in plan.found:
            yield passed_over(found) or _forecast(library, found, plan.held, bytes_of)


def _forecast(library: Library, found: SourceFile, held: dict[str, str], bytes_of: FileBytes) -> IngestResult:
    try:
        raw = bytes_of(found)
    except CorpusError as error:
        return IngestResult(found.file, "refused", reason=str(error))
    if name := unchanged(library, found, raw):
        return IngestResult(found.file, "unchanged", name)
    if name := held.get(found.source_path):
        return IngestResult(found.file, "replaced", name)
    return IngestResult(found.file, "added", found.name)
