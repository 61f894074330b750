"""Questions answered as `rapporteur ask --batch` answers them, in this process."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.json_api import turn_object
from assistant.understanding.validate import QuestionRefused
from benchmarks.telling import tell


@dataclass(frozen=True, slots=True)
class Question:
    """What an assistant may know of a line of an evaluation set.

    Attributes:
        id: the line's own.
        text: the question.
        history: the user's earlier questions, oldest first.
    """

    id: str
    text: str
    history: tuple[str, ...] = ()

    @classmethod
    def of(cls, record: dict[str, Any], field: str = "question") -> "Question":
        """The question in a line; nothing else of the line is read."""
        return cls(record["id"], record[field], tuple(record.get("history") or ()))


class Conversations:
    """Conversations rebuilt by asking what was asked before, each beginning only once.

    Asked twice, the assistant gives the same turn, so a conversation that begins like another shares its turns.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._known: dict[tuple[str, ...], Conversation] = {(): Conversation()}

    def after(self, history: tuple[str, ...]) -> Conversation:
        """The conversation after these questions; one that the assistant refuses leaves no turn."""
        if history not in self._known:
            before = self.after(history[:-1])
            try:
                self._known[history] = before.plus(self._assistant.ask(history[-1], before))
            except QuestionRefused:
                self._known[history] = before
        return self._known[history]


def replies(
    assistant: Assistant, questions: Sequence[Question], told: str | None = "questions answered"
) -> list[dict[str, Any]]:
    """The objects that `ask --batch` would write, in order.

    Args:
        assistant: who answers.
        questions: what is asked, each in a conversation of its own.
        told: what is counted on stderr; nothing when None.
    """
    conversations = Conversations(assistant)
    assistant.ask("Which meetings are there?")  # the model is loaded before the first question's time is taken
    found = []
    for done, question in enumerate(questions, start=1):
        before = conversations.after(question.history)
        start = time.perf_counter()
        reply = turn_object(question.id, assistant.ask(question.text, before), 0)
        found.append({**reply, "latency_ms": round((time.perf_counter() - start) * 1000, 1)})
        if told:
            tell(told, done, len(questions))
    return found
