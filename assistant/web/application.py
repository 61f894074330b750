"""The page as a web application: Gradio's chat, the open endpoints of all beside it, and the guard before both."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.web.chat import sources
from assistant.web.chat.source_links import RecordGone, resolve
from assistant.web.evidence.routes import add_evidence
from assistant.web.library.ingest import Taker
from assistant.web.library.queue import IngestQueue
from assistant.web.library.routes import UPLOAD, add_library, add_uploads
from assistant.web.reports.check import add_check
from assistant.web.reports.export import Offered, add_exports
from assistant.web.security import Application, Guard
from index.errors import RapporteurError

if TYPE_CHECKING:
    from fastapi import FastAPI

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f4a73"/>'
    '<path d="M9 10h14M9 16h14M9 22h8" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>'
)
_STYLES = ("page.css", "reports.css", "library.css")
_SCRIPTS = (
    "page.js",
    "source_panel.js",
    "tabs.js",
    "evidence.js",
    "export.js",
    "report_check.js",
    "library.js",
    "upload.js",
    "remove.js",
    "facts_dialog.js",
)
_HEAD = (
    '<meta name="color-scheme" content="light dark"><link rel="icon" href="/icon.svg" type="image/svg+xml">'
    + "".join(f'<link rel="stylesheet" href="/{name}">' for name in _STYLES)
    # Otherwise the browser learns of each module only when it has read the one that asks for it.
    + "".join(f'<link rel="modulepreload" href="/{name}">' for name in _SCRIPTS)
    + '<script type="module" src="/page.js"></script>'
)


def application(assistant: Assistant, host: str = "127.0.0.1") -> Application:
    """The whole page, ready for a server; nothing in it asks another machine.

    Args:
        assistant: who answers.
        host: the address that it is served on; requests under other names are refused.
    """
    _quiet_gradio()
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError

    taker = Taker(assistant.library)
    line = IngestQueue(taker, taker.rest)

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        yield
        line.close()

    app = FastAPI(title="Rapporteur", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.exception_handler(RequestValidationError)(_not_of_the_page)
    offered = Offered()
    _add_panel(app, assistant)
    add_evidence(app, assistant)
    add_exports(app, assistant.library, offered)
    add_check(app, assistant)
    largest = assistant.settings.limits.file_bytes
    add_library(app, assistant.library, largest)
    add_uploads(app, line, largest)
    _add_files(app)
    _mount_chat(app, assistant, offered)
    return Guard(app, host, {UPLOAD: largest})


def _not_of_the_page(request: Any, error: Exception) -> Any:
    """The reply to what no page of ours sends; nothing of it is said back."""
    from fastapi.responses import HTMLResponse

    return HTMLResponse(sources.trouble("This page sends no such thing. Load it again."), 422)


def _quiet_gradio() -> None:
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    # Otherwise each event is counted in a table of all events, for a dashboard that is closed here.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)


def _mount_chat(app: "FastAPI", assistant: Assistant, offered: Offered) -> None:
    import gradio as gr

    from assistant.web.layout import layout, theme

    gr.mount_gradio_app(
        app,
        layout(assistant, offered),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size="1kb",
        theme=theme(),
        head=_HEAD,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )


def _add_panel(app: "FastAPI", assistant: Assistant) -> None:
    from fastapi.responses import HTMLResponse

    def fragment(html: str, status: int = 200) -> Any:
        return HTMLResponse(html, status, {"cache-control": "no-store"})

    def records() -> Any:
        try:
            return fragment(sources.records(assistant.library.documents()))
        except RapporteurError as error:
            return fragment(sources.trouble(str(error)), 503)

    def source(name: str, whole: bool = False) -> Any:
        try:
            return fragment(sources.source(resolve(assistant.library, name), assistant.settings, whole))
        except RecordGone as error:
            return fragment(sources.gone(str(error)), 404)
        except RapporteurError as error:
            return fragment(sources.trouble(str(error)), 404)

    app.get("/records")(records)
    app.get("/source/{name}")(source)


def _add_files(app: "FastAPI") -> None:
    from fastapi.responses import Response

    def serve(path: str, body: str, media_type: str) -> None:
        app.get(path)(lambda: Response(body, media_type=media_type, headers={"cache-control": "no-cache"}))

    folder = files("assistant.web") / "static"
    for name in _STYLES:
        serve(f"/{name}", folder.joinpath(name).read_text("utf-8"), "text/css")
    for name in _SCRIPTS:
        serve(f"/{name}", folder.joinpath(name).read_text("utf-8"), "text/javascript")
    for path in ("/icon.svg", "/favicon.ico"):
        serve(path, ICON, "image/svg+xml")
