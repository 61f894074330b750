"""Open the page in Chromium and keep everything that goes wrong there: errors, foreign requests, broken policies."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request, Response, sync_playwright

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
_CONNECTION_ENDED = ("net::ERR_", "AbortError", "errored out")


@dataclass
class Watch:
    """The troubles of the pages of one browser.

    Attributes:
        address: of the server; requests elsewhere are foreign.
        found: the troubles, in their order.
        may_be_cut_off: True while connections end because the server is being started again, or a page loaded.
    """

    address: str
    found: list[str] = field(default_factory=list)
    may_be_cut_off: bool = False

    def on(self, page: Page) -> None:
        """Watch a page from now on."""
        page.add_init_script(_REPORT_VIOLATIONS)
        page.on("console", self._console)
        page.on("pageerror", self._error)
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, said: ConsoleMessage) -> None:
        is_cut_off = any(sign in said.text for sign in _CONNECTION_ENDED)
        if said.type == "error" and not (is_cut_off and self.may_be_cut_off):
            self.found.append(said.text)

    def _error(self, error: Error) -> None:
        self.found.append(str(error))

    def _dialog(self, dialog: Dialog) -> None:
        self.found.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", f"blob:{self.address}/")):
            self.found.append(f"foreign request: {request.url}")

    def _response(self, reply: Response) -> None:
        if reply.status >= 400:
            self.found.append(f"{reply.status} {reply.url}")


@contextmanager
def two_browsers(chromium: Path) -> Iterator[tuple[Browser, Browser]]:
    """Start two browsers, which share nothing."""
    with sync_playwright() as playwright:
        pair = [playwright.chromium.launch(executable_path=str(chromium), args=_ARGUMENTS) for _ in range(2)]
        yield pair[0], pair[1]
        for browser in pair:
            browser.close()
