"""The library: one folder that holds every document, passage, vector and term, changed only in whole transactions."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from corpus.document import Document
from corpus.founding import founding_records
from index.adding import Added, put, taken, with_hash_of
from index.encoding import Row, encoded
from index.errors import LibraryError
from index.holdings import FILE, Holdings
from index.models.encoder import Encoder, Progress
from index.preparing import prepare
from index.restoring import restore
from index.settings import Settings
from index.store import corrections as correcting
from index.store import names as naming
from index.store import reindex as reindexing
from index.store.change_log import log_change
from index.store.database import fact, set_fact
from index.store.names import shown
from index.store.rows import document_at
from index.store.vector_cache import forget
from index.store.write import delete, purge_terms, restate

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
            added = put(
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

    def remove_all(self, names: Sequence[str]) -> list[str]:
        """Remove documents in one change, and return their names; none is removed where one is unknown.

        Raises:
            UnknownDocument: there is none of one of the names.
            LibraryError: the library cannot be written; nothing was changed.
        """
        return self._remove(naming.find, names)

    def remove_texts(self, ids: Sequence[str]) -> list[str]:
        """The same for the documents with these texts, see `Document.id`; a new version that came meanwhile stays.

        Raises:
            UnknownDocument: there is none with one of the texts any more.
            LibraryError: the library cannot be written; nothing was changed.
        """
        return self._remove(naming.with_text, ids)

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
            identity = naming.find(connection, name)
            before = self._correctable(connection, identity)
        read, source, kept = before
        wanted = {f: v for f, v in {**kept, **changes}.items() if v is not None}
        document, as_read = correcting.applied(read, wanted)
        rows = self.encoded(document)
        with self.writing() as connection:
            self._check_stamp(connection)
            if self._correctable(connection, identity) != before:
                raise LibraryError(f"{shown(name)}: the document was changed or removed meanwhile; correct it again")
            correcting.keep(connection, source, changes)
            restate(connection, identity, document, as_read, rows)
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
            reindexing.begin(connection, model, stamp)
        while True:
            while self._reindex_portion(progress):
                pass
            with self.writing() as connection:
                if reindexing.finish(connection, model, stamp):
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
                put(connection, taken(connection, document), lambda new, rows=rows: rows, None)  # type: ignore[misc]
            set_fact(connection, "founding", "taken" if wanted else "declined")

    def _reindex_portion(self, progress: Progress | None) -> bool:
        """Encode some documents of those that are still to be, and keep them aside; False where there are none."""
        with self.reading() as connection:
            portion = reindexing.next_portion(connection)
            before, of = reindexing.progress_of(connection)
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
            reindexing.keep(connection, self.encoder.name, self.settings.stamp, kept)
        return True

    def encoded(self, document: Document, progress: Progress | None = None) -> list[Row]:
        """The passages of a document with their vectors, as they are written."""
        return encoded(self.encoder, [document], self.settings.passage_characters, progress)[0]

    def _correctable(self, connection: sqlite3.Connection, identity: int) -> tuple[Document, str, dict[str, str]]:
        """A document as it was read, what its corrections are kept under, and these."""
        if not connection.execute("SELECT 1 FROM documents WHERE id = ?", (identity,)).fetchone():
            raise LibraryError(f"{self.path}: the document was removed meanwhile; nothing was changed")
        read = document_at(connection, identity, as_read=True)
        source = correcting.source_of(read.name, read.source.path)
        return read, source, correcting.corrections(connection, source)
