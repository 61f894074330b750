"""Addresses `/api/conversations`: list, begin, continue, show, rename and remove the kept conversations."""

import time
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from assistant.assistant import Assistant
from assistant.conversation import Conversation, Turn
from assistant.history.history import GONE, History, HistoryRefused, StoredTurn
from assistant.json_api import conversation_object, turn_object
from assistant.understanding.validate import validate
from assistant.web.api.objects import ConversationObject, KeptReply, WholeConversation
from assistant.web.api.replies import json_response
from assistant.web.api.requests import NewName, NextQuestion
from assistant.web.api.workers import Workers
from index.search.filters import Filters

if TYPE_CHECKING:
    from fastapi import FastAPI

CONVERSATIONS = "/conversations"
Words = Annotated[str, Field(max_length=1_000, description="Only conversations that have all these words.")]


class _Conversations:
    """The conversations of one user as JSON objects."""

    def __init__(self, assistant: Assistant, history: History) -> None:
        self._assistant = assistant
        self._history = history
        self._lock = Lock()

    def rows(self, words: str = "") -> list[dict[str, Any]]:
        """Return the conversations, the one used last first."""
        return [conversation_object(r.id, r.name, r.used, r.questions) for r in self._history.conversations(words)]

    def row(self, conversation: str) -> dict[str, Any]:
        """Return one conversation without its questions."""
        for row in self.rows():
            if row["id"] == conversation:
                return row
        raise HistoryRefused(GONE)

    def whole(self, conversation: str) -> dict[str, Any]:
        """Return a conversation with its questions and replies."""
        turns = self._history.open(conversation)
        return {**self.row(conversation), "turns": [_turn(turn) for turn in turns]}

    def ask(self, conversation: str, body: NextQuestion) -> dict[str, Any]:
        """Answer a question behind those of a conversation, or of a new one without an id, and keep both."""
        validate(body.question)
        filters = body.filters(self._assistant.library)
        with self._lock:  # two questions at once get two places
            before = self._history.open(conversation) if conversation else ()
            kept = self._history.ask(conversation, len(before), body.question, filters)
        start = time.perf_counter()
        turn = self._answer(before, body.question, filters)
        self._history.answer(kept, len(before), turn)
        return {"conversation": kept, **turn_object(None, turn, (time.perf_counter() - start) * 1000)}

    def rename(self, conversation: str, name: str) -> dict[str, Any]:
        """Rename a conversation, and return it."""
        self._history.rename(conversation, name)
        return self.row(conversation)

    def remove(self, conversation: str) -> dict[str, Any]:
        """Remove a conversation, and return what it was."""
        row = self.row(conversation)
        self._history.remove(conversation)
        return row

    def _answer(self, before: tuple[StoredTurn, ...], question: str, filters: Filters) -> Turn:
        conversation = Conversation(tuple(stored.turn for stored in before if stored.turn))
        return self._assistant.ask(question, conversation, filters)


def add_conversations(api: "FastAPI", assistant: Assistant, workers: Workers) -> None:
    """Add the addresses to the API."""
    kept = _Conversations(assistant, History(assistant.library))

    def show_all(words: Words = "") -> Any:
        """Return the conversations, the one used last first."""
        return json_response(kept.rows(words))

    async def begin(body: NextQuestion) -> Any:
        """Begin a conversation with its first question, and return the reply; `conversation` is the id."""
        return json_response(await workers.run(lambda: kept.ask("", body)), 201)

    async def ask(conversation: str, body: NextQuestion) -> Any:
        """Ask the next question of a conversation; it may refer to those before it."""
        return json_response(await workers.run(lambda: kept.ask(conversation, body)))

    def show(conversation: str) -> Any:
        """Return a conversation with its questions and replies, quotations looked up in the records as they are now."""
        return json_response(kept.whole(conversation))

    def rename(conversation: str, body: NewName) -> Any:
        """Rename a conversation."""
        return json_response(kept.rename(conversation, body.name))

    def remove(conversation: str) -> Any:
        """Remove a conversation; the page can put it back."""
        return json_response(kept.remove(conversation))

    one = f"{CONVERSATIONS}/{{conversation}}"
    row: Any = {"response_model": None, "responses": {200: {"model": ConversationObject}}}
    api.get(CONVERSATIONS, response_model=None, responses={200: {"model": list[ConversationObject]}})(show_all)
    api.post(CONVERSATIONS, response_model=None, status_code=201, responses={201: {"model": KeptReply}})(begin)
    api.get(one, response_model=None, responses={200: {"model": WholeConversation}})(show)
    api.patch(one, **row)(rename)
    api.delete(one, **row)(remove)
    api.post(f"{one}/questions", response_model=None, responses={200: {"model": KeptReply}})(ask)


def _turn(stored: StoredTurn) -> dict[str, Any]:
    """Return a kept question with its reply; `trouble` says why there is none."""
    reply = turn_object(None, stored.turn, 0) if stored.turn else None
    return {"question": stored.question, "reply": reply, "trouble": stored.trouble or None}
