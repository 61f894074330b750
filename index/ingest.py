"""Add files to the library: check all of them, then encode and store the short ones first."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from heapq import heappop, heappush

from corpus.discovery.source_file import SourceFile
from corpus.sandbox.worker import ReadingWorker
from index.file_ingester import Checked, CheckedFile, FileIngester, IngestResult, check_files
from index.library import Library
from index.models.encoder import Progress

# Files are only checked for so long; then the shortest of those that were read is stored while the others are read.
CHECKING_SECONDS = 5.0
# Called with the path of a file, the number of passages encoded, and of all passages of the files; 0 of 0 while files
# are checked and none is encoded. The first is the share of the text that is encoded, which foretells the time that is
# left: a passage is a word or a page. The second is estimated until all files are read.
FileProgress = Callable[[str, int, int], None]


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
        for checked in checks:
            if isinstance(checked, str):
                if order and time.monotonic() > ends:
                    yield _store_next(ingester, order, count, progress)
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
            yield _store_next(ingester, order, count, progress)


def _store_next(
    ingester: FileIngester, order: "StorageOrder", count: "PassageCount", progress: FileProgress | None
) -> IngestResult:
    """Store the file that is the next in the order, and return its result."""
    checked = order.pop()
    result = ingester.store(checked, count.report(checked, progress) if progress else None)
    count.stored(checked)
    return result


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
