"""Keep conversations in Chromium: reload, Back, a restarted server, the list, and the address of what is shown."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from assistant.web.server import listening
from index.library import Library

from .conftest import serving

pytestmark = pytest.mark.browser

ABSENT = "Who was absent from the G20 meeting of April 2020?"
TRIESTE = "On which day did the ministers meet in Trieste?"
METI = "Who represented METI in August 2021?"
SMART = "What did the ministers say about smart cities?"


def box(page: Page) -> Locator:
    return page.locator("#question textarea")


def ask(page: Page, question: str) -> None:
    box(page).fill(question)
    while box(page).input_value():
        box(page).press("Enter")
        page.wait_for_timeout(50)
    page.locator('#chat [data-testid="bot"]').last.locator(".answer, .abstention, .trouble").wait_for()


def shows(page: Page, *questions: str) -> None:
    expect(page.locator("#chat .question")).to_have_text(list(questions))


def listed(page: Page) -> Locator:
    return page.locator(".panel [data-resume]")


def open_history(page: Page) -> None:
    page.locator(".panel [data-history]").click()
    expect(page.get_by_role("heading", name="Conversations")).to_be_focused()


def test_a_conversation_survives_reload_back_and_forward(open_page: Callable[..., Page]) -> None:
    page = open_page(may_be_cut_off=True)
    ask(page, ABSENT)
    expect(page).to_have_url(re.compile("conversation="))
    first = page.url
    page.reload()
    shows(page, ABSENT)
    page.locator("#chat a.marker").first.click()
    expect(page.locator(".panel mark")).to_contain_text("Indonesia was absent")
    expect(page).to_have_url(re.compile("document=.*span="))
    page.reload()
    expect(page.locator(".panel mark")).to_contain_text("Indonesia was absent")
    shows(page, ABSENT)
    ask(page, "And who chaired it?")
    page.get_by_role("button", name="New conversation").click()
    shows(page)
    ask(page, TRIESTE)
    page.go_back()
    shows(page)
    page.go_back()
    shows(page, ABSENT, "And who chaired it?")
    assert first.split("conversation=")[1].split("&")[0] in page.url
    page.go_forward()
    shows(page)
    page.go_forward()
    shows(page, TRIESTE)


def test_ticks_and_filters_come_back_with_their_conversation(open_page: Callable[..., Page]) -> None:
    page = open_page(may_be_cut_off=True)
    narrowed = page.locator("#narrowed")
    ticks = page.locator(".panel [data-ask]")
    ticks.first.uncheck()
    expect(narrowed).to_contain_text("Narrowed to the chosen records: searches 4 of 5 records.")
    ask(page, METI)
    page.get_by_role("button", name="Narrow the search").click()
    page.locator("#forum input").click()
    page.get_by_role("option", name="G20 (3)").click()
    page.keyboard.press("Escape")
    chosen = "Narrowed to G20, the chosen records: searches 3 of 5 records."
    expect(narrowed).to_contain_text(chosen)
    page.reload()
    expect(narrowed).to_contain_text(chosen)
    expect(ticks.first).not_to_be_checked()
    expect(ticks.last).to_be_checked()
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="Search all").click()
    expect(narrowed).to_have_text("Searches all 5 records.")
    expect(ticks.first).to_be_checked()
    ask(page, TRIESTE)
    page.go_back()
    shows(page)
    page.go_back()
    shows(page, METI)
    expect(narrowed).to_contain_text(chosen)
    open_history(page)
    listed(page).get_by_text(TRIESTE).first.click()
    shows(page, TRIESTE)
    expect(narrowed).to_have_text("Searches all 5 records.")


def test_a_conversation_survives_a_restart_of_the_server(library: Library, open_page: Callable[..., Page]) -> None:
    with listening("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    with serving(library, port) as at:
        page = open_page(at=at, may_be_cut_off=True)
        ask(page, ABSENT)
    with serving(library, port):
        page.reload()
        shows(page, ABSENT)
        ask(page, "And who chaired it?")
        expect(page.locator("#chat .answer").last).to_contain_text("Saudi Arabia")


def test_conversations_are_listed_resumed_renamed_searched_and_deleted(open_page: Callable[..., Page]) -> None:
    page = open_page(may_be_cut_off=True)
    ask(page, ABSENT)
    page.get_by_role("button", name="New conversation").click()
    shows(page)
    ask(page, SMART)
    open_history(page)
    expect(listed(page).first).to_have_text(SMART)
    expect(listed(page).first).to_have_attribute("aria-current", "page")
    page.get_by_role("button", name=f"Rename “{SMART}”").first.click()
    page.get_by_label("New name").fill("<b>Cities</b>")
    page.keyboard.press("Enter")
    expect(listed(page).first).to_have_text("<b>Cities</b>")
    page.get_by_role("button", name="Rename “<b>Cities</b>”").click()
    page.get_by_label("New name").fill("Nothing")
    page.keyboard.press("Escape")
    expect(listed(page).first).to_have_text("<b>Cities</b>")
    page.get_by_label("Search conversations").fill("smart cities")
    expect(page.locator(".panel .history .count")).to_have_text(
        "1 conversation with “smart cities” in the name or a question."
    )
    page.get_by_label("Search conversations").fill("")
    listed(page).nth(1).click()
    shows(page, ABSENT)
    page.get_by_role("button", name="Delete “<b>Cities</b>”").click()
    expect(listed(page).first).to_have_text(ABSENT)
    shows(page, ABSENT)
    page.locator(".panel [data-put-back]").click()
    expect(listed(page).first).to_have_text("<b>Cities</b>")
    # The one that is shown.
    page.get_by_role("button", name=f"Delete “{ABSENT}”").first.click()
    shows(page)
    expect(page).not_to_have_url(re.compile("conversation="))


def test_a_question_that_is_left_is_answered_and_kept(open_page: Callable[..., Page], encoder: Any) -> None:
    page = open_page(may_be_cut_off=True)
    encoder.free.clear()
    box(page).fill(SMART)
    box(page).press("Enter")
    expect(page.locator(".stages")).to_contain_text("of 5 records")
    page.get_by_role("button", name="New conversation").click()
    shows(page)
    encoder.free.set()
    page.wait_for_timeout(500)
    shows(page)
    page.go_back()
    shows(page, SMART)
    page.locator("#chat .answer").wait_for()


def test_arrow_up_takes_the_last_question_back(open_page: Callable[..., Page]) -> None:
    page = open_page(may_be_cut_off=True)
    ask(page, ABSENT)
    ask(page, "And in July?")
    box(page).press("ArrowUp")
    expect(box(page)).to_have_value("And in July?")
    box(page).press("Escape")
    expect(box(page)).to_have_value("")
    box(page).press("ArrowUp")
    box(page).fill(TRIESTE)
    box(page).press("Enter")
    shows(page, ABSENT, TRIESTE)
    expect(page.locator("#chat .answer").last).to_contain_text("2021")
    page.reload()
    shows(page, ABSENT, TRIESTE)


def test_an_address_of_nothing_is_told_and_views_have_addresses(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(may_be_cut_off=True)
    page.goto(f"{address}/?conversation=nothing&tab=elsewhere")
    expect(page.locator("#status")).to_contain_text("This conversation is no longer in the library")
    page.get_by_role("tab", name="Library").click()
    expect(page).to_have_url(re.compile("tab=library"))
    page.reload()
    expect(page.get_by_role("tab", name="Library")).to_have_attribute("aria-selected", "true")


def test_back_leads_through_the_views(open_page: Callable[..., Page]) -> None:
    page = open_page(may_be_cut_off=True)
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("tab", name="Library")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Ask").click()
    ask(page, ABSENT)
    page.get_by_role("tab", name="Check a report").click()
    page.go_back()
    expect(page.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
    shows(page, ABSENT)
    page.go_forward()
    expect(page.get_by_role("tab", name="Check a report")).to_have_attribute("aria-selected", "true")


def test_enter_while_an_answer_is_at_work_asks_next(open_page: Callable[..., Page], encoder: Any) -> None:
    page = open_page(may_be_cut_off=True)
    encoder.free.clear()
    box(page).fill(SMART)
    box(page).press("Enter")
    expect(page.locator(".stages")).to_contain_text("of 5 records")
    for question in ("What is that?", ABSENT):
        box(page).fill(question)
        box(page).press("Enter")
        expect(page.locator("#question .editing")).to_contain_text("as soon as this answer is complete")
        if question != ABSENT:
            box(page).press("Escape")
            expect(page.locator("#question .editing")).to_have_text("")
    encoder.free.set()
    shows(page, SMART, ABSENT)
    expect(box(page)).to_have_value("")
    expect(page.locator("#chat .answer").last).to_contain_text("Indonesia")
