"""Serve the pages of several notebooks as one ASGI application, and list them in the masthead of each page."""

import re
import unicodedata
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from assistant.web.endpoints import html_reply
from assistant.web.escaping import escape_line
from assistant.web.language import text
from assistant.web.notebooks.notebook import FOLDER, Notebook
from assistant.web.security import Application, Message, Receive, Send

if TYPE_CHECKING:
    from fastapi import FastAPI

# An address of a notebook inside that of a notebook is none: Gradio would take it off again, behind the guard.
_INSIDE = re.compile(rf"{FOLDER}([^/]+)(/(?!{FOLDER.strip('/')}).*)", re.DOTALL)


class NotebookPages:
    """Sends each request to the page of the notebook that its address names, without that part of the address.

    Args:
        first: the page at "/", which also answers for names that no notebook has.
        others: the other pages, by the names of their notebooks.
    """

    def __init__(self, first: Application, others: Mapping[str, Application]) -> None:
        self._first = first
        self._others = dict(others)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request."""
        inside = _INSIDE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        page = self._others.get(unicodedata.normalize("NFC", inside[1])) if inside else None
        if inside is None or page is None:
            return await self._first(scope, receive, send)
        await page({**scope, "path": inside[2], "raw_path": quote(inside[2]).encode()}, receive, send)


def add_addresses(app: "FastAPI") -> None:
    """Let the first page complete the address of a notebook, and say that no notebook has a name."""
    from fastapi.responses import RedirectResponse

    app.get(FOLDER + "{name}")(lambda name: RedirectResponse(f"{FOLDER}{quote(name, safe='')}/", 307))
    app.get(FOLDER + "{name}/")(
        lambda name: html_reply(f'<p>{text("notebooks.unknown")} <a href="/">{text("account.back")}</a></p>', 404)
    )


def begin_and_end_together(app: "FastAPI", others: "Sequence[FastAPI]") -> None:
    """Begin and end other applications with one of them: the server tells that one alone."""
    contexts = [(each, each.router.lifespan_context) for each in (app, *others)]

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        async with AsyncExitStack() as begun:
            for each, context in contexts:
                await begun.enter_async_context(context(each))
            yield

    app.router.lifespan_context = lifespan


def render_notebooks(own: Notebook, all_of_them: Sequence[Notebook]) -> str:
    """Render the button that names a page's notebook and opens the list of all; nothing where there is one alone."""
    if len(all_of_them) == 1:
        return ""
    items = "".join(
        f'<li><a href="{each.address}"{" aria-current=page" if each == own else ""}>{_label(each)}</a></li>'
        for each in all_of_them
    )
    return (
        f'<button type="button" class="notebook" popovertarget="notebooks">'
        f'<span class="quiet">{{{{notebooks.own}}}}</span> <b>{_label(own)}</b> <span aria-hidden="true">▾</span>'
        f'</button><section id="notebooks" popover aria-label="{{{{notebooks.all}}}}"><ul>{items}</ul></section>'
    )


def _label(notebook: Notebook) -> str:
    return escape_line(notebook.name) if notebook.name else "{{notebooks.first}}"
