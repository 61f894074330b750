"""Cut and encode all documents again, in portions that are stored aside so that a stopped run can go on."""

import sqlite3
from collections.abc import Iterable, Sequence

from corpus.document import Document
from index.encoding import EncodedPassage
from index.errors import LibraryError
from index.models.encoder import Progress
from index.store.database import Storage, log_change, set_fact
from index.store.passages import delete_passages, insert_passages
from index.store.rows import COLUMNS, document_at, document_of, passage_columns, passage_of, sentences_of, vectors_of
from index.store.vector_cache import delete_cache

# How many characters of text are encoded before they are stored: about a minute of one core.
PORTION_CHARACTERS = 100_000


def reindex(storage: Storage, progress: Progress | None = None) -> None:
    """See `Library.reindex`."""
    model, stamp = storage.encoder.name, storage.settings.stamp
    with storage.writing() as connection:
        _begin(connection, model, stamp)
    while True:
        while _encode_portion(storage, progress):
            pass
        with storage.writing() as connection:
            if _finish(connection, model, stamp):
                break  # otherwise a document was added or changed after the last portion
    delete_cache(storage.folder)


def _encode_portion(storage: Storage, progress: Progress | None) -> bool:
    """Encode some of the documents that are not yet encoded and store them aside; return False if there are none."""
    with storage.reading() as connection:
        portion = _next_portion(connection)
        before, total = _encoded_characters(connection)
    if not portion:
        return False
    share = sum(len(document.text) for document in portion.values())
    passages_by_document = storage.encode_all(
        list(portion.values()),
        (lambda done, texts: progress(before + share * done // texts, total)) if progress else None,
    )
    with storage.writing() as connection:
        encoded = zip(portion.items(), passages_by_document, strict=True)
        _store_aside(connection, storage, ((i, document, passages) for (i, document), passages in encoded))
    return True


def _begin(connection: sqlite3.Connection, model: str, stamp: str) -> None:
    """Begin or continue a run: passages stored by a run with another model or settings are deleted."""
    if not _is_running(connection, model, stamp):
        connection.execute("DELETE FROM reindexed")
        set_fact(connection, "reindexing", f"{model}\n{stamp}")


def _next_portion(connection: sqlite3.Connection) -> dict[int, Document]:
    """Return some of the documents that are not yet encoded, by id."""
    identities: list[int] = []
    characters = 0
    for identity, length in connection.execute(
        "SELECT id, length(text) FROM documents WHERE id NOT IN (SELECT document FROM reindexed) ORDER BY id"
    ):
        if identities and characters + length > PORTION_CHARACTERS:
            break
        identities.append(identity)
        characters += length
    return {identity: document_at(connection, identity) for identity in identities}


def _encoded_characters(connection: sqlite3.Connection) -> tuple[int, int]:
    """Count the characters of text that are encoded, and all."""
    done, total = connection.execute(
        "SELECT coalesce(sum(length(text)) FILTER (WHERE id IN (SELECT document FROM reindexed)), 0),"
        " coalesce(sum(length(text)), 0) FROM documents"
    ).fetchone()
    return int(done), int(total)


def _store_aside(
    connection: sqlite3.Connection,
    storage: Storage,
    portion: Iterable[tuple[int, Document, Sequence[EncodedPassage]]],
) -> None:
    """Store encoded documents aside; one that changed meanwhile is left out.

    Raises:
        LibraryError: another run has begun with another model or other settings, or has ended.
    """
    if not _is_running(connection, storage.encoder.name, storage.settings.stamp):
        raise LibraryError(
            "another rapporteur has begun or ended reindexing this library meanwhile; see what rapporteur status says"
        )
    for identity, document, passages in portion:
        stored = connection.execute(f"SELECT {COLUMNS} FROM documents WHERE id = ?", (identity,)).fetchone()
        if stored and document_of(*stored) == document:
            connection.execute("DELETE FROM reindexed WHERE document = ?", (identity,))
            connection.execute("INSERT INTO reindexed VALUES (?)", (identity,))
            connection.executemany(
                "INSERT INTO reindexed_passages VALUES (?, ?, ?, ?, ?, ?)",
                ((identity, row.passage.order, *passage_columns(row)) for row in passages),
            )


def _finish(connection: sqlite3.Connection, model: str, stamp: str) -> bool:
    """Replace all passages by those stored aside; return False if some are missing."""
    if not _is_running(connection, model, stamp) or _next_portion(connection):
        return False
    identities = [row[0] for row in connection.execute("SELECT id FROM documents ORDER BY id").fetchall()]
    connection.execute("DELETE FROM terms")
    for identity in identities:
        delete_passages(connection, identity)
        insert_passages(connection, identity, _stored_aside(connection, identity))
    connection.execute("DELETE FROM reindexed")
    connection.execute("DELETE FROM facts WHERE name = 'reindexing'")
    set_fact(connection, "model", model)
    set_fact(connection, "stamp", stamp)
    log_change(connection, identities)
    return True


def _stored_aside(connection: sqlite3.Connection, identity: int) -> list[EncodedPassage]:
    document = document_at(connection, identity)
    stored = []
    for place, cut, vector, row, sentence_vectors in connection.execute(
        "SELECT place, cut, vector, sentences, sentence_vectors FROM reindexed_passages WHERE document = ?"
        " ORDER BY place",
        (identity,),
    ):
        spans = tuple(sentences_of(row))
        vectors = vectors_of(vector, 1)[0], vectors_of(sentence_vectors, len(spans))
        stored.append(EncodedPassage(passage_of(document, place, cut), vectors[0], spans, vectors[1]))
    return stored


def _is_running(connection: sqlite3.Connection, model: str, stamp: str) -> bool:
    row = connection.execute("SELECT value FROM facts WHERE name = 'reindexing'").fetchone()
    return bool(row == (f"{model}\n{stamp}",))
