"""One state of the library, for as long as a question needs it."""

import json
import re
import sqlite3

import numpy as np

from corpus.document import Document
from corpus.passages import Passage
from corpus.span import Span
from index.models.encoder import Vectors
from index.search.filters import Filters
from index.search.vector_index import Ids
from index.settings import Settings
from index.shelf import Shelf
from index.store.rows import passage_of, sentences_of


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
        return list(self._shelf.by_name)

    def among(self, filters: Filters) -> Ids | None:
        """The ids of the passages whose documents pass the filters; None when the filters ask nothing."""
        if not filters:
            return None
        kept = [identity for identity, document in self._shelf.documents.items() if filters.keeps(document)]
        return self._shelf.ids[np.isin(self._shelf.owners, np.array(kept, dtype=np.int64))]

    def nearest(self, query: Vectors, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """The k passages nearest to a query vector: ids with their cosine, best first.

        Equal ones stand in the order of document name and place: the same documents give the same hits, whatever came
        and went.
        """
        if not self._shelf.vectors:
            return []
        return self._shelf.vectors.search(query, k, among, lambda i: (self._shelf.owner(i).name, i))

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
        found = sentences_of(spans)
        return found, np.frombuffer(blob, dtype=np.float32).reshape(len(found), -1)

    def frequency(self, term: str) -> int:
        """In how many passages a word or phrase occurs, in any of its inflections that the stemmer knows."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM terms WHERE terms MATCH ?", (_quoted(term),)
        ).fetchone()
        return int(count)

    @property
    def words(self) -> frozenset[str]:
        """Every word of the documents, in lower case."""
        return self._shelf.vocabulary(self._connection).words

    def long_form(self, short: str) -> str | None:
        """What an abbreviation stands for, in lower case, as the first document by name has it; None for no one's."""
        return self._shelf.vocabulary(self._connection).long_form(short)

    def writes_as_name(self, word: str) -> bool:
        """Whether the documents write a word with a capital and never without."""
        small = re.compile(rf"\b{re.escape(word.lower())}\b")
        large = re.compile(rf"\b{re.escape(word.capitalize())}\b")
        texts = [self._shelf.documents[identity].text for identity in self._with_word(word)]
        return any(large.search(text) for text in texts) and not any(small.search(text) for text in texts)

    @property
    def size(self) -> int:
        """How many passages the library holds."""
        return len(self._shelf.ids)

    def _with_word(self, word: str) -> list[int]:
        """The ids of the documents that hold a word in any of its inflections."""
        rows = self._connection.execute(
            "SELECT DISTINCT document FROM terms JOIN passages ON passages.id = terms.rowid WHERE terms MATCH ?",
            (_quoted(word),),
        )
        return [int(row[0]) for row in rows]


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
