"""The file of a library, opened for transactions, with the settings and the encoder that it is used with."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.document import Document
from index.encoding import EncodedPassage, check_stamp, encode_documents
from index.models.encoder import Encoder, Progress
from index.settings import Settings
from index.store.database import connected, decoding, fact, readable, transaction

FILE = "library.sqlite3"


class LibraryFile:
    """The SQLite file in a library's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def path(self) -> Path:
        """The SQLite file; the files beside it are derived from it."""
        return self.folder / FILE

    @contextmanager
    def one_state(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that reads one state, in which more than rows is read; see `decoding`.

        Raises:
            LibraryError: the file cannot be read.
        """
        with readable(self.path) as connection, transaction(connection, "DEFERRED"):
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that reads one state, for a block that only reads rows.

        Raises:
            LibraryError: the file cannot be read.
        """
        with self.one_state() as connection, decoding():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction for a change: whole when the block ends, undone when it raises.

        Raises:
            LibraryError: the library cannot be written; nothing was changed.
        """
        with connected(self.path) as connection, transaction(connection, "IMMEDIATE"):
            yield connection


class Storage(LibraryFile):
    """The file of a library with the settings and the encoder that it is used with."""

    def __init__(self, folder: Path, settings: Settings, encoder: Encoder) -> None:
        super().__init__(folder)
        self.settings = settings
        self.encoder = encoder

    def encode(
        self, document: Document, known: Iterable[EncodedPassage], progress: Progress | None = None
    ) -> list[EncodedPassage]:
        """Return the passages of a document with their vectors; the vectors of known ones are not computed again.

        Args:
            document: the document to encode.
            known: passages with vectors that were made by this encoder, such as those of a former version.
            progress: called with the number of passages encoded and of all.
        """
        return encode_documents(self.encoder, [document], self.settings.passage_characters, known, progress)[0]

    def encode_all(self, documents: Sequence[Document], progress: Progress | None = None) -> list[list[EncodedPassage]]:
        """Return the passages of each document with their vectors, all encoded in one call of the encoder."""
        return encode_documents(self.encoder, documents, self.settings.passage_characters, progress=progress)

    def check_stamp(self, connection: sqlite3.Connection) -> None:
        """Check that the stored vectors fit; see `index.encoding.check_stamp`."""
        stored = fact(connection, "model"), fact(connection, "stamp")
        check_stamp(stored, (self.encoder.name, self.settings.stamp))
