"""Find a document of the library with nearly the same text: another copy, a repost, the PDF of a saved page."""

import sqlite3
from collections import Counter

from corpus.document import Document, Kind
from corpus.language.sentences import sentences
from corpus.language.similarity import NEARLY_SAME, share
from corpus.language.tokens import text_terms
from corpus.span import Span
from index.store.passages import quote_term
from index.values import NearDuplicate
from index.versions import LEAST_SHARED, has_same_title

_SENTENCES = 8  # looked up in the index
_SENTENCE_CHARACTERS = 600  # of a paragraph, in which its first sentence ends
_TERMS = 6  # of a sentence, the longest: they are rare, so that few passages are looked through
_PASSAGES = 32  # that have the terms; what more have is boilerplate
_COMPARED = 3  # documents


def find_near_duplicate(connection: sqlite3.Connection, document: Document) -> NearDuplicate | None:
    """Return the stored document that contains nearly all of a document's text.

    The longest words of eight sentences are looked up in the index, and the documents that have half of them are
    compared, so the cost hardly grows with the library. The document itself and the former version of its file do not
    count.
    """
    queries = _sentence_queries(document)
    matches = Counter(identity for query in queries for identity in _documents_with(connection, query, document))
    likely = [identity for identity, count in matches.most_common(_COMPARED) if 2 * count >= len(queries)]
    texts = [connection.execute("SELECT name, text FROM documents WHERE id = ?", (i,)).fetchone() for i in likely]
    candidates = [NearDuplicate(str(name), share(document.text, text)) for name, text in texts]
    best = min(candidates, key=lambda candidate: (-candidate.share, candidate.name), default=None)
    return best if best and best.share >= NEARLY_SAME else _other_version(connection, document)


def _other_version(connection: sqlite3.Connection, document: Document) -> NearDuplicate | None:
    """Return the stored document of the same title and day that has the most of a document's text, if it has enough."""
    day = document.meeting.first_day
    if not day:
        return None
    rows = connection.execute(
        "SELECT name, text, json_extract(about, '$.title') FROM documents"
        " WHERE json_extract(about, '$.meeting.first_day') = ? AND sha256 <> ? AND path IS NOT ? LIMIT ?",
        (day.isoformat(), document.id, document.source.path or "", _PASSAGES),
    )
    candidates = [
        NearDuplicate(str(name), share(document.text, text), is_version=True)
        for name, text, title in rows
        if has_same_title(title, document.title)
    ]
    best = min(candidates, key=lambda candidate: (-candidate.share, candidate.name), default=None)
    return best if best and best.share >= LEAST_SHARED else None


def _sentence_queries(document: Document) -> list[str]:
    """Return FTS5 queries for evenly spaced sentences, each the first of its paragraph or list item."""
    blocks = [block for block in document.outline if block.kind in (Kind.BODY, Kind.LIST_ITEM)]
    step = max(1.0, len(blocks) / _SENTENCES / 2)
    chosen = [blocks[int(i * step)] for i in range(min(len(blocks), 2 * _SENTENCES))]
    queries = []
    for block in chosen:
        words = Span(block.words.start, min(block.words.end, block.words.start + _SENTENCE_CHARACTERS))
        first = next(iter(sentences(document.text, words)), words)
        terms = sorted(set(text_terms(first.of(document.text))), key=lambda term: (-len(term), term))
        if len(terms) >= _TERMS:
            queries.append(" AND ".join(map(quote_term, terms[:_TERMS])))
    return [f"words : ({terms})" for terms in dict.fromkeys(queries)][:_SENTENCES]


def _documents_with(connection: sqlite3.Connection, query: str, document: Document) -> list[int]:
    rows = connection.execute(
        # CROSS JOIN keeps SQLite from walking through all passages instead of the few that match.
        "SELECT DISTINCT documents.id FROM (SELECT rowid AS passage FROM terms WHERE terms MATCH ? LIMIT ?)"
        " CROSS JOIN passages ON passages.id = passage CROSS JOIN documents ON documents.id = document"
        " WHERE sha256 <> ? AND path IS NOT ?",
        (query, _PASSAGES, document.id, document.source.path or ""),
    )
    return [int(identity) for (identity,) in rows]
