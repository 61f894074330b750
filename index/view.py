"""One state of the library, for as long as a question needs it."""

import json
import re
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.abbreviations import abbreviations
from corpus.document import Document
from corpus.passages import Passage
from corpus.span import Span
from index.encoder import Vectors
from index.filters import Filters
from index.settings import Settings
from index.stored import COLUMNS, document_of, passage_of
from index.terms import folded_words
from index.vectors import Ids, VectorIndex

_VECTORS = "vectors-{}.faiss"
# By what the documents are, not by when they came: the same documents give the same hits, whatever came and went.
_IN_ORDER = "FROM passages JOIN documents ON documents.id = document ORDER BY documents.name, place"


@dataclass(frozen=True)
class Shelf:
    """What is kept in memory of one generation of the library: who owns which passage, and their vectors."""

    generation: int
    ids: Ids
    owners: NDArray[np.int64]
    vectors: VectorIndex | None
    documents: dict[int, Document]

    @classmethod
    def current(cls, connection: sqlite3.Connection, folder: Path, former: "Shelf | None") -> "Shelf":
        """The state that the caller's transaction sees: the former one where nothing has changed since."""
        row = connection.execute("SELECT generation FROM changes ORDER BY number DESC LIMIT 1").fetchone()
        if row is None:
            raise sqlite3.DatabaseError("the table changes is empty")
        return former if former and former.generation == row[0] else cls.load(connection, folder, row[0])

    @classmethod
    def load(cls, connection: sqlite3.Connection, folder: Path, generation: int) -> "Shelf":
        """Read one generation inside the caller's transaction; its FAISS file is made again when it is missing."""
        rows = connection.execute(f"SELECT passages.id, document {_IN_ORDER}").fetchall()
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        owners = np.array([row[1] for row in rows], dtype=np.int64)
        documents = {
            row[0]: document_of(*row[1:])
            for row in connection.execute(f"SELECT id, {COLUMNS} FROM documents ORDER BY name")
        }
        return cls(generation, ids, owners, _vector_index(connection, folder, generation, ids), documents)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the documents, in lower case."""
        return frozenset(word for document in self.documents.values() for word in folded_words(document.text))

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """The abbreviations that the documents introduce, in lower case, each with its long form."""
        found: dict[str, str] = {}
        for document in self.documents.values():
            for short, long in abbreviations(document.text).items():
                found.setdefault(short.casefold(), long.casefold())
        return found


def _vector_index(connection: sqlite3.Connection, folder: Path, generation: int, ids: Ids) -> VectorIndex | None:
    if not len(ids):
        return None
    path = folder / _VECTORS.format(generation)
    index = VectorIndex.load(path)
    if index is None or len(index) != len(ids):
        rows = connection.execute(f"SELECT vector {_IN_ORDER}")
        index = VectorIndex.of(ids, np.stack([np.frombuffer(row[0], dtype=np.float32) for row in rows]))
        with suppress(OSError, RuntimeError):  # derived: a disk that takes no more costs time, not the answer
            index.save(path)
        for old in folder.glob(_VECTORS.format("*")):
            if old != path:
                old.unlink(missing_ok=True)
    return index


class View:
    """Reads from one state of the library. Made by `Library.view`; of no use after its `with` block."""

    def __init__(self, connection: sqlite3.Connection, shelf: Shelf, settings: Settings) -> None:
        self._connection = connection
        self._shelf = shelf
        self._settings = settings

    @property
    def generation(self) -> int:
        """Which state of the library this is; any change makes another."""
        return self._shelf.generation

    @property
    def documents(self) -> list[Document]:
        """All documents, by name."""
        return list(self._shelf.documents.values())

    def among(self, filters: Filters) -> Ids | None:
        """The ids of the passages whose documents pass the filters; None when the filters ask nothing."""
        if not filters:
            return None
        kept = [identity for identity, document in self._shelf.documents.items() if filters.keeps(document)]
        return self._shelf.ids[np.isin(self._shelf.owners, np.array(kept, dtype=np.int64))]

    def nearest(self, query: Vectors, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """The k passages nearest to a query vector: ids with their cosine, best first."""
        return self._shelf.vectors.search(query, k, among) if self._shelf.vectors else []

    def matching(self, expression: str, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """The k passages with the highest BM25 for an FTS5 expression: ids with their score, best first.

        Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as FTS5 has it;
        FTS5 gives the negative, this the positive score.
        """
        if not expression:
            return []
        chosen = "" if among is None else " AND terms.rowid IN (SELECT value FROM json_each(?))"
        values = [
            self._settings.heading_weight,
            expression,
            *([] if among is None else [json.dumps(among.tolist())]),
            k,
        ]
        rows = self._connection.execute(
            "SELECT terms.rowid, bm25(terms, 1.0, ?) AS score FROM terms JOIN passages ON passages.id = terms.rowid"
            f" JOIN documents ON documents.id = document WHERE terms MATCH ?{chosen}"
            " ORDER BY score, documents.name, place LIMIT ?",
            values,
        )
        return [(int(identity), -float(score)) for identity, score in rows]

    def passage(self, identity: int) -> Passage:
        """The passage with this id.

        Raises:
            KeyError: there is none in this state of the library.
        """
        row = self._connection.execute("SELECT document, place, cut FROM passages WHERE id = ?", (identity,)).fetchone()
        if row is None:
            raise KeyError(identity)
        document, place, cut = row
        return passage_of(self._shelf.documents[document], place, cut)

    def passages_of(self, document: Document) -> list[tuple[int, Passage]]:
        """All passages of a document with their ids, in order."""
        rows = self._connection.execute(
            "SELECT passages.id, place, cut FROM passages JOIN documents ON documents.id = document"
            " WHERE documents.sha256 = ? ORDER BY place",
            (document.id,),
        )
        return [(int(identity), passage_of(document, place, cut)) for identity, place, cut in rows]

    def sentences(self, identity: int) -> tuple[list[Span], Vectors]:
        """The sentences of a passage and their vectors, float32 of shape (n, d)."""
        spans, blob = self._connection.execute(
            "SELECT sentences, sentence_vectors FROM passages WHERE id = ?", (identity,)
        ).fetchone()
        found = [Span(start, end) for start, end in json.loads(spans)]
        return found, np.frombuffer(blob, dtype=np.float32).reshape(len(found), -1)

    def frequency(self, term: str) -> int:
        """In how many passages a word or phrase occurs, in any of its inflections that the stemmer knows."""
        quoted = '"' + term.replace('"', '""') + '"'
        (count,) = self._connection.execute("SELECT count(*) FROM terms WHERE terms MATCH ?", (quoted,)).fetchone()
        return int(count)

    @property
    def words(self) -> frozenset[str]:
        """Every word of the documents, in lower case."""
        return self._shelf.words

    @property
    def abbreviations(self) -> dict[str, str]:
        """The abbreviations that the documents introduce, in lower case, each with its long form."""
        return self._shelf.abbreviations

    def long_form(self, short: str) -> str | None:
        """What an abbreviation stands for, in lower case, as the first document by name has it; None for no one's."""
        return self._shelf.abbreviations.get(short)

    def writes_as_name(self, word: str) -> bool:
        """Whether the documents write a word with a capital and never without."""
        small = re.compile(rf"\b{re.escape(word.lower())}\b")
        large = re.compile(rf"\b{re.escape(word.capitalize())}\b")
        texts = [document.text for document in self.documents]
        return any(large.search(text) for text in texts) and not any(small.search(text) for text in texts)

    @property
    def size(self) -> int:
        """How many passages the library holds."""
        return len(self._shelf.ids)
