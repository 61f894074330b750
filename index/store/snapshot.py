"""One state of the library, for as long as a question needs it."""

import json
import re
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
from corpus.language.tokens import folded_words, for_query
from corpus.passages import Passage
from corpus.span import Span
from index.models.encoder import Vectors
from index.search.filters import Filters
from index.search.vector_index import Ids, VectorIndex
from index.store.change_log import changed_since, generation_of
from index.store.rows import COLUMNS, document_of, passage_of, sentences_of
from index.store.vector_cache import stored_vectors, vectors_of
from index.values import HEADING_WEIGHT


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one document, as its row has them; a thousand documents take little room this way.

    Attributes:
        name: the document's.
        abbreviations: a JSON object: each abbreviation that it introduces, in lower case, with its long form.
        words: a JSON list: each of its words once, in lower case.
    """

    name: str
    abbreviations: str
    words: str

    @classmethod
    def of(cls, name: str, text: str) -> "Words":
        """What a text says."""
        introduced: dict[str, str] = {}
        for short, long in abbreviations(text).items():
            introduced.setdefault(short.casefold(), long.casefold())
        return cls(name, _json(introduced), _json(sorted(set(folded_words(text)))))


class Vocabulary:
    """The words and abbreviations of many documents together. It stays as it is; another is made of it."""

    def __init__(self, held: Mapping[int, Words], counts: Counter[str], long_forms: Mapping[str, dict[str, str]]):
        self._held = held
        self._counts = counts
        self._long_forms = long_forms

    @classmethod
    def of(cls, documents: Mapping[int, Words]) -> "Vocabulary":
        """The vocabulary of these documents, by their ids."""
        return cls({}, Counter(), {}).changed((), documents)

    def changed(self, gone: Iterable[int], come: Mapping[int, Words]) -> "Vocabulary":
        """The vocabulary without some documents and with others, by their ids; ids that it does not hold go as well."""
        held, counts, long_forms = dict(self._held), self._counts.copy(), dict(self._long_forms)
        for identity in gone:
            if identity in held:
                _forget(held.pop(identity), counts, long_forms)
        for identity, said in come.items():
            held[identity] = said
            counts.update(json.loads(said.words))
            for short, long in json.loads(said.abbreviations).items():
                long_forms[short] = {**long_forms.get(short, {}), said.name: long}
        return Vocabulary(held, counts, long_forms)

    @property
    def words(self) -> frozenset[str]:
        """Every word, in lower case."""
        return frozenset(self._counts)

    def long_form(self, short: str) -> str | None:
        """What an abbreviation stands for, in lower case, as the first document by name has it; None for no one's."""
        meant = self._long_forms.get(short)
        return meant[min(meant)] if meant else None


def _forget(said: Words, counts: Counter[str], long_forms: dict[str, dict[str, str]]) -> None:
    for word in json.loads(said.words):
        counts[word] -= 1
        if not counts[word]:
            del counts[word]
    for short in json.loads(said.abbreviations):
        long_forms[short] = {name: long for name, long in long_forms[short].items() if name != said.name}
        if not long_forms[short]:
            del long_forms[short]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class SnapshotData:
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
    def current(cls, connection: sqlite3.Connection, folder: Path, former: "SnapshotData | None") -> "SnapshotData":
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
    def _load(cls, connection: sqlite3.Connection, folder: Path, generation: int) -> "SnapshotData":
        ids, owners = _passages(connection.execute("SELECT id, document FROM passages ORDER BY id"))
        rows = connection.execute(f"SELECT id, {COLUMNS} FROM documents")
        documents = {row[0]: document_of(*row[1:]) for row in rows}
        return cls(generation, ids, owners, vectors_of(connection, folder, generation, ids), documents)

    def _after(self, connection: sqlite3.Connection, generation: int, changed: Iterable[int]) -> "SnapshotData":
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
        return SnapshotData(
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

    def passages_that_pass(self, filters: Filters) -> Ids | None:
        """Return the ids of the passages whose documents pass the filters; None where the filters are empty."""
        if not filters:
            return None
        kept = [identity for identity, document in self.documents.items() if filters.keeps(document)]
        return self.ids[np.isin(self.owners, np.array(kept, dtype=np.int64))]

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


class SqliteSnapshot:
    """One state of a library, read in one transaction; see `index.library.Snapshot`."""

    def __init__(self, connection: sqlite3.Connection, data: SnapshotData) -> None:
        self._connection = connection
        self._data = data

    @property
    def generation(self) -> int:
        """Which state of the library this is; any change makes another."""
        return self._data.generation

    @property
    def documents(self) -> list[Document]:
        """All documents, by name."""
        return list(self._data.by_name)

    def search_dense(self, query: Vectors, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """See `Snapshot`."""
        if not self._data.vectors:
            return []
        among = self._data.passages_that_pass(filters)
        return self._data.vectors.search(query, k, among, lambda i: (self._data.owner(i).name, i))

    def search_lexical(self, text: str, k: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """See `Snapshot`.

        Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as FTS5 has it;
        FTS5 gives the negative, this the positive score.
        """
        expression = for_query(text)
        if not expression:
            return []
        among = self._data.passages_that_pass(filters)
        chosen = "" if among is None else " AND terms.rowid IN (SELECT value FROM json_each(?))"
        values = [
            HEADING_WEIGHT,
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
        return passage_of(self._data.documents[document], place, cut)

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
        return self._data.vocabulary(self._connection).words

    def long_form(self, short: str) -> str | None:
        """What an abbreviation stands for, in lower case, as the first document by name has it; None for no one's."""
        return self._data.vocabulary(self._connection).long_form(short)

    def writes_as_name(self, word: str) -> bool:
        """Whether the documents write a word with a capital and never without."""
        small = re.compile(rf"\b{re.escape(word.lower())}\b")
        large = re.compile(rf"\b{re.escape(word.capitalize())}\b")
        texts = [self._data.documents[identity].text for identity in self._with_word(word)]
        return any(large.search(text) for text in texts) and not any(small.search(text) for text in texts)

    @property
    def passage_count(self) -> int:
        """See `Snapshot`."""
        return len(self._data.ids)

    def _with_word(self, word: str) -> list[int]:
        """The ids of the documents that hold a word in any of its inflections."""
        rows = self._connection.execute(
            "SELECT DISTINCT document FROM terms JOIN passages ON passages.id = terms.rowid WHERE terms MATCH ?",
            (_quoted(word),),
        )
        return [int(row[0]) for row in rows]


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
