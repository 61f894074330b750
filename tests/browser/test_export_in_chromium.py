"""Open the exported HTML file in Chromium; it requests nothing, runs no script and fits the screen."""

# mypy: disable-error-code="func-returns-value, call-overload"

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from assistant.export.bibliography.style import Style
from assistant.export.html import html
from assistant.export.report import Report
from support.sample_reports import ABSENT, DISCUSSED, hostile_report, report

pytestmark = pytest.mark.browser

Opened = Callable[..., tuple[Page, list[str]]]


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Any:
    """Opens a report from disk; returns the page and every request, error or dialog that there was."""
    sessions = []

    def open_one(made: Report, **options: Any) -> tuple[Page, list[str]]:
        (tmp_path / "report.html").write_bytes(html(made, Style.of("apa")))
        own = (tmp_path / "report.html").as_uri()
        sessions.append(chromium.new_context(**options))
        page, troubles = sessions[-1].new_page(), []
        page.on("request", lambda asked: None if asked.url.partition("#")[0] == own else troubles.append(asked.url))
        page.on("console", lambda said: troubles.append(said.text))
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.goto(own)
        return page, troubles

    yield open_one
    for session in sessions:
        session.close()


@pytest.mark.parametrize("made", [report(), hostile_report()], ids=["plain", "hostile"])
def test_it_asks_for_nothing_and_runs_nothing(opened: Opened, made: Report) -> None:
    page, troubles = opened(made)
    page.wait_for_timeout(300)
    assert troubles == []
    assert page.evaluate("document.scripts.length + document.images.length") == 0


def test_a_mark_leads_to_its_note_and_back(opened: Opened) -> None:
    page, _ = opened(report())
    page.locator("#mark-4").click()
    assert page.url.endswith("#note-4")
    page.locator("#note-4 .back").click()
    assert page.url.endswith("#mark-4")
    assert page.locator("blockquote").nth(0).inner_text().startswith(ABSENT)
    assert page.locator("mark").last.inner_text() == DISCUSSED


@pytest.mark.parametrize(("scheme", "light"), [("light", True), ("dark", False)])
def test_it_is_light_or_dark_as_the_reader_likes(opened: Opened, scheme: str, light: bool) -> None:
    page, _ = opened(report(), color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    ink = page.evaluate("getComputedStyle(document.body).color.match(/\\d+/g).map(Number)")
    assert (sum(ground) > sum(ink)) is light


def test_on_a_phone_nothing_is_cut(opened: Opened) -> None:
    for made in (report(), hostile_report()):
        page, _ = opened(made, viewport={"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_printed_it_is_black_on_white_even_in_the_dark(opened: Opened) -> None:
    page, _ = opened(report(), color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.querySelector('.back')).display") == "none"
