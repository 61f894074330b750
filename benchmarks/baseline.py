"""Baseline system for comparison: retrieve lines by BM25 and MiniLM, cite the best three, never abstain."""

import re
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.pipeline import Question
from corpus.document import Document
from index.models.encoder import Encoder
from index.search.vector_index import VectorIndex

MODEL = "all-MiniLM-L6-v2"
CITED = 3
_CANDIDATES = 50
_FUSION_RANK = 60


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of a document that holds more than white space."""

    document: str
    start: int
    text: str


class Baseline:
    """Cite the best lines of the documents for a question, without regard to the conversation before it.

    Source: reciprocal rank fusion, Cormack, Clarke and Buettcher (SIGIR 2009), k = 60.
    """

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        self._lines = [p for document in documents for p in document_lines(document)]
        self._encoder = encoder
        vectors = encoder.encode_passages([p.text for p in self._lines])
        self._vectors = VectorIndex.of(np.arange(len(self._lines), dtype=np.int64), vectors)
        self._terms = sqlite3.connect(":memory:")
        self._terms.execute("CREATE VIRTUAL TABLE terms USING fts5(words, tokenize = 'porter unicode61')")
        self._terms.executemany(
            "INSERT INTO terms (rowid, words) VALUES (?, ?)", ((n, p.text) for n, p in enumerate(self._lines))
        )

    def cite(self, question: str) -> list[DocumentLine]:
        """Return the lines cited for a question, best first."""
        scores: dict[int, float] = {}
        for ranking in (self._dense_ranking(question), self._bm25_ranking(question)):
            for rank, place in enumerate(ranking, start=1):
                scores[place] = scores.get(place, 0.0) + 1 / (_FUSION_RANK + rank)
        best = sorted(scores, key=lambda place: (-scores[place], place))[:CITED]
        return [self._lines[place] for place in best]

    def replies(self, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """Return replies in the form that score.py reads."""
        replies = []
        for question in questions:
            start = time.perf_counter()
            citations = [_citation(line) for line in self.cite(question.text)]
            elapsed = round((time.perf_counter() - start) * 1000, 1)
            reply = {"id": question.id, "answered": True, "answer": "", "citations": citations, "latency_ms": elapsed}
            replies.append(reply)
        return replies

    def _dense_ranking(self, question: str) -> list[int]:
        return [place for place, _ in self._vectors.search(self._encoder.encode_query(question), _CANDIDATES)]

    def _bm25_ranking(self, question: str) -> list[int]:
        words = re.findall(r"\w+", question)
        if not words:
            return []
        rows = self._terms.execute(
            "SELECT rowid FROM terms WHERE terms MATCH ? ORDER BY bm25(terms), rowid LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), _CANDIDATES),
        )
        return [int(place) for (place,) in rows]


def document_lines(document: Document) -> list[DocumentLine]:
    """Return the lines of a document that hold more than white space, stripped of the white space around them."""
    return [
        DocumentLine(document.name, line.start() + len(line.group()) - len(line.group().lstrip()), line.group().strip())
        for line in re.finditer(r"[^\r\n]+", document.text)
        if line.group().strip()
    ]


def _citation(line: DocumentLine) -> dict[str, Any]:
    end = line.start + len(line.text)
    return {"document": line.document, "start": line.start, "end": end, "quote": line.text}
