"""Write documents, their names and their files; each function runs inside the caller's transaction."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from corpus.document import Document
from corpus.errors import CorpusError
from index.document_rules import apply_corrections, source_key
from index.encoding import EncodedPassage
from index.store.corrections import copy_corrections, corrections_of
from index.store.database import log_change
from index.store.names import TextMatch, free_name, match_text
from index.store.passages import delete_passages, insert_passages, purge_terms
from index.store.rows import document_at, fact_columns, facts_json, outline_json
from index.store.snapshot_data import DocumentWords
from index.values import Added

Encode = Callable[[Document], list[EncodedPassage]]


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document as it would be stored in one state of the library.

    Attributes:
        document: with the user's corrections.
        as_read: without them; None where nothing is corrected.
        match: the stored document with the same text; None where the text is new.
        needs_passages: passages have to be written: the text is new, or the same file states other facts.
    """

    document: Document
    as_read: Document | None
    match: TextMatch | None
    needs_passages: bool


def prepare_document(
    connection: sqlite3.Connection, document: Document, corrections: Mapping[str, str] | None = None
) -> PreparedDocument:
    """Apply the stored corrections of a document, then those that come with it, and look for its text in the library.

    Raises:
        CorpusError: a correction does not fit the document.
    """
    source = source_key(document.name, document.source.path)
    document, as_read = apply_corrections(document, {**corrections_of(connection, source), **(corrections or {})})
    match = match_text(connection, document)
    needs_passages = match is None or (match.is_own_file and _has_other_facts(connection, match.id, document))
    return PreparedDocument(document, as_read, match, needs_passages)


def store_document(
    connection: sqlite3.Connection, prepared: PreparedDocument, encode: Encode, original: bytes | None
) -> Added:
    """Write a document in the transaction in which it was prepared.

    Args:
        connection: in a transaction.
        prepared: the document to be stored.
        encode: returns the passages of this document, or of one that is known by another file from now on.
        original: the file that it was read from.
    """
    document, match = prepared.document, prepared.match
    if match is None:
        return _store_new_text(connection, prepared, encode, original)
    if prepared.needs_passages:
        former = document_at(connection, match.id)
        update_document(connection, match.id, document, prepared.as_read, encode(document))
        _store_original(connection, document, match.id, original)
        log_change(connection, [match.id])
        return Added(match.name, "replaced", former)
    if match.is_known_name:
        _store_original(connection, document, match.id, original)
        return Added(match.name, "unchanged")
    return _store_new_name(connection, match, document, encode, original)


def _store_new_text(
    connection: sqlite3.Connection, prepared: PreparedDocument, encode: Encode, original: bytes | None
) -> Added:
    document = prepared.document
    former, changed = remove_source(connection, document.source.path, encode)
    # A new version keeps its name, which is free once the former version is removed.
    name = former.name if former else document.name
    name = free_name(connection, name, document.source.path, document.id)
    identity = _insert_document(connection, prepared, name, encode(document))
    if former:
        purge_terms(connection)
    _store_original(connection, document, identity, original)
    log_change(connection, [*changed, identity])
    return Added(name, "replaced" if former else "added", former)


def _store_new_name(
    connection: sqlite3.Connection, match: TextMatch, document: Document, encode: Encode, original: bytes | None
) -> Added:
    former, changed = remove_source(connection, document.source.path, encode)
    if changed:
        purge_terms(connection)
        log_change(connection, changed)
    _insert_name(connection, document, match.id, document.name)
    _store_original(connection, document, match.id, original)
    return Added(match.name, "same as", former)


def update_document(
    connection: sqlite3.Connection,
    identity: int,
    document: Document,
    as_read: Document | None,
    passages: list[EncodedPassage],
) -> None:
    """Replace the facts, outline and passages of a document whose text stays the same."""
    connection.execute(
        "UPDATE documents SET about = ?, as_read = ?, outline = ?, checksum = ? WHERE id = ?",
        (*fact_columns(document, as_read), identity),
    )
    delete_passages(connection, identity)
    insert_passages(connection, identity, passages)


def delete_document(connection: sqlite3.Connection, identity: int) -> None:
    """Delete a document with its passages; the user's corrections are kept for when its file is added again."""
    delete_passages(connection, identity)
    connection.execute("DELETE FROM documents WHERE id = ?", (identity,))


def remove_source(
    connection: sqlite3.Connection, path: str | None, encode: Encode
) -> tuple[Document | None, list[int]]:
    """Remove what was added from a file; a text that another file has as well stays as that file's document.

    Args:
        connection: in a transaction.
        path: the file's; None for no file.
        encode: returns the passages of a document that stays, with the corrections of its other file.

    Returns:
        The document that the file had, and the ids of the documents that changed.
    """
    if path is None:
        return None, []
    connection.execute("DELETE FROM names WHERE path = ?", (path,))
    row = connection.execute("SELECT id FROM documents WHERE path = ?", (path,)).fetchone()
    if row is None:
        return None, []
    identity = int(row[0])
    former = document_at(connection, identity)
    other = connection.execute(
        "SELECT rowid, name, path FROM names WHERE document = ? ORDER BY rowid", (identity,)
    ).fetchone()
    if other is None:
        delete_document(connection, identity)
    else:
        number, name, other_path = other
        name = free_name(connection, name, other_path, former.id)
        # Its facts are still those of the removed file: without a hash the other file counts as not yet read.
        connection.execute(
            "UPDATE documents SET name = ?, path = ?, file_sha256 = NULL WHERE id = ?", (name, other_path, identity)
        )
        connection.execute("UPDATE names SET name = ?, stem = ? WHERE rowid = ?", (name, PurePath(name).stem, number))
        copy_corrections(connection, path, other_path or name)
        _correct_again(connection, identity, other_path or name, encode)
    return former, [identity]


def _insert_document(
    connection: sqlite3.Connection, prepared: PreparedDocument, name: str, passages: list[EncodedPassage]
) -> int:
    document, source = prepared.document, prepared.document.source
    identity = connection.execute(
        "INSERT INTO documents (name, sha256, path, file_sha256, text, about, as_read, outline, checksum)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (name, document.id, source.path, source.file_sha256, document.text, *fact_columns(document, prepared.as_read)),
    ).lastrowid
    identity = int(identity or 0)
    words = DocumentWords.of(name, document.text)
    connection.execute("INSERT INTO vocabulary VALUES (?, ?, ?)", (identity, words.abbreviations, words.words))
    _insert_name(connection, document, identity, name)
    insert_passages(connection, identity, passages)
    return identity


def _insert_name(connection: sqlite3.Connection, document: Document, identity: int, name: str) -> None:
    connection.execute(
        "INSERT INTO names (name, stem, path, file_sha256, document) VALUES (?, ?, ?, ?, ?)",
        (name, PurePath(name).stem, document.source.path, document.source.file_sha256, identity),
    )


def _store_original(connection: sqlite3.Connection, document: Document, identity: int, original: bytes | None) -> None:
    """Store the file that a document was read from, and its hash with its path; triggers delete the former file.

    Files are stored in the library's own file: so they change in the same transaction as their documents, whenever the
    process is killed, and one backup holds everything.
    """
    source = document.source
    if source.file_sha256 is None:
        return
    if original is not None:
        connection.execute(
            "INSERT INTO originals VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
            (source.file_sha256, source.media_type, original),
        )
    values = (source.file_sha256, identity, source.path, source.file_sha256)
    for table, key in (("names", "document"), ("documents", "id")):
        connection.execute(
            f"UPDATE {table} SET file_sha256 = ? WHERE {key} = ? AND path IS ? AND file_sha256 IS NOT ?", values
        )


def _correct_again(connection: sqlite3.Connection, identity: int, source: str, encode: Encode) -> None:
    """Apply the corrections of the file that a document is known by from now on."""
    read = document_at(connection, identity, as_read=True)
    try:
        document, as_read = apply_corrections(read, corrections_of(connection, source))
    except CorpusError:  # does not fit this text; `status --check` reports it
        return
    if document != document_at(connection, identity):
        update_document(connection, identity, document, as_read, encode(document))


def _has_other_facts(connection: sqlite3.Connection, identity: int, document: Document) -> bool:
    """Return True if a document with the stored text states other facts or has another outline."""
    stored = connection.execute("SELECT about, outline FROM documents WHERE id = ?", (identity,)).fetchone()
    return bool(stored != (facts_json(document), outline_json(document)))
