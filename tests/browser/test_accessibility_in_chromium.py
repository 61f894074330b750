"""Run axe-core in every tab and dialog, light and dark; the page's use by keys, small windows, and on paper."""

from collections.abc import Callable

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Locator, Page, expect

from assistant.web.language import LANGUAGES
from support.chat_page import ask

pytestmark = pytest.mark.browser

SMART = "What did the ministers say about smart cities?"
# Gradio's buttons change their colours over some frames.
COLOURS_CHANGED = "() => Promise.allSettled(document.getAnimations().map(change => change.finished))"
WEIGHTY = {"serious", "critical"}


def box_of(place: Locator) -> FloatRect:
    """Return where something is on the page."""
    box = place.bounding_box()
    assert box
    return box


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious_in_any_tab_or_dialog(language: str, open_page: Callable[..., Page]) -> None:
    page = open_page(1366, 768, reduced_motion="reduce", locale=language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    axe, faults = Axe(), list[str]()

    def check(state: str) -> None:
        for theme in ("light", "dark"):
            page.evaluate("dark => document.body.classList.toggle('dark', dark)", theme == "dark")
            page.evaluate(COLOURS_CHANGED)
            for fault in axe.run(page).response["violations"]:
                if fault["impact"] in WEIGHTY:
                    places = [node["html"][:160] for node in fault["nodes"]]
                    faults.append(f"{state}, {theme}: {fault['id']}: {places}")

    check("start")
    page.locator("#filters button").first.click()
    answer = ask(page, SMART)
    check("answer and filters")
    answer.locator("a.marker").first.click()
    page.locator(".panel mark").first.wait_for()
    check("record")
    answer.locator("a.add").first.click()
    page.locator(".panel [data-evidence]").click()
    page.locator(".panel .items > li").first.wait_for()
    check("evidence")
    page.locator(".panel [data-history]").click()
    page.locator(".panel [data-resume]").first.wait_for()
    check("history")
    page.locator("#export-talk").click()
    page.locator("#export[open]").wait_for()
    check("export")
    page.keyboard.press("Escape")
    ask(page, "What did they eat for breakfast in Atlantis?")
    check("refusal")
    page.locator("#view-check").click()
    check("check")
    page.locator("#view-library").click()
    page.locator(".library tbody tr").first.wait_for()
    check("library")
    page.locator(".library [data-act=facts]").first.click()
    page.locator("#correcting input").first.wait_for()
    check("facts")
    page.keyboard.press("Escape")
    page.locator(".library [data-act=remove]").first.click()
    page.locator("#removing[open]").wait_for()
    check("removal")
    assert faults == []


def test_the_page_is_used_by_keys_alone(page: Page) -> None:
    page.locator(".masthead h1").click()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(SMART + "?")
    page.keyboard.press("Enter")
    page.locator("#chat .answer").wait_for()
    page.keyboard.press("Alt+a")
    expect(page.locator('#chat [data-testid="bot"]').last).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#chat a.marker").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#chat a.marker").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.press("Alt+e")
    expect(page.locator(".panel h2")).to_have_text("Evidence")
    page.keyboard.press("Alt+3")
    expect(page.get_by_role("tab", name="Library")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
    expect(page.locator("#question textarea")).to_have_value("")


def test_single_keys_are_switched_off(page: Page) -> None:
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("checkbox", name="Use / and ? alone").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Alt+2")
    expect(page.get_by_role("tab", name="Check a report")).to_be_focused()


def test_an_answer_makes_sense_when_it_is_read_aloud(page: Page) -> None:
    ask(page, "Who was absent from the G20 meeting of April 2020?")
    expect(page.locator("#chat")).to_match_aria_snapshot(
        """
        - log:
          - group "Question": Who was absent from the G20 meeting of April 2020?
          - group "Reply":
            - paragraph:
              - strong: Indonesia
              - link "[1]"
            - paragraph:
              - strong: Extraordinary G20 Digital Economy Ministerial Meeting, online, 30 April 2020 (MIC)
            - blockquote:
              - text: (*) Of the G20 members, Indonesia was absent from this meeting.
              - link "[1]"
              - button "Add to evidence [1]"
        """
    )


def test_half_of_a_laptop_at_200_percent_is_left_for_the_answer(open_page: Callable[..., Page]) -> None:
    page = open_page(683, 384)
    ask(page, SMART)
    assert box_of(page.locator("#chat"))["height"] >= 384 / 2
    for button in page.locator(".masthead button:visible").all():
        box = box_of(button)
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["width"] <= 683
        assert box["height"] >= 24


@pytest.mark.parametrize("height", [512, 192])
def test_nothing_overlaps_at_320_pixels(open_page: Callable[..., Page], height: int) -> None:
    page = open_page(320, height)
    ask(page, SMART)
    known = [box_of(place) for place in page.locator(".masthead button:visible, #over button, #question").all()]
    assert len(known) > 5
    for at, one in enumerate(known):
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= 320
        for other in known[at + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
            assert apart, (one, other)


def test_what_is_clicked_in_an_answer_is_24_pixels_high(page: Page) -> None:
    for link in ask(page, SMART).locator("a:visible").all():
        box = box_of(link)
        assert min(box["height"], box["width"]) >= 24, link.inner_text()


def test_the_whole_conversation_is_printed_with_its_sources(page: Page) -> None:
    ask(page, SMART)
    page.get_by_role("button", name="Retry").wait_for()
    page.locator("#question textarea").fill("Who was absent from the G20 meeting of April 2020?")
    page.locator("#question textarea").press("Enter")
    page.locator('#chat [data-testid="bot"] .lead').wait_for()
    text = " ".join(
        " ".join(sheet.get_textpage().get_text_range().split()) for sheet in pypdfium2.PdfDocument(page.pdf())
    )
    assert SMART in text
    assert "Proper public procurement can help foster innovation" in text
    assert "Indonesia was absent from this meeting." in text
    assert (
        "“Results of Extraordinary G20 Digital Economy Ministerial Meeting (Virtual Meeting)”, 1 May 2020, http" in text
    )
    assert "New conversation" not in text
    assert "Add to evidence" not in text
