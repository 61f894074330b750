"""Add private documents of a user, and share them: make them common documents."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Protocol

from corpus.discovery.source_file import UPLOAD
from corpus.document import Document
from index.errors import FileKnown, NotPrivate
from index.library import Library
from index.models.encoder import Progress
from index.private.library import UserLibrary
from index.settings import MIB
from index.values import Added, SourceRecord


class PrivateAdditions:
    """The library as one user sees it, in which what is added becomes private; see `index.library.Library`.

    Args:
        library: the library of all users.
        owner: the id of the user.
    """

    def __init__(self, library: UserLibrary, owner: str) -> None:
        self._seen = UserLibrary(library.common, lambda: owner, library.private, library.users)
        self._owner = owner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._seen, name)

    def source(self, path: str) -> SourceRecord | None:
        """See `Library`; of the private documents alone, so that a common file of this path is no former version."""
        own = self._seen.private.of(self._owner)
        return own.source(path) if own else None

    def add(self, document: Document, original: bytes | None = None, progress: Progress | None = None) -> Added:
        """Store a private document, see `Library.add`; a text that the common documents have is not stored again.

        Raises:
            CorpusError: it does not fit into the room that the settings give each user.
        """
        common = self._seen.common.version_of(document.id, "")
        if common and common.id == document.id:
            return Added(common.name, "same as")
        own = self._seen.private.made(self._owner)
        added = own.add(document, original, progress, most_bytes=own.settings.private_megabytes * MIB)
        found = self._seen.version_of(document.id, added.name)
        return replace(added, name=found.name) if found else added


class ChosenDocument(Protocol):
    """A document as it was chosen, such as `Document` or `DocumentSummary`."""

    @property
    def id(self) -> str:
        """The hash of its text, which tells it from one that has its name later."""
        ...

    @property
    def name(self) -> str:
        """The name under which the user sees it."""
        ...


def share(
    library: UserLibrary, chosen: Sequence[ChosenDocument], done: Callable[[str], object] = lambda name: None
) -> list[str]:
    """Make private documents of the user who acts common ones, with their files and corrections.

    A document is added to the common ones, with its corrections, before it leaves the private ones: whenever the
    process is killed, the user sees it once, and sharing it again removes the private copy that was left.

    Args:
        library: the library.
        chosen: the documents.
        done: called with the name of each from now on, when everybody sees it.

    Returns:
        The names that they have from now on.

    Raises:
        NotPrivate: one of them is not private; nothing was changed then.
    """
    own = library.own()
    texts = set(own.names().values()) if own else set()
    for document in chosen:
        if own is None or document.id not in texts:
            raise NotPrivate(
                f"{document.name}: this is no private document of yours; everybody sees it, or nobody has it"
            )
    return [_share(library, own, document, done) for document in chosen if own]


def _share(library: UserLibrary, own: Library, chosen: ChosenDocument, done: Callable[[str], object]) -> str:
    name = _common_name(library.common, chosen) or _add(library.common, own, chosen)
    done(name)
    library.remove_own_texts([chosen.id])
    return name


def _common_name(common: Library, chosen: ChosenDocument) -> str | None:
    found = common.version_of(chosen.id, "")
    return found.name if found and found.id == chosen.id else None


def _add(common: Library, own: Library, chosen: ChosenDocument) -> str:
    name = next((name for name, text in own.names().items() if text == chosen.id), "")
    document = (own.document_as_read(name) or own.document(name)) if name else None
    if document is None or document.id != chosen.id:
        raise NotPrivate(
            f"{chosen.name}: this document was changed or removed meanwhile; look at it and share it again"
        )
    original, corrections = own.original(name), own.corrections(name)
    while True:
        try:
            other = _as_another_file(common, document)
            return common.add(other, original[0] if original else None, corrections=corrections).name
        except FileKnown:  # added meanwhile by somebody else; the next path is tried
            continue


def _as_another_file(common: Library, document: Document) -> Document:
    """Return a document that replaces no common one: under the path of a file from which none was added.

    Where one was, the path becomes that of an upload, of a name that no upload has: a path of a file that does not
    exist would be removed by the next sync of its folder.
    """
    path = document.source.path
    if path is None or not common.source(path):
        return document
    pure, number = PurePath(path.removeprefix(UPLOAD) if path.startswith(UPLOAD) else PurePath(path).name), 2
    while common.source(UPLOAD + (file := str(pure.with_name(f"{pure.stem} ({number}){pure.suffix}")))):
        number += 1
    return replace(document, name=PurePath(file).name, source=replace(document.source, path=UPLOAD + file))
