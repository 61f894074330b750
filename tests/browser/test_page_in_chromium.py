"""Use the chat in Chromium: ask, open sources, set filters, stop, on a desktop, on a phone and in dark mode."""

import re
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.limits import Limits
from corpus.reading import read_bytes
from index.library import Library
from index.store.library import SqliteLibrary

pytestmark = pytest.mark.browser

ABSENT = "Who was absent from the G20 meeting of April 2020?"
BALI = "What was decided in Bali in 2022?"
PHONE: dict[str, Any] = {"width": 390, "height": 844, "is_mobile": True, "has_touch": True, "reduced_motion": "reduce"}


def ask(page: Page, question: str) -> None:
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")


def ask_next(page: Page, question: str) -> None:
    """Ask as soon as there is a reply; the page takes Enter only once it has heard that nothing follows."""
    box = page.locator("#question textarea")
    box.fill(question)
    while box.input_value():
        box.press("Enter")
        page.wait_for_timeout(50)


def reply(page: Page) -> Locator:
    """The last reply, once it is one."""
    last = page.locator('#chat [data-testid="bot"]').last
    last.locator(".answer, .abstention, .trouble").wait_for()
    return last


def choose(page: Page, filter_name: str, value: str) -> None:
    page.locator(f"#{filter_name} input").click()
    page.get_by_role("option", name=value).click()
    page.keyboard.press("Escape")


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def brightness(place: Locator, what: str) -> float:
    """Of a colour as the browser computes it, from 0 (black) to 255."""
    colour = place.evaluate(f"element => getComputedStyle(element).{what}")
    red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_every_marker_of_an_answer_opens_its_highlighted_words(page: Page) -> None:
    ask(page, ABSENT)
    expect(reply(page)).to_contain_text("Indonesia was absent from this meeting.")
    for quotation in reply(page).locator("blockquote").all():
        marker = quotation.locator("a.marker")
        marker.click()
        expect(marker).to_have_class(re.compile("shown"))
        words = quotation.inner_text().rsplit(" [", 1)[0]
        expect(page.locator(".panel mark").first).to_be_in_viewport()
        expect(page.locator(".panel .text")).to_contain_text(words)
        assert " ".join(page.locator(".panel mark").all_inner_texts()) == words
    reply(page).locator("blockquote", has_text="Indonesia was absent").locator("a.marker").click()
    expect(page.locator(".panel mark")).to_contain_text("Indonesia")
    expect(page.locator(".panel .facts")).to_contain_text("30 April 2020")


def test_only_the_ticked_records_are_asked(page: Page) -> None:
    page.locator(".panel .records li", has_text="30 April 2020").locator("[data-ask]").uncheck()
    page.get_by_text("searches 4 of 5 records").wait_for()
    expect(page.locator(".panel .asked")).to_have_text("4 of 5 are asked.")
    ask(page, ABSENT)
    expect(reply(page)).to_contain_text("Searched 4 of 5 records: those that were chosen.")
    expect(reply(page).locator("blockquote", has_text="Indonesia was absent")).to_have_count(0)
    page.locator(".panel .records .open").first.click()
    page.locator(".panel .source").wait_for()
    page.locator(".panel [data-records]").click()
    expect(page.locator(".panel .asked")).to_have_text("4 of 5 are asked.")
    page.locator("[data-ask-all]").click()
    page.get_by_text("Searches all 5 records.").wait_for()
    ask_next(page, ABSENT)
    expect(page.locator('#chat [data-testid="bot"]').last).to_contain_text("Indonesia was absent")


def test_a_record_named_with_characters_that_cannot_be_seen_is_ticked(
    open_page: Callable[..., Page], library: SqliteLibrary
) -> None:
    name = 'lanterns \u202e"#%&.md'
    library.add(read_bytes(b"# Lanterns\n\nThe harbour keeps forty lanterns.\n", name, Limits()))
    page = open_page(records=6)
    page.locator("[data-ask-none]").click()
    page.locator(".panel .records li", has_text="Lanterns").locator("[data-ask]").check()
    page.get_by_text("searches 1 of 6 records").wait_for()
    expect(page.locator(".panel .asked")).to_have_text("1 of 6 are asked.")
    library.remove(name)


def test_a_question_that_is_not_asked_yet_outlives_a_reload_and_nothing_else(page: Page) -> None:
    box = page.locator("#question textarea")
    box.fill("Who was <b>absent</b>")
    page.reload()
    expect(box).to_have_value("Who was <b>absent</b>")
    box.press("Enter")
    page.locator('#chat [data-testid="bot"] .tools').wait_for()
    page.reload()
    page.locator("#chat .question").wait_for()
    expect(box).to_have_value("")
    box.fill("Who was invited?")
    page.goto(f"{page.url.partition('?')[0]}?tab=ask")
    page.locator(".panel .records li").first.wait_for()
    expect(box).to_have_value("")


def test_links_that_leave_the_machine_say_so_and_tell_nothing(page: Page) -> None:
    ask(page, ABSENT)
    reply(page).locator("a.marker").first.click()
    page.locator(".panel mark").first.wait_for()
    links = page.locator('.panel a[href^="http"]').all()
    assert len(links) == 2
    for link in links:
        assert link.get_attribute("target") == "_blank"
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert "↗" in link.evaluate("element => getComputedStyle(element, '::after').content")


def test_a_citation_is_copied(open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, ABSENT)
    reply(page).locator("blockquote", has_text="Indonesia was absent").locator("a.marker").click()
    page.get_by_role("button", name="Copy as citation").click()
    expect(page.locator(".panel .told")).to_have_text("Copied: quotation and source.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Indonesia was absent from this meeting.” Ministry of Internal Affairs" in copied


def test_a_record_is_read_whole_from_the_list(page: Page) -> None:
    page.locator(".panel .records a.open").first.click()
    expect(page.locator(".panel h2")).to_have_text(re.compile("Extraordinary G20"))
    expect(page.locator(".panel .text h3").filter(has_text="3. Overview")).to_have_count(1)
    page.get_by_role("button", name="All records").click()
    expect(page.locator(".panel .records li")).to_have_count(5)


def test_an_abstention_shows_the_nearest_passages_as_what_they_are(page: Page) -> None:
    ask(page, BALI)
    said = reply(page)
    expect(said.locator(".abstention")).to_contain_text("Nearest passages (not an answer)")
    expect(said.locator(".searched")).to_contain_text("5 records")
    expect(said.locator("blockquote")).to_have_count(0)
    said.locator(".nearest a").first.click()
    expect(page.locator(".panel mark").first).to_be_visible()


def test_a_filter_narrows_the_search_and_says_so(page: Page) -> None:
    page.get_by_role("button", name="Narrow the search").click()
    choose(page, "year", "2023")
    expect(page.locator("#narrowed")).to_contain_text("Narrowed to 2023: searches 1 of 5 records.")
    ask(page, "What did the ministers say about smart cities?")
    said = reply(page)
    expect(said).not_to_contain_text("2020")
    expect(said).not_to_contain_text("2021")


def test_a_speaker_is_chosen_among_those_of_the_chosen_records(page: Page) -> None:
    page.get_by_role("button", name="Narrow the search").click()
    choose(page, "year", "2021")
    page.locator("#speaker input").click()
    expect(page.get_by_role("option")).to_contain_text(["Sato Kei", "TAKEDA Ryota"])
    page.get_by_role("option", name="TAKEDA Ryota").click()
    page.keyboard.press("Escape")
    expect(page.locator("#narrowed")).to_contain_text(
        "Narrowed to 2021, said by TAKEDA Ryota: searches 1 of 5 records."
    )
    ask(page, "What about broadband infrastructure?")
    expect(reply(page).locator(".speaker").first).to_contain_text("TAKEDA Ryota, reported")


def test_a_follow_up_leans_on_the_conversation_and_a_new_one_begins_empty(page: Page) -> None:
    ask(page, ABSENT)
    reply(page)
    ask_next(page, "Which countries were invited?")
    expect(page.locator('#chat [data-testid="bot"]')).to_have_count(2)
    reply(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator('#chat [data-testid="bot"]')).to_have_count(0)


def test_an_example_is_asked_by_a_click(page: Page) -> None:
    page.get_by_text(ABSENT).click()
    expect(reply(page)).to_contain_text("Indonesia")


@pytest.mark.parametrize(
    "question",
    [
        '<img src=x onerror="alert(1)"> <script>alert(2)</script>',
        "[x](javascript:alert(1)) ![y](https://example.com/y.png) <https://example.com>",
        "$x^2$ and $$y$$ **bold** `code` # heading | a | b |",
        '<form action="https://example.com"><input></form> <a href="#cite-0123456789abcdef-1-2">[1]</a>',
    ],
)
def test_markup_in_a_question_is_shown_as_text(page: Page, question: str) -> None:
    ask(page, question)
    reply(page)
    shown = page.locator('#chat [data-testid="user"] .question')
    assert shown.inner_text() == question
    assert shown.locator("*").count() == 0
    assert page.locator("#chat :is(img, script, form, iframe, code, .katex), #chat a[href^=javascript]").count() == 0


def test_characters_that_turn_the_words_around_are_written_out(page: Page) -> None:
    ask(page, "What \u202edid\u202c they\u200b agree?")
    reply(page)
    expect(page.locator(".question")).to_have_text("What \\u202edid\\u202c they\\u200b agree?")


def test_a_blank_question_asks_for_one(page: Page) -> None:
    ask(page, "   ")
    expect(page.get_by_role("alert")).to_contain_text("empty")
    expect(page.locator('#chat [data-testid="bot"]')).to_have_count(0)


def test_a_question_beyond_the_limit_is_refused_and_kept_in_the_box(page: Page) -> None:
    ask(page, "x" * 20_000)
    expect(page.get_by_role("alert")).to_contain_text("20,000 characters")
    assert page.locator("#question textarea").input_value() == "x" * 20_000


@pytest.mark.parametrize("again", ["retried", "asked"])
def test_a_question_is_stopped_and_asked_again_at_once(page: Page, encoder: Any, again: str) -> None:
    for _ in range(3):
        encoder.free.clear()
        ask_next(page, ABSENT)
        expect(page.locator(".stages")).to_contain_text("of 5 records")
        page.get_by_role("button", name="Stop").click()
        expect(reply(page)).to_contain_text("Stopped")
        if again == "retried":
            page.get_by_role("button", name="Retry").click()
        else:
            ask_next(page, ABSENT)
        encoder.free.set()
        expect(page.locator(".answer")).to_contain_text("Indonesia")
        expect(page.locator('#chat [data-testid="user"]')).to_have_count(1 if again == "retried" else 2)
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator('#chat [data-testid="user"]')).to_have_count(0)


def test_a_follow_up_is_asked_again_without_the_turns_before_it(page: Page) -> None:
    ask(page, ABSENT)
    expect(page.locator(".answer")).to_contain_text("Indonesia")
    ask_next(page, "And what about smart cities?")
    expect(page.locator("#chat")).to_contain_text("Searched for")
    page.get_by_role("button", name="Ask only this").click()
    expect(page.locator("#chat a.alone")).to_have_count(0)
    expect(page.locator('#chat [data-testid="user"]')).to_have_count(2)
    expect(page.locator('#chat [data-testid="bot"]').last).not_to_contain_text("Searched for")


def test_of_a_question_at_work_nothing_is_left_in_a_new_conversation(page: Page, encoder: Any) -> None:
    encoder.free.clear()
    ask(page, BALI)
    expect(page.locator(".stages")).to_contain_text("of 5 records")
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator('#chat [data-testid="user"]')).to_have_count(0)
    ask(page, ABSENT)
    encoder.free.set()
    expect(reply(page)).to_contain_text("Indonesia")
    expect(page.locator('#chat [data-testid="user"]')).to_have_count(1)


def test_two_sessions_do_not_see_each_other(open_page: Callable[..., Page]) -> None:
    mine, theirs = open_page(), open_page()
    ask(mine, ABSENT)
    ask(theirs, BALI)
    expect(reply(mine)).to_contain_text("Indonesia was absent")
    expect(reply(theirs).locator(".abstention")).to_be_visible()
    expect(theirs.locator('#chat [data-testid="user"]')).to_have_count(1)


def test_the_page_fits_a_phone_and_the_panel_covers_and_closes(open_page: Callable[..., Page]) -> None:
    page = open_page(**PHONE)
    assert overflow(page) <= 0
    ask(page, ABSENT)
    marker = reply(page).locator("blockquote", has_text="Indonesia was absent").locator("a.marker")
    marker.tap()
    expect(page.locator(".panel mark")).to_be_in_viewport()
    assert overflow(page) <= 0
    side = page.locator("#side").bounding_box()
    assert side is not None
    assert (side["x"], side["y"], side["width"], side["height"]) == (0, 0, 390, 844)
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("#side")).to_be_hidden()
    marker.tap()
    expect(page.locator(".panel mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    page.get_by_role("button", name="Records").tap()
    expect(page.locator(".panel .records li").first).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system_and_can_be_told_otherwise(open_page: Callable[..., Page], scheme: Any) -> None:
    page = open_page(color_scheme=scheme, may_be_cut_off=True)
    ask(page, ABSENT)
    reply(page)
    body, words = page.locator("body"), page.locator(".answer blockquote").first
    dark = scheme == "dark"
    assert (brightness(body, "backgroundColor") < 60, brightness(words, "color") > 190) == (dark, dark)
    page.get_by_role("button", name="Switch between light and dark").click()
    assert (brightness(body, "backgroundColor") < 60, brightness(words, "color") > 190) == (not dark, not dark)
    page.reload()
    expect(body).to_have_class(re.compile("dark") if not dark else re.compile("^(?!.*dark)"))


def test_nothing_of_gradio_shows(page: Page) -> None:
    assert page.title() == "Rapporteur"
    assert page.locator("footer").count() == 0
    assert "gradio" not in page.locator("body").inner_text().lower()


def test_a_question_that_is_asked_while_the_models_load_is_answered(
    open_page: Callable[..., Page],
    serve_again: Callable[..., AbstractContextManager[str]],
    library: Library,
    encoder: Any,
) -> None:
    loading = threading.Thread(target=encoder.encode_query, args=("ready",), daemon=True)
    encoder.free.clear()
    loading.start()
    with serve_again(library, loading=loading) as address:
        page = open_page(at=address)
        line = page.get_by_text("Loading the models.")
        expect(line).to_be_visible()
        ask(page, ABSENT)
        expect(page.locator("#chat .stages")).to_be_visible()
        encoder.free.set()
        expect(reply(page)).to_contain_text("Indonesia was absent from this meeting.")
        expect(line).to_have_count(0)
