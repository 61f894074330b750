"""Files are taken into the library one after the other, each whole or not at all."""

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
from corpus.facts import known
from corpus.metadata.records_file import NAME
from corpus.sandbox.worker import ReadingWorker
from index.library import Library
from index.values import SourceRecord

# What a count of outcomes always names, and what only when there is some.
ALWAYS_COUNTED = ("added", "replaced", "unchanged", "refused")
OUTCOMES = ("added", "replaced", "unchanged", "same", "renamed", "removed", "refused", "skipped")

_SECONDS_BETWEEN_TELLING = 0.5
_SECONDS_BETWEEN_INTERRUPTIONS = 0.05
# Told the path of the file in hand, how many of its passages are encoded, and of how many; 0 of 0 while it is read.
Telling = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one path.

    Attributes:
        path: as it was named.
        outcome: one of `OUTCOMES`.
        document: the document's name in the library; None where there is none.
        reason: why it was refused or skipped, in one line that names the file.
        warnings: what a reader of the document should know.
        former: the version that this one has replaced.
        files: how many files this stands for.
    """

    path: str
    outcome: str
    document: str | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    former: Document | None = None
    files: int = 1


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that has been read and waits to be added."""

    found: SourceFile
    raw: bytes
    document: Document


Prepared = IngestResult | _Read


def ingest(
    library: Library,
    found: Iterable[SourceFile],
    worker: ReadingWorker,
    tell: Telling | None = None,
    *,
    again: bool = False,
) -> Iterator[IngestResult]:
    """Take files into the library and tell what became of each, in their order; one that fails stops no other.

    A file that the library has already taken with these very bytes is not read again, so that a run that was
    interrupted goes on where it was when it is repeated.

    Args:
        library: what they are added to.
        found: the files; what is skipped or refused among them is passed on.
        worker: reads them.
        tell: told how far the file in hand is.
        again: whether to read even what the library has already.

    Raises:
        RapporteurError: the library cannot be written, or the model not be used; what was told of is in.
    """

    def prepare(file: SourceFile) -> Prepared:
        return _prepared(library, file, worker, bytes_of, again)

    with FileBytes(worker.limits) as bytes_of, closing(_one_ahead(found, prepare, worker.interrupt)) as ahead:
        for file, prepared in ahead:
            while not prepared.done():
                if tell:
                    tell(file.file, 0, 0)
                wait([prepared], _SECONDS_BETWEEN_TELLING)
            result = prepared.result()
            yield result if isinstance(result, IngestResult) else _added(library, result, tell)


def passed_over(found: SourceFile) -> IngestResult | None:
    """What became of a file that is skipped or refused where it was found; None for one that is to be read."""
    if found.refused:
        return IngestResult(found.file, "refused", reason=found.refused, files=found.files)
    if found.skipped:
        return IngestResult(found.file, "skipped", reason=f"{found.file}: {found.skipped}", files=found.files)
    return None


def _one_ahead(
    found: Iterable[SourceFile], prepare: Callable[[SourceFile], Prepared], interrupt: Callable[[], None]
) -> Generator[tuple[SourceFile, "Future[Prepared]"], None, None]:
    """Each file with its preparation, which goes on in the background while the file before it is in hand."""
    ahead = ThreadPoolExecutor(1, thread_name_prefix="ahead")
    begun: deque[tuple[SourceFile, Future[Prepared]]] = deque()
    try:
        for file in found:
            begun.append((file, ahead.submit(prepare, file)))
            if len(begun) > 1:
                yield begun[0]
                begun.popleft()
        if begun:
            yield begun[0]
    finally:
        # Whoever stops in the middle does not wait for a document that is still read.
        ahead.shutdown(wait=False, cancel_futures=True)
        while not all(future.done() for _, future in begun):
            interrupt()
            time.sleep(_SECONDS_BETWEEN_INTERRUPTIONS)


def _prepared(library: Library, found: SourceFile, worker: ReadingWorker, bytes_of: FileBytes, again: bool) -> Prepared:
    if outcome := passed_over(found):
        return outcome
    try:
        raw = bytes_of(found)
        held = None if again else unchanged(library, found, raw)
        if held:
            return IngestResult(found.file, "unchanged", held)
        document = worker.read(
            raw, found.name, file=found.file, source_path=found.source_path, facts_given=found.facts or ()
        )
        return _Read(found, raw, document)
    except CorpusError as error:
        return IngestResult(found.file, "refused", reason=str(error))


def unchanged(library: Library, found: SourceFile, raw: bytes) -> str | None:
    """Return the name of the document added from a file with these bytes and facts; None if the file must be read."""
    source = library.source(found.source_path)
    if source is None or source.is_outdated or source.sha256 != sha256(raw).hexdigest():
        return None
    return source.document if _has_same_facts(library, source, found) else None


def _has_same_facts(library: Library, source: SourceRecord, found: SourceFile) -> bool:
    """Return True if `records.toml` states of an unchanged file what the library has from there."""
    if found.facts is None or not source.is_primary:  # unreadable facts withdraw nothing; another file's facts count
        return True
    if not found.facts and NAME not in source.origins:  # no need to look closer: nearly every file
        return True
    document = library.document_as_read(source.document)
    if document is None:  # removed meanwhile
        return False
    held = {fact.name: fact for fact in known(document)}
    given = {fact.name: fact.value for fact in found.facts}
    withdrawn = {name for name, fact in held.items() if fact.origin == NAME} - {*given, "meeting_end"}
    return not withdrawn and all((held[n].value if n in held else "") == value for n, value in given.items())


def _added(library: Library, read: _Read, tell: Telling | None) -> IngestResult:
    path = read.found.file
    progress = (lambda done, of: tell(path, done, of)) if tell else None
    try:
        added = library.add(read.document, read.raw, progress)
    except CorpusError as error:  # what the user has corrected of it does not fit it any more
        return IngestResult(path, "refused", reason=f"{path}: {str(error).removeprefix(f'{path}: ')}")
    if added.outcome == "same as":
        return IngestResult(path, "same", added.name, warnings=read.document.warnings, former=added.former)
    copy = library.near_duplicate(read.document)
    warnings = read.document.warnings if copy is None else (*read.document.warnings, str(copy))
    return IngestResult(path, added.outcome, added.name, warnings=warnings, former=added.former)
