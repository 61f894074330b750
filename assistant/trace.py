"""Record the result of each stage for one question, and combine the records of the questions of one message."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TypeVar

from assistant.answer import Abstention, Answer, Reason, Reply, ReplyKind, SearchSummary, Statement, abstain
from assistant.citations.citation import Citation
from assistant.query import Query
from assistant.retrieval.evidence import Evidence
from assistant.wording import say
from index.search.filters import Filters
from index.search.hybrid import Hit

_Item = TypeVar("_Item", Citation, Hit)


@dataclass(frozen=True, slots=True)
class Trace:
    """The results of the stages between a question and its reply.

    Attributes:
        question: as typed.
        query: the query made of it.
        reply: the reply.
        hits: passages, best first; empty when nothing was searched.
        evidence: their sentences, best first.
        cited: the sentences that the reply cites.
        verdict: the explanation of why the question was answered or not.
        parts: the traces of the questions of a message that asks several; the whole then has only question, query,
            reply and verdict.
    """

    question: str
    query: Query
    reply: Reply
    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    cited: tuple[Evidence, ...] = ()
    verdict: str = ""
    parts: tuple["Trace", ...] = ()


def combine_traces(question: str, traces: Sequence[Trace], notes: Sequence[str], nearest: int) -> Trace:
    """Combine the traces of several questions of one message into one trace with one reply.

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
    """Return a query of the whole message, for follow-ups: the first question, then the others as typed."""
    first, *others = queries
    text = " ".join((first.text, *(query.latest_text for query in others)))
    same = all(query.filters == first.filters for query in others)
    return replace(
        first,
        text=text,
        filters=first.filters if same else Filters(),
        latest="",
        context=(),
        named=first.named if same else Filters(),
        last_citations=(),
        sides=(),
        keywords="",
    )


def _answer(traces: Sequence[Trace], answers: Sequence[Answer], notes: Sequence[str]) -> Answer:
    """Return one answer with the citations of all, the best of each first, and a note for each unanswered question."""
    language = traces[0].query.reply_language
    missed = (t.question for t in traces if isinstance(t.reply, Abstention))
    unanswered = (say(language, "unanswered", question=question) for question in missed)
    all_notes = chain(notes, *(answer.notes for answer in answers), unanswered)
    kind = _kind(answers)
    lists = [answer.citations for answer in answers]
    in_turn = chain.from_iterable(lists) if kind is ReplyKind.OUTLINE else _interleave(lists)
    citations = _without_overlaps(in_turn)
    statements = chain.from_iterable(map(_statements, traces))
    cited = _cited(statements, citations)
    return Answer(citations, tuple(dict.fromkeys(all_notes)), kind=kind, statements=cited, language=language)


def _statements(trace: Trace) -> Iterator[Statement]:
    """Yield the statements of a reply; a fact by itself has its question in front."""
    reply = trace.reply
    statements = reply.statements if isinstance(reply, Answer) else ()
    is_fact = isinstance(reply, Answer) and reply.kind is ReplyKind.LIBRARY and len(statements) == 1
    for statement in statements:
        yield replace(statement, text=f"{trace.question} {statement.text}") if is_fact else statement


def _kind(answers: Sequence[Answer]) -> ReplyKind:
    """Return the kind of all answers, QUOTES where they differ and one of them quotes."""
    kinds = {answer.kind for answer in answers}
    if len(kinds) > 1 and any(answer.citations for answer in answers):
        return ReplyKind.QUOTES
    return kinds.pop()


def _cited(statements: Iterable[Statement], citations: Sequence[Citation]) -> tuple[Statement, ...]:
    """Return the statements with only those of their citations that the whole answer keeps."""
    return tuple(replace(s, citations=tuple(c for c in s.citations if c in citations)) for s in statements)


def _without_overlaps(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return the citations without those that overlap one before them."""
    distinct: list[Citation] = []
    for citation in citations:
        if not any(c.document == citation.document and c.span.overlaps(citation.span) for c in distinct):
            distinct.append(citation)
    return tuple(distinct)


def _abstention(query: Query, traces: Sequence[Trace], notes: Sequence[str], nearest: int) -> Abstention:
    """Return one abstention for all, for the first of their reasons in the order of `Reason`."""
    replies = [trace.reply for trace in traces if isinstance(trace.reply, Abstention)]
    reasons = {reply.reason for reply in replies}
    reason = next(reason for reason in Reason if reason in reasons)
    hits = {hit.id: hit for hit in _interleave([reply.nearest for reply in replies])}
    reply = abstain(reason, _search_summary(query, replies), list(hits.values())[:nearest])
    return replace(reply, notes=tuple(dict.fromkeys(notes)))


def _search_summary(query: Query, replies: Sequence[Abstention]) -> SearchSummary:
    searches = [reply.search for reply in replies if reply.search]
    filters = {search.filters for search in searches}
    return SearchSummary(
        query.text,
        max((search.records for search in searches), default=0),
        filters.pop() if len(filters) == 1 else Filters(),
        _distinct_words(search.known for search in searches),
        _distinct_words(search.missing for search in searches),
        _distinct_words(search.unmet for search in searches),
        language=query.reply_language,
    )


def _distinct_words(words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(words)))


def _interleave(lists: Sequence[Sequence[_Item]]) -> list[_Item]:
    """Return the first of each list, then the second of each, and so on."""
    return [item for row in zip_longest(*lists) for item in row if item is not None]
