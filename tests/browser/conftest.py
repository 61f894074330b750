"""Serve the page to Chromium and fail a test on any console error, failed request or request to another host."""

# mypy: disable-error-code="func-returns-value, call-overload"

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from assistant.assistant import Assistant
from assistant.web.application import application
from assistant.web.notebooks.notebook import Notebook
from assistant.web.server import listening
from assistant.web.users.who import Authentication
from index.library import Library
from index.models.encoder import Vectors
from index.store.library import SqliteLibrary
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


class Held(WordCounts):
    """An encoder that keeps a question at work for as long as a test wants."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()
        self.free.set()

    def encode_query(self, text: str) -> Vectors:
        self.free.wait(30)
        return super().encode_query(text)


@pytest.fixture(scope="module")
def encoder() -> Held:
    return Held()


@pytest.fixture(scope="module")
def library(encoder: Held, tmp_path_factory: pytest.TempPathFactory) -> SqliteLibrary:
    """Return a library of the founding records, for the module's page."""
    return open_sqlite_library(tmp_path_factory.mktemp("browser") / "library", encoder=encoder)


@contextmanager
def serving(
    library: Library,
    port: int = 0,
    loading: threading.Thread | None = None,
    authentication: Authentication | None = None,
    notebooks: Sequence[Notebook] = (),
) -> Iterator[str]:
    """Serve a page with this library, at any free port or at this one; gives its address."""
    import uvicorn

    with listening("127.0.0.1", port) as listener:
        config = uvicorn.Config(
            application(Assistant(library), loading=loading, authentication=authentication, notebooks=notebooks),
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    """Serve a page with the founding records while the module's tests run, and yield its address."""
    with serving(library) as at:
        yield at


@pytest.fixture(scope="module")
def chromium(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium_path), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, address: str, encoder: Held) -> Iterator[Callable[..., Page]]:
    """Opens the page in a fresh browser session, with playwright's options; what went wrong there fails the test."""
    troubles: list[str] = []
    # What Gradio tells of a connection that ended, with how often its page was loaded.
    cut_off: list[tuple[list[None], str]] = []
    opened: list[Any] = []

    def open_one(
        width: int = 1280,
        height: int = 800,
        at: str = address,
        may_be_cut_off: bool = False,
        records: int = 5,
        **options: Any,
    ) -> Page:
        session = chromium.new_context(viewport={"width": width, "height": height}, **options)
        opened.append(session)
        page = session.new_page()
        page.set_default_timeout(20_000)
        loads: list[None] = []
        page.on("domcontentloaded", lambda _: loads.append(None))
        page.on("console", lambda said: note(said, loads, may_be_cut_off) if said.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: (troubles.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request", lambda asked: None if is_own(at, asked.url) else troubles.append(f"foreign request: {asked.url}")
        )
        page.on(
            "response", lambda reply: troubles.append(f"{reply.status} {reply.url}") if reply.status >= 400 else None
        )
        page.goto(at)
        page.locator("#question textarea").wait_for()
        page.locator(".panel .records li").last.wait_for(state="attached")
        page.locator(".narrowed:not(.active)", has_text=str(records)).wait_for(state="attached")
        return page

    def note(said: ConsoleMessage, loads: list[None], may_be_cut_off: bool) -> None:
        if not any(sign in said.text for sign in ("net::ERR_", "AbortError", "errored out")):
            troubles.append(said.text)
        elif not may_be_cut_off:
            cut_off.append((loads, said.text))

    def is_own(at: str, url: str) -> bool:
        return url.startswith((at + "/", "data:", f"blob:{at}/"))

    yield open_one
    encoder.free.set()
    for session in opened:
        session.close()
    # Connections end with a page that is loaded again.
    assert troubles + [text for loads, text in cut_off if len(loads) == 1] == []


@pytest.fixture
def serve_again() -> Callable[..., AbstractContextManager[str]]:
    """Serves a library as a program that was started again would."""
    return serving


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()
