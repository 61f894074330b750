"""The library: one folder that holds every document, passage, vector and term, changed only in whole transactions."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.document import Document
from corpus.founding import founding_records
from index.errors import LibraryError, StaleIndex, UnknownDocument
from index.models.encoder import Encoder, Progress
from index.settings import Settings
from index.store import corrections, names, reindex
from index.store.backup import back_up, restore
from index.store.change_log import log_change
from index.store.database import connected, fact, prepare, set_fact, transaction
from index.store.integrity import problems, terms_problems
from index.store.names import shown
from index.store.rows import COLUMNS, ORIGINAL, document_at, document_of
from index.store.snapshot import Snapshot, SnapshotData
from index.store.vector_cache import forget
from index.store.write import (
    Added,
    Row,
    delete,
    encoded,
    purge_terms,
    store_document,
    taken,
    update_facts,
    with_hash_of,
)

FILE = "library.sqlite3"


class Holdings:
    """A library as its readers have it; `Library` is one that can be changed.

    Any number of threads may use it; each reading sees one state, whatever others add or remove meanwhile.
    """

    def __init__(self, folder: Path, settings: Settings, encoder: Encoder) -> None:
        self.folder = folder
        self.settings = settings
        self.encoder = encoder
        self._shelf: SnapshotData | None = None
        self._loading = threading.Lock()

    @property
    def path(self) -> Path:
        """The file that holds everything; what lies beside it can be made again from it."""
        return self.folder / FILE

    @contextmanager
    def view(self) -> Iterator[Snapshot]:
        """What the library holds now, unchanged for as long as the view is used, whatever others add or remove.

        Raises:
            StaleIndex: the vectors are of another model or other settings.
            LibraryError: the file cannot be read.
        """
        with self.reading() as connection:
            self._check_stamp(connection)
            yield Snapshot(connection, self._current_shelf(connection), self.settings)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The library's tables in one state, for those who keep tables of their own in it.

        Raises:
            LibraryError: the file cannot be read.
        """
        with connected(self.path) as connection, transaction(connection, "DEFERRED"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The same for a change, which is made whole when the block ends, or not at all when it raises.

        Raises:
            LibraryError: the library cannot be written; nothing was changed.
        """
        with connected(self.path) as connection, transaction(connection, "IMMEDIATE"):
            yield connection

    # What it holds.

    def documents(self) -> list[Document]:
        """All documents, by the day of their meeting or publication, then by name."""
        with self.reading() as connection:
            rows = connection.execute(f"SELECT {COLUMNS} FROM documents").fetchall()
        return sorted((document_of(*row) for row in rows), key=_by_day)

    def document(self, name: str) -> Document:
        """The document of this name, or of this name without its suffix, or known under it as a second name.

        Raises:
            UnknownDocument: there is none; the message says where the names stand.
        """
        with self.reading() as connection:
            return document_at(connection, names.find(connection, name))

    def version_of(self, sha256: str, name: str) -> Document | None:
        """The document with this very text; else the one that has this name now; None where neither is there."""
        with self.reading() as connection:
            for condition, value in (
                ("SELECT id FROM documents WHERE sha256 = ?", sha256),
                ("SELECT id FROM documents WHERE name = ?", name),
                ("SELECT document FROM names WHERE name = ? ORDER BY document", name),
            ):
                if row := connection.execute(condition, (value,)).fetchone():
                    return document_at(connection, row[0])
        return None

    def holds(self, path: str, file_sha256: str) -> str | None:
        """The name of the document that was taken from this path with these very bytes; None where none was.

        Args:
            path: the source path.
            file_sha256: of the file's bytes, in hexadecimal.
        """
        with self.reading() as connection:
            return names.holds(connection, path, file_sha256)

    def under(self, folder: str) -> list[tuple[str, str]]:
        """The source paths that lie in a folder or an archive, each with its document's name, by path."""
        with self.reading() as connection:
            return names.under(connection, folder)

    def original(self, name: str) -> tuple[bytes, str] | None:
        """The file that a document was read from, with its media type; None where no file was kept.

        Raises:
            UnknownDocument: there is no document of this name.
        """
        with self.reading() as connection:
            row = connection.execute(
                f"SELECT bytes, media_type FROM originals, documents WHERE documents.id = ? AND {ORIGINAL}",
                (names.find(connection, name),),
            ).fetchone()
        return (bytes(row[0]), str(row[1])) if row else None

    def counts(self) -> dict[str, int]:
        """How many documents, passages and sentences the library holds."""
        with self.reading() as connection:
            documents, passages, sentences = connection.execute(
                "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages),"
                " (SELECT coalesce(sum(json_array_length(sentences)), 0) FROM passages)"
            ).fetchone()
        return {"documents": documents, "passages": passages, "sentences": sentences}

    def stamp(self) -> tuple[str, str]:
        """The model and the settings that the stored vectors were made with."""
        with self.reading() as connection:
            return fact(connection, "model"), fact(connection, "stamp")

    def is_stale(self) -> bool:
        """Whether the vectors are of another model or other settings than these."""
        return self.stamp() != (self.encoder.name, self.settings.stamp)

    def corrections(self, path_or_name: str) -> dict[str, str]:
        """What the user has corrected of a document, by fact; an empty value says that there is no such fact.

        Args:
            path_or_name: a document's name, or the path of one that may have been removed.
        """
        with self.reading() as connection:
            return corrections.corrections(connection, _source(connection, path_or_name))

    def check(self, progress: Progress | None = None) -> list[str]:
        """Verify every hash, span, vector, term and file: a line for each problem, which says what to do.

        Args:
            progress: told how many documents are checked.
        """
        found: list[str] = []
        try:
            with self.reading() as connection:
                found.extend(problems(connection, self.folder, progress))
            with self.writing() as connection:
                found.extend(terms_problems(connection))
        except LibraryError as error:
            found = found or [str(error)]
        return found

    def backup(self, file: Path, force: bool = False) -> None:
        """Write the library as it is now into one file, while others go on using it; there is the whole file or none.

        Args:
            file: where to; without `force` it must not exist.
            force: whether to replace a file.

        Raises:
            LibraryError: the file cannot be written, or exists; nothing was changed.
        """
        back_up(self.path, file, force)

    def _check_stamp(self, connection: sqlite3.Connection) -> None:
        model, stamp = fact(connection, "model"), fact(connection, "stamp")
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

    def _current_shelf(self, connection: sqlite3.Connection) -> SnapshotData:
        with self._loading:
            self._shelf = SnapshotData.current(connection, self.folder, self._shelf)
            return self._shelf


def _source(connection: sqlite3.Connection, path_or_name: str) -> str:
    """What the corrections of a document are kept under, whether it is there or has been removed."""
    try:
        identity = names.find(connection, path_or_name)
    except UnknownDocument:
        return path_or_name
    name, path = connection.execute("SELECT name, path FROM documents WHERE id = ?", (identity,)).fetchone()
    return corrections.source_of(name, path)


def _by_day(document: Document) -> tuple[str, str]:
    day = document.meeting.first_day or document.published
    return (day.isoformat() if day else "9999", document.name)


__all__ = ["Added", "Library", "shown"]


class Library(Holdings):
    """The documents that are searched, kept in one folder.

    Open it with `Library.open`. Any number of threads may use one library; a change is seen whole or not at all.
    """

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
        prepare(library.folder, library.path, encoder.name, settings.stamp)
        library._take_founding_records(records, progress)
        return library

    def add(self, document: Document, original: bytes | None = None, progress: Progress | None = None) -> Added:
        """Take a document in, whole or not at all, with what the user has corrected of it before.

        The same text under another name is kept once. The same file with another text, or with other facts, replaces
        its former version. The same name from another folder is kept beside, under the shortest ending of its path
        that is unique.

        Args:
            document: as it was read.
            original: the bytes of its file, which are kept.
            progress: told how many of its passages are encoded.

        Raises:
            StaleIndex: new vectors would not fit the stored ones.
            CorpusError: what the user corrected does not fit the document any more.
            LibraryError: the library cannot be written; nothing was changed.
        """
        document = with_hash_of(document, original)
        with self.reading() as connection:
            self._check_stamp(connection)
            first = taken(connection, document)
        # Encoded before the transaction: a reader or another writer never waits for a model.
        rows = self.encoded(first.document, progress) if first.is_written else []
        with self.writing() as connection:
            self._check_stamp(connection)
            found = taken(connection, document)
            added = store_document(
                connection,
                found,
                lambda new: rows if rows and new == first.document else self.encoded(new),
                original,
            )
        if added.former:
            forget(self.folder)
        return added

    def remove(self, name: str) -> str:
        """Remove a document with every passage, vector and term of it, and return its name.

        Raises:
            UnknownDocument: there is none of this name.
            LibraryError: the library cannot be written; nothing was changed.
        """
        return self.remove_all([name])[0]

    def remove_all(self, documents: Sequence[str]) -> list[str]:
        """Remove documents by name in one change, and return their names; none is removed where one is unknown.

        Raises:
            UnknownDocument: there is none of one of the names.
            LibraryError: the library cannot be written; nothing was changed.
        """
        return self._remove(names.find, documents)

    def remove_texts(self, ids: Sequence[str]) -> list[str]:
        """The same for the documents with these texts, see `Document.id`; a new version that came meanwhile stays.

        Raises:
            UnknownDocument: there is none with one of the texts any more.
            LibraryError: the library cannot be written; nothing was changed.
        """
        return self._remove(names.with_text, ids)

    def _remove(self, find: Callable[[sqlite3.Connection, str], int], meant: Sequence[str]) -> list[str]:
        with self.writing() as connection:
            found = list(dict.fromkeys(find(connection, each) for each in meant))
            own = [
                str(connection.execute("SELECT name FROM documents WHERE id = ?", (i,)).fetchone()[0]) for i in found
            ]
            for identity in found:
                delete(connection, identity)
            if found:
                purge_terms(connection)
                log_change(connection, found)
        forget(self.folder)
        return own

    def correct(self, name: str, changes: Mapping[str, str | None]) -> Document:
        """Correct the facts of a document, for as long as its source is added to this library, and return it.

        Args:
            name: the document's.
            changes: by fact: its value, an empty one where there is no such fact, None to take a correction back.

        Raises:
            UnknownDocument: there is none of this name.
            CorpusError: a fact or a value cannot be.
            StaleIndex: new vectors would not fit the stored ones.
            LibraryError: the library cannot be written, or the document changed meanwhile; nothing was changed.
        """
        with self.reading() as connection:
            self._check_stamp(connection)
            identity = names.find(connection, name)
            before = self._correctable(connection, identity)
        read, source, kept = before
        wanted = {f: v for f, v in {**kept, **changes}.items() if v is not None}
        document, as_read = corrections.applied(read, wanted)
        rows = self.encoded(document)
        with self.writing() as connection:
            self._check_stamp(connection)
            if self._correctable(connection, identity) != before:
                raise LibraryError(f"{shown(name)}: the document was changed or removed meanwhile; correct it again")
            corrections.keep(connection, source, changes)
            update_facts(connection, identity, document, as_read, rows)
            log_change(connection, [identity])
        forget(self.folder)
        return document

    def reindex(self, progress: Progress | None = None) -> int:
        """Cut and encode every document again with the present model and settings; returns how many passages.

        A run that is stopped or killed leaves the library as it was, and the next one goes on from there.

        Args:
            progress: told how many characters of text are encoded.

        Raises:
            LibraryError: the library cannot be written; it then holds what it held before.
        """
        model, stamp = self.encoder.name, self.settings.stamp
        with self.writing() as connection:
            reindex.begin(connection, model, stamp)
        while True:
            while self._reindex_portion(progress):
                pass
            with self.writing() as connection:
                if reindex.finish(connection, model, stamp):
                    break  # otherwise a document came or changed after the last portion
        forget(self.folder)
        return self.counts()["passages"]

    @staticmethod
    def restore(file: Path, folder: Path, force: bool = False, progress: Progress | None = None) -> Path | None:
        """Make the library in a folder what it was when a backup was written, once nothing is wrong with that.

        Returns:
            Where the library that was replaced is kept; None when there was nothing to keep.

        Raises:
            LibraryError: the file is no library, or damaged; or it would replace one. Nothing was changed.
        """
        return restore(file, folder, folder / FILE, force, progress)

    def _take_founding_records(self, wanted: bool, progress: Progress | None) -> None:
        with self.reading() as connection:
            if fact(connection, "founding") != "to come":
                return
        documents = founding_records() if wanted else ()
        made = encoded(self.encoder, documents, self.settings.passage_characters, progress) if documents else []
        with self.writing() as connection:
            if fact(connection, "founding") != "to come":
                return
            # It holds nothing yet, whatever it was to be encoded with when it was made.
            set_fact(connection, "model", self.encoder.name)
            set_fact(connection, "stamp", self.settings.stamp)
            for document, rows in zip(documents, made, strict=True):
                store_document(connection, taken(connection, document), lambda new, rows=rows: rows, None)  # type: ignore[misc]
            set_fact(connection, "founding", "taken" if wanted else "declined")

    def _reindex_portion(self, progress: Progress | None) -> bool:
        """Encode some documents of those that are still to be, and keep them aside; False where there are none."""
        with self.reading() as connection:
            portion = reindex.next_portion(connection)
            before, of = reindex.progress_of(connection)
        if not portion:
            return False
        share = sum(len(document.text) for document in portion.values())
        made = encoded(
            self.encoder,
            list(portion.values()),
            self.settings.passage_characters,
            (lambda done, texts: progress(before + share * done // texts, of)) if progress else None,
        )
        kept = [(i, document, rows) for (i, document), rows in zip(portion.items(), made, strict=True)]
        with self.writing() as connection:
            reindex.keep(connection, self.encoder.name, self.settings.stamp, kept)
        return True

    def encoded(self, document: Document, progress: Progress | None = None) -> list[Row]:
        """The passages of a document with their vectors, as they are written."""
        return encoded(self.encoder, [document], self.settings.passage_characters, progress)[0]

    def _correctable(self, connection: sqlite3.Connection, identity: int) -> tuple[Document, str, dict[str, str]]:
        """A document as it was read, what its corrections are kept under, and these."""
        if not connection.execute("SELECT 1 FROM documents WHERE id = ?", (identity,)).fetchone():
            raise LibraryError(f"{self.path}: the document was removed meanwhile; nothing was changed")
        read = document_at(connection, identity, as_read=True)
        source = corrections.source_of(read.name, read.source.path)
        return read, source, corrections.corrections(connection, source)
