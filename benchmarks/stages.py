"""The assistant's stages one at a time, as `Assistant.ask` chains them: where it gains one, this file follows."""

from dataclasses import dataclass

import numpy as np

from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.query import Query
from assistant.retrieval.query_terms import QueryTerms
from assistant.retrieval.rerank import rerank
from assistant.retrieval.retriever import gather
from assistant.retrieval.score_sentences import score_sentences
from assistant.understanding.understand import understand
from index.search.filters import Filters
from index.search.hybrid import Hit
from index.store.snapshot import Snapshot

# The one setting that trades coverage against errors, and the steps from its value that the curve shows.
ABSTENTION_SETTING = "least_score"
ABSTENTION_STEPS = (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5)


def query_for(view: Snapshot, question: str, conversation: Conversation) -> Query:
    """What is searched for a question."""
    return understand(question, conversation, view.documents, Filters()).query


def passages_for(assistant: Assistant, view: Snapshot, query: Query, k: int) -> list[Hit]:
    """The passages found for a query, best first."""
    vector = assistant.library.encoder.encode_query(query.text)
    asked = QueryTerms(query.text, view, query.latest, assistant.settings.before_weight)
    return gather(view, query, asked, vector, assistant.ranker, assistant.settings)[0][:k]


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure it is that a text answers a question; only the order means something.

    Attributes:
        own: the assistant's own score of the best sentence.
        cosine: the highest cosine of a sentence with the question.
    """

    own: float
    cosine: float


def confidence(assistant: Assistant, view: Snapshot, question: str, passages: list[int]) -> Confidence:
    """How sure the assistant is that these passages answer a question.

    Args:
        assistant: whose score it is.
        view: the state of its library.
        question: as asked, without a conversation before it.
        passages: ids of the passages that may answer; at least one.
    """
    vector = assistant.library.encoder.encode_query(question)
    found = view.nearest(vector, len(passages), np.array(passages, dtype=np.int64))
    hits = [Hit(identity, view.passage(identity), cosine, cosine) for identity, cosine in found]
    weighed = score_sentences(view, hits, Query(question), QueryTerms(question, view), vector, assistant.settings)
    cosine = max(e.dense for e in weighed)
    return Confidence(rerank(question, weighed, assistant.ranker, assistant.settings)[0].score, cosine)


def passages_by_document(assistant: Assistant, view: Snapshot) -> dict[str, list[int]]:
    """The ids of all passages of a library, under their document's name."""
    found: dict[str, list[int]] = {}
    for identity, _ in view.nearest(assistant.library.encoder.encode_query("any"), view.size):
        found.setdefault(view.passage(identity).document.name, []).append(identity)
    return found
