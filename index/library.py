"""The library: one folder that holds every document, passage, vector and term, changed only in whole transactions."""

import json
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from corpus.document import Document
from corpus.founding import founding_records
from corpus.passages import Passage, split
from corpus.span import Span
from index import schema
from index.encoder import Encoder, Progress, Vectors, unit_rows
from index.errors import LibraryError, StaleIndex, UnknownDocument
from index.settings import Settings
from index.stored import about, cut_row, document_of, outline_rows
from index.terms import for_index
from index.view import Shelf, View

_FILE = "library.sqlite3"
_BUSY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one document did.

    Attributes:
        name: the document's name in the library.
        outcome: "added", "replaced" (a new version of the same file), "unchanged", or "same as" another document.
    """

    name: str
    outcome: str


class Library:
    """The documents that are searched, kept in one folder.

    Open it with `Library.open`. Any number of threads may use one library; a change is seen whole or not at all.
    """

    def __init__(self, folder: Path, settings: Settings, encoder: Encoder) -> None:
        self.folder = folder
        self.settings = settings
        self.encoder = encoder
        self._shelf: Shelf | None = None
        self._loading = threading.Lock()

    @classmethod
    def open(
        cls,
        settings: Settings,
        encoder: Encoder,
        records: bool = True,
        progress: Progress | None = None,
    ) -> "Library":
        """Open the library in the settings' folder, or make it there with the founding records.

        Args:
            settings: names the folder.
            encoder: gives the vectors of what is added; asked for nothing when the library is complete.
            records: whether a new library gets the founding records.
            progress: told how many passages of the founding records are encoded.

        Raises:
            LibraryError: the folder or the file cannot be used; nothing was changed.
        """
        library = cls(settings.library, settings, encoder)
        library._prepare()
        library._take_founding_records(records, progress)
        return library

    @property
    def path(self) -> Path:
        """The file that holds everything; what lies beside it can be made again from it."""
        return self.folder / _FILE

    @contextmanager
    def view(self) -> Iterator[View]:
        """What the library holds now, unchanged for as long as the view is used, whatever others add or remove.

        Raises:
            StaleIndex: the vectors are of another model or other settings.
            LibraryError: the file cannot be read.
        """
        with self._connection() as connection, _transaction(connection, "DEFERRED"):
            self._check_stamp(connection)
            yield View(connection, self._current_shelf(connection), self.settings)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The library's tables in one state, for those who keep tables of their own in it.

        Raises:
            LibraryError: the file cannot be read.
        """
        with self._connection() as connection, _transaction(connection, "DEFERRED"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same for a change, which is made whole when the block ends, or not at all when it raises.

        Raises:
            LibraryError: the library cannot be written; nothing was changed.
        """
        with self._connection() as connection, _transaction(connection, "IMMEDIATE"):
            yield connection

    def documents(self) -> list[Document]:
        """All documents, by the day of their meeting or publication, then by name."""
        with self._connection() as connection:
            rows = connection.execute("SELECT name, sha256, path, about, outline, text FROM documents").fetchall()
        return sorted((document_of(*row) for row in rows), key=_by_day)

    def document(self, name: str) -> Document:
        """The document of this name, or of this name without its suffix, or known under it as a second name.

        Raises:
            UnknownDocument: there is none; the message names the nearest ones.
        """
        with self._connection() as connection:
            found = self._find(connection, name)
            row = connection.execute(
                "SELECT name, sha256, path, about, outline, text FROM documents WHERE id = ?", (found,)
            ).fetchone()
        return document_of(*row)

    def version_of(self, sha256: str, name: str) -> Document | None:
        """The document with this very text; else the one that has this name now; None where neither is there."""
        columns = "SELECT name, sha256, path, about, outline, text FROM documents"
        with self._connection() as connection:
            row = (
                connection.execute(f"{columns} WHERE sha256 = ?", (sha256,)).fetchone()
                or connection.execute(f"{columns} WHERE name = ?", (name,)).fetchone()
                or connection.execute(
                    f"{columns} WHERE id IN (SELECT document FROM names WHERE name = ?) ORDER BY id", (name,)
                ).fetchone()
            )
        return document_of(*row) if row else None

    def counts(self) -> dict[str, int]:
        """How many documents, passages and sentences the library holds."""
        with self._connection() as connection:
            documents, passages, sentences = connection.execute(
                "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages),"
                " (SELECT coalesce(sum(json_array_length(sentences)), 0) FROM passages)"
            ).fetchone()
        return {"documents": documents, "passages": passages, "sentences": sentences}

    def stamp(self) -> tuple[str, str]:
        """The model and the settings that the stored vectors were made with."""
        with self._connection() as connection:
            facts = dict(connection.execute("SELECT name, value FROM facts"))
        return facts["model"], facts["stamp"]

    def is_stale(self) -> bool:
        """Whether the vectors are of another model or other settings than these."""
        return self.stamp() != (self.encoder.name, self.settings.stamp)

    def add(self, document: Document, progress: Progress | None = None) -> Added:
        """Take a document in, whole or not at all.

        The same text under another name is kept once. The same file with another text replaces its former text. The
        same name from another folder is kept beside, under the shortest ending of its path that is unique.

        Raises:
            StaleIndex: new vectors would not fit the stored ones.
            LibraryError: the library cannot be written; nothing was changed.
        """
        with self._connection() as connection:
            self._check_stamp(connection)
            known = self._known(connection, document)
        rows = [] if known else self._encoded(document, progress)
        with self._connection() as connection, _transaction(connection, "IMMEDIATE"):
            self._check_stamp(connection)
            if known := self._known(connection, document):
                return self._name_again(connection, known, document)
            # Encoded before the transaction: a reader or another writer never waits for a model.
            rows = rows or self._encoded(document, None)
            replaced = self._drop_former(connection, document)
            name = self._free_name(connection, document.name, document.source.path, document.id)
            self._insert(connection, document, name, rows)
            self._next_generation(connection)
        return Added(name, "replaced" if replaced else "added")

    def remove(self, name: str) -> str:
        """Remove a document with every passage, vector and term of it, and return its name.

        Raises:
            UnknownDocument: there is none of this name.
            LibraryError: the library cannot be written; nothing was changed.
        """
        with self._connection() as connection, _transaction(connection, "IMMEDIATE"):
            found = self._find(connection, name)
            (own,) = connection.execute("SELECT name FROM documents WHERE id = ?", (found,)).fetchone()
            self._delete(connection, found)
            self._next_generation(connection)
        return str(own)

    def reindex(self, progress: Progress | None = None) -> int:
        """Cut and encode every document again with the present model and settings; returns how many passages.

        Raises:
            LibraryError: the library cannot be written; it then holds what it held before.
        """
        with self._connection() as connection:
            stored = connection.execute(
                "SELECT id, name, sha256, path, about, outline, text FROM documents ORDER BY id"
            ).fetchall()
        documents = {row[0]: document_of(*row[1:]) for row in stored}
        encoded = _encode_all(
            self.encoder, [split(d, self.settings.passage_characters) for d in documents.values()], progress
        )
        with self._connection() as connection, _transaction(connection, "IMMEDIATE"):
            if [row[0] for row in connection.execute("SELECT id FROM documents ORDER BY id")] != list(documents):
                raise LibraryError(
                    f"{self.path}: documents were added or removed meanwhile; run rapporteur reindex again"
                )
            connection.execute("DELETE FROM terms")
            connection.execute("DELETE FROM passages")
            for identity, rows in zip(documents, encoded, strict=True):
                _insert_passages(connection, identity, rows)
            self._stamp(connection)
            self._next_generation(connection)
        return sum(len(rows) for rows in encoded)

    # How the file is opened.

    def _prepare(self) -> None:
        if os.path.isfile(self.folder):
            raise LibraryError(f"{self.folder}: this is a file; give a folder with --library")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"{self.folder}: cannot be made ({error.strerror}); give another folder with --library"
            ) from error
        _refuse_truncated(self.path)
        with self._connection() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if application != schema.APPLICATION_ID and (tables or version or application):
                raise LibraryError(
                    f"{self.path}: this SQLite file is not a library of Rapporteur; give another folder with --library"
                )
            if version > schema.VERSION:
                raise LibraryError(
                    f"{self.path}: version {version} is newer than this program's {schema.VERSION}; update rapporteur"
                )
            if version == 0:
                connection.execute("PRAGMA journal_mode = WAL")
                with _transaction(connection, "IMMEDIATE"):
                    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                        schema.create(connection)
                        connection.execute("INSERT INTO facts VALUES ('generation', '0'), ('founding', 'to come')")
                        self._stamp(connection)
            elif version < schema.VERSION:
                with _transaction(connection, "IMMEDIATE"):
                    # Read again: another process may have migrated it while this one waited.
                    schema.migrate(connection, *connection.execute("PRAGMA user_version").fetchone())

    def _take_founding_records(self, wanted: bool, progress: Progress | None) -> None:
        with self._connection() as connection:
            if _fact(connection, "founding") != "to come":
                return
        documents = founding_records() if wanted else ()
        cut = [split(d, self.settings.passage_characters) for d in documents]
        encoded = _encode_all(self.encoder, cut, progress) if documents else []
        with self._connection() as connection, _transaction(connection, "IMMEDIATE"):
            if _fact(connection, "founding") != "to come":
                return
            self._check_stamp(connection)
            for document, rows in zip(documents, encoded, strict=True):
                if not self._known(connection, document):
                    name = self._free_name(connection, document.name, document.source.path, document.id)
                    self._insert(connection, document, name, rows)
            _set_fact(connection, "founding", "taken" if wanted else "declined")
            self._next_generation(connection)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise LibraryError(_explained(self.path, error)) from error

    # What is written.

    def _encoded(self, document: Document, progress: Progress | None) -> list["_Row"]:
        return _encode_all(self.encoder, [split(document, self.settings.passage_characters)], progress)[0]

    def _insert(self, connection: sqlite3.Connection, document: Document, name: str, rows: list["_Row"]) -> None:
        inserted = connection.execute(
            "INSERT INTO documents (name, sha256, path, about, outline, text) VALUES (?, ?, ?, ?, ?, ?)",
            (name, document.id, document.source.path, about(document), outline_rows(document), document.text),
        ).lastrowid
        connection.execute("INSERT INTO names VALUES (?, ?, ?)", (name, document.source.path, inserted))
        _insert_passages(connection, int(inserted or 0), rows)

    def _delete(self, connection: sqlite3.Connection, identity: int) -> None:
        connection.execute("DELETE FROM terms WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", (identity,))
        connection.execute("DELETE FROM documents WHERE id = ?", (identity,))

    def _known(self, connection: sqlite3.Connection, document: Document) -> int | None:
        row = connection.execute("SELECT id FROM documents WHERE sha256 = ?", (document.id,)).fetchone()
        return int(row[0]) if row else None

    def _name_again(self, connection: sqlite3.Connection, known: int, document: Document) -> Added:
        path = document.source.path
        names = connection.execute("SELECT name, path FROM names WHERE document = ?", (known,)).fetchall()
        if (document.name, path) in names or (path and path in (p for _, p in names)):
            (own,) = connection.execute("SELECT name FROM documents WHERE id = ?", (known,)).fetchone()
            return Added(str(own), "unchanged")
        if self._drop_former(connection, document):
            self._next_generation(connection)
        connection.execute("INSERT INTO names VALUES (?, ?, ?)", (document.name, path, known))
        (own,) = connection.execute("SELECT name FROM documents WHERE id = ?", (known,)).fetchone()
        return Added(str(own), "same as")

    def _drop_former(self, connection: sqlite3.Connection, document: Document) -> bool:
        """Take away what was added from the same file before; where another file has that text it stays, as its own."""
        path = document.source.path
        if path is None:
            return False
        connection.execute("DELETE FROM names WHERE path = ?", (path,))
        former = connection.execute("SELECT id, sha256 FROM documents WHERE path = ?", (path,)).fetchone()
        if former is None:
            return False
        heir = connection.execute(
            "SELECT rowid, name, path FROM names WHERE document = ? ORDER BY rowid", (former[0],)
        ).fetchone()
        if heir is None:
            self._delete(connection, int(former[0]))
            return True
        row, name, path = heir
        name = self._free_name(connection, name, path, former[1])
        connection.execute("UPDATE documents SET name = ?, path = ? WHERE id = ?", (name, path, former[0]))
        connection.execute("UPDATE names SET name = ? WHERE rowid = ?", (name, row))
        return True

    def _free_name(self, connection: sqlite3.Connection, name: str, path: str | None, sha256: str) -> str:
        """The file's name, or the shortest ending of its path that no other document has."""
        parts = PurePath(path).parts if path else (name,)
        endings = ["/".join(parts[-n:]).lstrip("/") for n in range(1, len(parts) + 1)]
        taken = "SELECT 1 FROM documents WHERE name = ?"
        for ending in [name, *endings[1:]]:
            if not connection.execute(taken, (ending,)).fetchone():
                return ending
        return f"{endings[-1]} ({sha256[:12]})"

    def _find(self, connection: sqlite3.Connection, name: str) -> int:
        exact = connection.execute("SELECT id FROM documents WHERE name = ?", (name,)).fetchone()
        if exact:
            return int(exact[0])
        known = connection.execute("SELECT name, path, document FROM names").fetchall()
        wanted = os.path.abspath(name)
        found = {int(d) for n, p, d in known if n == name or p == wanted} or {
            int(d) for n, _, d in known if PurePath(n).stem == name
        }
        if len(found) == 1:
            return found.pop()
        if found:
            raise UnknownDocument(
                f"{shown(name)}: {len(found)} documents have this name; give the whole one (rapporteur list)"
            )
        raise UnknownDocument(f"{shown(name)}: no such document in the library; rapporteur list names them all")

    def _stamp(self, connection: sqlite3.Connection) -> None:
        _set_fact(connection, "model", self.encoder.name)
        _set_fact(connection, "stamp", self.settings.stamp)

    def _next_generation(self, connection: sqlite3.Connection) -> None:
        # Drawn, not counted: the vectors of a library that was moved away, or restored, never pass for this one's.
        _set_fact(connection, "generation", str(secrets.randbits(62)))

    def _check_stamp(self, connection: sqlite3.Connection) -> None:
        model, stamp = _fact(connection, "model"), _fact(connection, "stamp")
        if model != self.encoder.name:
            raise StaleIndex(
                f"this library was encoded with {shown(model)}, but the settings name {shown(self.encoder.name)};"
                " rebuild it with: rapporteur reindex"
            )
        if stamp != self.settings.stamp:
            raise StaleIndex(
                f"this library was made with {stamp}, but the settings say {self.settings.stamp};"
                " rebuild it with: rapporteur reindex"
            )

    # What is read.

    def _current_shelf(self, connection: sqlite3.Connection) -> Shelf:
        generation = int(_fact(connection, "generation"))
        with self._loading:
            if self._shelf is None or self._shelf.generation != generation:
                self._shelf = Shelf.load(connection, self.folder, generation)
            return self._shelf


@dataclass(frozen=True, slots=True)
class _Row:
    """A passage with its vectors, as it is stored."""

    passage: Passage
    vector: bytes
    sentences: tuple[Span, ...]
    sentence_vectors: bytes


def _encode_all(encoder: Encoder, cut: Sequence[list[Passage]], progress: Progress | None) -> list[list[_Row]]:
    """Encode each passage, and each sentence of those that have several, all in one go."""
    texts: list[str] = []
    plans: list[list[tuple[Passage, tuple[Span, ...], int]]] = []
    for passages in cut:
        plan = []
        for passage in passages:
            spans = tuple(passage.sentences())
            plan.append((passage, spans, len(texts)))
            texts.append(passage.for_encoder())
            texts.extend(passage.for_encoder(span) for span in spans if len(spans) > 1)
        plans.append(plan)
    vectors = unit_rows(encoder.encode_passages(texts, progress), len(texts), encoder.name)
    return [[_row(passage, spans, vectors, at) for passage, spans, at in plan] for plan in plans]


def _row(passage: Passage, spans: tuple[Span, ...], vectors: Vectors, at: int) -> _Row:
    own = vectors[at + 1 : at + 1 + len(spans)] if len(spans) > 1 else vectors[at : at + 1]
    return _Row(passage, vectors[at].tobytes(), spans, own.tobytes())


def _insert_passages(connection: sqlite3.Connection, document: int, rows: list[_Row]) -> None:
    for row in rows:
        identity = connection.execute(
            "INSERT INTO passages (document, place, cut, vector, sentences, sentence_vectors)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                document,
                row.passage.order,
                cut_row(row.passage),
                row.vector,
                json.dumps([[s.start, s.end] for s in row.sentences]),
                row.sentence_vectors,
            ),
        ).lastrowid
        passage = row.passage
        about_it = " ".join((passage.document.title, *passage.headings))
        connection.execute(
            "INSERT INTO terms (rowid, words, headings) VALUES (?, ?, ?)",
            (identity, for_index(passage.text), for_index(about_it)),
        )


def shown(name: str) -> str:
    """A name that can be printed: anything but plain printable text is escaped."""
    return name if name.isprintable() else name.encode("unicode_escape").decode("ascii")


@contextmanager
def _transaction(connection: sqlite3.Connection, mode: str) -> Iterator[None]:
    connection.execute(f"BEGIN {mode}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _fact(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise sqlite3.DatabaseError(f"the fact {name!r} is missing")
    return str(row[0])


def _set_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def _by_day(document: Document) -> tuple[str, str]:
    day = document.meeting.first_day or document.published
    return (day.isoformat() if day else "9999", document.name)


def _refuse_truncated(path: Path) -> None:
    """Refuse a file that is shorter than its own header says, which SQLite itself notices only page by page."""
    if path.with_name(path.name + "-wal").exists():  # SQLite completes the file from it
        return
    size, needed = _sizes(path)
    if size < needed:
        size, needed = _sizes(path)  # a second look: another process may have been writing it at the first
    if size < needed:
        raise LibraryError(
            f"{path}: truncated ({size:,} of {needed:,} bytes); restore it, or move it away to start anew"
        )


def _sizes(path: Path) -> tuple[int, int]:
    """How long the file is and how long its header says that it is."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        return 0, 0
    except OSError as error:
        raise LibraryError(f"{path}: cannot be read ({error.strerror}); give another folder with --library") from error
    if not header:
        return 0, 0
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise LibraryError(
            f"{path}: this is not a library of Rapporteur; move it away or give another folder with --library"
        )
    page = int.from_bytes(header[16:18], "big")
    return size, (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big")


def _explained(path: Path, error: sqlite3.Error) -> str:
    said = str(error)
    if "readonly" in said or "unable to open" in said:
        return f"{path}: the folder cannot be written ({said}); make it writable or give another with --library"
    if "locked" in said:
        return f"{path}: another process has been writing for {_BUSY_SECONDS:.0f} seconds; try again when it is done"
    if "disk is full" in said or "disk I/O" in said:
        return f"{path}: the disk is full or failing ({said}); nothing was changed"
    return f"{path}: the library is damaged ({said}); restore it, or move it away to start anew"
