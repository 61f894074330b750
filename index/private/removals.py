"""Remove documents for a user, common ones and the private ones of that user."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.document import Document
from index.library import Library
from index.private.own_names import OwnNames


@dataclass(frozen=True, slots=True)
class Removals:
    """The libraries from which a user removes documents.

    Attributes:
        common: the library of the common documents.
        own: the private library of the user.
        names: the names under which the user sees the private documents.
    """

    common: Library
    own: Library
    names: OwnNames

    def documents(self, documents: Sequence[Document]) -> list[str]:
        """Remove documents that the user sees, with private copies of them, and return their names."""
        private = [stored for document in documents if (stored := self.names.stored(document.name))]
        common = [document for document in documents if not self.names.stored(document.name)]
        if common:
            self.common.remove(*(document.name for document in common))
            self.copies([document.id for document in common])
        if private:
            self.own.remove(*private)
        return [document.name for document in documents]

    def texts(self, ids: Sequence[str]) -> list[str]:
        """Remove the documents with these texts, with private copies of them; see `Library.remove_texts`."""
        private = {text for name, text in self.own.names().items() if name in self.names.seen}
        common = [each for each in ids if each not in private]
        # The common ones first: they raise for a text that nobody has, before anything is removed.
        removed = self.common.remove_texts(*common) if common else []
        self.copies(common)
        if mine := [each for each in ids if each in private]:
            removed += [self.names.seen.get(name, name) for name in self.own.remove_texts(*mine)]
        return removed

    def sources(self, paths: Sequence[str]) -> dict[str, str]:
        """Remove what was added from files; see `Library.remove_sources`.

        A path stands for the private document that the user sees of it; for the common one only where there is none.
        """
        private = [path for path in paths if self._has_seen(path)]
        common = [path for path in paths if path not in private]
        left = self.own.remove_sources(private)
        names = self.common.names()
        sources = [source for path in common if (source := self.common.source(path))]
        stays = self.common.remove_sources(common)
        texts = {names[source.document] for source in sources if source.document in names}
        self.copies(texts.difference(self.common.names().values()))
        return {**stays, **{path: self.names.seen.get(name, name) for path, name in left.items()}}

    def copies(self, ids: Collection[str]) -> None:
        """Remove the user's private copies of texts."""
        if copies := [text for text in self.own.names().values() if text in ids]:
            self.own.remove_texts(*copies)

    def _has_seen(self, path: str) -> bool:
        source = self.own.source(path)
        return source is not None and source.document in self.names.seen
