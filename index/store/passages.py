"""Cut documents into passages, encode them, and write them with their vectors and terms."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.language.scripts import is_cjk
from corpus.language.tokens import STOP_WORDS, cjk_words, folded_words, index_terms
from corpus.passages import Passage, split
from corpus.span import Span
from index.models.encoder import Encoder, Progress, Vectors, unit_rows
from index.store.rows import cut_row, passage_checksum, sentences_row


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A passage with its vectors, as it is stored.

    Attributes:
        passage: the text that was encoded, with its headings and the facts of its document.
        vector: its vector, float32 as bytes.
        sentences: the spans of its sentences.
        sentence_vectors: the vectors of the sentences one after the other, float32 as bytes.
    """

    passage: Passage
    vector: bytes
    sentences: tuple[Span, ...]
    sentence_vectors: bytes


def encode_documents(
    encoder: Encoder, documents: Sequence[Document], passage_characters: int, progress: Progress | None = None
) -> list[list[EncodedPassage]]:
    """Cut documents and encode each passage, and each sentence of those that have several, in one call of the encoder.

    Args:
        encoder: the encoder of the library.
        documents: the documents to cut.
        passage_characters: the length at which a paragraph is cut between its sentences.
        progress: called with the number of texts encoded and of all texts.

    Returns:
        The passages of each document.

    Raises:
        ValueError: the encoder returns other than unit vectors.
    """
    texts: list[str] = []
    plans: list[list[tuple[Passage, tuple[Span, ...], int]]] = []
    for document in documents:
        plan = []
        for passage in split(document, passage_characters):
            spans = tuple(passage.sentences())
            plan.append((passage, spans, len(texts)))
            texts.append(passage.for_encoder())
            texts.extend(passage.for_encoder(span) for span in spans if len(spans) > 1)
        plans.append(plan)
    vectors = unit_rows(encoder.encode_passages(texts, progress), len(texts), encoder.name)
    return [[_encoded_passage(passage, spans, vectors, at) for passage, spans, at in plan] for plan in plans]


def _encoded_passage(passage: Passage, spans: tuple[Span, ...], vectors: Vectors, at: int) -> EncodedPassage:
    own = vectors[at + 1 : at + 1 + len(spans)] if len(spans) > 1 else vectors[at : at + 1]
    return EncodedPassage(passage, vectors[at].tobytes(), spans, own.tobytes())


def insert_passages(connection: sqlite3.Connection, document_id: int, passages: Sequence[EncodedPassage]) -> None:
    """Write the passages of a document with their vectors and terms."""
    for row in passages:
        columns = (cut_row(row.passage), row.vector, sentences_row(row.sentences), row.sentence_vectors)
        identity = connection.execute(
            "INSERT INTO passages (document, place, cut, vector, sentences, sentence_vectors, checksum)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (document_id, row.passage.order, *columns, passage_checksum(*columns)),
        ).lastrowid
        connection.execute(
            "INSERT INTO terms (rowid, words, headings) VALUES (?, ?, ?)", (identity, *terms_row(row.passage))
        )


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
    return " ".join(term for word in folded_words(text) for term in index_terms(word))


def fts_query(text: str) -> str:
    """Return a question as an FTS5 expression: any of its words, each quoted so that nothing in it is an operator.

    Returns:
        The expression, or an empty string when the question has no word to search for.
    """
    terms: dict[str, None] = {}
    for word in folded_words(text):
        parts = index_terms(word)
        if is_cjk(word):
            terms.update(
                dict.fromkeys(
                    term for run in cjk_words(word) for term in (" ".join(index_terms(run)), *index_terms(run))
                )
            )
        else:
            terms.update(dict.fromkeys(part for part in parts if part not in STOP_WORDS))
            if len(parts) > 1:
                terms[" ".join(parts)] = None
    return " OR ".join(map(quote_term, terms))


def quote_term(term: str) -> str:
    """Return a word or phrase as an FTS5 string, in which nothing is an operator."""
    return '"' + term.replace('"', '""') + '"'
