"""Assemble the web page as an ASGI application: Gradio's chat, the other endpoints, and the request guard."""

import threading
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.history.history import History
from assistant.history.record_sets import RecordSets
from assistant.users.private_documents import for_users
from assistant.verification.readers.report import LARGEST_FILE
from assistant.web.api.api import build_api
from assistant.web.api.documents import DOCUMENTS
from assistant.web.api.reports import VERIFY
from assistant.web.api.workers import Workers
from assistant.web.chat.kept_replies import add_kept_replies
from assistant.web.chat.next_questions import add_next_questions
from assistant.web.chat.record_sets import add_record_sets
from assistant.web.chat.sources import add_sources, render_message
from assistant.web.endpoints import NO_STORE, html_reply
from assistant.web.evidence import add_evidence
from assistant.web.gradio_start import building_one_app, import_gradio
from assistant.web.health import add_health
from assistant.web.history import add_history
from assistant.web.hosts import LOOPBACK
from assistant.web.language import InLanguage, script_texts
from assistant.web.library.ingest import UploadIngester
from assistant.web.library.queue import IngestQueue
from assistant.web.library.routes import add_library
from assistant.web.library.uploads import UPLOAD, add_uploads
from assistant.web.markup import read_static
from assistant.web.metrics import QuestionCounts, add_metrics
from assistant.web.record.page_pictures import PagePictures, add_page_pictures
from assistant.web.reports.check import Checks, add_check
from assistant.web.reports.export import PendingExports, add_exports
from assistant.web.security import API, NO_SUCH_REQUEST, Application, Guard, Message
from assistant.web.temporary import PageFolder
from assistant.web.users.audit_log import add_audit_log
from assistant.web.users.gate import Gate
from assistant.web.users.login import add_account, add_login
from assistant.web.users.who import Authentication, RequestUsers

if TYPE_CHECKING:
    from fastapi import FastAPI

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f4a73"/>'
    '<path d="M9 10h14M9 16h14M9 22h8" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>'
)
# In this order: a later rule of the same weight replaces an earlier one.
STYLES = (
    "theme.css",
    "page.css",
    "chat.css",
    "source_panel.css",
    "record.css",
    "narrow.css",
    "reports.css",
    "history.css",
    "replies.css",
    "library.css",
    "keyboard.css",
    "sizes.css",
)
SCRIPTS = (
    "page.js",
    "account.js",
    "address.js",
    "source_panel.js",
    "chosen/choose_records.js",
    "chosen/record_sets.js",
    "tabs.js",
    "texts.js",
    "evidence.js",
    "export.js",
    "history.js",
    "name_field.js",
    "edit_last.js",
    "ask_later.js",
    "elements.js",
    "events.js",
    "report_check.js",
    "library/library.js",
    "library/upload.js",
    "library/private.js",
    "library/remove.js",
    "library/facts_dialog.js",
    "shortcuts.js",
    "print.js",
    "replies/copy_answer.js",
    "replies/feedback.js",
    "replies/next_questions.js",
    "replies/said.js",
    "record/cited.js",
    "record/outline.js",
    "record/pictures.js",
    "record/place_line.js",
    "record/places.js",
    "record/search.js",
)
_HEAD = (
    '<meta name="color-scheme" content="light dark"><link rel="icon" href="/icon.svg" type="image/svg+xml">'
    + "".join(f'<link rel="stylesheet" href="/{name}">' for name in STYLES)
    # Without these the browser requests a module only after it has read the one that imports it.
    + "".join(f'<link rel="modulepreload" href="/{name}">' for name in SCRIPTS)
    + '<script src="/page-texts.js"></script><script type="module" src="/page.js"></script>'
)


def application(
    assistant: Assistant,
    names: Collection[str] = LOOPBACK,
    loading: threading.Thread | None = None,
    authentication: Authentication | None = None,
) -> Application:
    """Build the whole page as an ASGI application; nothing in it sends a request to another machine.

    Args:
        assistant: answers the questions.
        names: the names that the page answers to; requests under others are refused.
        loading: the thread that loads the models; the page says so until it ends. None where none does.
        authentication: how users are told apart; None where nobody logs in.
    """
    import_gradio()
    assistant.library = for_users(assistant.library)
    folder = PageFolder()
    ingester = UploadIngester(assistant.library)
    queue = IngestQueue(ingester.store, ingester.close, ingester.check, folder)
    pictures = PagePictures(assistant.library, assistant.settings.limits, folder)
    app = _new_app(queue, pictures, folder)
    users = RequestUsers(assistant.library, authentication) if authentication else None
    pending = PendingExports()
    _add_chat_and_evidence(app, assistant, pending)
    add_page_pictures(app, assistant.library, pictures)
    _add_records_and_reports(app, assistant, queue, folder, loading)
    _add_static_files(app)
    if authentication and users:
        _add_users(app, assistant, users, authentication)
    own_routes = [*app.routes]
    _mount_chat(app, assistant, pending, loading, _account(authentication))
    gated = Gate(app, users, not authentication.header) if authentication and users else app
    largest = _largest_requests(assistant.settings.limits.file_bytes)
    return InLanguage(Guard(gated, names, largest, lambda scope: _is_of(own_routes, scope)))


def _new_app(queue: IngestQueue, pictures: PagePictures, folder: PageFolder) -> "FastAPI":
    """Return an application without endpoints, at whose end the queue, the pictures and the folder are closed."""
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        try:
            yield
        finally:
            queue.close()
            pictures.close()
            folder.close()

    app = FastAPI(title="Rapporteur", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.exception_handler(RequestValidationError)(_refuse_invalid)
    return app


def _add_chat_and_evidence(app: "FastAPI", assistant: Assistant, pending: PendingExports) -> None:
    add_sources(app, assistant)
    add_evidence(app, assistant)
    add_history(app, History(assistant.library))
    add_record_sets(app, RecordSets(assistant.library))
    add_kept_replies(app, assistant.library)
    add_next_questions(app, assistant)
    add_exports(app, assistant.library, pending)


def _add_records_and_reports(
    app: "FastAPI", assistant: Assistant, queue: IngestQueue, folder: PageFolder, loading: threading.Thread | None
) -> None:
    """Add the records, the checks of reports, the HTTP API, and what a monitor reads of them."""
    library, largest = assistant.library, assistant.settings.limits.file_bytes
    checks, workers, questions = Checks(library.location), Workers(), QuestionCounts()
    assistant.on_turn = questions.count
    add_check(app, checks, folder)
    add_library(app, library, largest)
    add_uploads(app, queue, largest)
    add_health(app, assistant, loading)
    app.mount(API.rstrip("/"), build_api(assistant, queue, checks, folder, workers))
    add_metrics(app, library, questions, queue, checks, workers)


def _is_of(routes: Sequence[Any], scope: Message) -> bool:
    """Return True if a request is for the page itself or for one of these routes."""
    from starlette.routing import Match

    # A mounted application writes its own address into the scope.
    request = {**scope, "root_path": ""}
    return scope["path"] == "/" or any(route.matches(request)[0] is not Match.NONE for route in routes)


def _largest_requests(file: int) -> dict[str, int]:
    """Return the largest request in bytes at the paths that take files."""
    api = API.rstrip("/")
    return {UPLOAD: file, f"{api}{DOCUMENTS}": file, f"{api}{VERIFY}": LARGEST_FILE}


def _refuse_invalid(request: Any, error: Exception) -> Any:
    """Refuse a request that the page never sends, without repeating any of it."""
    return html_reply(render_message(NO_SUCH_REQUEST), 422)


def _add_users(app: "FastAPI", assistant: Assistant, users: RequestUsers, authentication: Authentication) -> None:
    from fastapi.responses import Response

    add_account(app, not authentication.header)
    add_audit_log(app, assistant.library)
    if not authentication.header:
        add_login(app, assistant.library, users)
    app.get("/login.css")(lambda: Response(read_static("styles/login.css"), media_type="text/css"))


def _account(authentication: Authentication | None) -> str:
    """Return what the masthead shows of a user's account."""
    if authentication is None:
        return ""
    leave = "" if authentication.header else '<button type="button" data-log-out>{{masthead.log_out}}</button>'
    return f'<span class="account"><a href="/account">{{{{masthead.account}}}}</a>{leave}</span>'


def _mount_chat(
    app: "FastAPI", assistant: Assistant, pending: PendingExports, loading: threading.Thread | None, account: str
) -> None:
    import gradio as gr

    from assistant.web.layout import build_page, theme

    with building_one_app():
        page = build_page(assistant, pending, loading, account)
    gr.mount_gradio_app(
        app,
        page,
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


def _add_static_files(app: "FastAPI") -> None:
    from fastapi import Request
    from fastapi.responses import Response

    def serve(path: str, body: str, media_type: str) -> None:
        # The browser asks each time whether it has the file as it is now.
        tag = f'"{sha256(body.encode()).hexdigest()[:16]}"'
        headers = {"cache-control": "no-cache", "etag": tag}

        def reply(request: Request) -> Response:
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            return Response(body, media_type=media_type, headers=headers)

        # FastAPI looks names up in the module, where Request is not.
        reply.__annotations__ = {"request": Request, "return": Response}
        app.get(path)(reply)

    for name in STYLES:
        serve(f"/{name}", read_static(f"styles/{name}"), "text/css")
    for name in SCRIPTS:
        serve(f"/{name}", read_static(f"scripts/{name}"), "text/javascript")
    app.get("/page-texts.js")(lambda: Response(script_texts(), media_type="text/javascript", headers=NO_STORE))
    for path in ("/icon.svg", "/favicon.ico"):
        serve(path, ICON, "image/svg+xml")
