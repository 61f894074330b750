"""Addresses `/api/ask` and `/api/search`: an answer with citations, and the passages that fit best."""

from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.json_api import hits_object
from assistant.timed_reply import timed_reply
from assistant.web.api.objects import Passages, ReplyObject
from assistant.web.api.replies import json_response
from assistant.web.api.requests import Ask, SearchRequest
from assistant.web.api.workers import Workers

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_questions(api: "FastAPI", assistant: Assistant, workers: Workers) -> None:
    """Add the two addresses to the API."""

    async def ask(body: Ask) -> Any:
        """Answer a question with quotations of the records, or say that they do not answer it."""

        def work() -> dict[str, Any]:
            filters = body.filters(assistant.library)
            return timed_reply(assistant, body.question, body.history, filters, body.id)

        return json_response(await workers.run(work))

    async def search(body: SearchRequest) -> Any:
        """Return the passages that fit a query best, best first, without an answer."""

        def work() -> dict[str, Any]:
            filters = body.filters(assistant.library)
            return hits_object(body.id, assistant.search(body.query, body.k, filters))

        return json_response(await workers.run(work))

    api.post("/ask", response_model=None, responses={200: {"model": ReplyObject}})(ask)
    api.post("/search", response_model=None, responses={200: {"model": Passages}})(search)
