"""Endpoints that log in and out, and change one's own password; forms without scripts send to them."""

import math
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse

from assistant.users.accounts import Accounts, normal_name
from assistant.users.audit import audit, audit_row
from assistant.users.current import User, acting_as
from assistant.users.passwords import PasswordRefused
from assistant.users.random_secrets import hash_of
from assistant.users.sessions import LONGEST, Sessions
from assistant.web.endpoints import NO_STORE, html_reply
from assistant.web.language import text
from assistant.web.users.attempts import Attempts
from assistant.web.users.gate import LOGIN, PAGE
from assistant.web.users.pages import account_page, login_page
from assistant.web.users.who import RequestUsers, request_user
from index.errors import RapporteurError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI


def add_login(app: "FastAPI", library: Library, users: RequestUsers) -> None:
    """Add the pages to log in, to log out and to change one's password."""
    pages = _LoginPages(library, users)
    app.get(LOGIN)(pages.show)
    app.post(LOGIN)(pages.log_in)
    app.post("/logout")(pages.log_out)
    app.post("/account")(pages.change_password)


def add_account(app: "FastAPI", has_password: bool) -> None:
    """Add the page of a user's own account."""

    async def account(request: Request) -> Any:
        return html_reply(account_page(request_user(request.scope), has_password))

    app.get("/account")(account)


class _LoginPages:
    """Requests of the forms to log in, to log out and to change one's password, and their replies."""

    def __init__(self, library: Library, users: RequestUsers) -> None:
        self._logins = _Logins(library)
        self._users = users

    def show(self, next: str = "/") -> Any:
        """Return the page to log in; after it the browser opens the page of the address `next`."""
        return html_reply(login_page(_own_page(next)))

    async def log_in(self, request: Request) -> Any:
        """Log a user in, and open the page."""
        form = await _fields(request)
        name, target = form.get("name", ""), _own_page(form.get("next", "/"))
        status, message, secret = await run_in_threadpool(
            self._logins.log_in, name, form.get("password", ""), _address(request)
        )
        if not secret:
            return html_reply(login_page(target, name[:64], message), status)
        reply = RedirectResponse(target, 303, NO_STORE)
        reply.set_cookie(
            self._users.cookie,
            secret,
            max_age=int(LONGEST.total_seconds()),
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return reply

    async def log_out(self, request: Request) -> Any:
        """Log a user out, and open the page to log in."""
        await run_in_threadpool(self._logins.log_out, self._users.secret(request.scope))
        reply = RedirectResponse(LOGIN, 303, NO_STORE)
        reply.delete_cookie(self._users.cookie, httponly=True, samesite="strict")
        return reply

    async def change_password(self, request: Request) -> Any:
        """Change the password of the user who asks for it."""
        form, user = await _fields(request), request_user(request.scope)
        session = hash_of(self._users.secret(request.scope))
        refused = await run_in_threadpool(self._logins.change_password, user, form, _address(request), session)
        message = "" if refused else text("account.changed")
        return html_reply(account_page(user, True, message, refused), 400 if refused else 200)


class _Logins:
    """Logs users in and out, within limits of attempts, and writes the audit log."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._accounts = Accounts(library)
        self._sessions = Sessions(library)
        self._attempts = Attempts()

    def log_in(self, name: str, password: str, address: str) -> tuple[int, str, str]:
        """Return status and message of a refusal, or the secret of a new session."""
        named = normal_name(name[:64])
        if seconds := self._attempts.wait(named, address):
            return 429, text("login.too_many", math.ceil(seconds / 60)), ""
        try:
            user = self._accounts.with_password(name, password)
            if user is None:
                self._log_failure(named, address)
                return 401, text("login.wrong"), ""
            self._attempts.forget(named, address)
            with acting_as(user):
                audit(self._library, "login", detail=address)
            return 200, "", self._sessions.begin(user)
        except RapporteurError as error:
            return 503, str(error), ""

    def log_out(self, secret: str) -> None:
        """End a session."""
        audit(self._library, "logout")
        self._sessions.end(secret)

    def change_password(self, user: User, form: dict[str, str], address: str, session: str) -> str:
        """Change the password of a user who knows the present one; return the reason where it is refused."""
        if seconds := self._attempts.wait(user.name, address):
            return text("login.too_many", math.ceil(seconds / 60))
        try:
            if self._accounts.with_password(user.name, form.get("password", "")) != user:
                return text("account.not_present")
            self._attempts.forget(user.name, address)
            if form.get("new") != form.get("again"):
                return text("account.not_same")
            self._accounts.set_password(user.name, form.get("new", ""), session)
        except PasswordRefused as error:
            return f"{str(error)[:1].upper()}{str(error)[1:]}."
        return ""

    def _log_failure(self, name: str, address: str) -> None:
        """Log a failed attempt; a name that nobody has may be a password in the wrong field."""
        is_known = any(row.name == name for row in self._accounts.rows())
        with self._library.change_users() as stored:
            stored.log(audit_row(name if is_known else "(unknown name)", "failed login", detail=address))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _fields(request: Request) -> dict[str, str]:
    """Return the text fields of a form; anything else has none."""
    if "application/x-www-form-urlencoded" not in request.headers.get("content-type", ""):
        return {}
    return dict(
        parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None)
    )


def _own_page(target: str) -> str:
    """Return the address of a page of ours with the query of another address: nobody is sent elsewhere."""
    try:
        asked = urlsplit(target)
        query = urlencode(parse_qsl(asked.query, keep_blank_values=True))
    except ValueError:
        return "/"
    path = quote(asked.path, safe="/%") if PAGE.fullmatch(asked.path) else "/"
    return f"{path}?{query}" if query else path
