"""Immutable in-memory data of one state of the library, made from the former state at the cost of what changed."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.language.abbreviations import abbreviations
from corpus.language.tokens import folded_words
from index.search.filters import Filters
from index.search.read_passages import ReadPassages
from index.search.vector_index import Ids, VectorIndex
from index.store.database import changed_since, decoding, generation_of
from index.store.rows import COLUMNS, document_of
from index.store.vector_cache import load_vectors, stored_vectors


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """The words and abbreviations of one document in JSON, which takes little memory.

    Attributes:
        name: the document's.
        abbreviations: a JSON object of the abbreviations that it introduces, in lower case, with their long forms.
        words: a JSON list of its words in lower case, each once.
    """

    name: str
    abbreviations: str
    words: str

    @classmethod
    def of(cls, name: str, text: str) -> "DocumentWords":
        """Return the words of a text."""
        introduced: dict[str, str] = {}
        for short, long in abbreviations(text).items():
            introduced.setdefault(short.casefold(), long.casefold())
        return cls(name, _json(introduced), _json(sorted(set(folded_words(text)))))


class Vocabulary:
    """The words and abbreviations of all documents; immutable."""

    def __init__(
        self,
        by_document: Mapping[int, DocumentWords],
        counts: Counter[str],
        long_forms: Mapping[str, dict[str, str]],
    ) -> None:
        self._by_document = by_document
        self._counts = counts
        self._long_forms = long_forms

    @classmethod
    def of(cls, documents: Mapping[int, DocumentWords]) -> "Vocabulary":
        """Return the vocabulary of documents by their ids."""
        return cls({}, Counter(), {}).changed((), documents)

    def changed(self, removed: Iterable[int], added: Mapping[int, DocumentWords]) -> "Vocabulary":
        """Return the vocabulary without some documents and with others; ids that it does not have are ignored."""
        by_document, counts, long_forms = dict(self._by_document), self._counts.copy(), dict(self._long_forms)
        for identity in removed:
            if identity in by_document:
                _subtract(by_document.pop(identity), counts, long_forms)
        for identity, words in added.items():
            by_document[identity] = words
            counts.update(json.loads(words.words))
            for short, long in json.loads(words.abbreviations).items():
                long_forms[short] = {**long_forms.get(short, {}), words.name: long}
        return Vocabulary(by_document, counts, long_forms)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word, in lower case."""
        return frozenset(self._counts)

    def long_form(self, short: str) -> str | None:
        """Return what an abbreviation stands for, in lower case, as the first document by name introduces it."""
        by_name = self._long_forms.get(short)
        return by_name[min(by_name)] if by_name else None

    @cached_property
    def short_forms(self) -> dict[str, str]:
        """The abbreviation of each long form, in lower case, the first one of several."""
        return {
            long: short for short in sorted(self._long_forms, reverse=True) for long in self._long_forms[short].values()
        }


def _subtract(words: DocumentWords, counts: Counter[str], long_forms: dict[str, dict[str, str]]) -> None:
    for word in json.loads(words.words):
        counts[word] -= 1
        if not counts[word]:
            del counts[word]
    for short in json.loads(words.abbreviations):
        long_forms[short] = {name: long for name, long in long_forms[short].items() if name != words.name}
        if not long_forms[short]:
            del long_forms[short]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class SnapshotData:
    """The documents, passage ids and vectors of one state of the library; immutable.

    Attributes:
        generation: the number of the state.
        ids: the ids of all passages, ascending; those of one document in their order in it.
        owners: the document id of each passage.
        vectors: None when there is no passage.
        documents: by id.
        derived: numbers derived from this state, by name, see `Snapshot.derived`.
        read: the passages that were read last.
    """

    generation: int
    ids: Ids
    owners: NDArray[np.int64]
    vectors: VectorIndex | None
    documents: dict[int, Document]
    _vocabulary: list[Vocabulary] = field(default_factory=list)
    derived: dict[str, list[float]] = field(default_factory=dict)
    read: ReadPassages = field(default_factory=ReadPassages)

    @classmethod
    def current(cls, connection: sqlite3.Connection, folder: Path, former: "SnapshotData | None") -> "SnapshotData":
        """Return the state that a transaction reads, made from a former state where the log of changes allows it."""
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
    def _load(cls, connection: sqlite3.Connection, folder: Path, generation: int) -> "SnapshotData":
        ids, owners = _passages(connection.execute("SELECT id, document FROM passages ORDER BY id"))
        rows = connection.execute(f"SELECT id, {COLUMNS} FROM documents")
        documents = {row[0]: document_of(*row[1:]) for row in rows}
        return cls(generation, ids, owners, load_vectors(connection, folder, generation, ids), documents)

    def _after(self, connection: sqlite3.Connection, generation: int, changed: Iterable[int]) -> "SnapshotData":
        """Return the next state: the changed documents as they are now, where they still exist."""
        old = np.fromiter(changed, dtype=np.int64)
        stays = ~np.isin(self.owners, old)
        old_json = json.dumps(old.tolist())
        among = "IN (SELECT value FROM json_each(?))"
        ids, owners = _passages(
            connection.execute(f"SELECT id, document FROM passages WHERE document {among} ORDER BY id", (old_json,))
        )
        rows = connection.execute(f"SELECT id, {COLUMNS} FROM documents WHERE id {among}", (old_json,))
        new = {row[0]: document_of(*row[1:]) for row in rows}
        documents = {i: document for i, document in self.documents.items() if i not in changed} | new
        vectors = (self.vectors or VectorIndex(())).changed(self.ids[~stays], *stored_vectors(connection, ids))
        ids, owners = np.concatenate((self.ids[stays], ids)), np.concatenate((self.owners[stays], owners))
        order = np.argsort(ids, kind="stable")
        return SnapshotData(
            generation,
            ids[order],
            owners[order],
            vectors if len(vectors) else None,
            documents,
            [vocabulary.changed(old.tolist(), _words(connection, old_json)) for vocabulary in self._vocabulary],
        )

    def vocabulary(self, connection: sqlite3.Connection) -> Vocabulary:
        """Return the words of the documents, read at the first call in this state."""
        if not self._vocabulary:
            self._vocabulary[:] = [Vocabulary.of(_words(connection, None))]
        return self._vocabulary[0]

    @cached_property
    def by_name(self) -> list[Document]:
        """All documents, by name."""
        return sorted(self.documents.values(), key=lambda document: document.name)

    def filtered_ids(self, filters: Filters) -> Ids | None:
        """Return the ids of the passages whose documents pass the filters; None where the filters are empty."""
        if not filters:
            return None
        passing = [identity for identity, document in self.documents.items() if filters.keeps(document)]
        return self.ids[np.isin(self.owners, np.array(passing, dtype=np.int64))]

    @decoding()
    def owner(self, passage: int) -> Document:
        """Return the document of a passage by the passage's id."""
        return self.documents[int(self.owners[np.searchsorted(self.ids, passage)])]


def _passages(rows: Iterable[tuple[int, int]]) -> tuple[Ids, NDArray[np.int64]]:
    both = np.array(list(rows), dtype=np.int64).reshape(-1, 2)
    return np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1])


def _words(connection: sqlite3.Connection, ids_json: str | None) -> dict[int, DocumentWords]:
    rows = connection.execute(
        "SELECT document, name, abbreviations, words FROM vocabulary JOIN documents ON documents.id = document"
        + ("" if ids_json is None else " WHERE document IN (SELECT value FROM json_each(?))"),
        () if ids_json is None else (ids_json,),
    )
    return {identity: DocumentWords(name, abbreviations, words) for identity, name, abbreviations, words in rows}
