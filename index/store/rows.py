"""Convert documents and passages to the columns of their rows, and back."""

import json
import sqlite3
import zlib

import numpy as np

from corpus.document import Document, Kind
from corpus.passages import Passage
from corpus.serialize import document_of_values, facts_values, outline_values
from corpus.span import Span
from index.encoding import EncodedPassage
from index.errors import LibraryError
from index.models.encoder import Vectors

# The columns of the table documents that `document_of` takes.
COLUMNS = "name, sha256, path, file_sha256, about, outline, text"
# The condition for the original of a document: a file that took over a text has no hash there until it is read again.
ORIGINAL = (
    "originals.sha256 = coalesce(documents.file_sha256,"
    " (SELECT file_sha256 FROM names WHERE document = documents.id AND path = documents.path))"
)


def facts_json(document: Document) -> str:
    """Return everything known about a document but its text, outline, name and file, as JSON."""
    return json.dumps(facts_values(document), ensure_ascii=False)


def outline_json(document: Document) -> str:
    """Return the outline as JSON: kind, span, words and level of each block."""
    return json.dumps(outline_values(document), separators=(",", ":"))


def fact_columns(document: Document, as_read: Document | None) -> tuple[str, str | None, str, int]:
    """Return the columns about, as_read, outline and checksum of a document and of the document as it was read."""
    values = (facts_json(document), facts_json(as_read) if as_read else None, outline_json(document))
    return (*values, document_checksum(*values))


def cut_row(passage: Passage) -> str:
    """Return span, words, kind and headings of a passage as JSON, so that a later version need not cut it again."""
    span, words = passage.span, passage.words
    row = [span.start, span.end, words.start, words.end, passage.kind.value, passage.headings]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def passage_columns(encoded: EncodedPassage) -> tuple[str, bytes, str, bytes]:
    """Return the columns cut, vector, sentences (spans as JSON) and sentence_vectors of a passage."""
    sentences = json.dumps([[span.start, span.end] for span in encoded.sentences])
    return cut_row(encoded.passage), encoded.vector.tobytes(), sentences, encoded.sentence_vectors.tobytes()


def vectors_of(stored: bytes, rows: int) -> Vectors:
    """Return stored vectors as float32 of shape (rows, d)."""
    return np.frombuffer(stored, dtype=np.float32).reshape(rows, -1)


def sentences_of(row: str) -> list[Span]:
    """Return the spans in a row.

    Raises:
        LibraryError: the row is damaged.
    """
    try:
        return [Span(start, end) for start, end in json.loads(row)]
    except (ValueError, TypeError) as error:
        raise _damaged_passage(error) from error


def passage_checksum(cut: str, vector: bytes, sentences: str, sentence_vectors: bytes) -> int:
    """Return the CRC-32 of a passage's columns one after the other."""
    return zlib.crc32(sentence_vectors, zlib.crc32(vector, zlib.crc32((cut + sentences).encode())))


def document_checksum(about: str, as_read: str | None, outline: str) -> int:
    """Return the CRC-32 of a document's columns beside the text, which has a hash."""
    return zlib.crc32(f"{about}\0{as_read}\0{outline}".encode("utf-8", "surrogatepass"))


def passage_of(document: Document, place: int, cut: str) -> Passage:
    """Return the passage in a row.

    Raises:
        LibraryError: the row is damaged.
    """
    try:
        start, end, words, words_end, kind, headings = json.loads(cut)
        return Passage(document, Span(start, end), Span(words, words_end), Kind(kind), tuple(headings), place)
    except (ValueError, TypeError) as error:
        raise _damaged_passage(error) from error


def encoded_passage(
    document: Document, place: int, cut: str, vector: bytes, sentences: str, sentence_vectors: bytes
) -> EncodedPassage:
    """Return the passage in a row with its vectors.

    Raises:
        LibraryError: the row is damaged.
    """
    spans = tuple(sentences_of(sentences))
    passage = passage_of(document, place, cut)
    return EncodedPassage(passage, vectors_of(vector, 1)[0], spans, vectors_of(sentence_vectors, len(spans)))


def document_of(
    name: str, sha256: str, path: str | None, file_sha256: str | None, about: str, outline: str, text: str
) -> Document:
    """Return the document in a row with the `COLUMNS`.

    Raises:
        LibraryError: the row is damaged; its text does not have its hash, for one.
    """
    try:
        return document_of_values(name, text, sha256, path, file_sha256, json.loads(about), json.loads(outline))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged_document(name, error) from error


def document_at(connection: sqlite3.Connection, identity: int, as_read: bool = False) -> Document:
    """Return the document with this id, which exists.

    Args:
        connection: to the library.
        identity: the document's id.
        as_read: return its facts as they were read, without the user's corrections.

    Raises:
        LibraryError: its row is damaged.
    """
    columns = COLUMNS.replace("about", "coalesce(as_read, about)") if as_read else COLUMNS
    return document_of(*connection.execute(f"SELECT {columns} FROM documents WHERE id = ?", (identity,)).fetchone())


def damaged_document(name: str, error: Exception) -> LibraryError:
    """Return the error for a document whose row cannot be read."""
    return LibraryError(
        f"the library is damaged at {name!a} ({error}); restore it, or remove the document and add it again"
    )


def _damaged_passage(error: Exception) -> LibraryError:
    return LibraryError(f"a passage of the library is damaged ({error}); rebuild it with: rapporteur reindex")
