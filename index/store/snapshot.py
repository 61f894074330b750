"""Search and read one state of a SQLite library."""

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Document
from corpus.language.scripts import is_cjk
from corpus.passages import Passage
from corpus.span import Span
from index.models.encoder import Vectors
from index.search.filters import Filters
from index.search.vector_index import Ids
from index.snapshot import WordMatches
from index.store.database import decoding
from index.store.derived import read_derived, store_derived
from index.store.passages import fts_query, fts_terms, fts_text, quote_term
from index.store.private.word_matches import word_matches
from index.store.rows import passage_of, sentences_of, vectors_of
from index.store.snapshot_data import SnapshotData, Vocabulary
from index.values import HEADING_WEIGHT


class SqliteSnapshot:
    """One state of a library, read in one transaction; see `index.snapshot.Snapshot`."""

    def __init__(self, connection: sqlite3.Connection, data: SnapshotData, path: Path) -> None:
        self._connection = connection
        self._data = data
        self._path = path

    @property
    def generation(self) -> int:
        """See `Snapshot`."""
        return self._data.generation

    @property
    def documents(self) -> list[Document]:
        """See `Snapshot`."""
        return list(self._data.by_name)

    def search_dense(self, query: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """See `Snapshot`."""
        if not self._data.vectors:
            return []
        among = self._among(filters)
        return self._data.vectors.search(query, k, among, lambda i: (self._data.owner(i).name, i))

    @decoding()
    def search_lexical(self, text: str, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """See `Snapshot`.

        Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as FTS5 has it;
        FTS5 gives the negative, this the positive score.
        """
        expression = fts_query(text)
        if not expression or k < 1:
            return []
        query = "SELECT bm25(terms, 1.0, ?), rowid FROM terms WHERE terms MATCH ?"
        values: list[object] = [HEADING_WEIGHT, expression]
        among = self._among(filters)
        if among is not None:
            # Without the sign SQLite would search the index once for each id.
            query += " AND +rowid IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(among.tolist()))
        rows = self._connection.execute(query, values).fetchall()
        worst = sorted(score for score, _ in rows)[:k][-1] if rows else 0.0
        best = [(score, self._data.owner(identity).name, identity) for score, identity in rows if score <= worst]
        return [(identity, -score) for score, _, identity in sorted(best)[:k]]

    @decoding()
    def word_matches(self, text: str, filters: Filters = Filters()) -> WordMatches:
        """See `Snapshot`."""
        return word_matches(self._connection, fts_terms(text), self._among(filters))

    def passage(self, identity: int) -> Passage:
        """See `Snapshot`; a passage is read once in a state."""
        return self._data.read.passages.get(identity, lambda: self._read_passage(identity))

    def _read_passage(self, identity: int) -> Passage:
        document, place, cut = self._columns("document, place, cut", identity)
        with decoding():
            return passage_of(self._data.documents[document], place, cut)

    def passages_of(self, document: Document) -> list[tuple[int, Passage]]:
        """See `Snapshot`; the passages of a document are read once in a state."""
        return self._data.read.of_document(document, lambda: self._read_passages(document))

    @decoding()
    def _read_passages(self, document: Document) -> list[tuple[int, Passage]]:
        rows = self._connection.execute(
            "SELECT passages.id, place, cut FROM passages JOIN documents ON documents.id = document"
            " WHERE documents.sha256 = ? ORDER BY place",
            (document.id,),
        )
        return [(int(identity), passage_of(document, place, cut)) for identity, place, cut in rows]

    def sentences(self, identity: int) -> tuple[list[Span], Vectors]:
        """See `Snapshot`; they are read once in a state."""
        return self._data.read.sentences.get(identity, lambda: self._read_sentences(identity))

    def _read_sentences(self, identity: int) -> tuple[list[Span], Vectors]:
        spans, blob = self._columns("sentences, sentence_vectors", identity)
        with decoding():
            sentences = sentences_of(spans)
            return sentences, vectors_of(blob, len(sentences))

    @decoding()
    def frequency(self, term: str, filters: Filters = Filters()) -> int:
        """See `Snapshot`."""
        query = "SELECT count(*) FROM terms WHERE terms MATCH ?"
        values = [quote_term(fts_text(term) if is_cjk(term) else term)]
        among = self._among(filters)
        if among is not None:
            query += " AND +rowid IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(among.tolist()))
        (count,) = self._connection.execute(query, values).fetchone()
        return int(count)

    @property
    def words(self) -> frozenset[str]:
        """See `Snapshot`."""
        return self._vocabulary.words

    def long_form(self, short: str) -> str | None:
        """See `Snapshot`."""
        return self._vocabulary.long_form(short)

    def short_form(self, long: str) -> str | None:
        """See `Snapshot`."""
        return self._vocabulary.short_forms.get(long)

    @decoding()
    def writes_as_name(self, word: str) -> bool:
        """See `Snapshot`."""
        small = re.compile(rf"\b{re.escape(word.lower())}\b")
        large = re.compile(rf"\b{re.escape(word.capitalize())}\b")
        rows = self._connection.execute(
            "SELECT DISTINCT document FROM terms JOIN passages ON passages.id = terms.rowid WHERE terms MATCH ?",
            (quote_term(word),),
        )
        texts = [self._data.documents[int(identity)].text for (identity,) in rows]
        return any(large.search(text) for text in texts) and not any(small.search(text) for text in texts)

    @property
    def passage_count(self) -> int:
        """See `Snapshot`."""
        return len(self._data.ids)

    def derived(self, name: str, derive: Callable[[], list[float]]) -> list[float]:
        """See `Snapshot`."""
        if name not in self._data.derived:
            values = read_derived(self._connection, name, self.generation)
            if values is None:
                values = derive()
                store_derived(self._path, name, self.generation, values)
            self._data.derived[name] = values
        return self._data.derived[name]

    @property
    def _vocabulary(self) -> Vocabulary:
        with decoding():
            return self._data.vocabulary(self._connection)

    @decoding()
    def _among(self, filters: Filters) -> Ids | None:
        """Return the ids of the passages that pass the filters, of a speaker those with words of his; None for all."""
        among = self._data.filtered_ids(filters)
        if among is None or not filters.speakers:
            return among
        rows = self._connection.execute(
            "SELECT id, document, place, cut FROM passages WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(among.tolist()),),
        )
        passages = ((i, passage_of(self._data.documents[document], place, cut)) for i, document, place, cut in rows)
        return np.array([i for i, p in passages if filters.keeps_some(p.document, p.span)], dtype=np.int64)

    def _columns(self, names: str, passage: int) -> tuple[Any, ...]:
        row = self._connection.execute(f"SELECT {names} FROM passages WHERE id = ?", (passage,)).fetchone()
        if row is None and passage in self._data.ids:
            raise sqlite3.DatabaseError(f"passage {passage} is missing")
        if row is None:
            raise KeyError(passage)
        return tuple(row)
