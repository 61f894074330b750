"""Use the library tab in Chromium: add files, ask about them, correct and remove them."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.reading import document_from, founding_records
from index.library import Library
from index.store.library import SqliteLibrary
from support.report_files import encrypted, pdf

pytestmark = pytest.mark.browser

LANTERNS = pdf(
    ["Talks on harbours", "The ministers met in Oslo and spoke of many things."],
    ["On the second day they agreed that each harbour keeps forty lanterns burning."],
    ["The next meeting will be in Lima."],
)
APPLES = (
    "---\ntitle: Talks on apples\npublisher: Ministry of Apples\nforum: G7\n---\n\nThey agreed on quantum apples.\n"
)
ASKED = "How many lanterns does a harbour have?"
PHONE: dict[str, Any] = {"width": 420, "height": 844, "is_mobile": True, "has_touch": True, "reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def only_the_founding_records(library: SqliteLibrary) -> Iterator[None]:
    """One library serves the whole module: each test leaves it as it was."""
    yield
    founding = {record.name for record in founding_records()}
    library.remove(*(document.name for document in library.documents() if document.name not in founding))
    with library.writing() as connection:
        connection.execute("DELETE FROM corrections")
        connection.execute("DELETE FROM evidence")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A PDF with pages, a Markdown file, and a PDF that needs a password."""
    made = {"lanterns.pdf": LANTERNS, "apples.md": APPLES.encode(), "locked.pdf": encrypted(LANTERNS)}
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in made]


def open_library(page: Page) -> Locator:
    tab = page.get_by_role("tab", name="Library")
    tab.click()
    while tab.get_attribute("aria-selected") != "true":  # the page's scripts are still being loaded
        page.wait_for_timeout(200)
        tab.click()
    rows = page.locator(".library tbody tr")
    rows.first.wait_for()
    return rows


def add(page: Page, *paths: Path) -> Locator:
    """Add files, wait until all are done, and return the line that sums them up."""
    page.get_by_label("Files to add").set_input_files(list(paths))
    page.get_by_role("button", name="Close this list").wait_for()
    return page.locator(".adding .told")


def outcome(page: Page, name: str) -> Locator:
    return page.locator(".adding .files > li", has=page.get_by_text(name, exact=True))


def row(page: Page, name: str) -> Locator:
    return page.locator(".library tbody tr").filter(has=page.get_by_text(name, exact=True))


def titles(page: Page) -> list[str]:
    return page.locator(".library tbody .open").all_inner_texts()


def ask(page: Page, question: str) -> Locator:
    page.get_by_role("tab", name="Ask").click()
    box = page.locator("#question textarea")
    replies = page.locator('#chat [data-testid="bot"]')
    before = replies.count()
    box.fill(question)
    box.press("Enter")
    expect(replies).to_have_count(before + 1)
    replies.last.locator(".answer, .abstention").wait_for()
    return replies.last


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_a_record_comes_answers_with_its_page_and_goes(page: Page, files: list[Path]) -> None:
    open_library(page)
    expect(add(page, *files)).to_have_text("3 files: 2 added, 1 refused.")
    expect(outcome(page, "lanterns.pdf")).to_contain_text("added")
    expect(outcome(page, "apples.md")).to_contain_text("added")
    expect(outcome(page, "locked.pdf")).to_contain_text("refused: needs a password")
    expect(page.locator(".library tbody tr")).to_have_count(7)
    expect(row(page, "lanterns.pdf").locator(".pages")).to_have_text("3")

    said = ask(page, ASKED)
    expect(page.locator("#narrowed")).to_have_text("Searches all 7 records.")
    expect(said).to_contain_text("each harbour keeps forty lanterns burning")
    said.locator("blockquote", has_text="forty lanterns").locator("a.marker").click()
    expect(page.locator(".panel mark")).to_contain_text("forty lanterns")
    expect(page.locator(".panel .source")).to_contain_text("p. 2")

    open_library(page)
    row(page, "lanterns.pdf").get_by_role("button", name="Remove").click()
    dialog = page.locator("#removing")
    expect(dialog).to_contain_text("1 record with")
    expect(dialog.get_by_role("button", name="Keep")).to_be_focused()
    dialog.get_by_role("button", name="Keep").click()
    expect(page.locator(".library tbody tr")).to_have_count(7)
    row(page, "lanterns.pdf").get_by_role("button", name="Remove").click()
    dialog.get_by_role("button", name="Remove 1 record").click()
    expect(page.locator(".library tbody tr")).to_have_count(6)
    expect(page.locator(".library .removals")).to_contain_text("Removed “")
    page.goto(f"{page.url.partition('?')[0]}?tab=library")
    page.get_by_role("button", name="Put back").click()
    expect(page.locator(".library .saying")).to_have_text("1 record put back.")
    expect(row(page, "lanterns.pdf").locator(".pages")).to_have_text("3")
    row(page, "lanterns.pdf").get_by_role("button", name="Remove").click()
    dialog.get_by_role("button", name="Remove 1 record").click()
    expect(page.locator(".library tbody tr")).to_have_count(6)

    again = ask(page, ASKED)
    expect(page.locator("#narrowed")).to_have_text("Searches all 6 records.")
    expect(again).not_to_contain_text("forty")


def test_the_table_is_sorted_by_a_click_and_filtered_by_words(page: Page) -> None:
    open_library(page)
    alphabetical = titles(page)
    assert alphabetical == sorted(alphabetical, key=str.lower)
    heading = page.get_by_role("columnheader", name="Title")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert titles(page) == alphabetical[::-1]
    page.get_by_role("columnheader", name="Passages").get_by_role("button").click()
    counts = [int(count) for count in page.locator(".library td.passages").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    page.get_by_label("Filter the table").fill("ＴＡＫＡＳＡＫＩ 2023")
    expect(page.locator(".library tbody tr")).to_have_count(1)
    expect(page.locator(".library .matches")).to_have_text("1 of 5 records")
    page.get_by_label("Filter the table").fill("tákàsakî")
    expect(page.locator(".library tbody tr")).to_have_count(1)
    page.get_by_label("Filter the table").fill("nowhere at all")
    expect(page.locator(".library p.empty")).to_contain_text("No record has all these words")


def test_the_order_of_the_table_is_remembered_and_turned_around_by_a_button(page: Page) -> None:
    open_library(page)
    page.set_viewport_size({"width": 800, "height": 800})
    page.get_by_label("Sort by").select_option("published")
    oldest_first = titles(page)
    page.get_by_role("button", name="Ascending; turn the order around").click()
    assert titles(page)[0] == oldest_first[-1]
    turned = titles(page)
    page.reload()
    open_library(page)
    expect(page.get_by_label("Sort by")).to_have_value("published")
    assert titles(page) == turned


def test_the_table_stays_where_it_is_when_the_window_is_looked_at_again(page: Page, library: Library) -> None:
    for number in range(140):
        library.add(document_from(f"Matter {number:03}\n\nThey agreed.", f"{number:03}.txt", "text/plain"))
    rows = open_library(page)
    for so_far in (100, 145):  # more rows are made as their last is reached
        expect(rows).to_have_count(so_far)
        rows.last.scroll_into_view_if_needed()
    choice = page.get_by_label("Choose Matter 095")
    choice.check()
    before = choice.bounding_box()
    library.remove("139.txt")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".library .counts")).to_contain_text("144 records")
    expect(choice).to_be_focused()
    assert choice.bounding_box() == before


def test_facts_are_corrected_at_their_fields_and_taken_back(page: Page, files: list[Path]) -> None:
    open_library(page)
    add(page, files[1])
    row(page, "apples.md").get_by_role("button", name="Facts of").click()
    dialog = page.locator("#correcting")
    publisher, first_day = dialog.get_by_label("Publisher", exact=True), dialog.get_by_label("First day", exact=True)
    expect(publisher).to_have_value("Ministry of Apples")
    expect(dialog.locator(".fact", has_text="Publisher")).to_contain_text("from front matter")
    publisher.fill("<b>Agency</b>")
    first_day.fill("2021-13-05")
    dialog.get_by_role("button", name="Save").click()
    expect(first_day).to_have_attribute("aria-invalid", "true")
    expect(first_day).to_be_focused()
    expect(dialog.locator(".wrong")).to_have_text(
        "give one day of the calendar, such as 2021-08-05, 5 August 2021 or 令和3年8月5日"
    )
    expect(publisher).to_have_value("<b>Agency</b>")
    first_day.fill("2021-08-05")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(row(page, "apples.md").locator(".publisher")).to_have_text("<b>Agency</b>")
    expect(row(page, "apples.md").locator(".first_day")).to_have_text("G7, 5 August 2021")
    expect(row(page, "apples.md").locator(".state")).to_have_text("uploaded, corrected")
    row(page, "apples.md").get_by_role("button", name="Facts of").click()
    dialog.get_by_role("button", name="Take back the correction of Publisher").click()
    expect(publisher).to_have_value("Ministry of Apples")
    page.keyboard.press("Escape")
    expect(row(page, "apples.md").locator(".publisher")).to_have_text("Ministry of Apples")


def test_what_was_added_can_be_chosen_at_once_in_the_chat(page: Page, files: list[Path]) -> None:
    open_library(page)
    add(page, files[1])
    page.get_by_role("tab", name="Ask").click()
    page.get_by_role("button", name="Narrow the search").click()
    page.locator("#publisher input").click()
    page.get_by_role("option", name="Ministry of Apples").click()
    page.keyboard.press("Escape")
    expect(page.locator("#narrowed")).to_contain_text("Narrowed to Ministry of Apples: searches 1 of 6 records.")
    open_library(page)
    row(page, "apples.md").get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove 1 record").click()
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator("#narrowed")).to_have_text("Searches all 5 records.")
    expect(page.locator("#publisher")).not_to_contain_text("Ministry of Apples")
    ask(page, "Who was absent from the G20 meeting of April 2020?")


def test_several_are_removed_together(page: Page, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Matter {number}\n\nThey agreed on matter {number}.\n", "utf-8")
    open_library(page)
    add(page, *tmp_path.glob("*.txt"))
    page.get_by_label("Filter the table").fill("matter")
    page.get_by_label("Choose all that are shown").check()
    expect(page.locator(".chosen")).to_contain_text("3 records chosen")
    page.get_by_label("Filter the table").fill("matter 1")
    expect(page.locator(".chosen")).to_contain_text("3 records chosen, 2 of them not shown")
    page.locator(".chosen").get_by_role("button", name="Remove …").click()
    expect(page.locator("#removing .asks")).to_contain_text("3 records with")
    expect(page.locator("#removing li")).to_have_count(3)
    page.get_by_role("button", name="Remove 3 records").click()
    expect(page.locator("#removing")).to_be_hidden()
    expect(page.locator(".library .removals")).to_contain_text("Removed 3 records.")
    page.get_by_label("Filter the table").fill("")
    expect(page.locator(".library tbody tr")).to_have_count(5)
    expect(page.locator(".chosen")).to_be_hidden()


def test_files_and_an_archive_are_dropped(page: Page, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("june/one.txt", "The first\n\nThey agreed on one thing.")
        archive.writestr("june/none.txt", "")
    open_library(page)
    packed = list((tmp_path / "two.zip").read_bytes())
    page.locator(".library .drop").evaluate(
        """(place, packed) => {
            const sent = new DataTransfer();
            sent.items.add(new File(["Dropped\\n\\nThey agreed on <b>this</b>."], "<b>dropped</b>.txt"));
            sent.items.add(new File([new Uint8Array(packed)], "two.zip"));
            for (const kind of ["dragover", "drop"])
                place.dispatchEvent(new DragEvent(kind, { dataTransfer: sent, bubbles: true, cancelable: true }));
        }""",
        packed,
    )
    expect(page.locator(".adding .told")).to_have_text("2 files: 2 added, 1 refused.")
    expect(outcome(page, "<b>dropped</b>.txt")).to_contain_text("added")
    expect(outcome(page, "two.zip").locator("li")).to_have_text(
        [re.compile("june/none.txt refused: .*empty"), "june/one.txt added"]
    )


def test_the_list_of_a_page_that_was_opened_again_is_there(page: Page, files: list[Path]) -> None:
    open_library(page)
    add(page, *files)
    page.reload()
    page.locator(".panel .records li").last.wait_for(state="attached")
    open_library(page)
    expect(page.locator(".adding .told")).to_have_text("3 files: 2 added, 1 refused.")
    page.get_by_role("button", name="Close this list").click()
    expect(page.locator(".adding")).to_be_hidden()


def test_a_file_that_is_dropped_beside_is_not_opened_in_place_of_the_page(page: Page) -> None:
    drop = """place => {
        const sent = new DataTransfer();
        sent.items.add(new File(["words"], "a.txt"));
        const drop = new DragEvent("drop", { dataTransfer: sent, bubbles: true, cancelable: true });
        return !place.dispatchEvent(drop);
    }"""
    assert [page.locator(place).evaluate(drop) for place in (".masthead", "#talk", ".panel")] == [True] * 3
    expect(page.locator(".adding")).to_be_hidden()


def test_a_program_that_was_started_again_is_not_waited_for(
    open_page: Callable[..., Page], serve_again: Any, library: Library, encoder: Any, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"Talks on {name}\n\nThey agreed.", "utf-8")
    with serve_again(library) as at:
        page = open_page(at=at, may_be_cut_off=True)
        open_library(page)
        encoder.free.clear()
        page.get_by_label("Files to add").set_input_files([tmp_path / name for name in ("a.txt", "b.txt", "c.txt")])
        expect(page.locator(".adding .files")).not_to_contain_text("sent")
        expect(page.locator(".adding .files")).to_contain_text("0 of 2 passages encoded")
        page.context.set_offline(True)
        encoder.free.set()
    expect(page.locator(".adding .told")).to_have_text("Rapporteur does not answer. Is it still running?")
    with serve_again(library, int(at.rpartition(":")[2])):
        page.context.set_offline(False)
        expect(page.locator(".adding .told")).to_have_text("3 files: 3 refused.")
        expect(outcome(page, "b.txt")).to_contain_text("started again meanwhile; add it again to be sure")
        expect(add(page, tmp_path / "a.txt", tmp_path / "b.txt")).to_contain_text("2 files: ")
        expect(outcome(page, "b.txt")).not_to_contain_text("refused")


def test_a_file_of_which_the_reply_is_lost_is_not_taken_for_the_next(
    open_page: Callable[..., Page], encoder: Any, tmp_path: Path
) -> None:
    names = ("a.txt", "b.txt", "c.txt")
    for name in names:
        (tmp_path / name).write_text(f"Talks on {name}\n\nThey agreed.", "utf-8")
    late: list[Any] = []
    page = open_page(may_be_cut_off=True)
    page.route(re.compile("name=a.txt"), lambda route: (route.fetch(), route.abort()))
    page.route(re.compile("name=b.txt"), lambda route: late.append((route, route.fetch())))
    open_library(page)
    encoder.free.clear()
    page.get_by_label("Files to add").set_input_files([tmp_path / name for name in names])
    for _ in range(3):  # the page is told of both by their numbers, and knows neither
        with page.expect_response(re.compile("/library/files.*after=")):
            pass
    while not late:
        page.wait_for_timeout(50)
    route, response = late[0]
    route.fulfill(response=response)
    expect(outcome(page, "c.txt")).to_contain_text("waits")
    encoder.free.set()
    expect(page.locator(".adding .told")).to_have_text("4 files: 3 added, 1 refused.")
    listed = page.locator(".adding .files > li .name").all_inner_texts()
    assert sorted(listed) == ["a.txt", "a.txt", "b.txt", "c.txt"]


def test_what_is_left_is_given_up_and_what_is_in_stays(page: Page, library: Library, tmp_path: Path) -> None:
    names = [f"{number:02}.txt" for number in range(30)]
    for number, name in enumerate(names):
        text = f"Matter {number}\n\n" + f"The ministers agreed on matter {number}.\n\n" * 400
        (tmp_path / name).write_text(text, "utf-8")
    open_library(page)
    page.get_by_label("Files to add").set_input_files([tmp_path / name for name in names])
    expect(page.locator(".adding .told")).to_contain_text(re.compile("of 30 done"))
    expect(page.locator(".adding .outcome").first).to_have_text("added")
    page.get_by_role("button", name="Cancel what is left").click()
    expect(page.locator(".adding .told")).to_have_text(re.compile(r"^30 files: \d+ added, \d+ cancelled\.$"))
    page.wait_for_timeout(1000)  # the file that was being stored may still come in
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # the page looks again when one returns to it
    added = len(library.documents()) - 5
    assert 0 < added < 30
    expect(page.locator(".library tbody tr")).to_have_count(added + 5)


def test_an_original_is_saved_under_its_name(page: Page, files: list[Path]) -> None:
    open_library(page)
    add(page, files[0])
    with page.expect_download() as download:
        row(page, "lanterns.pdf").get_by_role("button", name="Download the original of").click()
    assert download.value.suggested_filename == "lanterns.pdf"
    assert Path(download.value.path()).read_bytes() == LANTERNS


def test_the_views_are_reached_by_keys(page: Page) -> None:
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Library")).to_be_focused()
    expect(page.locator(".library h2").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".check h2")).to_be_visible()
    expect(page.locator(".library h2").first).to_be_hidden()


def test_on_a_phone_each_record_is_a_card(open_page: Callable[..., Page], files: list[Path]) -> None:
    page = open_page(**PHONE)
    open_library(page)
    add(page, *files)
    assert overflow(page) <= 0
    page.get_by_label("Sort by").select_option("passages")
    expect(page.locator(".library tbody tr").first.get_by_role("cell", name="Passages 60")).to_be_visible()
    page.locator(".library tbody .open").first.tap()
    expect(page.locator(".panel h2")).to_be_in_viewport()
    assert overflow(page) <= 0
    page.locator(".panel [data-close]").tap()
    page.locator(".library").get_by_role("button", name="Facts of").first.tap()
    expect(page.locator("#correcting").get_by_role("button", name="Save")).to_be_in_viewport()
    assert overflow(page) <= 0


def test_what_was_refused_stands_first_when_all_is_done(page: Page, files: list[Path]) -> None:
    open_library(page)
    add(page, *files)
    expect(page.locator(".adding .files > li").first).to_contain_text("locked.pdf refused")


def test_the_focus_is_not_lost(page: Page, files: list[Path]) -> None:
    open_library(page)
    add(page, files[1])
    page.get_by_role("button", name="Close this list").click()
    expect(page.get_by_label("Files to add")).to_be_focused()
    facts = row(page, "apples.md").get_by_role("button", name="Facts of")
    facts.click()
    page.get_by_label("Publisher", exact=True).fill("Agency")
    page.get_by_role("button", name="Save").click()
    expect(facts).to_be_focused()
    facts.click()
    page.get_by_role("button", name="Take back the correction of Publisher").click()
    expect(page.locator("#correcting .told")).to_have_text("The correction is taken back.")
    expect(row(page, "apples.md").locator(".publisher")).to_have_text("Ministry of Apples")
    page.keyboard.press("Escape")
    expect(facts).to_be_focused()


def test_cancelling_by_keys_leads_to_the_button_that_closes_the_list(page: Page, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text(f"Matter {number}\n\n" + "They agreed.\n\n" * 400, "utf-8")
    open_library(page)
    page.get_by_label("Files to add").set_input_files(list(tmp_path.glob("*.txt")))
    page.get_by_role("button", name="Cancel what is left").press("Enter")
    expect(page.get_by_role("button", name="Close this list")).to_be_focused()


@pytest.mark.parametrize("button", ["Facts of", "Remove"])
def test_a_record_that_went_meanwhile_leaves_the_table(
    page: Page, library: Library, files: list[Path], button: str
) -> None:
    open_library(page)
    add(page, files[1])
    library.remove("apples.md")
    row(page, "apples.md").get_by_role("button", name=button).click()
    expect(page.locator(".library .saying")).to_contain_text("no longer in the library")
    expect(page.locator(".library tbody tr")).to_have_count(5)
    expect(page.locator(".library dialog[open]")).to_have_count(0)
    expect(page.get_by_label("Filter the table")).to_be_focused()


@pytest.mark.parametrize("width", [420, 640, 800, 960, 1040, 1280])
def test_nothing_is_squeezed_or_covered_whatever_the_width(
    open_page: Callable[..., Page], files: list[Path], width: int
) -> None:
    page = open_page(width=width, may_be_cut_off=True)
    open_library(page)
    add(page, *files)
    assert overflow(page) <= 0
    for name in ("Facts of", "Remove"):
        button = row(page, "lanterns.pdf").get_by_role("button", name=name)
        expect(button).to_be_visible()
        assert button.evaluate("button => button.getClientRects()[0].height") < 44
    title = page.locator(".masthead h1")
    assert title.evaluate(
        """title => {
            const { left, top, width, height } = title.getBoundingClientRect();
            return document.elementFromPoint(left + width - 2, top + height / 2) === title;
        }"""
    )
    expect(page.locator(".library h2").first).to_be_visible()
    line = page.locator(".masthead p")
    assert not line.is_visible() or line.evaluate("line => line.getBoundingClientRect().bottom") <= 64


def test_the_views_stay_where_they_are_when_one_is_chosen(page: Page) -> None:
    tab = page.get_by_role("tab", name="Library")
    before = tab.bounding_box()
    open_library(page)
    assert tab.bounding_box() == before
