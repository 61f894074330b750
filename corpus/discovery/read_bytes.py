"""The bytes of the files that were found."""

from pathlib import Path

from corpus.discovery.archive import Archive
from corpus.discovery.find import SourceFile, contents
from corpus.limits import Limits


class FileBytes:
    """Gives the bytes of files and members; an archive stays open from one of its members to the next.

    Use it in a `with` block, in one thread at a time.

    Args:
        limits: what a file or an archive may hold.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._archive: Archive | None = None
        self._path: Path | None = None

    def __enter__(self) -> "FileBytes":
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def __call__(self, found: SourceFile) -> bytes:
        """The bytes of a file or member.

        Raises:
            CorpusError: it cannot be read.
        """
        if found.member is None:
            return contents(found.path, found.file, self._limits)
        if self._archive is None or self._path != found.path:
            self._close()
            self._archive, self._path = Archive(found.path, self._limits, found.place), found.path
        return self._archive.read(found.member)

    def _close(self) -> None:
        if self._archive:
            self._archive.__exit__(None, None, None)
            self._archive = None
