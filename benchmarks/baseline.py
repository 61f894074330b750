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
class Paragraph:
    """A line of a document that holds more than white space."""

    document: str
    start: int
    text: str


class Baseline:
    """Cite the best paragraphs for a question, without regard to the conversation before it.

    Source: reciprocal rank fusion, Cormack, Clarke and Buettcher (SIGIR 2009), k = 60.
    """

    def __init__(self, documents: Sequence[Document], encoder: Encoder) -> None:
        self._paragraphs = [p for document in documents for p in paragraphs(document)]
        self._encoder = encoder
        vectors = encoder.encode_passages([p.text for p in self._paragraphs])
        self._vectors = VectorIndex.of(np.arange(len(self._paragraphs), dtype=np.int64), vectors)
        self._terms = sqlite3.connect(":memory:")
        self._terms.execute("CREATE VIRTUAL TABLE terms USING fts5(words, tokenize = 'porter unicode61')")
        self._terms.executemany(
            "INSERT INTO terms (rowid, words) VALUES (?, ?)", ((n, p.text) for n, p in enumerate(self._paragraphs))
        )

    def cite(self, question: str) -> list[Paragraph]:
        """Return the paragraphs cited for a question, best first."""
        scores: dict[int, float] = {}
        for ranking in (self._dense_ranking(question), self._bm25_ranking(question)):
            for rank, place in enumerate(ranking, start=1):
                scores[place] = scores.get(place, 0.0) + 1 / (_FUSION_RANK + rank)
        best = sorted(scores, key=lambda place: (-scores[place], place))[:CITED]
        return [self._paragraphs[place] for place in best]

    def replies(self, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """Return replies in the form that score.py reads."""
        replies = []
        for question in questions:
            start = time.perf_counter()
            citations = [_citation(paragraph) for paragraph in self.cite(question.text)]
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


def paragraphs(document: Document) -> list[Paragraph]:
    """Return the lines of a document that hold more than white space, stripped of the white space around them."""
    return [
        Paragraph(document.name, line.start() + len(line.group()) - len(line.group().lstrip()), line.group().strip())
        for line in re.finditer(r"[^\r\n]+", document.text)
        if line.group().strip()
    ]


def _citation(paragraph: Paragraph) -> dict[str, Any]:
    end = paragraph.start + len(paragraph.text)
    return {"document": paragraph.document, "start": paragraph.start, "end": end, "quote": paragraph.text}
