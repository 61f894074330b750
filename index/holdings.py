"""What a library holds, for those who read it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.document import Document
from index.errors import LibraryError, StaleIndex, UnknownDocument
from index.models.encoder import Encoder, Progress
from index.settings import Settings
from index.shelf import Shelf
from index.store import corrections as correcting
from index.store import names as naming
from index.store.backup import back_up
from index.store.database import connected, fact, transaction
from index.store.integrity import problems, terms_problems
from index.store.names import shown
from index.store.rows import COLUMNS, ORIGINAL, document_at, document_of
from index.store.snapshot import View

FILE = "library.sqlite3"


class Holdings:
    """A library as its readers have it; `Library` is one that can be changed.

    Any number of threads may use it; each reading sees one state, whatever others add or remove meanwhile.
    """

    def __init__(self, folder: Path, settings: Settings, encoder: Encoder) -> None:
        self.folder = folder
        self.settings = settings
        self.encoder = encoder
        self._shelf: Shelf | None = None
        self._loading = threading.Lock()

    @property
    def path(self) -> Path:
        """The file that holds everything; what lies beside it can be made again from it."""
        return self.folder / FILE

    @contextmanager
    def view(self) -> Iterator[View]:
        """What the library holds now, unchanged for as long as the view is used, whatever others add or remove.

        Raises:
            StaleIndex: the vectors are of another model or other settings.
            LibraryError: the file cannot be read.
        """
        with self.reading() as connection:
            self._check_stamp(connection)
            yield View(connection, self._current_shelf(connection), self.settings)

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
            return document_at(connection, naming.find(connection, name))

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
            return naming.holds(connection, path, file_sha256)

    def under(self, folder: str) -> list[tuple[str, str]]:
        """The source paths that lie in a folder or an archive, each with its document's name, by path."""
        with self.reading() as connection:
            return naming.under(connection, folder)

    def original(self, name: str) -> tuple[bytes, str] | None:
        """The file that a document was read from, with its media type; None where no file was kept.

        Raises:
            UnknownDocument: there is no document of this name.
        """
        with self.reading() as connection:
            row = connection.execute(
                f"SELECT bytes, media_type FROM originals, documents WHERE documents.id = ? AND {ORIGINAL}",
                (naming.find(connection, name),),
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
            return correcting.corrections(connection, _source(connection, path_or_name))

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

    def _current_shelf(self, connection: sqlite3.Connection) -> Shelf:
        with self._loading:
            self._shelf = Shelf.current(connection, self.folder, self._shelf)
            return self._shelf


def _source(connection: sqlite3.Connection, path_or_name: str) -> str:
    """What the corrections of a document are kept under, whether it is there or has been removed."""
    try:
        identity = naming.find(connection, path_or_name)
    except UnknownDocument:
        return path_or_name
    name, path = connection.execute("SELECT name, path FROM documents WHERE id = ?", (identity,)).fetchone()
    return correcting.source_of(name, path)


def _by_day(document: Document) -> tuple[str, str]:
    day = document.meeting.first_day or document.published
    return (day.isoformat() if day else "9999", document.name)
