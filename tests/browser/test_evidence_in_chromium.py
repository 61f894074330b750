"""Go from an answer to a checked report in Chromium: collect evidence, add notes, order, export, check."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from index.library import Library, open_library
from index.store.library import SqliteLibrary
from support.chat_page import ask
from support.word_counts import WordCounts

pytestmark = pytest.mark.browser

SMART = "What did the ministers say about smart cities?"
ABSENT = "Who was absent from the G20 meeting of April 2020?"
PHONE: dict[str, Any] = {"width": 420, "height": 844, "is_mobile": True, "has_touch": True, "reduced_motion": "reduce"}


@pytest.fixture(autouse=True)
def nothing_put_aside(library: Library) -> None:
    """One library serves the whole module: each test begins with an empty evidence list."""
    with library.change_evidence() as evidence:
        evidence.delete(evidence.rows())


def counted(page: Page, number: int) -> None:
    expect(page.locator(".panel [data-evidence]")).to_have_text(f"Evidence ({number})")


def add(page: Page, number: int) -> list[str]:
    """Ask, put the first quotations of the answer aside, and return their words."""
    answer = ask(page, SMART)
    quotations = answer.locator("blockquote").all()[:number]
    for quotation in quotations:
        quotation.get_by_role("button", name="Add to evidence").click()
        expect(quotation.get_by_role("button")).to_have_text("✓ In the evidence")
    counted(page, number)
    return [words.inner_text().rsplit(" [", 1)[0] for words in quotations]


def open_evidence(page: Page) -> Locator:
    page.locator(".panel [data-evidence]").click()
    expect(page.locator(".panel h2")).to_have_text("Evidence")
    return page.locator(".panel .items > li")


def listed(page: Page) -> list[str]:
    return page.locator(".panel .items blockquote").all_inner_texts()


def saved(page: Page) -> None:
    expect(page.locator(".panel .said")).to_have_text("Saved.")


def export(page: Page, folder: Path, value: str = "word") -> Path:
    page.locator("[name=format]").select_option(value)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    page.locator("#export").get_by_role("button", name="Close").click()
    return target


def check(page: Page, report: Path) -> None:
    page.get_by_role("tab", name="Check a report").click()
    page.get_by_label("Report to check").set_input_files(report)
    page.locator(".check :is(.summary, .refused)").wait_for()


def change_a_digit(report: Path, words: str, old: str, new: str) -> None:
    """Change a digit in the quotation of a Word file, as somebody who edits it does; its annex stays as it was."""
    document = Document(str(report))
    quotation = next(p for p in document.paragraphs if p.style and p.style.name == "Quote" and words in p.text)
    run = next(run for run in quotation.runs if old in run.text)
    run.text = run.text.replace(old, new, 1)
    document.save(str(report))


def test_from_an_answer_to_a_report_whose_changed_digit_is_found(page: Page, tmp_path: Path) -> None:
    quotations = add(page, 3)
    items = open_evidence(page)
    assert listed(page) == quotations
    items.nth(0).get_by_label("Note on quotation 1").fill("For the first chapter.")
    saved(page)
    items.nth(0).get_by_role("button", name="Move quotation 1 down").click()
    expect(items.nth(1).get_by_label("Note on quotation 2")).to_have_value("For the first chapter.")
    assert listed(page) == [quotations[1], quotations[0], quotations[2]]

    page.get_by_role("button", name="Export …").click()
    report = export(page, tmp_path)
    written = [p.text for p in Document(str(report)).paragraphs]
    places = [next(i for i, words in enumerate(written) if words == said) for said in listed(page)]
    assert places == sorted(places)
    assert "Own note: For the first chapter." in written

    check(page, report)
    clean = re.compile(r"evidence\.docx: \d+ quotations: \d+ exact(, \d+ typographic)?; \d+ anchors: \d+ exact\.")
    expect(page.locator(".summary")).to_have_text(clean)
    change_a_digit(report, "G20", "G20", "G21")
    check(page, report)
    expect(page.locator(".summary")).to_contain_text("1 altered")
    altered = page.locator(".checked > li", has=page.locator(".verdict.altered"))
    expect(altered).to_have_count(1)
    expect(altered.locator(".verdict")).to_contain_text("Altered")
    expect(altered.locator("mark.altered")).to_have_text("G21")
    expect(altered.locator(".changes")).to_have_text("The report has “G21”, the record “G20”")
    expect(page.locator(".check")).to_contain_text("whether what they say is true was not")

    with page.expect_download() as download:
        page.get_by_role("button", name="Download the annotated copy").click()
    assert download.value.suggested_filename == "evidence checked.docx"
    copy = Document(str(download.value.path()))
    assert sum("the report has “G21”, the record “G20”" in comment.text for comment in copy.comments) == 1


def test_a_source_of_a_checked_quotation_opens_beside_it(page: Page, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("They said “Of the G20 members, Indonesia was absent from this meeting.”", "utf-8")
    check(page, report)
    expect(page.locator(".checked .verdict")).to_contain_text("Exact")
    page.locator(".checked .open").click()
    expect(page.locator(".panel mark")).to_contain_text("Indonesia was absent")
    page.locator(".checked").get_by_role("button", name="Add to evidence").click()
    counted(page, 1)


def test_what_was_removed_is_put_back(page: Page) -> None:
    quotations = add(page, 3)
    items = open_evidence(page)
    items.nth(1).get_by_label("Note on quotation 2").fill("Keep this note.")
    saved(page)
    items.nth(1).get_by_role("button", name="Remove quotation 2").click()
    expect(items).to_have_count(2)
    counted(page, 2)
    expect(page.locator(".answer a.add").nth(1)).to_have_text("Add to evidence")
    page.get_by_role("button", name="Undo").click()
    expect(items).to_have_count(3)
    assert listed(page) == quotations
    expect(page.get_by_label("Note on quotation 2")).to_have_value("Keep this note.")
    page.get_by_role("button", name="Remove all").click()
    expect(items).to_have_count(0)
    page.get_by_role("button", name="Undo: put 3 quotations back").click()
    expect(items).to_have_count(3)
    assert listed(page) == quotations


def test_the_list_is_kept_over_a_restart(
    page: Page,
    open_page: Callable[..., Page],
    library: SqliteLibrary,
    serve_again: Callable[[Library], AbstractContextManager[str]],
) -> None:
    quotations = add(page, 2)
    open_evidence(page).nth(1).get_by_label("Heading above quotation 2").fill("The second")
    saved(page)
    restarted = open_library(library.folder, encoder=WordCounts())
    with serve_again(restarted) as address:
        again = open_page(at=address)
        counted(again, 2)
        open_evidence(again)
        assert listed(again) == quotations
        expect(again.get_by_label("Heading above quotation 2")).to_have_value("The second")
        again.close()


def mark(page: Page, words: str) -> None:
    """Drag the mouse over words of the record."""
    page.locator(".panel .text").evaluate(
        """(text, words) => {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode()); ) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                node.parentElement.scrollIntoView({ block: "center" });
                // Parts that were not seen before have their height only once they are drawn.
                return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => {
                    node.parentElement.scrollIntoView({ block: "center" });
                    const place = range.getBoundingClientRect();
                    window.place = [place.left, place.right, place.top + place.height / 2];
                    drawn();
                })));
            }
            throw new Error("not there: " + words);
        }""",
        words,
    )
    left, right, middle = page.evaluate("window.place")
    page.mouse.move(left + 0.5, middle)
    page.mouse.down()
    page.mouse.move(right - 0.5, middle, steps=4)
    page.mouse.up()
    assert page.evaluate("document.getSelection().toString()") == words


def test_text_marked_in_the_source_is_added(page: Page, library: Library) -> None:
    page.locator(".panel .records a.open").first.click()
    button = page.get_by_role("button", name="Add marked text")
    expect(button).to_be_disabled()
    mark(page, "Indonesia was absent")
    expect(button).to_be_enabled()
    button.click()
    counted(page, 1)
    expect(page.locator(".source .told")).to_have_text("Added to the evidence.")
    button.click()
    expect(page.locator(".source .told")).to_have_text("These words are in the evidence already.")
    open_evidence(page)
    assert listed(page) == ["Indonesia was absent"]
    page.locator(".panel .items .open").click()
    expect(page.locator(".panel mark")).to_have_text("Indonesia was absent")


def test_text_marked_beside_a_highlight_and_over_two_paragraphs_is_added(page: Page) -> None:
    ask(page, ABSENT)
    page.locator(".answer a.marker").last.click()
    page.locator(".panel mark").first.wait_for()
    page.evaluate(
        """() => {
            const [first, last] = [...document.querySelectorAll(".panel .text [data-at]")].slice(-2);
            const range = document.createRange();
            range.setStart(first, 0);
            range.setEnd(last, last.childNodes.length);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
        }"""
    )
    pieces = page.locator(".panel .text [data-at]").all_inner_texts()[-2:]
    page.get_by_role("button", name="Add marked text").click()
    counted(page, 1)
    open_evidence(page)
    assert listed(page)[0].split() == " ".join(pieces).split()


def test_the_nearest_passages_of_an_abstention_are_added(page: Page) -> None:
    said = ask(page, "What was decided in Bali in 2022?")
    said.locator(".nearest").get_by_role("button", name="Add to evidence").first.click()
    counted(page, 1)


def test_the_order_is_changed_by_keys_and_the_focus_stays(page: Page) -> None:
    quotations = add(page, 3)
    open_evidence(page)
    page.get_by_role("button", name="Move quotation 3 up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move quotation 2 up")).to_be_focused()
    page.keyboard.press("Space")
    # At the top there is no way further up, so the other button has the focus.
    expect(page.get_by_role("button", name="Move quotation 1 down")).to_be_focused()
    assert listed(page) == [quotations[2], quotations[0], quotations[1]]
    expect(page.locator(".panel .said")).to_have_text("Moved to place 1 of 3.")
    page.get_by_role("button", name="Remove quotation 1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove quotation 1")).to_be_focused()


def test_a_quotation_is_added_by_keys(page: Page) -> None:
    ask(page, ABSENT).get_by_role("button", name="Add to evidence").first.focus()
    page.keyboard.press("Space")
    counted(page, 1)


def test_the_conversation_is_exported(page: Page, tmp_path: Path) -> None:
    ask(page, ABSENT)
    page.get_by_role("button", name="Export", exact=True).click()
    expect(page.locator("#export .of")).to_contain_text("The conversation")
    written = export(page, tmp_path, "markdown").read_text("utf-8")
    assert written.startswith(f"# {ABSENT}")
    assert "Indonesia was absent from this meeting" in written


def test_an_empty_conversation_is_not_exported(page: Page) -> None:
    page.get_by_role("button", name="Export", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is answered yet")
    expect(page.locator("#export")).to_be_hidden()


def test_a_note_that_is_still_being_typed_is_exported(page: Page, tmp_path: Path) -> None:
    add(page, 1)
    open_evidence(page)
    page.get_by_label("Note on quotation 1").press_sequentially("Just typed")
    page.get_by_role("button", name="Export …").click()
    assert "Just typed" in export(page, tmp_path, "markdown").read_text("utf-8")


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ("Copy as citation", r"^“.*Indonesia was absent from this meeting\.” Ministry of .*\(2020, May 1\)"),
        ("Copy as Markdown", r"^> .*Indonesia was absent from this meeting\.\[\^[0-9a-f]{6}-\d+\]\n\n\[\^"),
        ("Copy as BibTeX", r"^@misc\{"),
    ],
)
def test_a_citation_is_copied_in_each_form(open_page: Callable[..., Page], form: str, found: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, ABSENT).locator("blockquote", has_text="Indonesia was absent").locator("a.marker").click()
    page.get_by_role("button", name=form).click()
    expect(page.locator(".panel .told")).to_have_text("Copied: quotation and source.")
    assert re.search(found, page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("notes.rtf", b"{\\rtf1}", "notes.rtf: this kind of file is not read"),
        ("empty.docx", b"", "empty.docx: the file is empty"),
        ("broken.docx", b"PK\x03\x04 broken", "broken.docx: "),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "locked.docx: encrypted"),
        ("<img src=x onerror=alert(1)>.txt", b"\xff\xfe\xff", "<img src=x onerror=alert(1)>.txt: not UTF-16"),
    ],
)
def test_a_report_that_cannot_be_read_is_refused_in_one_line(page: Page, name: str, content: bytes, line: str) -> None:
    page.get_by_role("tab", name="Check a report").click()
    page.get_by_label("Report to check").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    refused = page.locator(".check .refused")
    expect(refused).to_contain_text(line, timeout=20_000)  # a check starts a process
    assert "\n" not in refused.inner_text()
    assert "/tmp" not in refused.inner_text()


def test_markup_in_a_report_is_shown_as_text(page: Page, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("They said “<img src=x onerror=alert(1)> was absent <script>alert(2)</script> here”.", "utf-8")
    check(page, report)
    expect(page.locator(".checked blockquote")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".check :is(img, script)").count() == 0


def test_a_report_without_a_quotation_is_not_said_to_be_right(page: Page, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Nothing is quoted here.", "utf-8")
    check(page, report)
    expect(page.locator(".summary")).to_have_text("report.txt: no quotation was found, so nothing was verified.")
    expect(page.locator(".summary")).not_to_have_class(re.compile("right"))


def test_markup_in_a_note_is_typed_text(page: Page) -> None:
    add(page, 1)
    open_evidence(page)
    note = "</textarea><img src=x onerror=alert(1)> \"'\n& 👩‍👩‍👧"
    page.get_by_label("Note on quotation 1").fill(note)
    saved(page)
    page.locator(".panel [data-records]").click()
    open_evidence(page)
    expect(page.get_by_label("Note on quotation 1")).to_have_value(note)
    assert page.locator(".panel img").count() == 0


def test_evidence_and_check_fit_a_phone(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page(**PHONE)
    answer = ask(page, SMART)
    answer.get_by_role("button", name="Add to evidence").first.tap()
    page.locator(".masthead").get_by_role("button", name="Evidence (1)").tap()
    expect(page.locator(".panel .items blockquote")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    inside = page.locator(".panel .tools").bounding_box()
    assert inside is not None
    assert inside["x"] + inside["width"] <= 420
    page.get_by_role("button", name="Close").tap()
    expect(page.locator("#side")).to_be_hidden()
    report = tmp_path / "report.md"
    report.write_text("> Of the G20 members, Indonesia was absent from the meeting.\n", "utf-8")
    check(page, report)
    expect(page.locator(".check mark.altered")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_the_tabs_are_changed_by_arrow_keys(page: Page) -> None:
    page.get_by_role("tab", name="Ask").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Check a report")).to_be_focused()
    expect(page.locator(".check h2")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#question textarea")).to_be_visible()
