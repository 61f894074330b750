"""A stop that comes before the page knows what to stop is done, not an error.

Gradio's page asks to cancel an event as soon as Stop is clicked, also when the server's answer with the event's name is
still on its way; the request then names no event, and Gradio refuses it with 422. The chat's own handler stops the
answer in any case.
"""

import json
from typing import Any

from assistant.page.guard import Application, Message, Receive, Send

_STOPS = frozenset({"/gradio_api/cancel", "/gradio_api/reset"})


class Stopping:
    """Answers a stop that names no event; hands everything else on.

    Args:
        inner: what answers the rest.
    """

    def __init__(self, inner: Application) -> None:
        self._inner = inner

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"].rstrip("/") not in _STOPS:
            return await self._inner(scope, receive, send)
        messages: list[Message] = []
        body = b""
        while not messages or messages[-1].get("more_body"):
            messages.append(await receive())
            body += messages[-1].get("body", b"")
        if _names_an_event(body):
            return await self._inner(scope, _again(messages, receive), send)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"success": true}'})


def _names_an_event(body: bytes) -> bool:
    try:
        sent: Any = json.loads(body)
    except ValueError:
        return True  # Gradio's to refuse
    return not isinstance(sent, dict) or sent.get("event_id") is not None


def _again(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def next_message() -> Message:
        for message in waiting:
            return message
        return await receive()

    return next_message
