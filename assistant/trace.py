"""What each stage made of one question, for whoever wants to know why it was answered so."""

from dataclasses import dataclass

from assistant.answer import Reply
from assistant.query import Query
from assistant.retrieval.score_sentences import Evidence
from index.search.hybrid import Hit


@dataclass(frozen=True)
class Trace:
    """One question on its way to a reply.

    Attributes:
        question: as typed.
        query: what was searched, and what narrowed it.
        reply: what was said.
        rest: the words that were looked for, without those that became filters.
        unmet: years or forums of the question that no record is from.
        hits: the passages found, best first; empty when nothing was searched.
        weighed: their sentences, best first.
        chosen: the sentences that were cited.
        verdict: why the question was answered, or was not.
        parts: of a message with several questions one trace for each; what is above holds nothing then but its reply.
    """

    question: str
    query: Query
    reply: Reply
    rest: str = ""
    unmet: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    weighed: tuple[Evidence, ...] = ()
    chosen: tuple[Evidence, ...] = ()
    verdict: str = ""
    parts: tuple["Trace", ...] = ()
