"""Combine the traces of several questions of one message into one reply."""

from assistant.answer import Abstention, Answer, Reason, Reply, ReplyKind, SearchSummary, Statement, abstain
from assistant.citations.citation import Citation
from assistant.query import Query
from assistant.trace import Trace, combine_traces
from corpus.reading import founding_records
from corpus.span import Span
from index.search.filters import Filters

APRIL, JULY, *_ = founding_records()
FIRST, SECOND, THIRD = Citation(APRIL, Span(0, 9)), Citation(APRIL, Span(20, 29)), Citation(JULY, Span(0, 9))
G7 = Filters(forums=frozenset({"G7"}))


def combine(*replies: Reply, filters: Filters = Filters()) -> Trace:
    questions = [f"Question {n}?" for n in range(1, len(replies) + 1)]
    traces = [Trace(q, Query(q, filters), reply) for q, reply in zip(questions, replies, strict=True)]
    return combine_traces(" ".join(questions), traces, ("A note.",), 3)


def missing(*words: str, reason: Reason = Reason.NOT_IN_RECORDS, filters: Filters = Filters()) -> Abstention:
    return abstain(reason, SearchSummary("Who?", 5, filters, missing=words))


def test_the_citations_alternate_between_the_answers() -> None:
    reply = combine(Answer((FIRST, SECOND)), Answer((THIRD,))).reply
    assert isinstance(reply, Answer)
    assert reply.citations == (FIRST, THIRD, SECOND)


def test_overlapping_citations_are_shown_once() -> None:
    reply = combine(Answer((FIRST,)), Answer((Citation(APRIL, Span(5, 15)), THIRD))).reply
    assert isinstance(reply, Answer)
    assert reply.citations == (FIRST, THIRD)


def test_an_unanswered_question_is_named_in_a_note() -> None:
    trace = combine(Answer((FIRST,), ("A note.", "Another.")), missing("Bali"))
    assert trace.reply.notes == ("A note.", "Another.", "I found no passage that answers “Question 2?”.")
    assert trace.verdict == "1 of 2 questions are answered"


def test_abstentions_are_combined_with_all_missing_words() -> None:
    reply = combine(missing("Bali"), missing("Bali", "Lima")).reply
    assert isinstance(reply, Abstention)
    assert (reply.reason, reply.notes) == (Reason.NOT_IN_RECORDS, ("A note.",))
    assert reply.search is not None
    assert reply.search.missing == ("Bali", "Lima")


def test_a_missing_fact_outweighs_a_missing_topic() -> None:
    reply = combine(missing("Bali"), missing(reason=Reason.FACT_NOT_IN_RECORDS)).reply
    assert isinstance(reply, Abstention)
    assert reply.reason is Reason.FACT_NOT_IN_RECORDS


def test_different_filters_are_not_named_in_the_abstention() -> None:
    same, different = combine(missing(filters=G7), missing(filters=G7)), combine(missing(filters=G7), missing())
    assert isinstance(same.reply, Abstention)
    assert isinstance(different.reply, Abstention)
    assert [str(reply.search and reply.search.filters) for reply in (same.reply, different.reply)] == [
        "G7",
        "all records",
    ]


def test_the_query_has_the_words_of_all_questions_for_a_follow_up() -> None:
    trace = combine(Answer((FIRST,)), Answer((THIRD,)), filters=G7)
    assert (trace.query.text, trace.query.filters) == ("Question 1? Question 2?", G7)
    assert [part.question for part in trace.parts] == ["Question 1?", "Question 2?"]


def test_a_fact_among_several_answers_has_its_question_in_front() -> None:
    fact = Answer((), kind=ReplyKind.LIBRARY, statements=(Statement("5 August 2021"),))
    reply = combine(fact, Answer((FIRST,))).reply
    assert isinstance(reply, Answer)
    assert (reply.kind, reply.text.split("\n")[0]) == (ReplyKind.QUOTES, "Question 1? 5 August 2021")


def test_outlines_stay_in_one_piece() -> None:
    first, second = (Answer(citations, kind=ReplyKind.OUTLINE) for citations in ((FIRST, SECOND), (THIRD,)))
    reply = combine(first, second).reply
    assert isinstance(reply, Answer)
    assert reply.in_order == (FIRST, SECOND, THIRD)
