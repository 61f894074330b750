"""Guard every request to the web page: refuse foreign hosts and origins, and add strict headers to every reply."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from assistant.verification.readers.report import LARGEST_FILE

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
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
_CLOSED = ("/monitoring", "/docs", "/openapi.json")
_FOREIGN = "Another site's page may not ask here."
_MOST_BYTES = 1_000_000  # ten times a question of 20,000 characters
_MOST_BYTES_AT = {"/check": LARGEST_FILE}


class Guard:
    """Checks requests before they reach the application; pure ASGI, since buffering would delay the chat's events.

    Args:
        inner: answers the requests that pass.
        host: the address that the page is served on, allowed beside the loopback names.
        most: the largest request in bytes at the paths that take more than others.
    """

    def __init__(self, inner: Application, host: str, most: Mapping[str, int] | None = None) -> None:
        self._inner = inner
        self._most = _MOST_BYTES_AT | dict(most or {})
        # On an address that means "all interfaces" the page has names that are not known here.
        self._any_host = host in ("0.0.0.0", "::", "")
        self._hosts = LOOPBACK | {host.lower()}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request or refuse it."""
        if scope["type"] == "lifespan":
            return await self._inner(scope, receive, send)
        if scope["type"] != "http":
            return None

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_strict_headers(message.get("headers", ()))
            await send(message)

        if refusal := self._refusal(scope):
            return await _refuse(guarded, *refusal)
        return await self._inner(scope, receive, guarded)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        # The Host header reveals a name that a foreign page has pointed at this machine (DNS rebinding).
        if not self._any_host and _host_name(f"//{host}") not in self._hosts:
            return 421, "This page answers only under the address that it printed."
        if "origin" in headers and headers["origin"].lower() not in (
            f"http://{host}".lower(),
            f"https://{host}".lower(),
        ):
            return 403, _FOREIGN
        # Images and frames in another site's page come without an origin; a link that a user follows may lead here.
        foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
        if foreign and headers.get("sec-fetch-dest") != "document":
            return 403, _FOREIGN
        if _is_closed(scope["path"]):
            return 404, "There is nothing here."
        length = headers.get("content-length", "0")
        most = self._most.get(scope["path"], _MOST_BYTES)
        if not length.isdecimal() or int(length[:12]) > most or "transfer-encoding" in headers:
            return 413, "The request is too large."
        return None


def _with_strict_headers(headers: Any) -> list[tuple[bytes, bytes]]:
    others = [(name, value) for name, value in headers if name.decode("latin-1").lower() not in HEADERS]
    return others + [(name.encode(), value.encode()) for name, value in HEADERS.items()]


def _is_closed(path: str) -> bool:
    if path.startswith(_GRADIO):
        return not path.removeprefix(_GRADIO).startswith(_USED)
    return path.startswith(_CLOSED)


async def _refuse(send: Send, status: int, message: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": message.encode()})


def _host_name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
