"""Endpoints for programs that watch the server: `/healthz` is answered while it lives, `/readyz` when it can answer."""

import threading
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.web.endpoints import NO_STORE
from index.errors import RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_health(app: "FastAPI", assistant: Assistant, loading: threading.Thread | None) -> None:
    """Add the two endpoints; each replies one line, with status 503 where the answer is no.

    Args:
        app: the page.
        assistant: answers the questions.
        loading: the thread that loads the models, if one does.
    """
    from fastapi.responses import PlainTextResponse

    def reply(line: str, status: int = 200) -> Any:
        return PlainTextResponse(f"{line}\n", status, NO_STORE)

    async def healthy() -> Any:  # in no thread, so that it is answered while all of them are at work
        return reply("ok")

    def ready() -> Any:
        if loading and loading.is_alive():
            return reply("loading the models", 503)
        try:
            with assistant.library.snapshot():
                return reply("ready")
        except RapporteurError as error:
            return reply(str(error), 503)

    app.get("/healthz")(healthy)
    app.get("/readyz")(ready)
