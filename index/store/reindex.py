"""Every document cut and encoded again: kept aside portion by portion, so that a run that was stopped goes on."""

import sqlite3
from collections.abc import Iterable, Sequence

from corpus.document import Document
from index.errors import LibraryError
from index.models.encoder import Progress
from index.store.change_log import log_change
from index.store.database import set_fact
from index.store.rows import COLUMNS, cut_row, document_at, document_of, passage_of, sentences_of, sentences_row
from index.store.storage import Storage
from index.store.vector_cache import forget
from index.store.write import Row, delete_passages, encoded, insert_passages

# How many characters of text are encoded before they are kept: about a minute of one core.
_PORTION = 100_000


def reindex(storage: Storage, progress: Progress | None = None) -> None:
    """See `Library.reindex`."""
    model, stamp = storage.encoder.name, storage.settings.stamp
    with storage.writing() as connection:
        begin(connection, model, stamp)
    while True:
        while _encode_portion(storage, progress):
            pass
        with storage.writing() as connection:
            if finish(connection, model, stamp):
                break  # otherwise a document was added or changed after the last portion
    forget(storage.folder)


def _encode_portion(storage: Storage, progress: Progress | None) -> bool:
    """Encode some of the documents that are not yet encoded and store them aside; return False if there are none."""
    with storage.reading() as connection:
        portion = next_portion(connection)
        before, of = progress_of(connection)
    if not portion:
        return False
    share = sum(len(document.text) for document in portion.values())
    rows_by_document = encoded(
        storage.encoder,
        list(portion.values()),
        storage.settings.passage_characters,
        (lambda done, texts: progress(before + share * done // texts, of)) if progress else None,
    )
    kept = [(i, document, rows) for (i, document), rows in zip(portion.items(), rows_by_document, strict=True)]
    with storage.writing() as connection:
        keep(connection, storage.encoder.name, storage.settings.stamp, kept)
    return True


def begin(connection: sqlite3.Connection, model: str, stamp: str) -> None:
    """Make ready for a run, in the transaction of the caller: what one with another model or settings kept is dropped.

    Args:
        connection: in a transaction.
        model: that is encoded with.
        stamp: the settings that the vectors depend on.
    """
    if not _is_ours(connection, model, stamp):
        connection.execute("DELETE FROM reindexed")
        set_fact(connection, "reindexing", f"{model}\n{stamp}")


def next_portion(connection: sqlite3.Connection) -> dict[int, Document]:
    """Some of the documents that are still to be encoded, by id; none when all are."""
    identities: list[int] = []
    characters = 0
    for identity, length in connection.execute(
        "SELECT id, length(text) FROM documents WHERE id NOT IN (SELECT document FROM reindexed) ORDER BY id"
    ):
        if identities and characters + length > _PORTION:
            break
        identities.append(identity)
        characters += length
    return {identity: document_at(connection, identity) for identity in identities}


def progress_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many characters of text are encoded, and how many there are."""
    done, of = connection.execute(
        "SELECT coalesce(sum(length(text)) FILTER (WHERE id IN (SELECT document FROM reindexed)), 0),"
        " coalesce(sum(length(text)), 0) FROM documents"
    ).fetchone()
    return int(done), int(of)


def keep(
    connection: sqlite3.Connection, model: str, stamp: str, portion: Iterable[tuple[int, Document, Sequence[Row]]]
) -> None:
    """Keep what was encoded aside, in the transaction of the caller; a document that changed meanwhile is passed over.

    Raises:
        LibraryError: another run has begun with another model or other settings, or has ended.
    """
    if not _is_ours(connection, model, stamp):
        raise LibraryError(
            "another rapporteur has begun or ended reindexing this library meanwhile; see what rapporteur status says"
        )
    for identity, document, rows in portion:
        stored = connection.execute(f"SELECT {COLUMNS} FROM documents WHERE id = ?", (identity,)).fetchone()
        if stored and document_of(*stored) == document:
            connection.execute("DELETE FROM reindexed WHERE document = ?", (identity,))
            connection.execute("INSERT INTO reindexed VALUES (?)", (identity,))
            connection.executemany(
                "INSERT INTO reindexed_passages VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (identity, row.passage.order, cut_row(row.passage), row.vector, sentences_row(row.sentences),
                     row.sentence_vectors)
                    for row in rows
                ),
            )  # fmt: skip


def finish(connection: sqlite3.Connection, model: str, stamp: str) -> bool:
    """Put what was kept in the place of all passages, in the transaction of the caller; False where some is missing."""
    if not _is_ours(connection, model, stamp) or next_portion(connection):
        return False
    identities = [row[0] for row in connection.execute("SELECT id FROM documents ORDER BY id").fetchall()]
    connection.execute("DELETE FROM terms")
    for identity in identities:
        delete_passages(connection, identity)
        insert_passages(connection, identity, _kept(connection, identity))
    connection.execute("DELETE FROM reindexed")
    connection.execute("DELETE FROM facts WHERE name = 'reindexing'")
    set_fact(connection, "model", model)
    set_fact(connection, "stamp", stamp)
    log_change(connection, identities)
    return True


def _kept(connection: sqlite3.Connection, identity: int) -> list[Row]:
    document = document_at(connection, identity)
    return [
        Row(passage_of(document, place, cut), vector, tuple(sentences_of(sentences)), sentence_vectors)
        for place, cut, vector, sentences, sentence_vectors in connection.execute(
            "SELECT place, cut, vector, sentences, sentence_vectors FROM reindexed_passages WHERE document = ?"
            " ORDER BY place",
            (identity,),
        )
    ]


def _is_ours(connection: sqlite3.Connection, model: str, stamp: str) -> bool:
    row = connection.execute("SELECT value FROM facts WHERE name = 'reindexing'").fetchone()
    return bool(row == (f"{model}\n{stamp}",))
