"""Read documents, summaries, source files and counts from the tables of a library."""

import json
import sqlite3

from corpus.document import Document
from corpus.serialize import day_of, meeting_of_values
from index.document_rules import day_and_name, source_key
from index.errors import UnknownDocument
from index.store.names import find_document, is_storable
from index.store.rows import COLUMNS, ORIGINAL, damaged_document, document_at, document_of
from index.values import DocumentSummary, SourceRecord

_SUMMARIES = (
    "SELECT name, sha256, path, about, (SELECT count(*) FROM passages WHERE document = documents.id),"
    f" EXISTS (SELECT 1 FROM originals WHERE {ORIGINAL}),"
    " EXISTS (SELECT 1 FROM corrections WHERE source = coalesce(documents.path, documents.name))"
    " FROM documents ORDER BY name"
)
# A document without the hash of its file is outdated, as long as the file is its own.
_SOURCES = (
    "SELECT names.path, documents.name, names.file_sha256,"
    " documents.file_sha256 IS NULL AND coalesce(documents.path = names.path, 1),"
    " coalesce(documents.path = names.path, 0),"
    " coalesce(json_extract(coalesce(as_read, about), '$.origins'), '[]')"
    " FROM names JOIN documents ON documents.id = document"
)


def documents(connection: sqlite3.Connection) -> list[Document]:
    """Return all documents by the day of their meeting or publication, then by name."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM documents").fetchall()
    return sorted((document_of(*row) for row in rows), key=day_and_name)


def names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the name of each document with the hash of its text, by name."""
    return dict(connection.execute("SELECT name, sha256 FROM documents ORDER BY name").fetchall())


def version_of(connection: sqlite3.Connection, sha256: str, name: str) -> Document | None:
    """Return the document with this very text, else the one that has this name now."""
    for condition, value in (
        ("SELECT id FROM documents WHERE sha256 = ?", sha256),
        ("SELECT id FROM documents WHERE name = ?", name),
        ("SELECT document FROM names WHERE name = ? ORDER BY document", name),
    ):
        if row := connection.execute(condition, (value,)).fetchone():
            return document_at(connection, row[0])
    return None


def document_as_read(connection: sqlite3.Connection, name: str) -> Document | None:
    """Return the document of exactly this name without the user's corrections."""
    row = connection.execute("SELECT id FROM documents WHERE name = ?", (name,)).fetchone()
    return document_at(connection, row[0], as_read=True) if row else None


def original(connection: sqlite3.Connection, name: str) -> tuple[bytes, str] | None:
    """Return the file that a document was read from, with its media type."""
    row = connection.execute(
        f"SELECT bytes, media_type FROM originals, documents WHERE documents.id = ? AND {ORIGINAL}",
        (find_document(connection, name),),
    ).fetchone()
    return (bytes(row[0]), str(row[1])) if row else None


def correction_source(connection: sqlite3.Connection, path_or_name: str) -> str:
    """Return what the corrections of a document are stored under, be the document there or removed."""
    try:
        identity = find_document(connection, path_or_name)
    except UnknownDocument:
        return path_or_name
    return source_key(*connection.execute("SELECT name, path FROM documents WHERE id = ?", (identity,)).fetchone())


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Count the documents, passages and sentences."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages),"
        " (SELECT coalesce(sum(json_array_length(sentences)), 0) FROM passages)"
    ).fetchone()
    return dict(zip(("documents", "passages", "sentences"), row, strict=True))


def file_bytes(connection: sqlite3.Connection) -> int:
    """Return the size of the library's file, with all that the transaction has written."""
    row = connection.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()
    return int(row[0])


def other_bytes(connection: sqlite3.Connection, document: Document) -> int:
    """Return the size of the files and texts, encoded in UTF-8, that stay beside a document which is added.

    Its own text and file do not count where they are stored already, nor does the former version of its file. SQLite
    reads all texts for this.
    """
    row = connection.execute(
        "WITH others AS (SELECT document, file_sha256 FROM names WHERE :path IS NULL OR path IS NOT :path)"
        " SELECT (SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM documents"
        "  WHERE sha256 <> :text AND id IN (SELECT document FROM others))"
        " + (SELECT coalesce(sum(length(bytes)), 0) FROM originals"
        "  WHERE sha256 IS NOT :file AND sha256 IN (SELECT file_sha256 FROM others))",
        {"path": document.source.path, "text": document.id, "file": document.source.file_sha256},
    ).fetchone()
    return int(row[0])


def source(connection: sqlite3.Connection, path: str) -> SourceRecord | None:
    """Return what is known about the file with this source path."""
    row = connection.execute(f"{_SOURCES} WHERE names.path = ?", (path,)).fetchone()
    return _source_record(*row) if row else None


def sources_under(connection: sqlite3.Connection, folder: str) -> list[SourceRecord]:
    """Return the files in a folder or an archive from which documents were added, by path."""
    rows = []
    for start in (folder.rstrip("/") + "/", folder + "!/") if is_storable(folder) else ():
        # "0" follows "/": everything that begins so, by the index.
        rows += connection.execute(
            f"{_SOURCES} WHERE names.path >= ? AND names.path < ? ORDER BY names.path", (start, start[:-1] + "0")
        ).fetchall()
    return [_source_record(*row) for row in rows]


def summaries(connection: sqlite3.Connection) -> list[DocumentSummary]:
    """Return all documents without their texts, by name.

    Raises:
        LibraryError: a document is damaged.
    """
    return [_summary(*row) for row in connection.execute(_SUMMARIES)]


def _source_record(
    path: str, name: str, sha256: str | None, is_outdated: int, is_primary: int, origins: str
) -> SourceRecord:
    where = frozenset(origin for _, origin in json.loads(origins))
    return SourceRecord(path, name, sha256, bool(is_outdated), bool(is_primary), where)


def _summary(
    name: str, sha256: str, path: str | None, about: str, passages: int, has_original: int, is_corrected: int
) -> DocumentSummary:
    try:
        facts = json.loads(about)
        return DocumentSummary(
            name=name,
            id=sha256,
            path=path,
            title=facts["title"],
            publisher=facts["publisher"],
            published=day_of(facts["published"]),
            meeting=meeting_of_values(facts["meeting"]),
            pages=len(facts.get("pages", ())),
            warnings=tuple(facts.get("warnings", ())),
            passages=passages,
            has_original=bool(has_original),
            is_corrected=bool(is_corrected),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise damaged_document(name, error) from error
