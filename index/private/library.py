"""A library as the user who acts sees it: the common documents, and the private ones of that user alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from corpus.document import Document
from index.document_rules import day_and_name
from index.errors import UnknownDocument
from index.library import Library
from index.models.encoder import Progress
from index.private.latest import Latest
from index.private.own_names import OwnNames, renamed
from index.private.places import PrivateLibraries
from index.private.removals import Removals
from index.private.snapshot import Derived, UnitedSnapshot
from index.snapshot import Snapshot
from index.values import DocumentSummary, NearDuplicate, SourceRecord

# What is derived from states of the libraries is kept for so many; an answer derives a few.
_MOST_KEPT = 256
# The id of a user, the state of the common library, and that of the private one.
_States = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Own:
    """The private library of the user who acts, with the names under which its documents are seen."""

    library: Library
    names: OwnNames


class UserLibrary:
    """A library for several users; see `index.library.Library`.

    Private documents lie in a library of their own for each user, which is opened for that user alone. So the common
    library holds no word, name, count or vector of them, and whatever is not asked for here is answered by the common
    library: a door that forgets the user shows no private document.

    Args:
        common: the library of the common documents, and of all that belongs to no document.
        whose: returns the id of the user who acts; empty for nobody.
        private: the private libraries.
        users: the library that keeps the users; the common one when None.

    Attributes:
        common: see above.
        private: see above.
        users: see above.
    """

    def __init__(
        self,
        common: Library,
        whose: Callable[[], str],
        private: PrivateLibraries | None = None,
        users: Library | None = None,
    ) -> None:
        self.common = common
        self.users = users or common
        self.private = private or PrivateLibraries(common.location, common.settings, common.encoder)
        self._whose = whose
        self._derived: Derived = Latest(_MOST_KEPT)
        self._names: Latest[_States, OwnNames] = Latest(_MOST_KEPT)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.common, name)

    # Reading.

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """See `Library`."""
        own = self.private.of(self._whose())
        with ExitStack() as opened:
            # The private ones first: a document that is shared meanwhile is in one of the states at least.
            private = opened.enter_context(own.snapshot()) if own else None
            common = opened.enter_context(self.common.snapshot())
            yield UnitedSnapshot(common, private, self._derived) if private else common

    def generation(self) -> int:
        """See `Library`; of the common documents and the private ones."""
        own = self.own()
        return self.common.generation() ^ own.generation() if own else self.common.generation()

    def documents(self) -> list[Document]:
        """See `Library`."""
        own = self._own()
        common = self.common.documents()
        return sorted([*common, *own.names.shown(own.library.documents())], key=day_and_name) if own else common

    def names(self) -> dict[str, str]:
        """See `Library`."""
        own = self._own()
        if own is None:
            return self.common.names()
        texts = own.library.names()
        return dict(
            sorted({**self.common.names(), **{own.names.seen[name]: texts[name] for name in own.names.seen}}.items())
        )

    def summaries(self) -> list[DocumentSummary]:
        """See `Library`."""
        own = self._own()
        common = self.common.summaries()
        if own is None:
            return common
        seen = own.names.seen
        private = [
            replace(summary, name=seen[summary.name], is_private=True)
            for summary in own.library.summaries()
            if summary.name in seen
        ]
        return sorted([*common, *private], key=lambda summary: summary.name)

    def document(self, name: str) -> Document:
        """See `Library`."""
        return self._in(name, lambda library, stored: library.document(stored))

    def document_as_read(self, name: str) -> Document | None:
        """See `Library`."""
        own = self._own()
        if own is None or (stored := own.names.stored(name)) is None:
            return self.common.document_as_read(name)
        found = own.library.document_as_read(stored)
        return found and renamed(found, name)

    def version_of(self, sha256: str, name: str) -> Document | None:
        """See `Library`."""
        common, own = self.common.version_of(sha256, name), self._own()
        if own is None or (common and common.id == sha256):
            return common
        found = own.library.version_of(sha256, own.names.stored(name) or name)
        if found is None or found.name not in own.names.seen or (common and found.id != sha256):
            return common
        return renamed(found, own.names.seen[found.name])

    def near_duplicate(self, document: Document) -> NearDuplicate | None:
        """See `Library`."""
        common, own = self.common.near_duplicate(document), self._own()
        found = own.library.near_duplicate(document) if own else None
        if own is None or found is None or found.name not in own.names.seen or (common and common.share >= found.share):
            return common
        return replace(found, name=own.names.seen[found.name])

    def sources_under(self, folder: str) -> list[SourceRecord]:
        """See `Library`; of a file of which the user has a private document, that one alone."""
        own = self._own()
        common = self.common.sources_under(folder)
        if own is None:
            return common
        seen = own.names.seen
        private = [
            replace(source, document=seen[source.document])
            for source in own.library.sources_under(folder)
            if source.document in seen
        ]
        by_path = {source.path: source for source in [*common, *private]}
        return [by_path[path] for path in sorted(by_path)]

    def original(self, name: str) -> tuple[bytes, str] | None:
        """See `Library`."""
        found: tuple[bytes, str] | None = self._at(name, lambda library, stored: library.original(stored))
        return found

    def corrections(self, path_or_name: str) -> dict[str, str]:
        """See `Library`."""
        found: dict[str, str] = self._at(path_or_name, lambda library, stored: library.corrections(stored))
        return found

    def counts(self) -> dict[str, int]:
        """Count the documents, passages and sentences; of a private text that has become common, once."""
        own = self._own()
        counts = self.common.counts()
        if own is None:
            return counts
        seen = [summary for summary in own.library.summaries() if summary.name in own.names.seen]
        private = own.library.counts() if not own.names.hidden else self._counts(own.library, seen)
        return {name: number + private[name] for name, number in counts.items()}

    def stored_bytes(self) -> int:
        """See `Library`."""
        return self.common.stored_bytes() + (own.stored_bytes() if (own := self.own()) else 0)

    def own(self) -> Library | None:
        """Return the private library of the user who acts; None for nobody, and for a user without one."""
        return self.private.of(self._whose())

    def private_names(self) -> frozenset[str]:
        """Return the names of the private documents that the user sees."""
        own = self._own()
        return frozenset(own.names.seen.values()) if own else frozenset()

    # Changing. `Library.add` adds to the common documents; `index.private.additions` adds private ones.

    def remove(self, *names: str) -> list[str]:
        """See `Library`; private copies of what is removed go, too."""
        removals = self._removals()
        if removals is None:
            return self.common.remove(*names)
        found = [self.document(name) for name in names]
        return removals.documents([*{document.id: document for document in found}.values()])

    def remove_texts(self, *ids: str) -> list[str]:
        """See `Library`; private copies of what is removed go, too."""
        removals = self._removals()
        return removals.texts(ids) if removals else self.common.remove_texts(*ids)

    def remove_sources(self, paths: Sequence[str]) -> dict[str, str]:
        """See `Library`; a path stands for one document, as in `sources_under`."""
        removals = self._removals()
        return removals.sources(paths) if removals else self.common.remove_sources(paths)

    def remove_own_texts(self, ids: Sequence[str]) -> None:
        """Remove the user's private copies of texts; common documents stay."""
        if removals := self._removals():
            removals.copies(ids)

    def correct(self, name: str, changes: Mapping[str, str | None]) -> Document:
        """See `Library`."""
        return self._in(name, lambda library, stored: library.correct(stored, changes))

    # The whole library, with the private documents of all users.

    def is_stale(self) -> bool:
        """See `Library`."""
        return self.common.is_stale() or self.private.is_stale()

    def check(self, progress: Progress | None = None) -> list[str]:
        """See `Library`; of private documents only the number of problems is told."""
        return [*self.common.check(progress), *self.private.check()]

    def reindex(self, progress: Progress | None = None) -> int:
        """See `Library`; damaged private libraries are named after all others are done."""
        passages = self.common.reindex(progress)
        self.private.reindex()
        return passages

    def private_counts(self) -> dict[str, int | None]:
        """Return how many private documents each user has, by id, None where they are unreadable; no word of them."""
        return self.private.counts()

    def _own(self) -> _Own | None:
        owner = self._whose()
        library = self.private.of(owner)
        return None if library is None else _Own(library, self._names_of(owner, library))

    def _names_of(self, owner: str, library: Library) -> OwnNames:
        """Return the names that a user sees; those of the present states of both libraries are derived once."""
        states = (owner, self.common.generation(), library.generation())
        if (names := self._names.get(states)) is None:
            names = OwnNames.of(self.common.names(), library.names())
            if states == (owner, self.common.generation(), library.generation()):  # else they are of later states
                self._names.keep(states, names)
        return names

    def _removals(self) -> Removals | None:
        own = self._own()
        return Removals(self.common, own.library, own.names) if own else None

    def _at(self, name: str, work: Callable[[Library, str], Any]) -> Any:
        """Return the result of work on the library that has a document of this name, with the name that it has there.

        An exact name counts before one without its suffix or a path, and the common library where both have one.
        """
        own = self._own()
        if own is None:
            return work(self.common, name)
        if stored := own.names.stored(name):
            return work(own.library, stored)
        try:
            self.common.document(name)
        except UnknownDocument:
            try:
                stored = own.library.document(name).name
            except UnknownDocument:
                return work(self.common, name)
            return work(own.library, stored) if stored in own.names.seen else work(self.common, name)
        return work(self.common, name)

    def _in(self, name: str, work: Callable[[Library, str], Document]) -> Document:
        """Return the document that work on the library that has it returns, under the name that the user sees."""

        def seen(library: Library, stored: str) -> Document:
            found = work(library, stored)
            own = None if library is self.common else self._own()
            return renamed(found, own.names.seen.get(found.name, found.name)) if own else found

        found: Document = self._at(name, seen)
        return found

    def _counts(self, library: Library, seen: Sequence[DocumentSummary]) -> dict[str, int]:
        with library.snapshot() as snapshot:
            ids = {summary.id for summary in seen}
            passages = [i for d in snapshot.documents if d.id in ids for i, _ in snapshot.passages_of(d)]
            sentences = sum(len(snapshot.sentences(identity)[0]) for identity in passages)
        return {"documents": len(seen), "passages": len(passages), "sentences": sentences}
