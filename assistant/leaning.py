"""Answer a question that goes on about the record of the last answer from that record where it can be."""

from collections.abc import Callable

from assistant.answer import Answer, Reply, ReplyKind
from assistant.conversation import Conversation
from assistant.query import Query
from assistant.trace import Trace
from assistant.understanding.last_record import needs_last_record, on_last_record
from index.snapshot import Snapshot


def lean_on_last_record(
    answer: Callable[[Query], Trace], query: Query, conversation: Conversation, snapshot: Snapshot
) -> Trace:
    """Return the trace of a question, narrowed to the record that the last answer cites where that record answers.

    A follow-up is asked of this record first, and of all where it does not answer. A whole question is asked of it
    where several minutes answer by their structure: "Who was absent?".

    Args:
        answer: answers one query.
        query: the question, as understood with the turns before it.
        conversation: these turns.
        snapshot: the library.
    """
    narrowed = on_last_record(query, conversation, snapshot.documents)
    if narrowed and needs_last_record(query) and isinstance((trace := answer(narrowed)).reply, Answer):
        return trace
    trace = answer(query)
    if not narrowed or trace.hits or not _quotes_several(trace.reply):
        return trace
    again = answer(narrowed)
    return again if isinstance(again.reply, Answer) else trace


def _quotes_several(reply: Reply) -> bool:
    """Return True for an answer that quotes several records."""
    if not isinstance(reply, Answer) or reply.kind is not ReplyKind.QUOTES:
        return False
    return len({citation.document.id for citation in reply.citations}) > 1
