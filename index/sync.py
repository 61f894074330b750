"""Make a library agree with a folder: add documents of new files, replace changed, rename moved, remove missing."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePath

from corpus.discovery.find import expand
from corpus.discovery.patterns import EVERYTHING, PathFilter
from corpus.discovery.source_file import FileBytes, SourceFile
from corpus.errors import CorpusError
from corpus.sandbox.worker import ReadingWorker
from index.file_ingester import IngestResult, excluded_result, unchanged_document
from index.ingest import FileProgress, ingest
from index.library import Library
from index.values import SourceRecord


class EmptyFolder(CorpusError):
    """The folder has no readable file any more, so that all its documents would be removed."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The changes that make the library agree with a folder.

    Attributes:
        known: the paths in the folder from which the library has documents, each with the document's name.
        files: what is in the folder now, without the renamed files.
        renamed: the renamed files, each with its former path.
        missing: the paths of files that no longer exist, each with the name of its document.
    """

    known: dict[str, str]
    files: list[SourceFile]
    renamed: list[tuple[str, SourceFile]]
    missing: dict[str, str]


def sync(
    library: Library,
    folder: str,
    worker: ReadingWorker,
    *,
    choice: PathFilter = EVERYTHING,
    force: bool = False,
    dry_run: bool = False,
    progress: FileProgress | None = None,
) -> Iterator[IngestResult]:
    """Make the library agree with a folder and yield the result of each file.

    A file that was renamed or moved inside the folder is recognised by its bytes: its document is renamed. The document
    of a file that exists but cannot be read, or is skipped, stays.

    Args:
        library: the library to change.
        folder: the folder; its files, and those in its archives, are compared with what was added from there.
        worker: reads the files.
        choice: the files to compare; documents of other files stay as they are.
        force: remove all documents of a folder that has no readable file any more.
        dry_run: change nothing and yield what would be done; files are not read, so unreadable ones do not show.
        progress: called while files are read and encoded.

    Raises:
        EmptyFolder: the folder has no readable file any more, and `force` is not set.
        CorpusError: the folder does not exist or cannot be read.
        RapporteurError: the library cannot be written; the changes whose results were yielded are made.
    """
    plan = _make_plan(library, folder, worker, choice, force)
    if dry_run:
        yield from _forecast(library, plan, worker)
        return
    # Renaming and removing come first: they free names for the files that are added.
    for former, file in plan.renamed:
        yield from _rename(library, former, file, worker, progress)
    yield from remove_files(library, plan.missing)
    yield from ingest(library, plan.files, worker, progress)


def remove_files(library: Library, paths: Mapping[str, str]) -> list[IngestResult]:
    """Remove in one change what was added from files; a text that another file has as well stays as that one's.

    Args:
        library: the library to change.
        paths: the source paths of the files, each with its document's name, see `Library.sources_under`.

    Raises:
        LibraryError: the library cannot be written; nothing was changed.
    """
    names_by_path = library.remove_sources(list(paths))
    reasons = {path: f"{path}: its text stays as {name}" for path, name in names_by_path.items()}
    return [IngestResult(path, "removed", name, reasons.get(path)) for path, name in paths.items()]


def _make_plan(library: Library, folder: str, worker: ReadingWorker, choice: PathFilter, force: bool) -> _Plan:
    root = _readable_folder(folder)
    files = expand([folder], worker.limits, choice)
    has_readable_file = any(file.is_readable for file in files)
    if not has_readable_file:
        files = [file for file in files if file.path != Path(folder) or file.skipped]
    sources = [s for s in library.sources_under(root) if _is_chosen(os.path.relpath(s.path, root), choice)]
    known = {source.path: source.document for source in sources}
    missing = _missing(known, files)
    if missing and not force and not has_readable_file:
        raise EmptyFolder(
            f"{folder}: has no readable file any more; give --force to remove its {len(missing):,} documents"
        )
    new = [file for file in files if file.is_readable and file.source_path not in known]
    renamed = _match_renamed([source for source in sources if source.path in missing], new, worker)
    renamed_to = {file.source_path for _, file in renamed}
    renamed_from = {path for path, _ in renamed}
    return _Plan(
        known,
        [file for file in files if not file.is_readable or file.source_path not in renamed_to],
        renamed,
        {path: name for path, name in missing.items() if path not in renamed_from},
    )


def _readable_folder(folder: str) -> str:
    """Return the absolute path of a folder that can be listed.

    Raises:
        CorpusError: it cannot.
    """
    if not folder.strip():  # otherwise it would be the folder that the command runs in
        raise CorpusError("an empty path; name a folder; nothing was changed")
    root = os.path.realpath(folder)
    try:
        os.scandir(root).close()
    except OSError as error:
        reason = "no such folder" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise CorpusError(f"{folder}: {reason}; nothing was changed") from error
    return root


def _is_chosen(path: str, choice: PathFilter) -> bool:
    """Return True if the user chose the file at a path in the folder, or the archive and its member."""
    return all(choice.takes(PurePath(part).as_posix()) for part in path.split("!/"))


def _missing(known: dict[str, str], files: Iterable[SourceFile]) -> dict[str, str]:
    """Return the paths that the library has and the folder no longer has."""
    present: set[str] = set()
    unreadable: list[str] = []
    for file in files:
        # The path of a symbolic link itself, not of the file that it points to.
        own = os.path.join(os.path.realpath(file.path.parent), file.path.name)
        present |= {file.source_path, f"{own}!/{file.member}" if file.member else own}
        if not file.is_readable and not file.member and (file.refused or os.path.islink(file.path)):
            unreadable.append(own)
    inside = tuple(start for path in unreadable for start in (f"{path}/", f"{path}!/"))
    return {path: name for path, name in known.items() if path not in present and not path.startswith(inside)}


def _match_renamed(
    missing: Iterable[SourceRecord], new: Iterable[SourceFile], worker: ReadingWorker
) -> list[tuple[str, SourceFile]]:
    """Return the new files that have the bytes of a missing one, each with the path of that one."""
    by_hash: dict[str, list[str]] = {}
    for source in sorted(missing, key=lambda source: source.path):
        if source.sha256:
            by_hash.setdefault(source.sha256, []).append(source.path)
    pairs = []
    with FileBytes(worker.limits) as bytes_of:
        for file in new if by_hash else ():
            try:
                former = by_hash.get(sha256(bytes_of(file)).hexdigest())
            except CorpusError:  # reported when the file is added
                continue
            if former:
                pairs.append((former.pop(0), file))
    return pairs


def _rename(
    library: Library, former: str, file: SourceFile, worker: ReadingWorker, progress: FileProgress | None
) -> Iterator[IngestResult]:
    """Give a document the new path of its file, and read the file again for the facts that its new name states."""
    name = library.move_source(former, file.source_path, file.name)
    for result in ingest(library, [file], worker, progress, again=True):
        if result.outcome == "refused":
            yield result
        else:
            yield IngestResult(file.file, "renamed", name, f"{former}: now {name}", result.warnings, result.former)


def _forecast(library: Library, plan: _Plan, worker: ReadingWorker) -> Iterator[IngestResult]:
    for former, file in plan.renamed:
        yield IngestResult(file.file, "renamed", file.name, f"{former}: now {file.name}")
    for path, name in plan.missing.items():
        yield IngestResult(path, "removed", name)
    with FileBytes(worker.limits) as bytes_of:
        for file in plan.files:
            yield excluded_result(file) or _forecast_file(library, file, plan.known, bytes_of)


def _forecast_file(library: Library, file: SourceFile, known: dict[str, str], bytes_of: FileBytes) -> IngestResult:
    try:
        raw = bytes_of(file)
    except CorpusError as error:
        return IngestResult(file.file, "refused", reason=str(error))
    if name := unchanged_document(library, file, raw):
        return IngestResult(file.file, "unchanged", name)
    if name := known.get(file.source_path):
        return IngestResult(file.file, "replaced", name)
    return IngestResult(file.file, "added", file.name)
