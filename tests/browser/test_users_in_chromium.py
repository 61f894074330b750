"""Two users in two browsers on one page: each logs in, asks and collects, and sees nothing of the other's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.users.accounts import Accounts
from assistant.web.users.who import Authentication
from index.users import UserRole
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

from .conftest import serving

pytestmark = pytest.mark.browser

PASSWORD = "seven green harbours"
ABSENT = "Who was absent from the G20 meeting of April 2020?"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    library = open_sqlite_library(tmp_path / "library", encoder=WordCounts())
    for name, role in (("ada", UserRole.EDITOR), ("bo", UserRole.READER)):
        Accounts(library).add(name, role, PASSWORD)
    with serving(library, authentication=Authentication()) as at:
        yield at


def opened(browser: Browser, address: str, said: list[str], query: str = "") -> Page:
    page = browser.new_context().new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(address) else None)
    page.goto(address + query)
    return page


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_two_users_in_two_browsers_keep_their_things_apart(chromium: Browser, address: str) -> None:
    said: list[str] = []
    ada = opened(chromium, address, said, "/?tab=ask")
    log_in(ada, "ada", "wrong")
    expect(ada.get_by_role("alert")).to_have_text("This name and password do not fit.")
    assert [line for line in said if "401" not in line] == []  # Chromium calls the refused form an error
    said.clear()
    log_in(ada, "ada")
    bo = opened(chromium, address, said)
    log_in(bo, "bo")
    box = ada.locator("#question textarea")
    box.fill(ABSENT)
    while box.input_value():
        box.press("Enter")
        ada.wait_for_timeout(50)
    ada.locator('#chat [data-testid="bot"]').last.locator(".answer").wait_for()
    ada.locator("#chat a.add").first.click()
    expect(ada.locator(".evidence-count").first).to_have_text("1")
    bo.goto(ada.url)
    expect(bo.locator("#status")).to_contain_text("no longer in the library")
    expect(bo.locator("#chat .question")).to_have_count(0)
    expect(bo.locator(".evidence-count").first).to_have_text("0")
    assert said == []
    ada.get_by_role("button", name="Log out").click()
    expect(ada.get_by_role("button", name="Log in")).to_be_visible()
    log_in(ada, "ada")
    expect(ada.locator(".evidence-count").first).to_have_text("1")
    ada.get_by_role("link", name="Account").click()
    expect(ada.get_by_role("heading", name="ada")).to_be_visible()
    bo.context.clear_cookies()
    bo.evaluate("fetch('/evidence')")
    expect(bo.locator(".session-ended")).to_contain_text("Your session has ended. Log in in a new tab")


def test_a_reader_sees_no_button_that_would_be_refused(chromium: Browser, address: str) -> None:
    said: list[str] = []
    for name, may_change in (("bo", False), ("ada", True)):
        page = opened(chromium, address, said, "/?tab=library")
        log_in(page, name)
        library = page.locator(".library")
        library.locator("tbody tr").first.wait_for()
        reason = library.get_by_text("Here to read: only an editor may change the records")
        expect(library.get_by_role("button", name="Remove").first).to_be_visible(visible=may_change)
        expect(library.get_by_label("Only I see this")).to_be_enabled(enabled=may_change)
        expect(reason).to_be_visible(visible=not may_change)
        library.get_by_role("button", name="Facts").first.click()
        field = page.locator("#correcting input").first
        expect(field).to_be_editable(editable=may_change)
        expect(page.locator("#correcting [data-save-facts]")).to_be_visible(visible=may_change)
    assert said == []


def test_what_only_one_user_sees_is_shared_by_a_second_click(chromium: Browser, address: str) -> None:
    said: list[str] = []
    ada, bo = opened(chromium, address, said, "/?tab=library"), opened(chromium, address, said, "/?tab=library")
    log_in(ada, "ada")
    log_in(bo, "bo")
    ada.get_by_label("Only I see this").check()
    draft = {"name": "draft.md", "mimeType": "text/markdown", "buffer": b"# Zebra draft\n\nThe board agreed.\n"}
    ada.get_by_label("Files to add").set_input_files(draft)  # type: ignore[arg-type]
    row = ada.locator("tr.private", has_text="draft.md")
    expect(row).to_contain_text("Only you")
    expect(bo.get_by_label("Only I see this")).to_be_checked()
    expect(bo.get_by_label("Only I see this")).to_be_disabled()
    bo.reload()
    expect(bo.locator(".library tbody tr")).to_have_count(5)
    row.get_by_role("button", name="Share Zebra draft with everybody").click()
    expect(ada.locator(".library .saying")).to_contain_text("there is no undo")
    ada.get_by_role("button", name="Share it").click()
    expect(ada.locator(".library .saying")).to_contain_text("is shared: everybody sees it.")
    bo.reload()
    expect(bo.locator(".library tbody")).to_contain_text("draft.md")
    assert said == []
