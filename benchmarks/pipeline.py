"""Run the assistant, or one stage of it, on the questions of an evaluation set."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.grounding.answerability import log_odds
from assistant.grounding.domain_similarity import DomainSimilarity
from assistant.grounding.features import AnswerFeatures, answer_features
from assistant.json_api import turn_object
from assistant.query import Query
from assistant.retrieval.evidence import PreparedQuery
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.rerank import rerank
from assistant.retrieval.retriever import Retrieved
from assistant.retrieval.score_sentences import score_sentences
from assistant.understanding.split_questions import SubQuestion
from assistant.understanding.understand import plain_query, understand
from assistant.understanding.validate import QuestionRefused
from benchmarks.datasets import Place
from benchmarks.figures import report_progress
from benchmarks.libraries import text_id
from index.search.filters import Filters
from index.search.hybrid import Hit
from index.snapshot import Snapshot

# Steps from `AnswerabilityThresholds.least_odds`, which trades coverage against errors, that the curve shows.
ABSTENTION_STEPS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Question:
    """The part of an evaluation line that the assistant may see; `history` has the earlier questions, oldest first."""

    id: str
    text: str
    history: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: dict[str, Any], field: str = "question") -> "Question":
        """Read the question of a line and nothing else of it."""
        return cls(record["id"], record[field], tuple(record.get("history") or ()))


class Conversations:
    """Rebuild conversations by asking their earlier questions, each shared beginning only once.

    The assistant answers the same question with the same turn, so conversations with one beginning share its turns.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._known: dict[tuple[str, ...], Conversation] = {(): Conversation()}

    def after(self, history: tuple[str, ...]) -> Conversation:
        """Return the conversation after these questions; a refused question leaves no turn."""
        if history not in self._known:
            before = self.after(history[:-1])
            try:
                self._known[history] = before.plus(self._assistant.ask(history[-1], before))
            except QuestionRefused:
                self._known[history] = before
        return self._known[history]


def answer_questions(
    assistant: Assistant, questions: Sequence[Question], label: str | None = "questions answered"
) -> list[dict[str, Any]]:
    """Return the objects that `ask --batch` would write, each question asked in a conversation of its own.

    `label` names the progress lines on stderr; None prints none.
    """
    conversations = Conversations(assistant)
    assistant.ask("What was said?")  # loads the model before the first question is timed
    replies = []
    for done, question in enumerate(questions, start=1):
        before = conversations.after(question.history)
        start = time.perf_counter()
        reply = turn_object(question.id, assistant.ask(question.text, before), 0)
        replies.append({**reply, "latency_ms": round((time.perf_counter() - start) * 1000, 1)})
        if label:
            report_progress(label, done, len(questions))
    return replies


def understand_question(snapshot: Snapshot, question: str) -> Query:
    """Return the query for a question without a conversation before it."""
    return understand(SubQuestion(question), Conversation(), snapshot.documents, Filters())


def measure_evidence(
    assistant: Assistant, snapshot: Snapshot, question: str
) -> tuple[Retrieved, AnswerFeatures | None]:
    """Return what a question finds without a conversation before it, and its measures; None where nothing is found."""
    found = assistant.retriever(snapshot).search(understand_question(snapshot, question))
    if not found.evidence:
        return found, None
    similarity = DomainSimilarity.of(snapshot, assistant.library.encoder)
    return found, answer_features(found, similarity.score(snapshot, found.prepared.vector))


def retrieve_passages(assistant: Assistant, snapshot: Snapshot, query: Query, k: int) -> list[Hit]:
    """Return the k best passages for a query, best first."""
    retrieved = assistant.retriever(snapshot).search(replace(query, keywords=""), distinct=False)
    return list(retrieved.hits[:k])


def retrieve_places(assistant: Assistant, snapshot: Snapshot, query: Query, k: int) -> list[Place]:
    """Return the k best passages for a query as places in the texts of `library_of_texts`."""
    passages = [hit.passage for hit in retrieve_passages(assistant, snapshot, query, k)]
    return [(text_id(p.document.name), p.span.start, p.span.end) for p in passages]


@dataclass(frozen=True, slots=True)
class Confidence:
    """Scores of a text as an answer to a question; only their order means something.

    Attributes:
        own: the log-odds that the text answers, as the assistant judges it.
        cosine: the highest cosine of a sentence with the question.
    """

    own: float
    cosine: float


def score_answerability(assistant: Assistant, snapshot: Snapshot, question: str, document: str) -> Confidence:
    """Score how well the named document answers a question without a conversation before it."""
    vector = assistant.library.encoder.encode_query(question)
    nearest = snapshot.search_dense(vector, snapshot.passage_count, Filters(names=frozenset({document})))
    hits = [Hit(identity, snapshot.passage(identity), cosine, cosine) for identity, cosine in nearest]
    prepared = PreparedQuery(plain_query(question), snapshot, QueryTerms(question, snapshot), vector)
    scored = score_sentences(prepared, hits, assistant.scoring)
    cosine = max(evidence.dense for evidence in scored)
    evidence = rerank(question, scored, assistant.ranker, assistant.scoring)
    retrieved = Retrieved(prepared, tuple(hits), tuple(evidence))
    similarity = DomainSimilarity.of(snapshot, assistant.library.encoder).score(snapshot, vector)
    return Confidence(log_odds(answer_features(retrieved, similarity), assistant.ranker is not None), cosine)
