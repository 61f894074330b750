"""What a change writes: each function inside the caller's transaction."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.language.tokens import for_index
from corpus.passages import Passage, split
from corpus.span import Span
from index.models.encoder import Encoder, Progress, Vectors, unit_rows
from index.store.change_log import log_change
from index.store.corrections import applied, corrections, inherit, source_of
from index.store.names import Standing, free_name, standing
from index.store.rows import about, checksum, cut_row, document_at, outline_rows, sentences_row, stated_checksum
from index.store.snapshot import Words
from index.values import Added


@dataclass(frozen=True, slots=True)
class Row:
    """A passage with its vectors, as it is stored.

    Attributes:
        passage: what is encoded, with its headings and the facts of its document.
        vector: its vector, float32 as bytes.
        sentences: the places of its sentences.
        sentence_vectors: theirs, one after the other.
    """

    passage: Passage
    vector: bytes
    sentences: tuple[Span, ...]
    sentence_vectors: bytes


def encoded(
    encoder: Encoder, documents: Sequence[Document], most: int, progress: Progress | None = None
) -> list[list[Row]]:
    """Cut documents and encode each passage, and each sentence of those that have several, all in one go.

    Args:
        encoder: gives the vectors.
        documents: what to cut; one list of rows is returned for each.
        most: the length in characters at which a paragraph is cut between its sentences.
        progress: told how many texts are encoded.

    Raises:
        ValueError: the encoder gives what an encoder may not.
    """
    texts: list[str] = []
    plans: list[list[tuple[Passage, tuple[Span, ...], int]]] = []
    for document in documents:
        plan = []
        for passage in split(document, most):
            spans = tuple(passage.sentences())
            plan.append((passage, spans, len(texts)))
            texts.append(passage.for_encoder())
            texts.extend(passage.for_encoder(span) for span in spans if len(spans) > 1)
        plans.append(plan)
    vectors = unit_rows(encoder.encode_passages(texts, progress), len(texts), encoder.name)
    return [[_row(passage, spans, vectors, at) for passage, spans, at in plan] for plan in plans]


def _row(passage: Passage, spans: tuple[Span, ...], vectors: Vectors, at: int) -> Row:
    own = vectors[at + 1 : at + 1 + len(spans)] if len(spans) > 1 else vectors[at : at + 1]
    return Row(passage, vectors[at].tobytes(), spans, own.tobytes())


def insert(connection: sqlite3.Connection, document: Document, as_read: str | None, name: str, rows: list[Row]) -> int:
    """Write a new document with all that belongs to it, and return its id.

    Args:
        connection: in a transaction.
        document: with the user's corrections.
        as_read: its facts before these, as JSON; None where nothing is corrected.
        name: what it is called here.
        rows: its passages.
    """
    source = document.source
    stated = (about(document), as_read, outline_rows(document))
    identity = connection.execute(
        "INSERT INTO documents (name, sha256, path, file_sha256, text, about, as_read, outline, checksum)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (name, document.id, source.path, source.file_sha256, document.text, *stated, stated_checksum(*stated)),
    ).lastrowid
    identity = int(identity or 0)
    said = Words.of(name, document.text)
    connection.execute("INSERT INTO vocabulary VALUES (?, ?, ?)", (identity, said.abbreviations, said.words))
    insert_name(connection, document, identity, name)
    insert_passages(connection, identity, rows)
    return identity


def insert_name(connection: sqlite3.Connection, document: Document, identity: int, name: str) -> None:
    """Let a document be known under the name and path of a file with its text."""
    connection.execute(
        "INSERT INTO names (name, stem, path, file_sha256, document) VALUES (?, ?, ?, ?, ?)",
        (name, PurePath(name).stem, document.source.path, document.source.file_sha256, identity),
    )


def insert_passages(connection: sqlite3.Connection, identity: int, rows: Sequence[Row]) -> None:
    """Write the passages of a document with their vectors and terms."""
    for row in rows:
        columns = (cut_row(row.passage), row.vector, sentences_row(row.sentences), row.sentence_vectors)
        number = connection.execute(
            "INSERT INTO passages (document, place, cut, vector, sentences, sentence_vectors, checksum)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (identity, row.passage.order, *columns, checksum(*columns)),
        ).lastrowid
        connection.execute(
            "INSERT INTO terms (rowid, words, headings) VALUES (?, ?, ?)", (number, *terms_row(row.passage))
        )


def terms_row(passage: Passage) -> tuple[str, str]:
    """The words of a passage and of its title and headings, as FTS5 is given them."""
    return for_index(passage.text), for_index(" ".join((passage.document.title, *passage.headings)))


def delete_passages(connection: sqlite3.Connection, identity: int) -> None:
    """Remove every passage, vector and term of a document."""
    connection.execute("DELETE FROM terms WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", (identity,))
    connection.execute("DELETE FROM passages WHERE document = ?", (identity,))


def delete(connection: sqlite3.Connection, identity: int) -> None:
    """Remove a document with everything that belongs to it; what the user corrected is kept for its return."""
    delete_passages(connection, identity)
    connection.execute("DELETE FROM documents WHERE id = ?", (identity,))


def purge_terms(connection: sqlite3.Connection) -> None:
    """Wipe the terms of what was deleted from the file, in which FTS5 lets them stand until it happens to merge them.

    Its rows are written anew: as some of them go, SQLite moves others from page to page, and wipes what it deletes but
    not where it moved something away. Both cost what the index of words holds, the merging 90 ms for 10,000 passages,
    the writing about as much.
    """
    connection.execute("INSERT INTO terms (terms) VALUES ('optimize')")
    rows = connection.execute("SELECT * FROM terms_content ORDER BY id").fetchall()
    connection.execute("DELETE FROM terms_content")
    connection.executemany("INSERT INTO terms_content VALUES (?, ?, ?)", rows)


def update_facts(
    connection: sqlite3.Connection, identity: int, document: Document, as_read: str | None, rows: list[Row]
) -> None:
    """Write other facts or another outline of the same text, with the passages that follow from them."""
    stated = (about(document), as_read, outline_rows(document))
    connection.execute(
        "UPDATE documents SET about = ?, as_read = ?, outline = ?, checksum = ? WHERE id = ?",
        (*stated, stated_checksum(*stated), identity),
    )
    delete_passages(connection, identity)
    insert_passages(connection, identity, rows)


def keep_original(connection: sqlite3.Connection, document: Document, identity: int, original: bytes | None) -> None:
    """Keep the file that a document was read from, and its hash with its path; the former one of the path goes.

    Files lie in the library's own file: so they come and go in the same transaction as their documents, whenever the
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
    connection.execute(
        "UPDATE names SET file_sha256 = ? WHERE document = ? AND path IS ? AND file_sha256 IS NOT ?",
        (source.file_sha256, identity, source.path, source.file_sha256),
    )
    connection.execute(
        "UPDATE documents SET file_sha256 = ? WHERE id = ? AND path IS ? AND file_sha256 IS NOT ?",
        (source.file_sha256, identity, source.path, source.file_sha256),
    )


def drop_former(
    connection: sqlite3.Connection, path: str | None, rows: Callable[[Document], list[Row]]
) -> tuple[Document | None, list[int]]:
    """Take away what was added from the same file before; where another file has that text it stays, as its own.

    Args:
        connection: in a transaction.
        path: of the file.
        rows: gives the passages of a document, for one that stays with what was corrected of its other file.

    Returns:
        The former version, and the ids of the documents that were changed.
    """
    if path is None:
        return None, []
    connection.execute("DELETE FROM names WHERE path = ?", (path,))
    row = connection.execute("SELECT id FROM documents WHERE path = ?", (path,)).fetchone()
    if row is None:
        return None, []
    identity = int(row[0])
    former = document_at(connection, identity)
    heir = connection.execute(
        "SELECT rowid, name, path FROM names WHERE document = ? ORDER BY rowid", (identity,)
    ).fetchone()
    if heir is None:
        delete(connection, identity)
    else:
        number, name, its_path = heir
        name = free_name(connection, name, its_path, former.id)
        # Its facts are still those that the other file states: without a hash the file counts as not yet read.
        connection.execute(
            "UPDATE documents SET name = ?, path = ?, file_sha256 = NULL WHERE id = ?", (name, its_path, identity)
        )
        connection.execute("UPDATE names SET name = ?, stem = ? WHERE rowid = ?", (name, PurePath(name).stem, number))
        inherit(connection, path, its_path or name)
        _correct_again(connection, identity, its_path or name, rows)
    return former, [identity]


def _correct_again(
    connection: sqlite3.Connection, identity: int, source: str, rows: Callable[[Document], list[Row]]
) -> None:
    """Apply to a document what is corrected of the source that it is known by now."""
    try:
        document, as_read = applied(document_at(connection, identity, as_read=True), corrections(connection, source))
    except CorpusError:  # does not fit this text; the check tells the user
        return
    if document != document_at(connection, identity):
        update_facts(connection, identity, document, as_read, rows(document))


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


def store_document(
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
        update_facts(connection, found.stands.id, found.document, found.as_read, rows(found.document))
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
