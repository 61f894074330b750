"""Count the words of a question in the passages of one library, from the index of FTS5."""

import sqlite3
from collections.abc import Iterator, Sequence

from index.search.bm25 import frequency_of, idf
from index.search.vector_index import Ids
from index.snapshot import WordMatches
from index.values import HEADING_WEIGHT

_AVERAGES = 1  # the row of FTS5's table of data with the number of rows and the words of each column


def word_matches(connection: sqlite3.Connection, terms: Sequence[str], among: Ids | None) -> WordMatches:
    """Return the matches of words and phrases; see `Snapshot.word_matches`.

    Args:
        connection: to the library.
        terms: the words and phrases as FTS5 strings.
        among: the ids of the passages that pass the filters; None for all.
    """
    (block,) = connection.execute("SELECT block FROM terms_data WHERE id = ?", (_AVERAGES,)).fetchone()
    passages, *lengths = [*_numbers(block)] or [0]
    length = sum(lengths)
    passing = None if among is None else frozenset(among.tolist())
    having, frequencies, length_of = [], [], {}
    for term in terms:
        rows = connection.execute(
            "SELECT terms.rowid, -bm25(terms, 1.0, ?), sz FROM terms"
            " JOIN terms_docsize ON terms_docsize.id = terms.rowid WHERE terms MATCH ?",
            (HEADING_WEIGHT, term),
        ).fetchall()
        factor = idf(len(rows), passages)
        found = {}
        for identity, score, sizes in rows:
            if passing is None or identity in passing:
                length_of[identity] = sum(_numbers(sizes))
                found[identity] = frequency_of(score, factor, length_of[identity], length / passages)
        having.append(len(rows))
        frequencies.append(found)
    return WordMatches(tuple(having), tuple(frequencies), length_of, passages, length)


def _numbers(blob: bytes) -> Iterator[int]:
    """Yield the whole numbers in a blob: SQLite's of variable length, seven bits a byte, below 2 ** 56."""
    number = 0
    for byte in blob:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            yield number
            number = 0
