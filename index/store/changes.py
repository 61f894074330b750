"""The changes of a library: add, remove, rename and correct documents, each in one transaction."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePath

from corpus.document import Document
from corpus.errors import printable
from index.document_rules import apply_corrections, require_room, source_key, with_file_hash
from index.encoding import EncodedPassage
from index.errors import FileKnown, LibraryError
from index.models.encoder import Progress
from index.store.corrections import corrections_of, move_corrections, store_corrections
from index.store.database import fact, log_change, set_fact
from index.store.documents import (
    delete_document,
    prepare_document,
    remove_source,
    store_document,
    update_document,
)
from index.store.names import find_document, free_name
from index.store.passages import known_passages, purge_terms
from index.store.queries import file_bytes, other_bytes
from index.store.rows import document_at
from index.store.storage import Storage
from index.store.vector_cache import delete_cache
from index.values import Added


def add_founding_records(storage: Storage, include: bool, progress: Progress | None) -> None:
    """Add the founding records to a new library, or record that it goes without them."""
    with storage.reading() as connection:
        if fact(connection, "founding") != "to come":
            return
    from corpus.reading import founding_records  # with all that it needs to read a file

    documents = founding_records() if include else ()
    passages_by_document = storage.encode_all(documents, progress) if documents else []
    with storage.writing() as connection:
        if fact(connection, "founding") != "to come":
            return
        # Nothing is stored yet, whatever encoder the library was made for.
        set_fact(connection, "model", storage.encoder.name)
        set_fact(connection, "stamp", storage.settings.stamp)
        for document, passages in zip(documents, passages_by_document, strict=True):
            prepared = prepare_document(connection, document)
            store_document(connection, prepared, lambda new, passages=passages: passages, None)  # type: ignore[misc]
        set_fact(connection, "founding", "taken" if include else "declined")


def add(
    storage: Storage,
    document: Document,
    original: bytes | None,
    progress: Progress | None,
    corrections: Mapping[str, str] | None = None,
    most_bytes: int | None = None,
) -> Added:
    """See `Library.add`."""
    document = with_file_hash(document, original)
    with storage.reading() as connection:
        storage.check_stamp(connection)
        _require_room(connection, document, original, most_bytes)
        first = prepare_document(connection, document, corrections)
        known = known_passages(connection, document) if first.needs_passages else []
    # Encoded before the transaction: a reader or another writer never waits for a model.
    passages = storage.encode(first.document, known, progress) if first.needs_passages else []
    with storage.writing() as connection:
        storage.check_stamp(connection)
        _require_room(connection, document, original, most_bytes)  # another one may have come meanwhile
        if corrections is not None:
            document = _new_document(connection, document)
        prepared = prepare_document(connection, document, corrections)
        if corrections and prepared.match is None:
            store_corrections(connection, source_key(document.name, document.source.path), corrections)
        added = store_document(
            connection,
            prepared,
            lambda new: passages if passages and new == first.document else _encode_again(storage, connection, new),
            original,
        )
    if added.former:
        delete_cache(storage.folder)
    return added


def _require_room(
    connection: sqlite3.Connection, document: Document, original: bytes | None, most_bytes: int | None
) -> None:
    """Refuse a document that takes too many bytes beside the others, which are read only where the file is so large.

    Raises:
        CorpusError: it does.
    """
    own = len(original or b"") + len(document.text.encode())
    if most_bytes is not None and own + file_bytes(connection) > most_bytes:
        require_room(document, own, other_bytes(connection, document), most_bytes)


def _new_document(connection: sqlite3.Connection, document: Document) -> Document:
    """Return a document that replaces none, with a name that is free where it has no file.

    Raises:
        FileKnown: a document was added from a file of its path.
    """
    path = document.source.path
    if path is None:
        return replace(document, name=free_name(connection, document.name, None, document.id))
    if connection.execute("SELECT 1 FROM names WHERE path = ?", (path,)).fetchone():
        raise FileKnown(f"{printable(path)}: a document was added from a file of this path meanwhile; try again")
    return document


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
            delete_document(connection, identity)
        if ids:
            purge_terms(connection)
            log_change(connection, ids)
    delete_cache(storage.folder)
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
        encode = partial(_encode_again, storage, connection)
        changed = [identity for path in paths for identity in remove_source(connection, path, encode)[1]]
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
            own = name = free_name(connection, name, path, sha256)
            connection.execute("UPDATE documents SET name = ? WHERE id = ?", (own, identity))
        connection.execute(
            "UPDATE names SET name = ?, stem = ?, path = ? WHERE path = ?", (name, PurePath(name).stem, path, former)
        )
        move_corrections(connection, former, path)
        log_change(connection, [identity])
    return str(own)


def correct(storage: Storage, name: str, changes: Mapping[str, str | None]) -> Document:
    """See `Library.correct`."""
    with storage.reading() as connection:
        storage.check_stamp(connection)
        identity = find_document(connection, name)
        before = _correctable(storage, connection, identity)
        known = known_passages(connection, before[0])
    read, source, stored = before
    corrections = {fact_name: value for fact_name, value in {**stored, **changes}.items() if value is not None}
    document, as_read = apply_corrections(read, corrections)
    passages = storage.encode(document, known)
    with storage.writing() as connection:
        storage.check_stamp(connection)
        if _correctable(storage, connection, identity) != before:
            raise LibraryError(f"{printable(name)}: the document was changed or removed meanwhile; correct it again")
        store_corrections(connection, source, changes)
        update_document(connection, identity, document, as_read, passages)
        log_change(connection, [identity])
    delete_cache(storage.folder)
    return document


def _encode_again(storage: Storage, connection: sqlite3.Connection, document: Document) -> list[EncodedPassage]:
    """Return the passages of a stored document whose facts change in a transaction."""
    return storage.encode(document, known_passages(connection, document))


def _correctable(
    storage: Storage, connection: sqlite3.Connection, identity: int
) -> tuple[Document, str, dict[str, str]]:
    """Return a document as it was read, the source that its corrections are stored under, and these."""
    if not connection.execute("SELECT 1 FROM documents WHERE id = ?", (identity,)).fetchone():
        raise LibraryError(f"{storage.path}: the document was removed meanwhile; nothing was changed")
    read = document_at(connection, identity, as_read=True)
    source = source_key(read.name, read.source.path)
    return read, source, corrections_of(connection, source)
