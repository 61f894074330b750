"""Assemble the web page as an ASGI application: Gradio's chat, the other endpoints, and the request guard."""

import threading
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.assistant import Assistant
from assistant.history.history import History
from assistant.history.record_sets import RecordSets
from assistant.users.private_documents import for_users, with_users_of
from assistant.verification.readers.report import LARGEST_FILE
from assistant.web.api.api import build_api
from assistant.web.api.documents import DOCUMENTS
from assistant.web.api.reports import VERIFY
from assistant.web.api.workers import Workers
from assistant.web.chat.kept_replies import add_kept_replies
from assistant.web.chat.next_questions import add_next_questions
from assistant.web.chat.record_sets import add_record_sets
from assistant.web.chat.sources import add_sources, render_message
from assistant.web.endpoints import html_reply
from assistant.web.evidence import add_evidence
from assistant.web.gradio_start import building_one_app, import_gradio
from assistant.web.health import add_health
from assistant.web.history import add_history
from assistant.web.hosts import LOOPBACK
from assistant.web.language import InLanguage
from assistant.web.library.ingest import UploadIngester
from assistant.web.library.queue import IngestQueue
from assistant.web.library.routes import add_library
from assistant.web.library.uploads import UPLOAD, add_uploads
from assistant.web.markup import read_static
from assistant.web.metrics import QuestionCounts, add_metrics
from assistant.web.notebooks.notebook import Notebook
from assistant.web.notebooks.pages import NotebookPages, add_addresses, begin_and_end_together, render_notebooks
from assistant.web.record.page_pictures import PagePictures, add_page_pictures
from assistant.web.reports.check import Checks, add_check
from assistant.web.reports.export import PendingExports, add_exports
from assistant.web.security import API, NO_SUCH_REQUEST, Application, Guard, Message
from assistant.web.static_files import HEAD, add_static_files
from assistant.web.temporary import PageFolder
from assistant.web.users.audit_log import add_audit_log
from assistant.web.users.gate import Gate
from assistant.web.users.login import add_account, add_login
from assistant.web.users.who import Authentication, RequestUsers

if TYPE_CHECKING:
    from fastapi import FastAPI


def application(
    assistant: Assistant,
    names: Collection[str] = LOOPBACK,
    loading: threading.Thread | None = None,
    authentication: Authentication | None = None,
    notebooks: Sequence[Notebook] = (),
) -> Application:
    """Build the whole page as an ASGI application; nothing in it sends a request to another machine.

    Args:
        assistant: answers the questions.
        names: the names that the page answers to; requests under others are refused.
        loading: the thread that loads the models; the page says so until it ends. None where none does.
        authentication: how users are told apart; None where nobody logs in. The users are those of this library.
        notebooks: further libraries, each with a page of its own.
    """
    import_gradio()
    assistant.library = for_users(assistant.library)
    for each in notebooks:
        each.assistant.library = with_users_of(each.assistant.library, assistant.library)
    users = RequestUsers(assistant.library, authentication) if authentication else None
    server = _Server(names, loading, users, (Notebook("", assistant), *notebooks))
    (first, first_app), *others = [_build(server, each) for each in server.notebooks]
    if not others:
        return first
    begin_and_end_together(first_app, [app for _, app in others])
    return NotebookPages(first, {each.name: page for each, (page, _) in zip(notebooks, others, strict=True)})


@dataclass(frozen=True, slots=True)
class _Server:
    """The values that the pages of all notebooks share; see `application`."""

    names: Collection[str]
    loading: threading.Thread | None
    users: RequestUsers | None
    notebooks: Sequence[Notebook]


def _build(server: _Server, notebook: Notebook) -> tuple[Application, "FastAPI"]:
    """Return the page of a notebook behind its guard, and without it."""
    assistant, users = notebook.assistant, server.users
    folder = PageFolder()
    ingester = UploadIngester(assistant.library)
    queue = IngestQueue(ingester.store, ingester.close, ingester.check, folder)
    pictures = PagePictures(assistant.library, assistant.settings.limits, folder)
    app = _new_app(queue, pictures, folder)
    pending = PendingExports()
    add_page_pictures(app, assistant.library, pictures)  # before "/source/{name}", which takes all paths below
    _add_chat_and_evidence(app, assistant, pending)
    _add_records_and_reports(app, notebook, queue, folder)
    add_static_files(app)
    if not notebook.name:
        add_health(app, [each.assistant.library for each in server.notebooks], server.loading)
        add_addresses(app)
    if users:
        _add_users(app, notebook, users)
    own_routes = [*app.routes]
    _mount_chat(app, server, notebook, pending)
    gated = Gate(app, users, notebook.address) if users else app
    largest = _largest_requests(assistant.settings.limits.file_bytes)
    guard = Guard(gated, server.names, largest, lambda scope: _is_of(own_routes, scope))
    return InLanguage(guard), app


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


def _add_records_and_reports(app: "FastAPI", notebook: Notebook, queue: IngestQueue, folder: PageFolder) -> None:
    """Add the records, the checks of reports, the HTTP API, and the numbers of them for a monitor."""
    assistant = notebook.assistant
    library, largest = assistant.library, assistant.settings.limits.file_bytes
    checks, workers, questions = Checks(library.location), Workers(), QuestionCounts()
    assistant.on_turn = questions.count
    add_check(app, checks, folder)
    add_library(app, library, largest)
    add_uploads(app, queue, largest)
    address = notebook.address + API.strip("/")
    app.mount(API.rstrip("/"), build_api(assistant, queue, checks, folder, workers, address))
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


def _add_users(app: "FastAPI", notebook: Notebook, users: RequestUsers) -> None:
    """Add a user's account and the audit log of the notebook; one logs in and out at the first page alone."""
    from fastapi.responses import Response

    library = notebook.assistant.library
    add_account(app, users.has_login)
    add_audit_log(app, library)
    if users.has_login and not notebook.name:
        add_login(app, library, users)
    app.get("/login.css")(lambda: Response(read_static("styles/login.css"), media_type="text/css"))


def _account(users: RequestUsers | None) -> str:
    """Return the links of the masthead to a user's account and out of it."""
    if users is None:
        return ""
    leave = '<button type="button" data-log-out>{{masthead.log_out}}</button>' if users.has_login else ""
    return f'<span class="account"><a href="account">{{{{masthead.account}}}}</a>{leave}</span>'


def _mount_chat(app: "FastAPI", server: _Server, notebook: Notebook, pending: PendingExports) -> None:
    import gradio as gr

    from assistant.web.layout import build_page, theme

    masthead = {"account": _account(server.users), "notebooks": render_notebooks(notebook, server.notebooks)}
    title = f"{notebook.name} · Rapporteur" if notebook.name else "Rapporteur"
    with building_one_app():
        page = build_page(notebook.assistant, pending, server.loading, title, masthead)
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
        head=HEAD,
        root_path=notebook.address.rstrip("/"),
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )
