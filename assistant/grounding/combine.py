"""Combine the answers to the questions of one message into one reply."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TypeVar

from assistant.answer import Abstention, Answer, Reason, SearchSummary
from assistant.citations.citation import Citation
from assistant.grounding.abstention import abstain
from assistant.query import Query
from assistant.trace import Trace
from index.search.filters import Filters
from index.search.hybrid import Hit

_Item = TypeVar("_Item", Citation, Hit)


def combine_answers(question: str, traces: Sequence[Trace], notes: Sequence[str], nearest: int) -> Trace:
    """Return one trace of several questions that were searched and judged each on its own.

    Args:
        question: the message as typed.
        traces: one for each question; at least one.
        notes: what the reader must know about the search of the whole message.
        nearest: the most passages that an abstention shows.
    """
    answers = [trace.reply for trace in traces if isinstance(trace.reply, Answer)]
    query = _query([trace.query for trace in traces])
    reply = _answer(traces, answers, notes) if answers else _abstention(query, traces, notes, nearest)
    verdict = f"{len(answers)} of {len(traces)} questions are answered"
    return Trace(question, query, reply, verdict=verdict, parts=tuple(traces))


def _query(queries: Sequence[Query]) -> Query:
    """Return the query of the whole message for the conversation: the first question, and the others as typed."""
    first, *others = queries
    text = " ".join((first.text, *(query.latest_text for query in others)))
    same = all(query.filters == first.filters for query in others)
    return replace(
        first, text=text, filters=first.filters if same else Filters(), latest="", near=(), sides=(), keywords=""
    )


def _answer(traces: Sequence[Trace], answers: Sequence[Answer], notes: Sequence[str]) -> Answer:
    """Return the citations of all answers, the best of each first; the notes name the questions without an answer."""
    unanswered = (f"Not in the records: “{t.question}”." for t in traces if isinstance(t.reply, Abstention))
    every = chain(notes, *(answer.notes for answer in answers), unanswered)
    return Answer(_without_overlaps(_in_turns([answer.citations for answer in answers])), tuple(dict.fromkeys(every)))


def _without_overlaps(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return the citations without those that overlap one before them."""
    kept: list[Citation] = []
    for citation in citations:
        if not any(c.document == citation.document and c.span.overlaps(citation.span) for c in kept):
            kept.append(citation)
    return tuple(kept)


def _abstention(query: Query, traces: Sequence[Trace], notes: Sequence[str], nearest: int) -> Abstention:
    """Return one abstention for all: a missing fact where the records have the topic of any question."""
    replies = [trace.reply for trace in traces if isinstance(trace.reply, Abstention)]
    reasons = {reply.reason for reply in replies}
    reason = Reason.FACT_NOT_IN_RECORDS if Reason.FACT_NOT_IN_RECORDS in reasons else Reason.NOT_IN_RECORDS
    hits = {hit.id: hit for hit in _in_turns([reply.nearest for reply in replies])}
    reply = abstain(reason, _searched(query, replies), list(hits.values())[:nearest])
    return replace(reply, notes=tuple(dict.fromkeys(notes)))


def _searched(query: Query, replies: Sequence[Abstention]) -> SearchSummary:
    each = [reply.searched for reply in replies if reply.searched]
    filters = {searched.filters for searched in each}
    return SearchSummary(
        query.text,
        max((searched.records for searched in each), default=0),
        filters.pop() if len(filters) == 1 else Filters(),
        _once(searched.known for searched in each),
        _once(searched.missing for searched in each),
        _once(searched.unmet for searched in each),
    )


def _once(words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(words)))


def _in_turns(lists: Sequence[Sequence[_Item]]) -> list[_Item]:
    """Return the first of each list, then the second of each, and so on."""
    return [item for row in zip_longest(*lists) for item in row if item is not None]
