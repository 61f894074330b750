"""Read an open record in Chromium: search in it, its outline, and the quotations of the answer one after the other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from corpus.limits import Limits
from corpus.reading import read_bytes
from index.store.library import SqliteLibrary
from support.report_files import pdf

LANTERNS = pdf(["Talks on harbours", "They met in Oslo."], ["Each harbour keeps forty lanterns burning."])
pytestmark = pytest.mark.browser

MOST_QUOTED = "What did the ministers say about smart cities?"


def open_record(page: Page, library: SqliteLibrary, name: str) -> None:
    page.goto(f"{page.url.partition('?')[0]}?document={library.document(name).id[:16]}")
    page.locator(".source .text").wait_for()


def marked_now(page: Page) -> str:
    """Return the words that are marked as the place which is shown."""
    return str(page.evaluate("[...CSS.highlights.get('found-now')].join('|')"))


def test_words_are_found_counted_and_stepped_through_by_keys(page: Page, library: SqliteLibrary) -> None:
    open_record(page, library, "2020-04-30-g20-extraordinary-mic.txt")
    page.keyboard.press("Alt+s")
    field = page.get_by_label("Search in this record")
    expect(field).to_be_focused()
    number = page.locator(".find .number")
    field.fill("DÍGITAL  technologies")
    expect(number).to_have_text("1 of 6")
    assert marked_now(page).casefold().split() == ["digital", "technologies"]
    assert page.evaluate("CSS.highlights.get('found').size") == 6
    field.press("Enter")
    expect(number).to_have_text("2 of 6")
    expect(page.locator(".find [role=status]")).to_contain_text("technologies")
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    expect(number).to_have_text("6 of 6")
    page.get_by_role("button", name="Next match").click()
    expect(number).to_have_text("1 of 6")
    field.fill("no such words")
    expect(number).to_have_text("Not found")
    expect(page.get_by_role("button", name="Next match")).to_be_disabled()
    field.press("Escape")
    expect(field).to_have_value("")
    assert page.evaluate("CSS.highlights.size") == 0


def test_cited_words_are_in_sight_once_the_parts_around_them_are_drawn(page: Page, library: SqliteLibrary) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    record = library.document("2020-07-22-g20-mic.txt")
    for words in ("smart mobility is one of the elements", "welcome the establishment of smart mobility practices"):
        at = record.text.index(words)
        page.goto(f"{page.url.partition('?')[0]}?document={record.id[:16]}&span={at}-{at + len(words)}")
        expect(page.locator(".source mark").first).to_have_text(words)
        page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        expect(page.locator(".source mark").first).to_be_in_viewport()


def test_a_long_record_is_searched_whole_and_its_outline_leads_to_each_part(
    open_page: Callable[..., Page], library: SqliteLibrary
) -> None:
    chapters = [f"## Chapter {n}\n\n" + f"Harbours keep their lanterns burning, {n}.\n\n" * 60 for n in range(1, 101)]
    library.add(read_bytes("".join(("# Lanterns\n\n", *chapters)).encode(), "long.md", Limits()))
    page = open_page(records=6)
    record = library.document("long.md")
    at = record.text.index("burning, 50.")
    page.goto(f"{page.url.partition('?')[0]}?document={record.id[:16]}&span={at}-{at + 11}")
    expect(page.locator(".source mark")).to_have_text("burning, 50")
    expect(page.get_by_role("button", name="Whole record")).to_be_visible()
    field = page.get_by_label("Search in this record")
    held: list[Route] = []
    page.route("**/source/*whole=true", lambda route: held.append(route))
    with page.expect_request("**/source/*whole=true"):
        field.fill("burning, 9")
    field.press_sequentially("9.")
    for route in held:
        route.continue_()
    page.unroute("**/source/*whole=true")
    expect(field).to_have_value("burning, 99.")
    expect(page.locator(".find .number")).to_have_text("1 of 60")
    expect(page.locator(".source .path")).to_have_text("Chapter 99")
    page.locator(".outline summary").click()
    page.locator(".outline a", has_text="Chapter 7").first.click()
    expect(page.locator(".source .text :focus")).to_have_text("## Chapter 7")
    expect(page.locator(".source .path")).to_have_text("Chapter 7")
    library.remove("long.md")


def test_the_printed_page_has_the_cited_words_marked_and_gives_way_to_a_search(
    open_page: Callable[..., Page], library: SqliteLibrary
) -> None:
    library.add(read_bytes(LANTERNS, "lanterns.pdf", Limits()), LANTERNS)
    page = open_page(records=6)
    record = library.document("lanterns.pdf")
    at = record.text.index("forty lanterns")
    page.goto(f"{page.url.partition('?')[0]}?document={record.id[:16]}&span={at}-{at + 14}")
    page.get_by_role("button", name="Page as printed").click()
    image = page.get_by_alt_text("Page 2 as printed.")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 1000
    box, paper = page.locator(".printed .box").bounding_box(), image.bounding_box()
    assert box
    assert paper
    assert paper["x"] < box["x"] < box["x"] + box["width"] < paper["x"] + paper["width"]
    assert 5 < box["height"] < 40
    page.get_by_role("button", name="Previous page").click()
    expect(page.locator(".printed .which")).to_have_text("Page 1 of 2")
    expect(page.locator(".printed .box")).to_have_count(0)
    expect(page.get_by_role("button", name="Previous page")).to_be_disabled()
    page.get_by_label("Search in this record").fill("lanterns")
    expect(page.locator(".find .number")).to_have_text("1 of 1")
    expect(page.locator(".source .text")).to_be_visible()
    expect(page.locator(".printed")).to_have_count(0)
    open_record(page, library, "lanterns.pdf")
    page.get_by_role("button", name="Page as printed").click()
    expect(page.get_by_alt_text("Page 1 as printed.")).to_be_visible()
    library.remove("lanterns.pdf")


def test_a_set_is_saved_though_the_panel_shows_something_else_meanwhile(page: Page, library: SqliteLibrary) -> None:
    page.get_by_role("button", name="Records").first.click()
    page.locator(".sets > summary").click()
    held: list[Route] = []
    page.route("**/sets/save", lambda route: held.append(route))
    page.locator("[data-set-name]").fill("All of them")
    with page.expect_request("**/sets/save"):
        page.press("[data-set-name]", "Enter")
    page.keyboard.press("Alt+e")
    expect(page.locator(".sets")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.locator(".panel .said")).to_have_text("Saved.")


def test_the_quotations_of_the_answer_are_stepped_through(page: Page) -> None:
    box = page.locator("#question textarea")
    box.fill(MOST_QUOTED)
    box.press("Enter")
    markers = page.locator("#chat blockquote a.marker")
    markers.first.wait_for()
    expect(page.locator("#chat .stages")).to_have_count(0)
    records = [str(marker.get_attribute("href")).split("-")[1] for marker in markers.all()]
    own = [n for n, record in enumerate(records) if record == max(records, key=records.count)]
    assert len(own) > 1
    markers.nth(own[0]).click()
    which = page.locator(".cited .which")
    expect(which).to_have_text(f"{markers.nth(own[0]).inner_text()} 1 of {len(own)}")
    onward = page.get_by_role("button", name="Next quotation of the answer")
    onward.focus()
    onward.press("Enter")
    expect(which).to_have_text(f"{markers.nth(own[1]).inner_text()} 2 of {len(own)}")
    expect(onward).to_be_focused()
    expect(page.locator("#chat a.shown")).to_have_text(markers.nth(own[1]).inner_text())
    page.get_by_role("button", name="Previous quotation of the answer").click()
    expect(which).to_contain_text(f"1 of {len(own)}")
