"""Passages of one state of the library that were read before, kept in memory for the next questions."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from corpus.document import Document
from corpus.passages import Passage
from corpus.span import Span
from index.models.encoder import Vectors

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")
# A passage takes about 1 kB, the vectors of its sentences 3 kB each.
_MOST_PASSAGES, _MOST_SENTENCES, _MOST_DOCUMENTS = 20_000, 2_000, 500


class _Some(Generic[_Key, _Value]):
    """Values by keys; all are forgotten when there are too many. Threads may read the same value twice, no more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[_Key, _Value] = {}

    def get(self, key: _Key, read: Callable[[], _Value]) -> _Value:
        """Return the value of a key, read where it is not kept."""
        value = self._values.get(key)
        if value is None:
            value = read()
            if len(self._values) >= self._most:
                self._values.clear()
            self._values[key] = value
        return value


class ReadPassages:
    """Passages, their sentences with vectors, and the passages of documents; none of these may be changed."""

    def __init__(self) -> None:
        self.passages: _Some[int, Passage] = _Some(_MOST_PASSAGES)
        self.sentences: _Some[int, tuple[list[Span], Vectors]] = _Some(_MOST_SENTENCES)
        self._of_documents: _Some[str, tuple[Document, list[tuple[int, Passage]]]] = _Some(_MOST_DOCUMENTS)

    def of_document(
        self, document: Document, read: Callable[[], list[tuple[int, Passage]]]
    ) -> list[tuple[int, Passage]]:
        """Return the passages of a document with their ids; of one with other facts, those that are read now."""
        kept, passages = self._of_documents.get(document.id, lambda: (document, read()))
        return passages if kept is document else read()
