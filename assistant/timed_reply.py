"""Ask a question behind earlier ones, and return the JSON object of the reply with the time that it took."""

import time
from collections.abc import Sequence
from typing import Any

from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.json_api import Identity, turn_object
from assistant.understanding.validate import QuestionRefused, validate
from index.search.filters import Filters


def timed_reply(
    assistant: Assistant,
    question: str,
    history: Sequence[str] = (),
    filters: Filters = Filters(),
    identity: Identity = None,
) -> dict[str, Any]:
    """Return the JSON object of a question and its reply, see `turn_object`.

    Args:
        assistant: answers the questions.
        question: as typed.
        history: the questions asked before it, which are asked again, oldest first.
        filters: the filters that the user set.
        identity: the id that the input gave the question; None without one.

    Raises:
        QuestionRefused: a question is blank, too long or broken.
        RapporteurError: the library or the model cannot be used.
    """
    validate(question)
    conversation = _conversation(assistant, history, filters)
    start = time.perf_counter()
    reply = turn_object(identity, assistant.ask(question, conversation, filters), 0)
    return {**reply, "latency_ms": round((time.perf_counter() - start) * 1000, 1)}


def _conversation(assistant: Assistant, history: Sequence[str], filters: Filters) -> Conversation:
    conversation = Conversation()
    for number, earlier in enumerate(history, start=1):
        try:
            validate(earlier)
        except QuestionRefused as error:
            raise QuestionRefused(f"history, question {number}: {error}") from error
        conversation = conversation.plus(assistant.ask(earlier, conversation, filters))
    return conversation
