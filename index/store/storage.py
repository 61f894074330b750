"""The folder of a SQLite library: its file, transactions on it, and the encoder of what is written."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.document import Document
from corpus.errors import printable
from index.errors import StaleIndex
from index.models.encoder import Encoder, Progress
from index.settings import Settings
from index.store.database import connected, fact, transaction
from index.store.passages import EncodedPassage, encode_documents

FILE = "library.sqlite3"


class Storage:
    """The file of a library with the settings and the encoder that it is used with."""

    def __init__(self, folder: Path, settings: Settings, encoder: Encoder) -> None:
        self.folder = folder
        self.settings = settings
        self.encoder = encoder

    @property
    def path(self) -> Path:
        """The file that contains everything; the files beside it can be made again from it."""
        return self.folder / FILE

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction that reads one state.

        Raises:
            LibraryError: the file cannot be read.
        """
        with connected(self.path) as connection, transaction(connection, "DEFERRED"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction for a change: whole when the block ends, undone when it raises.

        Raises:
            LibraryError: the library cannot be written; nothing was changed.
        """
        with connected(self.path) as connection, transaction(connection, "IMMEDIATE"):
            yield connection

    def encode(self, document: Document, progress: Progress | None = None) -> list[EncodedPassage]:
        """Return the passages of a document with their vectors."""
        return self.encode_all([document], progress)[0]

    def encode_all(self, documents: Sequence[Document], progress: Progress | None = None) -> list[list[EncodedPassage]]:
        """Return the passages of each document with their vectors, all encoded in one call of the encoder."""
        return encode_documents(self.encoder, documents, self.settings.passage_characters, progress)

    def check_stamp(self, connection: sqlite3.Connection) -> None:
        """Check that the stored vectors were made with this encoder and these settings.

        Raises:
            StaleIndex: they were not.
        """
        model, stamp = fact(connection, "model"), fact(connection, "stamp")
        if model != self.encoder.name:
            raise StaleIndex(
                f"this library was encoded with {printable(model)}, but the settings name"
                f" {printable(self.encoder.name)}; rebuild it with: rapporteur reindex"
            )
        if stamp != self.settings.stamp:
            raise StaleIndex(
                f"this library was made with {stamp}, but the settings say {self.settings.stamp};"
                " rebuild it with: rapporteur reindex"
            )
