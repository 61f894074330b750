"""Add private documents of a user, and share them: make them common documents."""

from dataclasses import replace
from pathlib import PurePath
from typing import Any

from corpus.discovery.source_file import UPLOAD
from corpus.document import Document
from index.errors import NotPrivate
from index.library import Library
from index.models.encoder import Progress
from index.private.library import UserLibrary
from index.values import Added, SourceRecord


class PrivateAdditions:
    """The library as one user sees it, in which what is added becomes private; see `index.library.Library`.

    Args:
        library: the library of all users.
        owner: the id of the user.
    """

    def __init__(self, library: UserLibrary, owner: str) -> None:
        self._seen = UserLibrary(library.common, lambda: owner, library.private)
        self._owner = owner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._seen, name)

    def source(self, path: str) -> SourceRecord | None:
        """See `Library`; of the private documents alone, so that a common file of this path is no former version."""
        own = self._seen.private.of(self._owner)
        return own.source(path) if own else None

    def add(self, document: Document, original: bytes | None = None, progress: Progress | None = None) -> Added:
        """Store a private document, see `Library.add`; a text that the common documents have is not stored again."""
        common = self._seen.common.version_of(document.id, "")
        if common and common.id == document.id:
            return Added(common.name, "same as")
        added = self._seen.private.made(self._owner).add(document, original, progress)
        found = self._seen.version_of(document.id, added.name)
        return replace(added, name=found.name) if found else added


def share(library: UserLibrary, names: list[str]) -> list[str]:
    """Make private documents of the user who acts common ones, with their files and corrections.

    A document is added to the common ones before it leaves the private ones: whenever the process is killed, the user
    sees it once.

    Returns:
        The names that they have from now on.

    Raises:
        NotPrivate: one of them is not private; nothing was changed then.
    """
    private = library.private_names()
    for name in names:
        if name not in private:
            raise NotPrivate(f"{name}: this is no private document of yours; everybody sees it, or nobody has it")
    return [_share(library, name) for name in names]


def _share(library: UserLibrary, name: str) -> str:
    document = library.document_as_read(name) or library.document(name)
    original, corrections = library.original(name), library.corrections(name)
    common = library.common
    added = common.add(_as_another_file(common, document), original[0] if original else None)
    if corrections and added.outcome != "same as":
        common.correct(added.name, dict(corrections))
    library.remove_own_texts([document.id])
    return added.name


def _as_another_file(common: Library, document: Document) -> Document:
    """Return a document with the path of a file from which no common document was added: it replaces none."""
    path = document.source.path
    if path is None:
        return document
    start, file = (UPLOAD, path.removeprefix(UPLOAD)) if path.startswith(UPLOAD) else ("", path)
    pure, number = PurePath(file), 1
    while common.source(start + file):
        number += 1
        file = str(pure.with_name(f"{pure.stem} ({number}){pure.suffix}"))
    if number == 1:
        return document
    return replace(document, name=PurePath(file).name, source=replace(document.source, path=start + file))
