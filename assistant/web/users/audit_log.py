"""The audit log for admins: a page that works without scripts, filtered by user and action, 50 lines at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from assistant.users.current import NotAllowed
from assistant.web.endpoints import html_reply
from assistant.web.escaping import escape_input, escape_line
from assistant.web.language import text
from assistant.web.markup import alert
from assistant.web.translated import translated
from assistant.web.users.pages import wide_page
from assistant.web.users.who import request_user
from index.errors import RapporteurError
from index.library import Library
from index.users import AuditRow, UserRole

if TYPE_CHECKING:
    from fastapi import FastAPI

AUDIT_LOG = "/audit"
_HERE = "audit"  # in links: each notebook has its log below its own address
_LINES = 50
_MOST_PAGES = 2_000  # the log keeps 100,000 lines
_LONGEST_VALUE = 500
_COLUMNS = ("time", "user", "action", "subject", "detail")


def add_audit_log(app: "FastAPI", library: Library) -> None:
    """Add the page of the audit log, which others than admins are refused."""
    from fastapi import Request

    def shown(request: Request, user: str = "", action: str = "", page: str = "1") -> Any:
        try:
            request_user(request.scope).require(UserRole.ADMIN)
            return html_reply(_log(library, user[:_LONGEST_VALUE], action[:_LONGEST_VALUE], _number(page)))
        except NotAllowed as error:
            return html_reply(_page(alert(_sentence(str(error)))), 403)
        except RapporteurError as error:
            return html_reply(_page(alert(_sentence(str(error)))), 503)

    # FastAPI looks names up in the module, where Request is not.
    shown.__annotations__["request"] = Request
    app.get(AUDIT_LOG)(shown)


def _log(library: Library, user: str, action: str, number: int) -> str:
    users, actions = library.audit_values()
    rows = library.audit_rows(_LINES + 1, (number - 1) * _LINES, user, action)
    return render_log(rows[:_LINES], users, actions, (user, action), number, has_older=len(rows) > _LINES)


def render_log(
    rows: Sequence[AuditRow],
    users: Sequence[str],
    actions: Sequence[str],
    chosen: tuple[str, str],
    number: int,
    has_older: bool,
) -> str:
    """Render a page of the log.

    Args:
        rows: the lines, the newest first.
        users: the users of all lines.
        actions: the actions of all lines.
        chosen: the user and the action that are shown; empty for all.
        number: number of the page, from 1.
        has_older: there are older lines.
    """
    form = (
        f'<form class="filters" method="get" action="{_HERE}">{_select("user", users, chosen[0])}'
        f'{_select("action", actions, chosen[1])}<button type="submit">{text("audit.show")}</button></form>'
    )
    heads = "".join(f'<th scope="col">{text(f"audit.{name}")}</th>' for name in _COLUMNS)
    lines = f"<thead><tr>{heads}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody>"
    pages = [(number - 1, "newer")] if number > 1 else []
    pages += [(number + 1, "older")] if has_older and number < _MOST_PAGES else []
    links = " ".join(f'<a href="{_address(chosen, to)}">{text(f"audit.{label}")}</a>' for to, label in pages)
    none = f'<p role="status">{text("audit.none")}</p>'
    body = f'<div class="log"><table>{lines}</table></div>' if rows else none
    return _page(f'{form}{body}<p class="pages">{links}</p>')


def _sentence(refusal: str) -> str:
    line = translated(f"{refusal}.")
    return f"{line[:1].upper()}{line[1:]}"


def _page(body: str) -> str:
    back = f'<p><a href="account">{text("account.title")}</a> · <a href="./">{text("account.back")}</a></p>'
    return wide_page("audit.title", f"<h1>{text('audit.title')}</h1>{body}{back}")


def _select(name: str, values: Sequence[str], chosen: str) -> str:
    options = "".join(
        f'<option value="{escape_input(value)}"{" selected" if value == chosen else ""}>{escape_line(value)}</option>'
        for value in values
    )
    every = f'<option value="">{text("audit.all")}</option>'
    return f'<label>{text(f"audit.{name}")}<select name="{name}">{every}{options}</select></label>'


def _row(row: AuditRow) -> str:
    cells = (_moment(row.time), row.user, row.action, row.subject, row.detail)
    return f"<tr>{''.join(f'<td>{escape_line(cell)}</td>' for cell in cells)}</tr>"


def _moment(time: str) -> str:
    """Return a time of the log as this machine's clock shows it: "2026-11-30 14:05:09"."""
    return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d %H:%M:%S}"


def _address(chosen: tuple[str, str], number: int) -> str:
    values = dict(zip(("user", "action"), chosen, strict=True)) | {"page": str(number)}
    return escape_input(f"{_HERE}?{urlencode({name: value for name, value in values.items() if value})}")


def _number(text: str) -> int:
    """Return the number of a page that a browser sent; the first for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(_MOST_PAGES))
    return min(max(int(text), 1), _MOST_PAGES) if is_number else 1
