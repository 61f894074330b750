"""The result of each stage for one question, for readers who want to know why it was answered so."""

from dataclasses import dataclass

from assistant.answer import Reply
from assistant.query import Query
from assistant.retrieval.score_sentences import Evidence
from index.search.hybrid import Hit


@dataclass(frozen=True, slots=True)
class Trace:
    """One question on its way to a reply.

    Attributes:
        question: as typed.
        query: the question made ready for the search.
        reply: the reply.
        hits: passages, best first; empty when nothing was searched.
        evidence: their sentences, best first.
        cited: the sentences that were cited.
        verdict: why the question was answered, or was not.
        parts: of a message with several questions one trace for each; the whole has only question, query, reply and
            verdict then.
    """

    question: str
    query: Query
    reply: Reply
    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    cited: tuple[Evidence, ...] = ()
    verdict: str = ""
    parts: tuple["Trace", ...] = ()
