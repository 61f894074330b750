"""Endpoints for programs that watch the server: `/healthz` is answered while it lives, `/readyz` when it can answer."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.web.endpoints import NO_STORE
from index.errors import RapporteurError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_health(app: "FastAPI", libraries: Sequence[Library], loading: threading.Thread | None) -> None:
    """Add the two endpoints; each replies one line, with status 503 where the answer is no.

    Args:
        app: the page.
        libraries: all that the server serves.
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
            for library in libraries:
                with library.snapshot():
                    pass
        except RapporteurError as error:
            return reply(str(error), 503)
        return reply("ready")

    app.get("/healthz")(healthy)
    app.get("/readyz")(ready)
