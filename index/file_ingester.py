"""Check single files by reading them, and encode and store each that was read, whole or not at all."""

import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from hashlib import sha256

from corpus.discovery.source_file import FileBytes, SourceFile
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.facts import facts_of
from corpus.metadata.records_file import NAME
from corpus.passages import split
from corpus.sandbox.worker import ReadingWorker
from index.day_order import DayOrders
from index.library import Library
from index.models.encoder import Progress
from index.spool import DocumentSpool
from index.values import SourceRecord

# The outcomes of a file; a summary counts the first even when there is none of them.
ALWAYS_COUNTED = ("added", "replaced", "unchanged", "refused")
OUTCOMES = ("added", "replaced", "unchanged", "same", "renamed", "removed", "refused", "skipped")

_SECONDS_BETWEEN_LOOKS = 0.05


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
        place: the position of the file among those that were given.
    """

    path: str
    outcome: str
    document: str | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    former: Document | None = None
    files: int = 1
    place: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was read without a fault and is to be stored.

    Attributes:
        file: the file.
        place: its position among the files that were given.
        sha256: of its bytes.
        characters: the length of its text.
        passages: the number of its passages.
        document: returns the document read from it.
    """

    file: SourceFile
    place: int
    sha256: str
    characters: int
    passages: int
    document: Callable[[], Document]


Checked = IngestResult | CheckedFile


class FileIngester:
    """Checks files by reading them, and stores those that were read; one thread may do each.

    Use it in a `with` block.

    Args:
        library: the library to add to.
        worker: reads the files.
    """

    def __init__(self, library: Library, worker: ReadingWorker) -> None:
        self.worker = worker
        self._library = library
        self._spool = DocumentSpool()
        self._orders = DayOrders()
        self._bytes_to_check = FileBytes(worker.limits)
        self._bytes_to_store = FileBytes(worker.limits)

    def __enter__(self) -> "FileIngester":
        return self

    def __exit__(self, *_: object) -> None:
        for opened in (self._spool, self._bytes_to_check, self._bytes_to_store):
            opened.__exit__(None, None, None)

    def check(self, file: SourceFile, place: int = 0, again: bool = False) -> Checked:
        """Read a file; return it, or the result of one that is refused, skipped or unchanged.

        Args:
            file: the file.
            place: its position among the files that were given.
            again: read it even if its very bytes were added before.
        """
        if result := excluded_result(file):
            return replace(result, place=place)
        try:
            raw = self._bytes_to_check(file)
            if not again and (name := unchanged_document(self._library, file, raw)):
                return IngestResult(file.file, "unchanged", name, place=place)
            document = self._read(file, raw)
        except CorpusError as error:
            return IngestResult(file.file, "refused", reason=str(error), place=place)
        self._orders.note(document)
        passages = len(split(document, self._library.settings.passage_characters))
        digest, characters = sha256(raw).hexdigest(), len(document.text)
        return CheckedFile(file, place, digest, characters, passages, self._spool.put(document))

    def store(self, checked: CheckedFile, progress: Progress | None = None) -> IngestResult:
        """Encode and store a file that was checked; one that has changed meanwhile is read again.

        Args:
            checked: the file.
            progress: called with the number of its passages that are encoded and of all.

        Raises:
            RapporteurError: the library cannot be written, or the model cannot be used.
        """
        path = checked.file.file
        try:
            raw = self._bytes_to_store(checked.file)
            is_same = sha256(raw).hexdigest() == checked.sha256
            document = checked.document() if is_same else self._read(checked.file, raw)
            document = self._orders.read(document, self._library.documents)
            added = self._library.add(document, raw, progress)
        except CorpusError as error:  # perhaps a correction of the user that does not fit the new text
            reason = f"{path}: {str(error).removeprefix(f'{path}: ')}"
            return IngestResult(path, "refused", reason=reason, place=checked.place)
        warnings = document.warnings
        if added.outcome != "same as" and (duplicate := self._library.near_duplicate(document)):
            warnings = (*warnings, str(duplicate))
        outcome = "same" if added.outcome == "same as" else added.outcome
        return IngestResult(path, outcome, added.name, None, warnings, added.former, place=checked.place)

    def _read(self, file: SourceFile, raw: bytes) -> Document:
        return self.worker.read(
            raw, file.name, file=file.file, source_path=file.source_path, trusted_facts=file.facts or ()
        )


def check_files(
    ingester: FileIngester, files: Sequence[SourceFile], again: bool = False
) -> Generator[Checked | str, None, None]:
    """Check files in the background and yield the outcomes in their order; while none is there, the path being read.

    Closing the generator stops the reading.
    """
    executor = ThreadPoolExecutor(1, thread_name_prefix="checking")
    pending = deque((file, executor.submit(ingester.check, file, place, again)) for place, file in enumerate(files))
    try:
        while pending:
            file, future = pending[0]
            if future.done():
                pending.popleft()
                yield future.result()
            else:
                yield file.file
                wait([future], _SECONDS_BETWEEN_LOOKS)
    finally:
        # A caller that stops in the middle does not wait for the document that is being read.
        executor.shutdown(wait=False, cancel_futures=True)
        while not all(future.done() for _, future in pending):
            ingester.worker.interrupt()
            time.sleep(_SECONDS_BETWEEN_LOOKS)


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
