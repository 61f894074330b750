"""Request bodies and replies that all endpoints of the web page share; browsers store no reply."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict

from assistant.web.markup import alert
from index.errors import RapporteurError

if TYPE_CHECKING:
    from fastapi import Response
    from fastapi.responses import HTMLResponse, JSONResponse

NO_STORE = {"cache-control": "no-store"}
BROKEN = "Something went wrong inside Rapporteur. The terminal that it runs in shows what."
# More characters than any note or fact may have, so that a long one is refused in words.
LONGEST_TEXT = 20_000


class Body(BaseModel):
    """The JSON body of a request; fields that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


def html_reply(html: str, status: int = 200) -> "HTMLResponse":
    """Return a fragment of HTML for the page's script."""
    from fastapi.responses import HTMLResponse

    return HTMLResponse(html, status, NO_STORE)


def changed_reply(change: Callable[[], Any], show: Callable[[str], str]) -> "HTMLResponse":
    """Make a change, and return what is shown after it, or why nothing can be shown.

    Args:
        change: the change; why it is refused is shown.
        show: returns HTML, given the reason of a refusal or an empty text.
    """
    refused = ""
    try:
        change()
    except RapporteurError as error:
        refused = str(error)
    try:
        return html_reply(show(refused))
    except RapporteurError as error:
        return html_reply(alert(str(error)))


def json_reply(values: dict[str, Any], status: int = 200) -> "JSONResponse":
    """Return plain values for the page's script."""
    from fastapi.responses import JSONResponse

    return JSONResponse(values, status, NO_STORE)


def download(content: bytes, name: str, media_type: str = "application/octet-stream") -> "Response":
    """Return a file that the browser saves and never shows, under the last part of its name."""
    from fastapi import Response

    disposition = f"attachment; filename*=UTF-8''{quote(name.rsplit('/', 1)[-1], safe='')}"
    return Response(content, media_type=media_type, headers={"content-disposition": disposition, **NO_STORE})
