"""What is built in an afternoon: paragraphs found by BM25 and MiniLM, the best three cited, and never a "no"."""

import re
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.answering import Question
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
    """Cites the paragraphs that fit a question best. It knows nothing of the conversation before.

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

    def cited(self, question: str) -> list[Paragraph]:
        """The paragraphs cited for a question, best first."""
        scores: dict[int, float] = {}
        for ranking in (self._by_meaning(question), self._by_words(question)):
            for rank, place in enumerate(ranking, start=1):
                scores[place] = scores.get(place, 0.0) + 1 / (_FUSION_RANK + rank)
        best = sorted(scores, key=lambda place: (-scores[place], place))[:CITED]
        return [self._paragraphs[place] for place in best]

    def replies(self, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """The baseline's replies in the form that score.py reads."""
        found = []
        for question in questions:
            start = time.perf_counter()
            citations = [_citation(paragraph) for paragraph in self.cited(question.text)]
            elapsed = round((time.perf_counter() - start) * 1000, 1)
            reply = {"id": question.id, "answered": True, "answer": "", "citations": citations, "latency_ms": elapsed}
            found.append(reply)
        return found

    def _by_meaning(self, question: str) -> list[int]:
        found = self._vectors.search(self._encoder.encode_query(question), _CANDIDATES)
        return [place for place, _ in found]

    def _by_words(self, question: str) -> list[int]:
        words = re.findall(r"\w+", question)
        if not words:
            return []
        rows = self._terms.execute(
            "SELECT rowid FROM terms WHERE terms MATCH ? ORDER BY bm25(terms), rowid LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), _CANDIDATES),
        )
        return [int(place) for (place,) in rows]


def paragraphs(document: Document) -> list[Paragraph]:
    """The lines of a document that hold more than white space, without the white space around them."""
    return [
        Paragraph(document.name, line.start() + len(line.group()) - len(line.group().lstrip()), line.group().strip())
        for line in re.finditer(r"[^\r\n]+", document.text)
        if line.group().strip()
    ]


def _citation(paragraph: Paragraph) -> dict[str, Any]:
    end = paragraph.start + len(paragraph.text)
    return {"document": paragraph.document, "start": paragraph.start, "end": end, "quote": paragraph.text}
