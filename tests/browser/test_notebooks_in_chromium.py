"""Two notebooks in Chromium: each shows its own records, conversations and evidence, and leads to the other."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.assistant import Assistant
from assistant.web.notebooks.notebook import Notebook
from index.library import Library, open_library
from support.word_counts import WordCounts

from .conftest import serving
from .test_history_in_chromium import ask

pytestmark = pytest.mark.browser

APPLES = b"# Talks on apples\n\nThe ministers agreed on quantum apples.\n"


@pytest.fixture
def address(library: Library, tmp_path: Path) -> Iterator[str]:
    climate = open_library(tmp_path / "climate", encoder=WordCounts(), founding=False)
    with serving(library, notebooks=[Notebook("climate", Assistant(climate))]) as at:
        yield at


def test_a_notebook_is_used_as_the_page_and_shares_nothing_with_it(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(may_be_cut_off=True)
    expect(page.locator("#chat .example").first).to_be_visible()
    page.get_by_role("button", name="Notebook Main library").click()
    page.get_by_role("link", name="climate").click()
    expect(page).to_have_url(f"{address}/notebooks/climate/")
    expect(page).to_have_title("climate · Rapporteur")
    expect(page.locator(".panel")).to_contain_text("The library holds no records yet")
    expect(page.locator("body")).to_have_attribute("data-founded", "no")
    expect(page.locator("#chat .example").first).to_be_hidden()  # no record answers them
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Files to add").set_input_files({"name": "apples.md", "mimeType": "", "buffer": APPLES})
    page.get_by_role("button", name="Close this list").wait_for()
    page.get_by_role("tab", name="Ask").click()
    ask(page, "On what did the ministers agree about quantum apples?")
    page.locator("#chat a.marker").first.click()
    expect(page.locator(".panel mark")).to_contain_text("quantum apples")
    page.locator("#chat a.add").first.click()
    expect(page.locator(".evidence-count").first).to_have_text("1")
    expect(page).to_have_url(re.compile(r"/notebooks/climate/\?.*conversation="))
    page.reload()
    expect(page.locator(".panel mark")).to_contain_text("quantum apples")
    page.get_by_role("button", name="Notebook climate").click()
    page.get_by_role("link", name="Main library").click()
    expect(page.locator(".panel .records li")).to_have_count(5)
    expect(page.locator(".evidence-count").first).to_have_text("0")
    page.locator(".panel [data-history]").click()
    expect(page.get_by_text("quantum")).to_have_count(0)
    page.go_back()
    expect(page.locator("#chat .question")).to_have_text(["On what did the ministers agree about quantum apples?"])


def test_the_name_of_the_notebook_stands_whole_on_a_laptop(open_page: Callable[..., Page]) -> None:
    page = open_page(1366, 768, may_be_cut_off=True)
    for view in ("Ask", "Check a report", "Library"):
        page.get_by_role("tab", name=view).click()
        expect(page.get_by_role("tab", name=view)).to_have_attribute("aria-selected", "true")
        name = page.locator(".masthead .notebook b")
        expect(name).to_have_text("Main library")
        assert name.evaluate("name => name.scrollWidth <= name.clientWidth")
