"""Admit requests of users who are logged in, refuse others, and send browsers to the login page."""

import json
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

from assistant.users.current import acting_as
from assistant.web.users.own_sessions import in_own_sessions
from assistant.web.users.who import RequestUsers, with_user
from index.errors import RapporteurError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LOGIN = "/login"
# The addresses of pages, as they stand in a link: that of a name which no notebook has is asked to log in, too.
PAGE = re.compile(r"/(?:notebooks/[^/?#]+/?)?")
# Addresses that anybody may read: they show nothing of the library.
_OPEN = frozenset({"/healthz", "/readyz", "/icon.svg", "/favicon.ico", "/theme.css", "/login.css"})
_OF_NOTEBOOK = re.compile(r"^/notebooks/[^/]+(?=/)")
NOT_LOGGED_IN = "you are not logged in, or your session has ended; log in and try again"
_NO_SUCH_TOKEN = (
    "this token lets nobody in: it was revoked or has expired, its user is disabled, or it is mistyped;"
    " make another with rapporteur user token"
)
_ASK_PROXY = "the proxy in front of this page names no user of this library; ask an admin: rapporteur user add"


class Gate:
    """Passes the requests of users on and refuses others; pure ASGI.

    Args:
        inner: answers them.
        users: finds their users.
        home: the path of the page, "/" or that of a notebook, which tells nobody that it exists.
    """

    def __init__(self, inner: Callable[..., Awaitable[None]], users: RequestUsers, home: str = "/") -> None:
        self._inner = inner
        self._users = users
        self._home = home
        self._has_login = users.has_login
        self._open = frozenset() if home != "/" else _OPEN | {LOGIN} if users.has_login else _OPEN

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        from starlette.concurrency import run_in_threadpool

        if scope["type"] != "http" or scope["path"] in self._open:
            return await self._inner(scope, receive, send)
        try:
            user = await run_in_threadpool(self._users.user, scope)
        except RapporteurError as error:
            return await self._reply(scope, receive, send, 503, str(error))
        if user is None:
            address = self._home + quote(scope["path"].removeprefix("/"))
            if self._has_login and PAGE.fullmatch(address) and scope["method"] in ("GET", "HEAD"):
                return await self._send_to_login(address, scope, receive, send)
            status = 401 if self._has_login else 403
            return await self._reply(scope, receive, send, status, self._refusal(scope))
        with acting_as(user):
            return await self._inner(*await in_own_sessions(with_user(scope, user), receive, user), send)

    def _refusal(self, scope: Message) -> str:
        if not self._has_login:
            return _ASK_PROXY
        return _NO_SUCH_TOKEN if any(name == b"authorization" for name, _ in scope["headers"]) else NOT_LOGGED_IN

    async def _send_to_login(self, address: str, scope: Message, receive: Receive, send: Send) -> None:
        from starlette.responses import RedirectResponse

        query = scope.get("query_string", b"").decode("latin-1")
        wanted = f"{address}?{query}" if query else address
        login = LOGIN if wanted == "/" else f"{LOGIN}?next={quote(wanted, safe='')}"
        await RedirectResponse(login, 303, {"cache-control": "no-store"})(scope, receive, send)

    async def _reply(self, scope: Message, receive: Receive, send: Send, status: int, line: str) -> None:
        """Send one line: as JSON to programs, as text to the page's script and to readers."""
        from starlette.responses import Response

        headers = {"cache-control": "no-store"}
        if status == 401:
            headers["www-authenticate"] = "Bearer"
        is_json = _OF_NOTEBOOK.sub("", scope["path"]).startswith(("/api/", "/library/"))
        body = json.dumps({"error": line}) if is_json else f"{line[:1].upper()}{line[1:]}."
        media_type = "application/json" if is_json else "text/plain"
        await Response(body, status, headers, media_type)(scope, receive, send)
