"""Add files to the library one after the other: read, encode and store each, whole or not at all."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256

from corpus.discovery.source_file import FileBytes, SourceFile
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.facts import facts_of
from corpus.metadata.records_file import NAME
from corpus.sandbox.worker import ReadingWorker
from index.library import Library
from index.values import SourceRecord

# The outcomes of a file; a summary counts the first even when there is none of them.
ALWAYS_COUNTED = ("added", "replaced", "unchanged", "refused")
OUTCOMES = ("added", "replaced", "unchanged", "same", "renamed", "removed", "refused", "skipped")

_SECONDS_BETWEEN_REPORTS = 0.5
_SECONDS_BETWEEN_INTERRUPTIONS = 0.05
# Called with a file's path, the number of its passages encoded, and of all its passages; 0 of 0 while it is read.
FileProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class IngestResult:
    """The outcome of one file.

    Attributes:
        path: the file, as the user named it.
        outcome: one of `OUTCOMES`.
        document: the document's name in the library; None where there is none.
        reason: why the file was refused or skipped, in one line that names it.
        warnings: what a reader of the document should know.
        former: the version that this one has replaced.
        files: how many files the result counts for.
    """

    path: str
    outcome: str
    document: str | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    former: Document | None = None
    files: int = 1


@dataclass(frozen=True, slots=True)
class _ReadFile:
    """A file with the document read from it, to be added next."""

    file: SourceFile
    raw: bytes
    document: Document


_Prepared = IngestResult | _ReadFile


def ingest(
    library: Library,
    files: Iterable[SourceFile],
    worker: ReadingWorker,
    progress: FileProgress | None = None,
    *,
    again: bool = False,
) -> Iterator[IngestResult]:
    """Add files to the library and yield the result of each, in their order; a file that fails stops no other.

    A file whose very bytes were added before is not read again, so an interrupted run continues when it is repeated.

    Args:
        library: the library to add to.
        files: the files; those that discovery skipped or refused yield such a result.
        worker: reads the files.
        progress: called while a file is read and encoded.
        again: read even files that were added before.

    Raises:
        RapporteurError: the library cannot be written, or the model cannot be used; the files whose results were
            yielded are in the library.
    """

    def prepare(file: SourceFile) -> _Prepared:
        return _prepare(library, file, worker, bytes_of, again)

    with FileBytes(worker.limits) as bytes_of, closing(_read_ahead(files, prepare, worker.interrupt)) as ahead:
        for file, future in ahead:
            while not future.done():
                if progress:
                    progress(file.file, 0, 0)
                wait([future], _SECONDS_BETWEEN_REPORTS)
            prepared = future.result()
            yield prepared if isinstance(prepared, IngestResult) else _add(library, prepared, progress)


def excluded_result(file: SourceFile) -> IngestResult | None:
    """Return the result of a file that discovery skipped or refused; None for a file that is to be read."""
    if file.refused:
        return IngestResult(file.file, "refused", reason=file.refused, files=file.files)
    if file.skipped:
        return IngestResult(file.file, "skipped", reason=f"{file.file}: {file.skipped}", files=file.files)
    return None


def unchanged_document(library: Library, file: SourceFile, raw: bytes) -> str | None:
    """Return the name of the document added from a file with these bytes and facts; None if the file must be read."""
    source = library.source(file.source_path)
    if source is None or source.is_outdated or source.sha256 != sha256(raw).hexdigest():
        return None
    return source.document if _has_same_facts(library, source, file) else None


def _read_ahead(
    files: Iterable[SourceFile], prepare: Callable[[SourceFile], _Prepared], interrupt: Callable[[], None]
) -> Generator[tuple[SourceFile, "Future[_Prepared]"], None, None]:
    """Yield each file with its preparation, which runs in the background while the file before it is stored."""
    executor = ThreadPoolExecutor(1, thread_name_prefix="ahead")
    pending: deque[tuple[SourceFile, Future[_Prepared]]] = deque()
    try:
        for file in files:
            pending.append((file, executor.submit(prepare, file)))
            if len(pending) > 1:
                yield pending[0]
                pending.popleft()
        if pending:
            yield pending[0]
    finally:
        # A caller that stops in the middle does not wait for the document that is being read.
        executor.shutdown(wait=False, cancel_futures=True)
        while not all(future.done() for _, future in pending):
            interrupt()
            time.sleep(_SECONDS_BETWEEN_INTERRUPTIONS)


def _prepare(library: Library, file: SourceFile, worker: ReadingWorker, bytes_of: FileBytes, again: bool) -> _Prepared:
    if result := excluded_result(file):
        return result
    try:
        raw = bytes_of(file)
        name = None if again else unchanged_document(library, file, raw)
        if name:
            return IngestResult(file.file, "unchanged", name)
        document = worker.read(
            raw, file.name, file=file.file, source_path=file.source_path, trusted_facts=file.facts or ()
        )
        return _ReadFile(file, raw, document)
    except CorpusError as error:
        return IngestResult(file.file, "refused", reason=str(error))


def _has_same_facts(library: Library, source: SourceRecord, file: SourceFile) -> bool:
    """Return True if `records.toml` states the facts of an unchanged file that the library has from there."""
    if file.facts is None or not source.is_primary:  # unreadable facts withdraw nothing; another file's facts count
        return True
    if not file.facts and NAME not in source.origins:  # true of nearly every file, and needs no document
        return True
    document = library.document_as_read(source.document)
    if document is None:  # removed by another process
        return False
    stored = {fact.name: fact for fact in facts_of(document)}
    stated = {fact.name: fact.value for fact in file.facts}
    withdrawn = {name for name, fact in stored.items() if fact.origin == NAME} - {*stated, "meeting_end"}
    return not withdrawn and all((stored[n].value if n in stored else "") == value for n, value in stated.items())


def _add(library: Library, read: _ReadFile, progress: FileProgress | None) -> IngestResult:
    path, document = read.file.file, read.document
    passage_progress = (lambda done, of: progress(path, done, of)) if progress else None
    try:
        added = library.add(document, read.raw, passage_progress)
    except CorpusError as error:  # a correction of the user does not fit the new text
        return IngestResult(path, "refused", reason=f"{path}: {str(error).removeprefix(f'{path}: ')}")
    if added.outcome == "same as":
        return IngestResult(path, "same", added.name, warnings=document.warnings, former=added.former)
    duplicate = library.near_duplicate(document)
    warnings = document.warnings if duplicate is None else (*document.warnings, str(duplicate))
    return IngestResult(path, added.outcome, added.name, warnings=warnings, former=added.former)
