"""Cut and encode all documents again, in portions that are stored aside so that a stopped run can go on."""

import sqlite3
from collections.abc import Iterable, Sequence

from corpus.document import Document
from index.encoding import EncodedPassage
from index.errors import LibraryError
from index.models.encoder import Progress
from index.store.database import log_change, set_fact
from index.store.passages import delete_passages, insert_passages
from index.store.rows import COLUMNS, document_at, document_of, encoded_passage, passage_columns
from index.store.storage import Storage
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
        before, characters, passages = _counts(connection)
    if not portion:
        return False
    own = sum(len(document.text) for document in portion.values())

    def report(done: int, of: int) -> None:
        if progress:
            progress(passages * (before * of + own * done) // (characters * of), passages)

    passages_by_document = storage.encode_all(list(portion.values()), report)
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


def _counts(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Count the characters of text that are encoded, all characters, and the passages that the library has so far."""
    counts: tuple[int, int, int] = connection.execute(
        "SELECT coalesce(sum(length(text)) FILTER (WHERE id IN (SELECT document FROM reindexed)), 0),"
        " coalesce(sum(length(text)), 0), (SELECT count(*) FROM passages) FROM documents"
    ).fetchone()
    return counts


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
    rows = connection.execute(
        "SELECT place, cut, vector, sentences, sentence_vectors FROM reindexed_passages WHERE document = ?"
        " ORDER BY place",
        (identity,),
    )
    return [encoded_passage(document, *row) for row in rows]


def _is_running(connection: sqlite3.Connection, model: str, stamp: str) -> bool:
    row = connection.execute("SELECT value FROM facts WHERE name = 'reindexing'").fetchone()
    return bool(row == (f"{model}\n{stamp}",))
