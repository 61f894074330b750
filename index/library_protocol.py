"""The protocol of a library: how documents are read, changed and searched, whatever database stores them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from corpus.document import Document
from index.conversations import ConversationStore
from index.feedback import FeedbackStore
from index.models.encoder import Encoder, Progress
from index.record_sets import RecordSetStore
from index.settings import Settings
from index.snapshot import Snapshot
from index.users import UserStore
from index.values import Added, DocumentSummary, EvidenceRow, NearDuplicate, SourceRecord


class EvidenceTransaction(Protocol):
    """The rows of the evidence list inside one transaction: all changes are kept, or none when its block raises."""

    def rows(self, owner: str = "") -> list[EvidenceRow]:
        """Return all rows of a user by place, then by id, removed ones included."""
        ...

    def insert(self, row: EvidenceRow) -> int:
        """Store a new row and return its id."""
        ...

    def update(self, rows: Sequence[EvidenceRow]) -> None:
        """Store place, note, heading and removal of rows that exist."""
        ...

    def delete(self, rows: Sequence[EvidenceRow]) -> None:
        """Delete rows for good."""
        ...


class Library(ConversationStore, FeedbackStore, RecordSetStore, UserStore, Protocol):
    """Documents with their passages, vectors and files, changed in whole transactions.

    >>> from corpus.reading import document_from
    >>> from index.library import open_library
    >>> library = open_library("talks")
    >>> library.add(document_from("The panel met in Oslo.", "minutes.txt", "text/plain")).name
    'minutes.txt'
    >>> library.document("minutes.txt").text
    'The panel met in Oslo.'
    >>> library.remove("minutes.txt")
    ['minutes.txt']

    A location names one library; whoever opens it again opens the same. Any number of threads may use it, and processes
    unless it is in memory; each reads one state and sees a change whole or not at all. Every method raises LibraryError
    where the library cannot be read or written, or its storage lacks what is asked; nothing is changed then.

    A source path names a file: its absolute path, `ARCHIVE!/MEMBER` for a member of an archive, `upload:NAME` for an
    upload.
    """

    @property
    def location(self) -> str:
        """The folder or address, as it is shown to the user."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings that it was opened with."""
        ...

    @property
    def encoder(self) -> Encoder:
        """The encoder of queries and of what is added."""
        ...

    # Reading.

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Open the present state for searching; it stays the same inside the block, whatever others change.

        Raises:
            StaleIndex: the vectors were made with another model or other settings.
        """
        ...

    def documents(self) -> list[Document]:
        """Return all documents by the day of their meeting or publication, then by name."""
        ...

    def generation(self) -> int:
        """Return the number of the present state of the documents, see `Snapshot.generation`, without reading more."""
        ...

    def names(self) -> dict[str, str]:
        """Return the name of each document with the identity of its text, by name; see `Document.id`."""
        ...

    def summaries(self) -> list[DocumentSummary]:
        """Return all documents without their texts, by name; a thousand cost a fraction of a second."""
        ...

    def document(self, name: str) -> Document:
        """Return the document with this name, with this name but for the suffix, or known under it or its path.

        Raises:
            UnknownDocument: there is none, or several.
        """
        ...

    def document_as_read(self, name: str) -> Document | None:
        """Return the document of exactly this name as it was read, without the user's corrections; None without one."""
        ...

    def version_of(self, sha256: str, name: str) -> Document | None:
        """Return the document with this very text, else the one that has this name now; None without either."""
        ...

    def near_duplicate(self, document: Document) -> NearDuplicate | None:
        """Return the document that contains nearly all of a document's text.

        The document itself and the former version of its file do not count.
        """
        ...

    def source(self, path: str) -> SourceRecord | None:
        """Return what is known about the file with this source path; None where no document was added from it."""
        ...

    def sources_under(self, folder: str) -> list[SourceRecord]:
        """Return the files in a folder or an archive from which documents were added, by path."""
        ...

    def original(self, name: str) -> tuple[bytes, str] | None:
        """Return the file that a document was read from, with its media type; None where no file is kept.

        Raises:
            UnknownDocument: there is no document of this name.
        """
        ...

    def corrections(self, path_or_name: str) -> dict[str, str]:
        """Return what the user has corrected of a document, by fact; an empty value says that there is no such fact.

        Args:
            path_or_name: a document's name, or the path of one that may have been removed.
        """
        ...

    def counts(self) -> dict[str, int]:
        """Count the documents, passages and sentences."""
        ...

    def stored_bytes(self) -> int:
        """Return the size of the library on the disk."""
        ...

    def stamp(self) -> tuple[str, str]:
        """Return the model and the settings that the stored vectors were made with."""
        ...

    def is_stale(self) -> bool:
        """Return True if the vectors were made with another model or other settings than those it was opened with."""
        ...

    def check(self, progress: Progress | None = None) -> list[str]:
        """Verify every hash, span, vector, term and file; return a line for each problem, which says what to do.

        Args:
            progress: called with the number of documents checked and of all documents.
        """
        ...

    def backup(self, file: Path, force: bool = False) -> None:
        """Write the present state into one file while others use the library; there is the whole file or none.

        Args:
            file: the file to write; it must not exist without `force`.
            force: replace an existing file.
        """
        ...

    # Changing.

    def add(
        self,
        document: Document,
        original: bytes | None = None,
        progress: Progress | None = None,
        corrections: Mapping[str, str] | None = None,
        most_bytes: int | None = None,
    ) -> Added:
        """Store a document with what the user has corrected of it before.

        A text that is stored already, under another name, is stored once. The same file with another text or other
        facts replaces its former version. The same name from another folder is stored beside it, under the shortest
        ending of its path that is unique.

        Args:
            document: as it was read.
            original: the bytes of its file, to be kept.
            progress: called with the number of passages encoded and of all its passages.
            corrections: of its facts, stored with it in one change; the document is then to be a new one, which
                replaces none. None for a document that may be a new version.
            most_bytes: the most that all files and texts, encoded in UTF-8, may take with it; None for any number.

        Raises:
            FileKnown: corrections are given, and a document was added from a file of this path.
            StaleIndex: new vectors would not fit the stored ones.
            CorpusError: a correction of the user does not fit the document any more, or it takes too many bytes.
        """
        ...

    def remove(self, *names: str) -> list[str]:
        """Remove documents in one change and return their names; none is removed when a name is unknown.

        Raises:
            UnknownDocument: there is no document of one of the names.
        """
        ...

    def remove_texts(self, *ids: str) -> list[str]:
        """Remove the documents with these texts, see `Document.id`; a version that replaced one meanwhile stays.

        Raises:
            UnknownDocument: there is none with one of the texts any more.
        """
        ...

    def remove_sources(self, paths: Sequence[str]) -> dict[str, str]:
        """Remove in one change what was added from files; a text that another file has as well stays as that one's.

        Returns:
            The paths whose text stays, each with the name of the document that has it.
        """
        ...

    def move_source(self, former: str, path: str, name: str) -> str:
        """Record that a file was renamed: its document takes on the new path and name and keeps its corrections.

        Args:
            former: the file's path until now.
            path: its path now.
            name: the last part of `path`.

        Returns:
            The document's name; just `name` where the document is gone or `path` is another document's.
        """
        ...

    def correct(self, name: str, changes: Mapping[str, str | None]) -> Document:
        """Correct facts of a document, also for when its file is added again, and return it.

        Args:
            name: the document's.
            changes: values by fact: an empty one where there is no such fact, None to take a correction back.

        Raises:
            UnknownDocument: there is none of this name.
            CorpusError: there is no such fact, or a value is impossible.
            StaleIndex: new vectors would not fit the stored ones.
            LibraryError: the document changed meanwhile.
        """
        ...

    def reindex(self, progress: Progress | None = None) -> int:
        """Cut and encode all documents again with the present model and settings; return the number of passages.

        A run that is stopped leaves the library as it was; the next run goes on from there.

        Args:
            progress: called with the number of passages encoded, by their share of the text, and of all.
        """
        ...

    # The evidence list.

    def evidence_rows(self, owner: str = "") -> list[EvidenceRow]:
        """Return all rows of a user's evidence list by place, then by id, removed ones included."""
        ...

    def change_evidence(self) -> AbstractContextManager[EvidenceTransaction]:
        """Open a transaction on the evidence list; no other writer comes between."""
        ...
