"""Judgements of users on replies: their rows, and the protocols by which a library keeps them."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One stored judgement on a reply; it outlives the conversation.

    Attributes:
        owner: the user who judged; empty where the library has no users.
        conversation: the id of the conversation.
        place: position of the question among those of the conversation, from 0.
        question: the question as typed.
        verdict: the judgement, a value of `assistant.history.feedback.ReplyVerdict`.
        time: the time of the judgement, in ISO 8601, UTC.
        history: the earlier questions of the conversation, as a JSON list.
        filters: the filters that the user had chosen, as JSON.
        kind: the kind of the reply: "quotes", "library", "outline" or "abstention".
        answer: the reply as text.
        cited: the anchors of the cited words, as a JSON list.
    """

    owner: str
    conversation: str
    place: int
    question: str
    verdict: str
    time: str
    history: str
    filters: str
    kind: str
    answer: str
    cited: str


class FeedbackTransaction(Protocol):
    """Judgements inside one transaction: all changes are kept, or none when its block raises."""

    def put(self, row: FeedbackRow) -> None:
        """Store a judgement, in place of one of the same user on the same question."""
        ...

    def delete(self, owner: str, conversation: str, place: int, question: str) -> None:
        """Delete the judgement of a user on a question, if there is one."""
        ...


class FeedbackStore(Protocol):
    """A store of judgements; every method raises LibraryError where it cannot be read or written."""

    def feedback_rows(self, owner: str | None = None) -> list[FeedbackRow]:
        """Return the judgements of a user, or of all for None, the oldest first."""
        ...

    def change_feedback(self) -> AbstractContextManager[FeedbackTransaction]:
        """Open a transaction on the judgements; no other writer comes between."""
        ...
