"""Several questions of one message get one reply."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TypeVar

from assistant.answer import Abstention, Answer, Reason, SearchSummary
from assistant.citations.citation import Citation
from assistant.grounding.answerability import abstention
from assistant.query import Query
from assistant.trace import Trace
from index.search.filters import Filters
from index.search.hybrid import Hit

_Item = TypeVar("_Item", Citation, Hit)


def combine_answers(question: str, traces: Sequence[Trace], notes: Sequence[str], nearest: int) -> Trace:
    """One trace of several questions that were searched and judged each on its own.

    Args:
        question: the message as typed.
        traces: one for each question; at least one.
        notes: what is to be said about the message as a whole.
        nearest: the most passages that an abstention shows.
    """
    answers = [trace.reply for trace in traces if isinstance(trace.reply, Answer)]
    query = _query([trace.query for trace in traces])
    reply = _answer(traces, answers, notes) if answers else _abstention(query, traces, notes, nearest)
    verdict = f"{len(answers)} of {len(traces)} questions are answered"
    return Trace(question, query, reply, verdict=verdict, parts=tuple(traces))


def _query(queries: Sequence[Query]) -> Query:
    """What stands for all of them in the conversation: the first alone, those that lean on it as they were asked."""
    first, *others = queries
    text = " ".join((first.text, *(query.latest or query.text for query in others)))
    same = all(query.filters == first.filters for query in others)
    return replace(first, text=text, filters=first.filters if same else Filters(), latest="", near=(), sides=())


def _answer(traces: Sequence[Trace], answers: Sequence[Answer], notes: Sequence[str]) -> Answer:
    """The citations of all answers, the best of each first; what is not answered is named."""
    unanswered = (f"Not in the records: “{t.question}”." for t in traces if isinstance(t.reply, Abstention))
    said = chain(notes, *(answer.notes for answer in answers), unanswered)
    return Answer(_apart(_in_turns([answer.citations for answer in answers])), tuple(dict.fromkeys(said)))


def _apart(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations without those whose words another before them holds."""
    kept: list[Citation] = []
    for citation in citations:
        if not any(c.document == citation.document and c.span.overlaps(citation.span) for c in kept):
            kept.append(citation)
    return tuple(kept)


def _abstention(query: Query, traces: Sequence[Trace], notes: Sequence[str], nearest: int) -> Abstention:
    """One abstention for all: a fact that is missing where the topic of any is there."""
    replies = [trace.reply for trace in traces if isinstance(trace.reply, Abstention)]
    reasons = {reply.reason for reply in replies}
    reason = Reason.FACT_NOT_IN_RECORDS if Reason.FACT_NOT_IN_RECORDS in reasons else Reason.NOT_IN_RECORDS
    hits = {hit.id: hit for hit in _in_turns([reply.nearest for reply in replies])}
    found = abstention(reason, _searched(query, replies), list(hits.values())[:nearest])
    return replace(found, notes=tuple(dict.fromkeys(notes)))


def _searched(query: Query, replies: Sequence[Abstention]) -> SearchSummary:
    each = [reply.searched for reply in replies if reply.searched]
    filters = {searched.filters for searched in each}
    return SearchSummary(
        query.text,
        max((searched.records for searched in each), default=0),
        filters.pop() if len(filters) == 1 else Filters(),
        _once(searched.found for searched in each),
        _once(searched.missing for searched in each),
        _once(searched.unmet for searched in each),
    )


def _once(words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(words)))


def _in_turns(lists: Sequence[Sequence[_Item]]) -> list[_Item]:
    """The first of each list, then the second of each, and so on."""
    return [item for row in zip_longest(*lists) for item in row if item is not None]
