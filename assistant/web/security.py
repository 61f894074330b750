"""Guard every request to the web page: refuse foreign hosts and origins, and add strict headers to every reply."""

import json
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from assistant.json_api import refusal_object
from assistant.verification.readers.report import LARGEST_FILE
from assistant.web.hosts import LOOPBACK, is_own_address
from assistant.web.slow_bodies import TimedBody

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

# Gradio's page needs inline scripts and eval; every other directive is as narrow as possible.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self)",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# The only endpoints of Gradio that the page uses. Others serve files, take uploads and fetch addresses for anybody.
_GRADIO = "/gradio_api/"
_USED = ("app_id", "cancel", "heartbeat/", "info", "queue/data", "queue/join", "reset", "run/")
_GRADIO_PAGE = "page"
# Where programs ask; they are refused in JSON.
API = "/api/"
_CLOSED = ("/monitoring", "/docs", "/openapi.json")
_FOREIGN = "Another site's page may not ask here."
NO_SUCH_REQUEST = "This page sends no such thing. Load it again."
_TOO_SLOW = "The request came too slowly; send it again."
_MOST_BYTES = 1_000_000  # ten times a question of 20,000 characters
_MOST_BYTES_AT = {"/check": LARGEST_FILE}
_LOG = logging.getLogger(__name__)


class Guard:
    """Checks requests before they reach the application; pure ASGI, since buffering would delay the chat's events.

    Args:
        inner: answers the requests that pass.
        names: the names that the page answers to, beside the address that a connection comes in at.
        most: the largest request in bytes at the paths that take more than others.
        is_own: returns True for the scope of a request that we answer ourselves; Gradio answers the others, and what it
            cannot digest is a wrong request, not an error of ours.
    """

    def __init__(
        self,
        inner: Application,
        names: Collection[str] = LOOPBACK,
        most: Mapping[str, int] | None = None,
        is_own: Callable[[Message], bool] = lambda _: True,
    ) -> None:
        self._inner = inner
        self._most = _MOST_BYTES_AT | dict(most or {})
        self._names = frozenset(names)
        self._is_own = is_own

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request or refuse it."""
        if scope["type"] == "lifespan":
            return await self._inner(scope, receive, send)
        if scope["type"] != "http":
            return None
        reply = _Reply(send, is_json=scope["path"].startswith(API))
        if refusal := self._refusal(scope):
            return await reply.refuse(*refusal)
        if scope["path"] == "/":
            scope = {**scope, "query_string": _own_query(scope.get("query_string", b""))}
        body = TimedBody(receive)

        async def answer(message: Message) -> None:
            is_start = message["type"] == "http.response.start"
            if is_start and not reply.is_begun:
                if body.is_late:
                    return await reply.refuse(408, _TOO_SLOW)
                if message["status"] == 500 and not self._is_own(scope):
                    return await reply.refuse(422, NO_SUCH_REQUEST)
            return await reply.send(message)

        try:
            await self._inner(scope, body.receive, answer)
        except Exception as error:
            if not body.is_late and not _has_left(error) and self._is_own(scope):
                raise
            _LOG.debug("a request that could not be answered", exc_info=True)
            if reply.is_begun:
                await reply.end()
            else:
                await reply.refuse(408 if body.is_late else 422, _TOO_SLOW if body.is_late else NO_SUCH_REQUEST)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        host = headers.get("host", [""])[-1]
        # The Host header reveals a name that a foreign page has pointed at this machine (DNS rebinding).
        name = _host_name(f"//{host}")
        if name not in self._names and not is_own_address(name, scope.get("server")):
            return 421, "This page answers only under the address that it printed, and names given by --allow-host."
        if _is_foreign(headers, host, scope.get("method", "GET")):
            return 403, _FOREIGN
        if _is_closed(scope["path"]):
            return 404, "There is nothing here."
        length = headers.get("content-length", ["0"])[-1]
        most = self._most.get(scope["path"], _MOST_BYTES)
        if not length.isdecimal() or int(length[:12]) > most or "transfer-encoding" in headers:
            return 413, f"The request is too large, or does not state its length; {most:,} bytes are the most here."
        return None


def _own_query(query: bytes) -> bytes:
    """Return the query of the page's address without the name of a page of Gradio: it fails at those that it lacks."""
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    if all(name != _GRADIO_PAGE for name, _ in pairs):
        return query
    return urlencode([(name, value) for name, value in pairs if name != _GRADIO_PAGE]).encode()


class _Reply:
    """The reply to one request, with the strict headers; nothing follows a refusal."""

    def __init__(self, send: Send, is_json: bool = False) -> None:
        self._send = send
        self._is_json = is_json
        self._is_ended = False
        self.is_begun = False

    async def send(self, message: Message) -> None:
        """Send a message of the application."""
        if self._is_ended:
            return
        if message["type"] == "http.response.start":
            self.is_begun = True
            message["headers"] = _with_strict_headers(message.get("headers", ()))
        elif message["type"] == "http.response.body":
            self._is_ended = not message.get("more_body", False)
        await self._send(message)

    async def end(self) -> None:
        """End a reply whose rest cannot be made."""
        with suppress(Exception):  # one of a stated length cannot be ended
            await self.send({"type": "http.response.body", "body": b""})

    async def refuse(self, status: int, message: str) -> None:
        """Send one line in the place of a reply, and close the connection."""
        kind = b"application/json" if self._is_json else b"text/plain; charset=utf-8"
        body = json.dumps(refusal_object(message)) if self._is_json else message
        headers = [(b"content-type", kind), (b"connection", b"close")]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body.encode()})


def _is_foreign(headers: Mapping[str, list[str]], host: str, method: str) -> bool:
    """Return True if the page of another site sends a request, or shows what comes back in itself."""
    ours = {f"http://{host}".lower(), f"https://{host}".lower()}
    if any(origin.lower() not in ours for origin in headers.get("origin", ())):
        return True
    if all(site in ("same-origin", "none") for site in headers.get("sec-fetch-site", ())):
        return False
    # Images and frames in another site's page come without an origin; a link that a user follows may lead here.
    follows_a_link = method in ("GET", "HEAD") and headers.get("sec-fetch-dest") == ["document"]
    return not follows_a_link


def _has_left(error: Exception) -> bool:
    """Return True if an error says that the sender of a request closed the connection before its end."""
    from starlette.requests import ClientDisconnect

    return isinstance(error, ClientDisconnect)


def _with_strict_headers(headers: Any) -> list[tuple[bytes, bytes]]:
    others = [(name, value) for name, value in headers if name.decode("latin-1").lower() not in HEADERS]
    return others + [(name.encode(), value.encode()) for name, value in HEADERS.items()]


def _is_closed(path: str) -> bool:
    if path.startswith(_GRADIO):
        return not path.removeprefix(_GRADIO).startswith(_USED)
    return path.startswith(_CLOSED)


def _host_name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
