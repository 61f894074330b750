"""Keep the chat sessions of users apart: Gradio finds each by a name that any browser may send."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from assistant.users.current import User

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
_GRADIO = "/gradio_api/"
_HEARTBEAT = f"{_GRADIO}heartbeat/"
_NAME = "session_hash"


async def in_own_sessions(scope: dict[str, Any], receive: Receive, user: User) -> tuple[dict[str, Any], Receive]:
    """Return a request to Gradio with the user's id before the name of the session; any other request as it is.

    So a session of somebody else is one that does not exist.
    """
    path = scope["path"]
    if not path.startswith(_GRADIO):
        return scope, receive
    if path.startswith(_HEARTBEAT):
        own = _HEARTBEAT + _own(user, path.removeprefix(_HEARTBEAT))
        scope = {**scope, "path": own, "raw_path": own.encode("utf-8", "replace")}
    pairs = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    if any(name == _NAME for name, _ in pairs):
        named = [(name, _own(user, value) if name == _NAME else value) for name, value in pairs]
        scope = {**scope, "query_string": urlencode(named).encode()}
    if scope["method"] != "POST":
        return scope, receive
    body = await _whole(receive)
    own_body = _with_own_name(body, user) if body is not None else None
    return _with_length(scope, own_body), _given(own_body, receive)


def _own(user: User, name: str) -> str:
    return f"{user.id}.{name}"


async def _whole(receive: Receive) -> bytes | None:
    """Return the body of a request; None where its sender has left. The guard keeps it small."""
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _with_own_name(body: bytes, user: User) -> bytes:
    """Return a body with the name of its session made the user's own; what is no object of JSON has no session."""
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        return b"null"
    if not isinstance(values, dict):
        return b"null"
    if isinstance(values.get(_NAME), str):
        values[_NAME] = _own(user, values[_NAME])
    else:
        values.pop(_NAME, None)
    return json.dumps(values).encode()


def _with_length(scope: dict[str, Any], body: bytes | None) -> dict[str, Any]:
    if body is None:
        return scope
    others = [
        (name, value) for name, value in scope["headers"] if name.lower() not in (b"content-length", b"content-type")
    ]
    stated = [(b"content-length", str(len(body)).encode()), (b"content-type", b"application/json")]
    return {**scope, "headers": others + stated}


def _given(body: bytes | None, receive: Receive) -> Receive:
    """Return what gives a body that was received already, and then what comes after it."""
    is_given = False

    async def give() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        if body is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body, "more_body": False}

    return give
