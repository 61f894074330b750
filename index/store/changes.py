"""The changes of a library: add, remove, rename and correct documents, each in one transaction."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath

from corpus.document import Document
from corpus.errors import printable
from corpus.founding import founding_records
from index.errors import LibraryError
from index.models.encoder import Progress
from index.store import corrections, names
from index.store.change_log import log_change
from index.store.database import fact, set_fact
from index.store.rows import document_at
from index.store.storage import Storage
from index.store.vector_cache import forget
from index.store.write import (
    delete,
    drop_former,
    encoded,
    purge_terms,
    store_document,
    taken,
    update_facts,
    with_hash_of,
)
from index.values import Added


def add_founding_records(storage: Storage, wanted: bool, progress: Progress | None) -> None:
    """Add the founding records to a new library, or record that it goes without them."""
    with storage.reading() as connection:
        if fact(connection, "founding") != "to come":
            return
    documents = founding_records() if wanted else ()
    most = storage.settings.passage_characters
    rows_by_document = encoded(storage.encoder, documents, most, progress) if documents else []
    with storage.writing() as connection:
        if fact(connection, "founding") != "to come":
            return
        # Nothing is stored yet, whatever encoder the library was made for.
        set_fact(connection, "model", storage.encoder.name)
        set_fact(connection, "stamp", storage.settings.stamp)
        for document, rows in zip(documents, rows_by_document, strict=True):
            store_document(connection, taken(connection, document), lambda new, rows=rows: rows, None)  # type: ignore[misc]
        set_fact(connection, "founding", "taken" if wanted else "declined")


def add(storage: Storage, document: Document, original: bytes | None, progress: Progress | None) -> Added:
    """See `Library.add`."""
    document = with_hash_of(document, original)
    with storage.reading() as connection:
        storage.check_stamp(connection)
        first = taken(connection, document)
    # Encoded before the transaction: a reader or another writer never waits for a model.
    rows = storage.encode(first.document, progress) if first.is_written else []
    with storage.writing() as connection:
        storage.check_stamp(connection)
        found = taken(connection, document)
        added = store_document(
            connection,
            found,
            lambda new: rows if rows and new == first.document else storage.encode(new),
            original,
        )
    if added.former:
        forget(storage.folder)
    return added


def remove(storage: Storage, find: Callable[[sqlite3.Connection, str], int], documents: Sequence[str]) -> list[str]:
    """Remove documents in one change.

    Args:
        storage: the library's.
        find: returns the id of a document, or raises UnknownDocument.
        documents: what `find` finds them by.

    Returns:
        Their names, each once.
    """
    with storage.writing() as connection:
        ids = list(dict.fromkeys(find(connection, each) for each in documents))
        own = [str(connection.execute("SELECT name FROM documents WHERE id = ?", (i,)).fetchone()[0]) for i in ids]
        for identity in ids:
            delete(connection, identity)
        if ids:
            purge_terms(connection)
            log_change(connection, ids)
    forget(storage.folder)
    return own


def remove_sources(storage: Storage, paths: Sequence[str]) -> dict[str, str]:
    """See `Library.remove_sources`."""
    if not paths:
        return {}
    with storage.writing() as connection:
        documents: dict[str, int] = {}
        for path in paths:
            if row := connection.execute("SELECT document FROM names WHERE path = ?", (path,)).fetchone():
                documents[path] = row[0]
        changed = [identity for path in paths for identity in drop_former(connection, path, storage.encode)[1]]
        purge_terms(connection)
        log_change(connection, changed)
        left = dict(connection.execute("SELECT id, name FROM documents").fetchall())
    return {path: left[identity] for path, identity in documents.items() if identity in left}


def move_source(storage: Storage, former: str, path: str, name: str) -> str:
    """See `Library.move_source`."""
    with storage.writing() as connection:
        row = connection.execute(
            "SELECT documents.id, documents.name, documents.path, sha256 FROM names"
            " JOIN documents ON documents.id = document WHERE names.path = ?",
            (former,),
        ).fetchone()
        if row is None or connection.execute("SELECT 1 FROM names WHERE path = ?", (path,)).fetchone():
            return name
        identity, own, own_path, sha256 = row
        if own_path == former:
            # Its own name is free for it: the same file in another folder is called as before.
            # Without a hash it counts as not yet read: its name may say something else about it now.
            connection.execute(
                "UPDATE documents SET name = '', path = ?, file_sha256 = NULL WHERE id = ?", (path, identity)
            )
            own = name = names.free_name(connection, name, path, sha256)
            connection.execute("UPDATE documents SET name = ? WHERE id = ?", (own, identity))
        connection.execute(
            "UPDATE names SET name = ?, stem = ?, path = ? WHERE path = ?", (name, PurePath(name).stem, path, former)
        )
        corrections.take_along(connection, former, path)
        log_change(connection, [identity])
    return str(own)


def correct(storage: Storage, name: str, changes: Mapping[str, str | None]) -> Document:
    """See `Library.correct`."""
    with storage.reading() as connection:
        storage.check_stamp(connection)
        identity = names.find(connection, name)
        before = _correctable(storage, connection, identity)
    read, source, kept = before
    document, as_read = corrections.applied(read, {f: v for f, v in {**kept, **changes}.items() if v is not None})
    rows = storage.encode(document)
    with storage.writing() as connection:
        storage.check_stamp(connection)
        if _correctable(storage, connection, identity) != before:
            raise LibraryError(f"{printable(name)}: the document was changed or removed meanwhile; correct it again")
        corrections.keep(connection, source, changes)
        update_facts(connection, identity, document, as_read, rows)
        log_change(connection, [identity])
    forget(storage.folder)
    return document


def _correctable(
    storage: Storage, connection: sqlite3.Connection, identity: int
) -> tuple[Document, str, dict[str, str]]:
    """Return a document as it was read, the source that its corrections are stored under, and these."""
    if not connection.execute("SELECT 1 FROM documents WHERE id = ?", (identity,)).fetchone():
        raise LibraryError(f"{storage.path}: the document was removed meanwhile; nothing was changed")
    read = document_at(connection, identity, as_read=True)
    source = corrections.source_of(read.name, read.source.path)
    return read, source, corrections.corrections(connection, source)
