"""What is kept in memory of one state of the library."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index.search.vector_index import Ids, VectorIndex
from index.store.change_log import changed_since, generation_of
from index.store.rows import COLUMNS, document_of
from index.store.vector_cache import stored_vectors, vectors_of
from index.vocabulary import Vocabulary, Words


@dataclass(frozen=True)
class Shelf:
    """The documents, who owns which passage, and the vectors. It stays as it is; the next state's is made of it.

    Attributes:
        generation: the number of the state.
        ids: of all passages, ascending; those of one document in their order in it.
        owners: the id of each one's document.
        vectors: None when there is no passage.
        documents: by id.
    """

    generation: int
    ids: Ids
    owners: NDArray[np.int64]
    vectors: VectorIndex | None
    documents: dict[int, Document]
    _vocabulary: list[Vocabulary] = field(default_factory=list)

    @classmethod
    def current(cls, connection: sqlite3.Connection, folder: Path, former: "Shelf | None") -> "Shelf":
        """The state that the caller's transaction sees, made of a former one at the cost of what changed since."""
        generation = generation_of(connection)
        if former is None:
            return cls._load(connection, folder, generation)
        if former.generation == generation:
            return former
        changed = changed_since(connection, former.generation)
        if changed is None:
            return cls._load(connection, folder, generation)
        return former._after(connection, generation, changed)

    @classmethod
    def _load(cls, connection: sqlite3.Connection, folder: Path, generation: int) -> "Shelf":
        ids, owners = _passages(connection.execute("SELECT id, document FROM passages ORDER BY id"))
        rows = connection.execute(f"SELECT id, {COLUMNS} FROM documents")
        documents = {row[0]: document_of(*row[1:]) for row in rows}
        return cls(generation, ids, owners, vectors_of(connection, folder, generation, ids), documents)

    def _after(self, connection: sqlite3.Connection, generation: int, changed: Iterable[int]) -> "Shelf":
        """The next state: without the documents that changed, and with them as they are now, where they still are."""
        old = np.fromiter(changed, dtype=np.int64)
        stays = ~np.isin(self.owners, old)
        some = json.dumps(old.tolist())
        among = "IN (SELECT value FROM json_each(?))"
        ids, owners = _passages(
            connection.execute(f"SELECT id, document FROM passages WHERE document {among} ORDER BY id", (some,))
        )
        rows = connection.execute(f"SELECT id, {COLUMNS} FROM documents WHERE id {among}", (some,))
        come = {row[0]: document_of(*row[1:]) for row in rows}
        documents = {i: document for i, document in self.documents.items() if i not in changed} | come
        vectors = (self.vectors or VectorIndex(())).changed(self.ids[~stays], *stored_vectors(connection, ids))
        ids, owners = np.concatenate((self.ids[stays], ids)), np.concatenate((self.owners[stays], owners))
        order = np.argsort(ids, kind="stable")
        return Shelf(
            generation,
            ids[order],
            owners[order],
            vectors if len(vectors) else None,
            documents,
            [known.changed(old.tolist(), _words(connection, some)) for known in self._vocabulary],
        )

    def vocabulary(self, connection: sqlite3.Connection) -> Vocabulary:
        """The words of the documents, read when they are first asked for by a reader of this state."""
        if not self._vocabulary:
            self._vocabulary[:] = [Vocabulary.of(_words(connection, None))]
        return self._vocabulary[0]

    @cached_property
    def by_name(self) -> list[Document]:
        """All documents, by name."""
        return sorted(self.documents.values(), key=lambda document: document.name)

    def owner(self, passage: int) -> Document:
        """The document of a passage, by the passage's id."""
        return self.documents[int(self.owners[np.searchsorted(self.ids, passage)])]


def _passages(rows: Iterable[tuple[int, int]]) -> tuple[Ids, NDArray[np.int64]]:
    both = np.array(list(rows), dtype=np.int64).reshape(-1, 2)
    return np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1])


def _words(connection: sqlite3.Connection, some: str | None) -> dict[int, Words]:
    rows = connection.execute(
        "SELECT document, name, abbreviations, words FROM vocabulary JOIN documents ON documents.id = document"
        + ("" if some is None else " WHERE document IN (SELECT value FROM json_each(?))"),
        () if some is None else (some,),
    )
    return {identity: Words(name, abbreviations, words) for identity, name, abbreviations, words in rows}
