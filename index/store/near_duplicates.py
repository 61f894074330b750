"""Find a document of the library with nearly the same text: another copy, a repost, the PDF of a saved page."""

import sqlite3
from collections import Counter

from corpus.document import Document, Kind
from corpus.language.sentences import sentences
from corpus.language.similarity import NEARLY_SAME, share
from corpus.language.tokens import for_index
from corpus.span import Span
from index.values import NearDuplicate

_LOOKED_UP = 8  # sentences
_READ = 600  # characters of a paragraph, of which its longest words are taken
_TERMS = 6  # they are rare, so that few passages are looked through
_MET = 32  # passages that have them; what more have is boilerplate
_COMPARED = 3


def find_near_duplicate(connection: sqlite3.Connection, document: Document) -> NearDuplicate | None:
    """The document of the library that holds nearly all of a document's text; None where there is none.

    The longest words of eight sentences are looked up in the index, and the documents that have half of them are
    compared. So the cost hardly grows with the library. The document itself and the former version of its file do not
    count, so it may be asked before or after the document is added.

    Raises:
        LibraryError: the library cannot be read.
    """
    wanted = _wanted(document)
    met = Counter(found for terms in wanted for found in _holders(connection, terms, document))
    likely = [holder for holder, count in met.most_common(_COMPARED) if 2 * count >= len(wanted)]
    texts = [connection.execute("SELECT name, text FROM documents WHERE id = ?", (d,)).fetchone() for d in likely]
    found = [NearDuplicate(str(name), share(document.text, text)) for name, text in texts]
    best = min(found, key=lambda copy: (-copy.share, copy.name), default=None)
    return best if best and best.share >= NEARLY_SAME else None


def _wanted(document: Document) -> list[str]:
    """The longest words of evenly spaced sentences, each the first of its paragraph or list item, for FTS5."""
    blocks = [block for block in document.outline if block.kind in (Kind.BODY, Kind.LIST_ITEM)]
    step = max(1.0, len(blocks) / _LOOKED_UP / 2)
    chosen = [blocks[int(i * step)] for i in range(min(len(blocks), 2 * _LOOKED_UP))]
    found = []
    for block in chosen:
        words = Span(block.words.start, min(block.words.end, block.words.start + _READ))
        first = next(iter(sentences(document.text, words)), words)
        terms = sorted(set(for_index(first.of(document.text)).split()), key=lambda term: (-len(term), term))
        if len(terms) >= _TERMS:
            found.append(" AND ".join(f'"{term}"' for term in terms[:_TERMS]))
    return [f"words : ({terms})" for terms in dict.fromkeys(found)][:_LOOKED_UP]


def _holders(connection: sqlite3.Connection, terms: str, document: Document) -> list[int]:
    rows = connection.execute(
        # CROSS JOIN keeps SQLite from walking through all passages instead of the few that were met.
        "SELECT DISTINCT documents.id FROM (SELECT rowid AS met FROM terms WHERE terms MATCH ? LIMIT ?)"
        " CROSS JOIN passages ON passages.id = met CROSS JOIN documents ON documents.id = document"
        " WHERE sha256 <> ? AND path IS NOT ?",
        (terms, _MET, document.id, document.source.path or ""),
    )
    return [int(identity) for (identity,) in rows]
