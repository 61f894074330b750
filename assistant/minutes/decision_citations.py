"""Cite a decision with the sentences that name what was decided on."""

from assistant.citations.citation import Citation
from assistant.minutes.outcomes import Decision, votes_of
from assistant.minutes.record import MinutesRecord


def cite_decision(record: MinutesRecord, decision: Decision, with_votes: bool) -> list[Citation]:
    """Return the sentences that name the object of a decision, its outcome, and on request those of its votes."""
    spans = [*decision.before, (decision.passage, decision.outcome), *(votes_of(decision) if with_votes else ())]
    return list(dict.fromkeys(record.cite(passage, span, decision.heading) for passage, span in spans))
