"""Copy an answer, judge it and ask a next question in Chromium, by keyboard and by mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser


def test_an_answer_is_copied_judged_and_followed_by_a_question(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.fill("#question textarea", "What are the main points of “Results of G20 Digital Ministerial Meeting”?")
    page.press("#question textarea", "Enter")
    copied = page.locator("#chat .tools a.act").first
    copied.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#chat .tools .said")).to_contain_text("Copied: the answer to")
    kinds = page.evaluate("navigator.clipboard.read().then(([item]) => item.types)")
    assert sorted(kinds) == ["text/html", "text/plain"]
    page.get_by_role("button", name="Not helpful").click()
    page.get_by_role("button", name="Wrong evidence").click()
    expect(page.get_by_role("button", name="Wrong evidence")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="Wrong evidence")).to_have_attribute("aria-pressed", "true")
    following = page.locator("#chat .next button").first
    words = following.text_content()
    following.click()
    expect(page.locator("#chat .question").last).to_have_text(words or "")
    expect(page.locator("#chat .tools")).to_have_count(2)


def test_a_long_answer_is_read_from_its_beginning_and_stays_where_the_reader_scrolls(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(height=500, may_be_cut_off=True)
    page.fill("#question textarea", "What are the main points of “Results of G20 Digital Ministerial Meeting”?")
    page.press("#question textarea", "Enter")
    page.locator("#chat .next button").first.wait_for(state="attached")
    box = page.locator("#chat .bubble-wrap")
    assert box.evaluate("box => box.scrollHeight > 1.5 * box.clientHeight")
    expect(page.locator("#chat .question")).to_be_in_viewport()
    expect(page.locator("#chat .next")).not_to_be_in_viewport()
    page.reload()
    page.locator("#chat .next button").first.wait_for(state="attached")
    expect(page.locator("#chat .question")).to_be_in_viewport()
    page.locator("#chat blockquote").first.hover()
    page.mouse.wheel(0, 5_000)
    expect(page.locator("#chat .next button").last).to_be_in_viewport()
    page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#chat .next button").last).to_be_in_viewport()
    page.fill("#question textarea", "Which records do you have?")
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .tools")).to_have_count(2)
    expect(page.locator("#chat .question").last).to_be_in_viewport()


def test_another_reply_in_its_place_is_not_judged_and_has_its_own_next_questions(page: Page) -> None:
    page.fill("#question textarea", "What are the main points of “Results of G20 Digital Ministerial Meeting”?")
    page.press("#question textarea", "Enter")
    helpful = page.get_by_role("button", name="Helpful", exact=True)
    helpful.click()
    expect(helpful).to_have_attribute("aria-pressed", "true")
    before = page.locator("#chat .next button")
    expect(before).not_to_have_count(0)
    offered = before.all_text_contents()
    page.press("#question textarea", "ArrowUp")
    page.fill("#question textarea", "Which records do you have?")
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .question")).to_have_text("Which records do you have?")
    expect(helpful).to_have_attribute("aria-pressed", "false")
    expect(before.filter(has_text=offered[0])).to_have_count(0)


def test_what_was_being_typed_stands_in_the_box_again_after_a_slow_next_question(page: Page) -> None:
    page.fill("#question textarea", "What are the main points of “Results of G20 Digital Ministerial Meeting”?")
    page.press("#question textarea", "Enter")
    following = page.locator("#chat .next button").first
    following.wait_for()
    held: list[Route] = []
    page.route("**/queue/join*", lambda route: held.append(route))
    page.fill("#question textarea", "My own half of a")
    with page.expect_request("**/queue/join*"):
        following.click()
    page.wait_for_timeout(500)  # longer than a machine usually takes
    for route in held:
        route.continue_()
    page.unroute("**/queue/join*")
    expect(page.locator("#chat .question")).to_have_count(2)
    expect(page.locator("#question textarea")).to_have_value("My own half of a")
