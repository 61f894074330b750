"""Answer what became of something in a talk, and how many were for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.minutes.question import MinutesQuestion
from assistant.minutes.record import MinutesRecord
from assistant.minutes.reply_parts import ReplyParts
from assistant.minutes.talk.decisions import SpokenDecision, cite_spoken, spoken_decisions_of

# Share of the subject of a question that the sentences quoted for it have, at least.
_LEAST = 0.6


@dataclass(frozen=True, slots=True)
class SpokenReply:
    """The decisions of talks that have most of the subject of a question.

    Attributes:
        value: the share of the subject that they have.
        parts: the reply that quotes them.
    """

    value: float
    parts: ReplyParts


def about_spoken(
    question: MinutesQuestion, removed: Sequence[tuple[str, str]], votes: Sequence[str]
) -> SpokenReply | None:
    """Return the decisions of talks on the subject of a question; None if none has enough of it.

    Args:
        question: the question.
        removed: section and class of the words that ask.
        votes: the kinds of votes that it asks for.
    """
    scored: list[tuple[tuple[float, float], MinutesRecord, SpokenDecision, set[str]]] = []
    for record in question.records:
        decisions = spoken_decisions_of(record)
        words = question.rest(record, removed) if decisions else set[str]()
        if words:
            scored += [(d.rank(words), record, d, words) for d in decisions if d.votes or not votes]
    best = max((rank for rank, *_ in scored), default=(0.0, 0.0))
    if best[0] < _LEAST:
        return None
    cited = [c for rank, r, d, words in scored if rank == best for c in cite_spoken(r, d, words, votes)]
    return SpokenReply(best[0], ReplyParts(tuple(cited)))
