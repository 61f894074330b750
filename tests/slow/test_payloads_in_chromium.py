"""Put sixteen payloads of scripts into every field of the page in Chromium, by users and in records named like them.

None runs: no mark is set in the page, no dialog opens, nothing is requested elsewhere, and no policy is broken.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from assistant.users.accounts import Accounts
from index.library import open_library
from index.users import UserRole
from support.payloads import FIELDS, Field, records, reports
from support.served import Served, served
from support.users_page import PASSWORD
from support.watched_page import Watch, two_browsers
from support.word_counts import WordCounts

pytestmark = pytest.mark.slow

RAN = "window.ran ?? document.body.ran ?? null"
NOTEBOOK = "climate"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("payloads")
    library = open_library(folder / "library", encoder=WordCounts(), founding=False)
    for field in FIELDS:
        Accounts(library).add(field.user, UserRole.ADMIN, PASSWORD)
    with served(folder / "library", "--auth", "--notebook", f"{NOTEBOOK}={folder / NOTEBOOK}") as at:
        yield at.ready()


@pytest.fixture
def page(server: Served, chromium_path: Path) -> Iterator[Page]:
    with two_browsers(chromium_path) as (browser, _):
        watch = Watch(f"http://127.0.0.1:{server.port}", may_be_cut_off=True)
        opened = browser.new_context(base_url=watch.address, accept_downloads=True).new_page()
        opened.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        watch.on(opened)
        opened.goto("/")
        yield opened
        # A name that no notebook, record or user has is refused, which Chromium calls an error.
        assert [line for line in watch.found if not line.startswith(("404 ", "401 ", "Failed to load resource"))] == []


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.tag)
def test_no_payload_runs_in_any_field_or_view(page: Page, tmp_path: Path, field: Field) -> None:
    log_in(page, field)
    add_records(page, field)
    correct_facts(page, field)
    name_a_set(page, field)
    ask_and_judge(page, field)
    collect_and_note(page, field)
    rename_the_conversation(page, field)
    open_the_filters(page)
    export(page, tmp_path)
    check_reports(page, field)
    search(page, field)
    load_again(page)
    open_addresses(page, field)
    open_the_notebook(page, field)


def nothing_ran(page: Page) -> None:
    assert page.evaluate(RAN) is None


def log_in(page: Page, field: Field) -> None:
    """Log in once with a payload as name and password, then as the user who is named like it."""
    for name, password in ((field.payload, field.payload), (field.user, PASSWORD)):
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()
        page.locator("[role=alert], #question textarea").first.wait_for()
        nothing_ran(page)
    page.locator("#question textarea").wait_for()


def add_records(page: Page, field: Field) -> None:
    """Add records with the payload as title, heading, text, speaker, author, site and file name, and two refused."""
    page.get_by_role("tab", name="Library").click()
    before = page.locator(".library tbody tr").count()
    page.get_by_label("Files to add").set_input_files([made(name, content) for name, content in records(field)])
    page.get_by_role("button", name="Close this list").wait_for()
    expect(page.locator(".adding li").filter(has_text="refused")).not_to_have_count(0)
    nothing_ran(page)
    page.get_by_role("button", name="Close this list").click()
    expect(page.locator(".library tbody tr")).to_have_count(before + 3)
    nothing_ran(page)


def made(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def correct_facts(page: Page, field: Field) -> None:
    """Write the payload into each fact of a record; the facts that cannot be so are refused, the others kept."""
    row = page.locator(".library tbody tr", has_text=f"{field.tag} ").first
    row.get_by_role("button", name="Facts").click()
    inputs = page.locator("#correcting .fields input")
    inputs.first.wait_for()
    for number in range(inputs.count()):
        fill_one_fact(page, inputs.nth(number), field)
    page.locator("#correcting [data-dismiss-dialog]").click()
    expect(page.locator(".library tbody")).to_contain_text(field.start)
    nothing_ran(page)


def fill_one_fact(page: Page, fact: Locator, field: Field) -> None:
    """Save one fact; where it is refused, the former value comes back."""
    former, name = fact.input_value(), fact.get_attribute("name") or ""
    # What stands there already would not be sent.
    fact.fill(f"https://example.org/{field.payload}" if name == "address" else f"{field.payload} {name}")
    with page.expect_response("**/library/correct"):
        page.locator("#correcting [data-save-facts]").click()
    wrong = page.locator("#correcting .wrong")
    expect(wrong.or_(page.locator("#correcting:not([open])")).first).to_be_attached()
    nothing_ran(page)
    if wrong.count():
        fact.fill(former)
        return
    row = page.locator(".library tbody tr", has_text=f"{field.tag} ").first
    row.get_by_role("button", name="Facts").click()
    page.locator("#correcting .fields input").first.wait_for()


def name_a_set(page: Page, field: Field) -> None:
    """Save the ticked records under the payload, rename the set to it, and remove it and put it back."""
    page.get_by_role("tab", name="Ask").click()
    page.locator(".panel .records li").first.wait_for()
    page.locator(".panel .sets > summary").click()
    name = page.locator("[data-set-name]")
    name.fill(field.payload)
    name.press("Enter")
    page.locator("[data-rename-set]").first.click()
    new = page.get_by_label("New name")
    new.fill(f"{field.payload} 2")
    new.press("Enter")
    page.locator("[data-remove-set]").first.click()
    page.locator("[data-set-back]").click()
    page.locator("[data-apply-set]").first.click()
    nothing_ran(page)


def ask_and_judge(page: Page, field: Field) -> None:
    """Ask with the payload, of a subject that is there and of one that is not; judge the second reply."""
    for question in (f"On what matter {field.tag} did the board agree? {field.payload}", field.payload):
        asked = page.locator("#chat .question").count()
        box = page.locator("#question textarea")
        box.fill(question)
        box.press("Enter")
        expect(page.locator("#chat .question")).to_have_count(asked + 1)
        reply = page.locator('#chat [data-testid="bot"]').last
        reply.locator(".answer, .abstention, .trouble").wait_for()
        nothing_ran(page)
    for judge in page.locator('#chat a[href*="not-helpful"], #chat a[href*="should-have"]').all()[:1]:
        judge.click()
    box.press("ArrowUp")
    expect(box).not_to_have_value("")
    nothing_ran(page)
    box.press("Escape")


def collect_and_note(page: Page, field: Field) -> None:
    """Open what is cited, collect it, and write the payload as its note and heading."""
    page.locator("#chat a.marker").first.click()
    page.locator(".panel mark").first.wait_for()
    nothing_ran(page)
    page.locator("#chat a.add").first.click()
    expect(page.locator(".evidence-count").first).to_have_text("1")
    page.locator(".panel [data-evidence]").click()
    for number in range(page.locator(".panel [data-write]").count()):
        with page.expect_response("**/evidence/write"):
            page.locator(".panel [data-write]").nth(number).fill(field.payload)
            page.locator(".panel [data-write]").nth(number).blur()
    nothing_ran(page)


def rename_the_conversation(page: Page, field: Field) -> None:
    page.locator(".panel [data-history]").click()
    page.locator(".panel [data-rename]").first.click()
    name = page.get_by_label("New name")
    name.fill(field.payload)
    name.press("Enter")
    expect(page.locator(".panel [data-resume]").first).to_contain_text(field.start)
    page.get_by_label("Search conversations").fill(field.payload)
    nothing_ran(page)


def open_the_filters(page: Page) -> None:
    """Open each list of values of the records, among them publishers, places and speakers named like payloads."""
    page.get_by_role("button", name="Narrow the search").click()
    for which in ("forum", "place", "publisher"):
        page.locator(f"#{which} input").click()
        page.get_by_role("option").first.wait_for()
        nothing_ran(page)
        page.keyboard.press("Escape")


def export(page: Page, folder: Path) -> None:
    """Export the evidence as HTML, and open the file with scripts allowed."""
    page.locator(".panel [data-evidence]").click()
    page.locator(".panel [data-export]").first.click()
    page.locator("[name=format]").select_option("html")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    path = folder / "evidence.html"
    download.value.save_as(path)
    page.keyboard.press("Escape")
    said: list[str] = []
    alone = page.context.new_page()
    alone.on("request", lambda request: said.append(request.url))
    alone.goto(path.as_uri())
    assert alone.evaluate(RAN) is None
    assert said == [path.as_uri()]
    alone.close()


def check_reports(page: Page, field: Field) -> None:
    """Check reports that are named like the payload and quote it, and one that cannot be read."""
    page.get_by_role("tab", name="Check a report").click()
    for name, content in reports(field):
        with page.expect_response("**/check*"):
            page.get_by_label("Report to check").set_input_files(made(name, content))
        page.locator(".check :is(.summary, .refused)").first.wait_for()
        nothing_ran(page)


def search(page: Page, field: Field) -> None:
    """Filter the table of records, and search in a record, for the payload."""
    page.get_by_role("tab", name="Library").click()
    page.locator(".library input[type=search]").first.fill(field.payload)
    nothing_ran(page)
    page.get_by_role("tab", name="Ask").click()
    page.locator(".panel [data-records]").click()
    names = page.locator(".panel .records a.open", has_text=field.start)
    for number in range(names.count()):
        names.nth(number).click()
        within = page.get_by_label("Search in this record")
        within.fill(field.payload)
        within.press("Enter")
        outline = page.locator(".panel details.outline summary")
        if outline.count():
            outline.click()
        nothing_ran(page)
        page.locator(".panel [data-records]").click()


def load_again(page: Page) -> None:
    """Load the page again, and open the lists of what was kept."""
    page.reload()
    page.locator("#chat .question").first.wait_for()
    page.locator(".panel :is(.records li, article)").first.wait_for()
    for view, item in (("[data-history]", "[data-resume]"), ("[data-evidence]", ".items > li")):
        page.locator(f".panel {view}").click()
        page.locator(f".panel {item}").first.wait_for()
        nothing_ran(page)


def open_addresses(page: Page, field: Field) -> None:
    """Open addresses that carry the payload in each of their parts."""
    sent = quote(field.payload, safe="")
    record = re.search(r"document=([^&]+)", page.url)
    known = record[1] if record else sent
    for address in (
        f"/?conversation={sent}&document={sent}&span={sent}&tab={sent}&page={sent}&x={sent}#{sent}",
        f"/?document={known}&span={sent}&tab=library",
        f"/login?next={sent}",
        f"/audit?user={sent}&action={sent}",
        f"/notebooks/{sent}/",
        f"/account?x={sent}",
        f"/{sent}",
    ):
        page.goto(address)
        if address.startswith("/?"):
            page.locator(".panel :is(.records li, .empty)").first.wait_for(state="attached")
        nothing_ran(page)


def open_the_notebook(page: Page, field: Field) -> None:
    """Add a record and ask in a notebook with addresses of its own."""
    page.goto(f"/notebooks/{NOTEBOOK}/?conversation={quote(field.payload, safe='')}")
    page.locator("#question textarea").wait_for()
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Files to add").set_input_files(
        made(f"{field.tag}.md", f"# {field.payload}\n\nThe council met on {field.tag} {field.payload}.\n".encode())
    )
    page.get_by_role("button", name="Close this list").click()
    page.get_by_role("tab", name="Ask").click()
    page.locator(".panel .records li").first.wait_for()
    page.locator("#question textarea").fill(f"On what {field.tag} did the council meet? {field.payload}")
    page.locator("#question textarea").press("Enter")
    page.locator('#chat [data-testid="bot"]').last.locator(".answer, .abstention, .trouble").wait_for()
    nothing_ran(page)
