"""Complete quotations that mislead alone: an outcome gets what was decided on, a proposal its outcome."""

import re
from collections.abc import Sequence

from assistant.citations.citation import Citation
from assistant.minutes.decisions import decisions_of
from assistant.minutes.question import asks_yes_or_no
from assistant.minutes.record import MinutesRecord, read_record
from corpus.span import Span

# Joins the two parts of a question: "What did she propose, and did the board follow her?"
_AND = re.compile(r"[,;]?\s+(?:and|et|und|y)\s+|[;、]\s*")


def complete_decisions(question: str, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Return citations of an answer, with the sentences of decisions in minutes that they need.

    Args:
        question: one of yes or no, alone or as its last part, gets the outcome of a proposal that is cited; an outcome
            gets its object in any case.
        citations: those of the answer, best first.
    """
    found: list[Citation] = []
    with_outcomes = asks_yes_or_no(question) or asks_yes_or_no(_AND.split(question)[-1])
    for citation in citations:
        record = read_record(citation.document)
        found.append(citation)
        if record.is_minutes:
            spans = [c.span for c in (*citations, *found) if c.document.id == citation.document.id]
            needed = _needed(record, citation, with_outcomes)
            found += [c for c in needed if not any(c.span.overlaps(span) for span in spans)]
    return tuple(found)


def _needed(record: MinutesRecord, citation: Citation, with_outcomes: bool) -> list[Citation]:
    """Return the sentences that name the object of the outcomes in a citation, and the outcomes of its proposals."""
    needed: list[Citation] = []
    for decision in decisions_of(record):
        if _holds(citation.span, decision.outcome):
            needed += [record.cite(passage, span, decision.heading) for passage, span in decision.of_object]
        elif with_outcomes and any(_holds(citation.span, span) for _, span in decision.of_object):
            needed.append(record.cite(decision.passage, decision.outcome, decision.heading))
    return needed


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
