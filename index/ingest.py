"""Add files to the library: check all by reading them, then encode and store each, whole or not at all."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field, replace
from hashlib import sha256
from heapq import heappop, heappush

from corpus.discovery.source_file import FileBytes, SourceFile
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.facts import facts_of
from corpus.metadata.records_file import NAME
from corpus.passages import split
from corpus.sandbox.worker import ReadingWorker
from index.library import Library
from index.models.encoder import Progress
from index.spool import DocumentSpool
from index.values import SourceRecord

# The outcomes of a file; a summary counts the first even when there is none of them.
ALWAYS_COUNTED = ("added", "replaced", "unchanged", "refused")
OUTCOMES = ("added", "replaced", "unchanged", "same", "renamed", "removed", "refused", "skipped")

# Files are only checked for so long; then the shortest of those that were read is stored while the others are read.
CHECKING_SECONDS = 5.0
_SECONDS_BETWEEN_LOOKS = 0.05
# Called with the path of a file, the number of passages encoded, and of all passages of the files; 0 of 0 while files
# are checked and none is encoded. The first is the share of the text that is encoded, which foretells the time that is
# left: a passage is a word or a page. The second is estimated until all files are read.
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


def ingest(
    library: Library,
    files: Sequence[SourceFile],
    worker: ReadingWorker,
    progress: FileProgress | None = None,
    *,
    again: bool = False,
) -> Iterator[IngestResult]:
    """Add files to the library and yield the result of each; a file that fails stops no other.

    All files are read before the first is encoded, or as many as `CHECKING_SECONDS` allow, so the refused ones come
    first; then that of fewest passages is stored. A file whose very bytes were added before is not read again, so an
    interrupted run continues when it is repeated.

    Args:
        library: the library to add to.
        files: the files; those that discovery skipped or refused yield such a result.
        worker: reads the files.
        progress: called while files are read and encoded.
        again: read even files that were added before.

    Raises:
        RapporteurError: the library cannot be written, or the model cannot be used; the files whose results were
            yielded are in the library.
    """
    ends = time.monotonic() + CHECKING_SECONDS
    order = StorageOrder()
    count = PassageCount(len(files))
    with FileIngester(library, worker) as ingester, closing(check_files(ingester, files, again)) as checks:

        def store() -> IngestResult:
            checked = order.pop()
            report = count.report(checked, progress) if progress else None
            result = ingester.store(checked, report)
            count.stored(checked)
            return result

        for checked in checks:
            if isinstance(checked, str):
                if order and time.monotonic() > ends:
                    yield store()
                elif progress:
                    done, of = count.encoded()
                    progress(checked, done, of if done else 0)
                continue
            count.checked(checked)
            if isinstance(checked, IngestResult):
                yield checked
            else:
                order.push(checked)
        while order:
            yield store()


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


class StorageOrder:
    """The checked files that wait to be stored, those of fewest passages first; files of one name stay in their order.

    The names of documents depend on that order: the second file of a name is known by a part of its path as well.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, CheckedFile]] = []
        self._longest: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._heap)

    def push(self, checked: CheckedFile) -> None:
        """Add a file; call it in the order in which the files were given."""
        name = checked.file.name
        self._longest[name] = max(checked.passages, self._longest.get(name, 0))
        heappush(self._heap, (self._longest[name], checked.place, checked))

    def pop(self) -> CheckedFile:
        """Remove and return the file to store next."""
        return heappop(self._heap)[-1]


class PassageCount:
    """Counts the passages of a run, and those encoded by their share of the text.

    Args:
        files: the number of files; those that are not checked yet count as the mean of the others.
    """

    def __init__(self, files: int) -> None:
        self._files = files
        self._checked = 0
        self._passages = 0
        self._characters = 0
        self._encoded_characters = 0

    def checked(self, checked: Checked) -> None:
        """Count a file that was checked."""
        self._checked += 1
        if isinstance(checked, CheckedFile):
            self._passages += checked.passages
            self._characters += checked.characters

    def stored(self, checked: CheckedFile) -> None:
        """Count a file that was stored or refused."""
        self._encoded_characters += checked.characters

    def report(self, checked: CheckedFile, progress: FileProgress) -> Progress:
        """Return the progress function for the encoder of one file."""
        return lambda done, of: progress(checked.file.file, *self.encoded(checked.characters * done // of))

    def encoded(self, more: int = 0) -> tuple[int, int]:
        """Return the number of passages encoded, with `more` characters than were counted, and of all."""
        done = self._encoded_characters + more
        total = self._passages * self._files // max(1, self._checked)
        all_characters = self._characters * self._files // max(1, self._checked)
        return total * done // max(1, all_characters), total


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
