"""What stands before every request: foreign hosts and origins are refused, and every reply carries strict headers."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from assistant.verification.readers.reader import LARGEST_FILE

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Gradio's page is built with inline scripts and eval; everything else is as narrow as it goes.
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
# All that the page asks of Gradio. Beside these it serves files, takes uploads and fetches addresses for whoever asks.
_GRADIO = "/gradio_api/"
_ASKED = ("app_id", "cancel", "heartbeat/", "info", "queue/data", "queue/join", "reset", "run/")
_CLOSED = ("/monitoring", "/docs", "/openapi.json")
_FOREIGN = "Another site's page may not ask here."
_MOST_BYTES = 1_000_000  # a question of 20,000 characters fits ten times
_MOST_BYTES_AT = {"/check": LARGEST_FILE}


class Guard:
    """Pure ASGI, since a middleware that buffers would hold back the chat's event stream.

    Args:
        inner: what answers the requests that pass.
        host: the address that the page is served on, allowed beside the loopback names.
        most: how many bytes a request may have at the paths that take more than others.
    """

    def __init__(self, inner: Application, host: str, most: Mapping[str, int] | None = None) -> None:
        self._inner = inner
        self._most = _MOST_BYTES_AT | dict(most or {})
        # On an address that means "all interfaces" the page goes by names that are not known here.
        self._any = host in ("0.0.0.0", "::", "")
        self._hosts = LOOPBACK | {host.lower()}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            return await self._inner(scope, receive, send)
        if scope["type"] != "http":
            return None

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_strict(message.get("headers", ()))
            await send(message)

        if refusal := self._refusal(scope):
            return await _refuse(guarded, *refusal)
        return await self._inner(scope, receive, guarded)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = sent.get("host", "")
        # A name that a foreign page has pointed at this machine (DNS rebinding) shows itself in the Host header.
        if not self._any and _name(f"//{host}") not in self._hosts:
            return 421, "This page answers only under the address that it printed."
        if "origin" in sent and sent["origin"].lower() not in (f"http://{host}".lower(), f"https://{host}".lower()):
            return 403, _FOREIGN
        # Pictures and frames of another site's page come without an origin; a link that a user follows may lead here.
        foreign = sent.get("sec-fetch-site", "none") not in ("same-origin", "none")
        if foreign and sent.get("sec-fetch-dest") != "document":
            return 403, _FOREIGN
        if _is_closed(scope["path"]):
            return 404, "There is nothing here."
        length = sent.get("content-length", "0")
        most = self._most.get(scope["path"], _MOST_BYTES)
        if not length.isdecimal() or int(length[:12]) > most or "transfer-encoding" in sent:
            return 413, "The request is too large."
        return None


def _with_strict(headers: Any) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.decode("latin-1").lower() not in HEADERS]
    return kept + [(name.encode(), value.encode()) for name, value in HEADERS.items()]


def _is_closed(path: str) -> bool:
    if path.startswith(_GRADIO):
        return not path.removeprefix(_GRADIO).startswith(_ASKED)
    return path.startswith(_CLOSED)


async def _refuse(send: Send, status: int, line: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": line.encode()})


def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
