"""Write passages with their vectors and terms, and make queries of the terms."""

import sqlite3
from collections.abc import Sequence

from corpus.document import Document
from corpus.language.tokens import query_phrases, text_terms
from corpus.passages import Passage
from index.encoding import EncodedPassage
from index.store.rows import document_at, encoded_passage, passage_checksum, passage_columns


def insert_passages(connection: sqlite3.Connection, document_id: int, passages: Sequence[EncodedPassage]) -> None:
    """Write the passages of a document with their vectors and terms."""
    for row in passages:
        columns = passage_columns(row)
        identity = connection.execute(
            "INSERT INTO passages (document, place, cut, vector, sentences, sentence_vectors, checksum)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (document_id, row.passage.order, *columns, passage_checksum(*columns)),
        ).lastrowid
        connection.execute(
            "INSERT INTO terms (rowid, words, headings) VALUES (?, ?, ?)", (identity, *terms_row(row.passage))
        )


def known_passages(connection: sqlite3.Connection, document: Document) -> list[EncodedPassage]:
    """Return the stored passages of the former versions of a document: of its text, and of its file.

    Those whose row is damaged are left out.
    """
    known = []
    for (identity,) in connection.execute(
        "SELECT id FROM documents WHERE sha256 = ? OR path = ?", (document.id, document.source.path)
    ).fetchall():
        former = document_at(connection, identity)
        for place, checksum, *columns in connection.execute(
            "SELECT place, checksum, cut, vector, sentences, sentence_vectors FROM passages WHERE document = ?",
            (identity,),
        ):
            if checksum == passage_checksum(*columns):
                known.append(encoded_passage(former, place, *columns))
    return known


def terms_row(passage: Passage) -> tuple[str, str]:
    """Return the indexed text of a passage, and that of its title and headings."""
    return fts_text(passage.text), fts_text(" ".join((passage.document.title, *passage.headings)))


def delete_passages(connection: sqlite3.Connection, document_id: int) -> None:
    """Delete every passage, vector and term of a document."""
    connection.execute("DELETE FROM terms WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", (document_id,))
    connection.execute("DELETE FROM passages WHERE document = ?", (document_id,))


def purge_terms(connection: sqlite3.Connection) -> None:
    """Wipe the terms of deleted passages from the file, where FTS5 leaves them until it happens to merge them.

    FTS5's content rows are written again: as some of them are deleted, SQLite moves others from page to page, and
    wipes what it deletes but not where it moved a row away. Both cost time by the size of the index: merging 90 ms for
    10,000 passages, writing about as much.
    """
    connection.execute("INSERT INTO terms (terms) VALUES ('optimize')")
    rows = connection.execute("SELECT * FROM terms_content ORDER BY id").fetchall()
    connection.execute("DELETE FROM terms_content")
    connection.executemany("INSERT INTO terms_content VALUES (?, ?, ?)", rows)


def fts_text(text: str) -> str:
    """Return a text as it is indexed: words apart, Japanese and Chinese as overlapping pairs of characters.

    FTS5's own tokenizers know no word borders in Japanese, and its trigrams miss words of two characters.
    """
    return " ".join(text_terms(text))


def fts_query(text: str) -> str:
    """Return a question as an FTS5 expression: any of its words, each quoted so that nothing in it is an operator.

    Returns:
        The expression, or an empty string when the question has no word to search for.
    """
    return " OR ".join(fts_terms(text))


def fts_terms(text: str) -> list[str]:
    """Return the words and phrases of a question as FTS5 strings, each once."""
    return [*map(quote_term, query_phrases(text))]


def quote_term(term: str) -> str:
    """Return a word or phrase as an FTS5 string, in which nothing is an operator."""
    return '"' + term.replace('"', '""') + '"'
