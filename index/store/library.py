"""The SQLite library: one folder that holds every document, passage, vector and term."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from corpus.document import Document
from index.errors import CannotWrite, LibraryError
from index.models.encoder import Encoder, Progress
from index.settings import Settings
from index.store import backup, changes, queries, reindex
from index.store.corrections import corrections_of
from index.store.database import decoding, fact, generation_of
from index.store.integrity import problems, terms_problems
from index.store.names import find_document, find_text
from index.store.near_duplicates import find_near_duplicate
from index.store.private import backup as private_backup
from index.store.rows import document_at
from index.store.schema import prepare
from index.store.snapshot import SqliteSnapshot
from index.store.snapshot_data import SnapshotData
from index.store.storage import FILE, LibraryFile
from index.store.user_data.conversations import (
    SqliteConversations,
    conversation_row,
    conversation_rows,
    questions,
    turn_rows,
)
from index.store.user_data.evidence import SqliteEvidence, evidence_rows
from index.store.user_data.feedback import FeedbackTables
from index.store.user_data.record_sets import RecordSetTables
from index.store.user_data.users import UserTables
from index.values import Added, ConversationRow, DocumentSummary, EvidenceRow, NearDuplicate, SourceRecord, TurnRow


def open_library(
    location: str, settings: Settings, encoder: Encoder, founding: bool = True, progress: Progress | None = None
) -> "SqliteLibrary":
    """Open the library in a folder, or make it there; see `index.library.open_library`."""
    folder = Path(location)
    library = SqliteLibrary(folder, settings.model_copy(update={"library": folder}), encoder)
    prepare(folder, library.path, encoder.name, settings.stamp)
    private_backup.settle(folder, library.path)
    changes.add_founding_records(library, founding, progress)
    return library


def library_exists(location: str) -> bool:
    """Return True if there is a library in a folder."""
    return (Path(location) / FILE).exists()


def read_documents(location: str) -> list[Document]:
    """Return all documents of the library in a folder; see `index.library.read_documents`."""
    with LibraryFile(Path(location)).reading() as connection:
        return queries.documents(connection)


def restore_library(file: Path, location: str, force: bool = False, progress: Progress | None = None) -> str | None:
    """Replace the library in a folder by a backup; see `index.library.restore_library`."""
    folder = Path(location)
    former_file = backup.restore(file, folder, folder / FILE, force, progress)
    return str(former_file) if former_file else None


class SqliteLibrary(FeedbackTables, UserTables, RecordSetTables):
    """A library in a folder; see `index.library_protocol.Library`."""

    def __init__(self, folder: Path, settings: Settings, encoder: Encoder) -> None:
        super().__init__(folder, settings, encoder)
        self._snapshot_data: SnapshotData | None = None
        self._loading = threading.Lock()

    @property
    def location(self) -> str:
        """See `Library`."""
        return str(self.folder)

    @contextmanager
    def snapshot(self) -> Iterator[SqliteSnapshot]:
        """See `Library`."""
        with self.one_state() as connection:
            self.check_stamp(connection)
            with self._loading, decoding():
                self._snapshot_data = SnapshotData.current(connection, self.folder, self._snapshot_data)
                data = self._snapshot_data
            yield SqliteSnapshot(connection, data, self.path)

    def documents(self) -> list[Document]:
        """See `Library`."""
        with self.reading() as connection:
            return queries.documents(connection)

    def generation(self) -> int:
        """See `Library`."""
        with self.reading() as connection:
            return generation_of(connection)

    def names(self) -> dict[str, str]:
        """See `Library`."""
        with self.reading() as connection:
            return queries.names(connection)

    def summaries(self) -> list[DocumentSummary]:
        """See `Library`."""
        with self.reading() as connection:
            return queries.summaries(connection)

    def document(self, name: str) -> Document:
        """See `Library`."""
        with self.reading() as connection:
            return document_at(connection, find_document(connection, name))

    def document_as_read(self, name: str) -> Document | None:
        """See `Library`."""
        with self.reading() as connection:
            return queries.document_as_read(connection, name)

    def version_of(self, sha256: str, name: str) -> Document | None:
        """See `Library`."""
        with self.reading() as connection:
            return queries.version_of(connection, sha256, name)

    def near_duplicate(self, document: Document) -> NearDuplicate | None:
        """See `Library`."""
        with self.reading() as connection:
            return find_near_duplicate(connection, document)

    def source(self, path: str) -> SourceRecord | None:
        """See `Library`."""
        with self.reading() as connection:
            return queries.source(connection, path)

    def sources_under(self, folder: str) -> list[SourceRecord]:
        """See `Library`."""
        with self.reading() as connection:
            return queries.sources_under(connection, folder)

    def original(self, name: str) -> tuple[bytes, str] | None:
        """See `Library`."""
        with self.reading() as connection:
            return queries.original(connection, name)

    def corrections(self, path_or_name: str) -> dict[str, str]:
        """See `Library`."""
        with self.reading() as connection:
            return corrections_of(connection, queries.correction_source(connection, path_or_name))

    def counts(self) -> dict[str, int]:
        """See `Library`."""
        with self.reading() as connection:
            return queries.counts(connection)

    def stored_bytes(self) -> int:
        """See `Library`."""
        size = 0
        for file in self.folder.iterdir():
            with suppress(FileNotFoundError):  # SQLite makes and removes files beside the library's
                size += file.stat().st_size if file.is_file() else 0
        return size

    def stamp(self) -> tuple[str, str]:
        """See `Library`."""
        with self.reading() as connection:
            return fact(connection, "model"), fact(connection, "stamp")

    def is_stale(self) -> bool:
        """See `Library`."""
        return self.stamp() != (self.encoder.name, self.settings.stamp)

    def check(self, progress: Progress | None = None) -> list[str]:
        """See `Library`."""
        lines: list[str] = []
        try:
            with self.reading() as connection:
                lines.extend(problems(connection, self.folder, progress))
            lines.extend(self._terms_problems())
        except LibraryError as error:
            lines = lines or [str(error)]
        return lines

    def _terms_problems(self) -> list[str]:
        try:
            with self.writing() as connection:
                return [*terms_problems(connection)]
        except CannotWrite:
            with self.reading() as connection, closing(sqlite3.connect(":memory:")) as copy:
                connection.backup(copy)
                return [*terms_problems(copy)]

    def backup(self, file: Path, force: bool = False) -> None:
        """See `Library`."""
        backup.back_up(self.path, file, force)

    def add(
        self,
        document: Document,
        original: bytes | None = None,
        progress: Progress | None = None,
        corrections: Mapping[str, str] | None = None,
        most_bytes: int | None = None,
    ) -> Added:
        """See `Library`."""
        return changes.add(self, document, original, progress, corrections, most_bytes)

    def remove(self, *documents: str) -> list[str]:
        """See `Library`."""
        return changes.remove(self, find_document, documents)

    def remove_texts(self, *ids: str) -> list[str]:
        """See `Library`."""
        return changes.remove(self, find_text, ids)

    def remove_sources(self, paths: Sequence[str]) -> dict[str, str]:
        """See `Library`."""
        return changes.remove_sources(self, paths)

    def move_source(self, former: str, path: str, name: str) -> str:
        """See `Library`."""
        return changes.move_source(self, former, path, name)

    def correct(self, name: str, facts: Mapping[str, str | None]) -> Document:
        """See `Library`."""
        return changes.correct(self, name, facts)

    def reindex(self, progress: Progress | None = None) -> int:
        """See `Library`."""
        reindex.reindex(self, progress)
        return self.counts()["passages"]

    def evidence_rows(self, owner: str = "") -> list[EvidenceRow]:
        """See `Library`."""
        with self.reading() as connection:
            return evidence_rows(connection, owner)

    @contextmanager
    def change_evidence(self) -> Iterator[SqliteEvidence]:
        """See `Library`."""
        with self.writing() as connection:
            yield SqliteEvidence(connection)

    def conversation_rows(self, owner: str) -> list[ConversationRow]:
        """See `Library`."""
        with self.reading() as connection:
            return conversation_rows(connection, owner)

    def conversation_row(self, owner: str, conversation: str) -> ConversationRow | None:
        """See `Library`."""
        with self.reading() as connection:
            return conversation_row(connection, owner, conversation)

    def turn_rows(self, conversation: str) -> list[TurnRow]:
        """See `Library`."""
        with self.reading() as connection:
            return turn_rows(connection, conversation)

    def questions(self, owner: str) -> list[tuple[str, str]]:
        """See `Library`."""
        with self.reading() as connection:
            return questions(connection, owner)

    @contextmanager
    def change_conversations(self) -> Iterator[SqliteConversations]:
        """See `Library`."""
        with self.writing() as connection:
            yield SqliteConversations(connection)
