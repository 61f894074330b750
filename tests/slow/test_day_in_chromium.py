"""A day of two users in two browsers, with the real models: ask, read, collect, add, check and export.

The server is started again in the middle. At the end everything is still there, and nothing went wrong in a browser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.users.accounts import Accounts
from index.library import open_library
from index.users import UserRole
from support.served import Served
from support.users_page import PASSWORD
from support.watched_page import Watch, two_browsers

pytestmark = pytest.mark.slow

ABSENT = "Who was absent from the G20 meeting of April 2020?"
INVITED = "And who was invited?"
TRIESTE = "On which day did the ministers gather in Trieste?"
SMART = "What did the ministers say about smart cities?"
FLOWS = "How did the G7 describe cross-border data flows in 2023?"
LANTERNS = "How many lanterns does a harbour keep burning?"
FERRIES = "When does the last ferry leave?"
OF_ALL = b"# Talks on harbours\n\nThe board agreed that each harbour keeps forty lanterns burning through the winter.\n"
OF_BO = b"# Notes on ferries\n\nThe last ferry leaves the island at a quarter past nine in the evening.\n"
# Questions wait while this file is there, so that one can be stopped for certain.
HELD = """
import sys, time
from pathlib import Path
from assistant.commands import end_process, main
from assistant.commands.session import installed_encoder
HOLD = Path({hold!r})
class Held:
    def __init__(self, encoder):
        self._encoder = encoder
    def __getattr__(self, name):
        return getattr(self._encoder, name)
    def encode_query(self, text):
        while HOLD.exists():
            time.sleep(0.02)
        return self._encoder.encode_query(text)
end_process(main(["serve", *sys.argv[1:]], lambda settings: Held(installed_encoder(settings))))
"""


@dataclass
class Day:
    """The server, which can be held up and started again, and a page of each user."""

    folder: Path
    server: Served
    ada: Page
    bo: Page
    watches: tuple[Watch, Watch]

    @property
    def hold(self) -> Path:
        """The file that holds questions up."""
        return self.folder / "hold"

    def start_again(self) -> None:
        """End the server, and start another one at the same port; the pages stay open."""
        port = self.server.port
        self.cut_off(True)
        self.server.stop()
        self.server = start(self.folder, "--port", str(port)).ready()

    def cut_off(self, may_be: bool) -> None:
        """Say from when to when connections may end."""
        for watch in self.watches:
            watch.may_be_cut_off = may_be


def start(folder: Path, *words: str) -> Served:
    return Served(folder / "library", "--auth", *words, code=HELD.format(hold=str(folder / "hold")))


@pytest.fixture
def day(tmp_path: Path, chromium_path: Path) -> Iterator[Day]:
    library = open_library(tmp_path / "library")
    for name, role in (("ada", UserRole.EDITOR), ("bo", UserRole.READER)):
        Accounts(library).add(name, role, PASSWORD)
    server = start(tmp_path).ready()
    address = f"http://127.0.0.1:{server.port}"
    watches = Watch(address), Watch(address)
    with two_browsers(chromium_path) as browsers:
        ada, bo = (opened(browser, watch) for browser, watch in zip(browsers, watches, strict=True))
        made = Day(tmp_path, server, ada, bo, watches)
        try:
            yield made
        finally:
            (tmp_path / "hold").unlink(missing_ok=True)
            made.server.stop()


def opened(browser: Browser, watch: Watch) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True).new_page()
    page.set_default_timeout(60_000)
    watch.on(page)
    page.goto(watch.address)
    return page


def test_a_day_of_two_users(day: Day, tmp_path: Path) -> None:
    expect.set_options(timeout=20_000)
    log_in(day.ada, "ada")
    log_in(day.bo, "bo")
    follow_up_and_change_the_subject(day.ada)
    stop_and_retry(day.ada, day.hold)
    edit_the_last_question(day.ada)
    click_each_citation(day.ada)
    collect(day.ada)
    ask(day.bo, SMART)
    bo_sees_nothing_of_ada(day.bo)
    upload_for_all(day.ada)
    upload_for_oneself(day.bo)
    another_user_asks_the_uploads(day.ada, day.bo)
    reload_and_go_back(day)
    day.start_again()
    go_on_after_the_restart(day)
    report = export_to_word(day.ada, tmp_path)
    check_the_report(day.ada, report)
    everything_is_still_there(day)
    assert [watch.found for watch in day.watches] == [[], []]


def log_in(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.locator("#question textarea").wait_for()
    page.locator(".panel .records li").last.wait_for(state="attached")


def ask(page: Page, question: str) -> Locator:
    """Ask a question and return the reply."""
    asked = page.locator("#chat .question").count()
    send(page, question)
    expect(page.locator("#chat .question")).to_have_count(asked + 1)
    reply = page.locator('#chat [data-testid="bot"]').last
    reply.locator(".answer, .abstention, .trouble").wait_for()
    return reply


def send(page: Page, question: str) -> None:
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")


def shows(page: Page, *questions: str) -> None:
    expect(page.locator("#chat .question")).to_have_text(list(questions))


def follow_up_and_change_the_subject(page: Page) -> None:
    expect(ask(page, ABSENT)).to_contain_text("Indonesia")
    expect(ask(page, INVITED)).to_contain_text("Singapore")
    trieste = ask(page, TRIESTE)
    expect(trieste).to_contain_text("5 August 2021")
    expect(trieste).not_to_contain_text("Indonesia")


def stop_and_retry(page: Page, hold: Path) -> None:
    hold.touch()
    send(page, SMART)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator('#chat [data-testid="bot"]').last).to_contain_text("Stopped")
    hold.unlink()
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#chat .answer").last).to_contain_text("smart")
    shows(page, ABSENT, INVITED, TRIESTE, SMART)


def edit_the_last_question(page: Page) -> None:
    box = page.locator("#question textarea")
    box.press("ArrowUp")
    expect(box).to_have_value(SMART)
    send(page, FLOWS)
    shows(page, ABSENT, INVITED, TRIESTE, FLOWS)
    expect(page.locator("#chat .answer").last).to_contain_text("Data Free Flow with Trust")


def click_each_citation(page: Page) -> None:
    """Open each citation of the conversation: its quotation is marked in the record, and the address names it."""
    quotations = page.locator("#chat blockquote")
    expect(quotations).not_to_have_count(0)
    for number in range(quotations.count()):
        quotation = quotations.nth(number)
        marker = quotation.locator("a.marker").first
        place = (marker.get_attribute("href") or "").split("#cite-")[1]
        marker.click()
        expect(page).to_have_url(re.compile(f"document={place.split('-')[0]}&span={place.split('-', 1)[1]}"))
        expect(page.locator(".panel mark").first).to_be_visible()
        marked = plain("".join(page.locator(".panel mark").all_text_contents()))
        assert marked, place
        assert marked[:40] in plain(quotation.inner_text()), (marked, quotation.inner_text())


def plain(words: str) -> str:
    """Return words without white space, which the page breaks in other places."""
    return "".join(words.split())


def collect(page: Page) -> None:
    """Put the first two quotations of the conversation into the evidence, one with a note."""
    for number in range(2):
        page.locator("#chat a.add").nth(number).click()
        expect(page.locator(".evidence-count").first).to_have_text(str(number + 1))
    page.locator(".panel [data-evidence]").click()
    note = page.get_by_label("Note on quotation 1")
    note.fill("For the first chapter.")
    note.blur()
    expect(page.locator(".panel .items > li")).to_have_count(2)


def bo_sees_nothing_of_ada(page: Page) -> None:
    expect(page.locator(".evidence-count").first).to_have_text("0")
    page.locator(".panel [data-history]").click()
    expect(page.locator(".panel [data-resume]")).to_have_text([SMART])


def upload_for_all(page: Page) -> None:
    add(page, "lanterns.md", OF_ALL, is_private=False)
    expect(page.locator(".library tbody tr", has_text="lanterns.md")).to_be_visible()


def upload_for_oneself(page: Page) -> None:
    add(page, "ferries.md", OF_BO, is_private=True)
    expect(page.locator(".library tr.private", has_text="ferries.md")).to_be_visible()


def add(page: Page, name: str, content: bytes, is_private: bool) -> None:
    page.get_by_role("tab", name="Library").click()
    expect(page.get_by_label("Only I see this")).to_be_checked(checked=is_private)
    page.get_by_label("Files to add").set_input_files({"name": name, "mimeType": "text/markdown", "buffer": content})
    page.get_by_role("button", name="Close this list").click()


def another_user_asks_the_uploads(ada: Page, bo: Page) -> None:
    """What ada has added is everybody's; what bo has added is asked by bo alone."""
    bo.get_by_role("tab", name="Ask").click()
    expect(ask(bo, LANTERNS)).to_contain_text("forty lanterns")
    expect(ask(bo, FERRIES)).to_contain_text("a quarter past nine")
    ada.get_by_role("tab", name="Ask").click()
    expect(ask(ada, FERRIES)).not_to_contain_text("quarter")


def reload_and_go_back(day: Day) -> None:
    """The conversation survives a reload; Back leads from a record to what was shown before."""
    day.cut_off(True)
    day.ada.reload()
    shows(day.ada, ABSENT, INVITED, TRIESTE, FLOWS, FERRIES)
    day.cut_off(False)
    day.ada.locator("#chat a.marker").first.click()
    expect(day.ada.locator(".panel mark").first).to_contain_text("Indonesia")
    day.ada.get_by_role("tab", name="Library").click()
    day.ada.go_back()
    expect(day.ada.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
    shows(day.ada, ABSENT, INVITED, TRIESTE, FLOWS, FERRIES)


def go_on_after_the_restart(day: Day) -> None:
    """A page that stayed open goes on; one that is loaded again is as it was."""
    expect(ask(day.bo, TRIESTE)).to_contain_text("5 August 2021")
    shows(day.bo, SMART, LANTERNS, FERRIES, TRIESTE)
    day.ada.reload()
    shows(day.ada, ABSENT, INVITED, TRIESTE, FLOWS, FERRIES)
    expect(day.ada.locator(".evidence-count").first).to_have_text("2")
    day.cut_off(False)


def export_to_word(page: Page, folder: Path) -> Path:
    """Export the evidence and return the Word file, which has the quotations, the note and the sources."""
    page.locator(".panel [data-evidence]").click()
    page.locator(".panel [data-export]").first.click()
    page.locator("[name=format]").select_option("word")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    path = folder / "evidence.docx"
    download.value.save_as(path)
    page.keyboard.press("Escape")
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "Indonesia" in text
    assert "For the first chapter." in text
    return path


def check_the_report(page: Page, report: Path) -> None:
    """Change a word of the report as somebody who edits it does; the check finds this word alone."""
    document = Document(str(report))
    runs = (run for p in document.paragraphs if p.style and p.style.name == "Quote" for run in p.runs)
    changed = next(run for run in runs if "Indonesia" in run.text)
    changed.text = changed.text.replace("Indonesia", "India", 1)
    document.save(str(report))
    page.get_by_role("tab", name="Check a report").click()
    page.get_by_label("Report to check").set_input_files(report)
    expect(page.locator(".summary")).to_contain_text("1 altered")
    expect(page.locator(".checked .changes")).to_have_text("The report has “India”, the record “Indonesia”")


def everything_is_still_there(day: Day) -> None:
    day.cut_off(True)
    for page, questions, count in (
        (day.ada, (ABSENT, INVITED, TRIESTE, FLOWS, FERRIES), "2"),
        (day.bo, (SMART, LANTERNS, FERRIES, TRIESTE), "0"),
    ):
        page.reload()
        page.get_by_role("tab", name="Ask").click()
        shows(page, *questions)
        expect(page.locator(".evidence-count").first).to_have_text(count)
        page.locator(".panel [data-history]").click()
        expect(page.locator(".panel [data-resume]")).to_have_text([questions[0]])
    expect(day.bo.locator("body")).not_to_contain_text("For the first chapter.")
