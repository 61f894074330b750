"""Taking documents in: which outcome adding one has, and what is written for it."""

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.document import Document
from index.encoding import Row
from index.store.change_log import log_change
from index.store.corrections import applied, corrections, source_of
from index.store.names import Standing, free_name, standing
from index.store.rows import about, document_at, outline_rows
from index.store.write import drop_former, insert, insert_name, keep_original, purge_terms, restate


@dataclass(frozen=True, slots=True)
class Added:
    """What adding one document did.

    Attributes:
        name: the document's name in the library.
        outcome: "added", "replaced" (a new version of the same file), "unchanged", or "same as" another document.
        former: the version that went; None where none did.
    """

    name: str
    outcome: str
    former: Document | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A document as it will be stored, seen from one state of the library.

    Attributes:
        document: with the user's corrections.
        as_read: its facts before these, as JSON; None where nothing is corrected.
        stands: how it stands to the document that has its text; None where the text is new.
        is_written: whether passages have to be written: the text is new, or the same file states other facts.
    """

    document: Document
    as_read: str | None
    stands: Standing | None
    is_written: bool


def taken(connection: sqlite3.Connection, document: Document) -> Taken:
    """What would be stored of a document now.

    Raises:
        CorpusError: a correction of the user cannot be applied to it.
    """
    source = source_of(document.name, document.source.path)
    document, as_read = applied(document, corrections(connection, source))
    stands = standing(connection, document)
    return Taken(
        document, as_read, stands, stands is None or (stands.is_own and _differs(connection, stands, document))
    )


def put(
    connection: sqlite3.Connection, found: Taken, rows: Callable[[Document], list[Row]], original: bytes | None
) -> Added:
    """Write a document, in the transaction of the caller in which it was `taken`.

    Args:
        connection: in a transaction.
        found: what is to be stored.
        rows: gives the passages of a document that is written: this one, or one that is known by another file now.
        original: the file that it was read from.
    """
    if found.stands is None:
        return _put_new(connection, found, rows, original)
    if found.is_written:
        former = document_at(connection, found.stands.id)
        restate(connection, found.stands.id, found.document, found.as_read, rows(found.document))
        keep_original(connection, found.document, found.stands.id, original)
        log_change(connection, [found.stands.id])
        return Added(found.stands.name, "replaced", former)
    return _put_again(connection, found.stands, found.document, rows, original)


def with_hash_of(document: Document, original: bytes | None) -> Document:
    """The document with the hash of the file that it was read from; without one where no file is kept.

    Raises:
        ValueError: it says that its file has another.
    """
    if original is None:
        return replace(document, source=replace(document.source, file_sha256=None))
    file_sha256 = hashlib.sha256(original).hexdigest()
    if document.source.file_sha256 not in (None, file_sha256):
        raise ValueError(f"{document.name}: the file has the hash {file_sha256}, not {document.source.file_sha256}")
    return replace(document, source=replace(document.source, file_sha256=file_sha256))


def _put_new(
    connection: sqlite3.Connection, found: Taken, rows: Callable[[Document], list[Row]], original: bytes | None
) -> Added:
    document = found.document
    former, changed = drop_former(connection, document.source.path, rows)
    # A new version keeps its name; after it has gone, as after any other's, the name is free.
    name = former.name if former else document.name
    name = free_name(connection, name, document.source.path, document.id)
    identity = insert(connection, document, found.as_read, name, rows(document))
    if former:
        purge_terms(connection)
    keep_original(connection, document, identity, original)
    log_change(connection, [*changed, identity])
    return Added(name, "replaced" if former else "added", former)


def _put_again(
    connection: sqlite3.Connection,
    stands: Standing,
    document: Document,
    rows: Callable[[Document], list[Row]],
    original: bytes | None,
) -> Added:
    if stands.is_named:
        keep_original(connection, document, stands.id, original)
        return Added(stands.name, "unchanged")
    former, changed = drop_former(connection, document.source.path, rows)
    if changed:
        purge_terms(connection)
        log_change(connection, changed)
    insert_name(connection, document, stands.id, document.name)
    keep_original(connection, document, stands.id, original)
    return Added(stands.name, "same as", former)


def _differs(connection: sqlite3.Connection, stands: Standing, document: Document) -> bool:
    """Whether the same text from the same file states other facts now, or has another outline."""
    kept = connection.execute("SELECT about, outline FROM documents WHERE id = ?", (stands.id,)).fetchone()
    return bool(kept != (about(document), outline_rows(document)))
