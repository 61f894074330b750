"""Files are taken into the library one after the other, each whole or not at all."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.archive import Archive
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.files import Found, contents
from corpus.limits import Limits
from corpus.worker import ReadingWorker
from index.library import Library

# What a count of outcomes always names, and what only when there is some.
ALWAYS_COUNTED = ("added", "replaced", "unchanged", "refused")
OUTCOMES = ("added", "replaced", "unchanged", "same", "renamed", "removed", "refused", "skipped")

_SECONDS_BETWEEN_TELLING = 0.5
# Told the path of the file in hand, how many of its passages are encoded, and of how many; 0 of 0 while it is read.
Telling = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
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

    found: Found
    raw: bytes
    document: Document


Prepared = Outcome | _Read


def take_in(
    library: Library, found: Iterable[Found], worker: ReadingWorker, tell: Telling | None = None
) -> Iterator[Outcome]:
    """Take files into the library and tell what became of each, in their order; one that fails stops no other.

    A file that the library has already taken with these very bytes is not read again, so that a run that was
    interrupted goes on where it was when it is repeated.

    Args:
        library: what they are added to.
        found: the files; what is skipped or refused among them is passed on.
        worker: reads them.
        tell: told how far the file in hand is.

    Raises:
        RapporteurError: the library cannot be written, or the model not be used; what was told of is in.
    """
    with _Bytes(worker.limits) as bytes_of, _interrupting(worker):
        for file, prepared in _one_ahead(found, lambda file: _prepared(library, file, worker, bytes_of)):
            while not prepared.done():
                if tell:
                    tell(file.file, 0, 0)
                wait([prepared], _SECONDS_BETWEEN_TELLING)
            result = prepared.result()
            yield result if isinstance(result, Outcome) else _added(library, result, tell)


@contextmanager
def _interrupting(worker: ReadingWorker) -> Iterator[None]:
    """Read no more when the block is left before its end: nobody waits for the document that is read ahead."""
    try:
        yield
    except BaseException:  # the user interrupts, the caller wants no more, or the library cannot be written
        worker.interrupt()
        raise


def _one_ahead(
    found: Iterable[Found], prepare: Callable[[Found], Prepared]
) -> Iterator[tuple[Found, "Future[Prepared]"]]:
    """Each file with its preparation, which goes on in the background while the file before it is in hand."""
    ahead = ThreadPoolExecutor(1, thread_name_prefix="ahead")
    try:
        waiting: tuple[Found, Future[Prepared]] | None = None
        for file in found:
            following = (file, ahead.submit(prepare, file))
            if waiting:
                yield waiting
            waiting = following
        if waiting:
            yield waiting
    finally:
        # Whoever stops in the middle does not wait for a document that is still read.
        ahead.shutdown(wait=False, cancel_futures=True)


def _prepared(library: Library, found: Found, worker: ReadingWorker, bytes_of: "_Bytes") -> Prepared:
    if found.skipped:
        return Outcome(found.file, "skipped", reason=f"{found.file}: {found.skipped}", files=found.files)
    if found.refused:
        return Outcome(found.file, "refused", reason=found.refused, files=found.files)
    try:
        raw = bytes_of(found)
        if held := library.holds(found.source_path, sha256(raw).hexdigest()):
            return Outcome(found.file, "unchanged", held)
        return _Read(found, raw, worker.read(raw, found.name, file=found.file, source_path=found.source_path))
    except CorpusError as error:
        return Outcome(found.file, "refused", reason=str(error))


def _added(library: Library, read: _Read, tell: Telling | None) -> Outcome:
    path = read.found.file
    progress = (lambda done, of: tell(path, done, of)) if tell else None
    try:
        added = library.add(read.document, read.raw, progress)
    except CorpusError as error:  # what the user has corrected of it does not fit it any more
        return Outcome(path, "refused", reason=f"{path}: {str(error).removeprefix(f'{path}: ')}")
    outcome = "same" if added.outcome == "same as" else added.outcome
    return Outcome(path, outcome, added.name, warnings=read.document.warnings, former=added.former)


class _Bytes:
    """The bytes of the files that were found; an archive stays open from one of its members to the next."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._archive: Archive | None = None
        self._path: Path | None = None

    def __enter__(self) -> "_Bytes":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def __call__(self, found: Found) -> bytes:
        """The bytes of a file or member.

        Raises:
            CorpusError: it cannot be read.
        """
        if found.member is None:
            return contents(found, self._limits)
        if self._archive is None or self._path != found.path:
            self._close()
            own = found.file.removesuffix(f"!/{found.member}")
            self._archive, self._path = Archive(found.path, self._limits, own), found.path
        return self._archive.read(found.member)

    def _close(self) -> None:
        if self._archive:
            self._archive.__exit__(None, None, None)
            self._archive = None
