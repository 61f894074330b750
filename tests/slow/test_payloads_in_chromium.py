"""Put sixteen payloads of scripts into every field of the page in Chromium, as what users type and as what records say.

None runs: no mark is set in the page, no dialog opens, nothing is requested elsewhere, and no policy is broken. One
server, one library and one page serve all tests; each counts from what it finds there.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from assistant.users.accounts import Accounts
from assistant.web.notebooks.notebook import read_notebooks
from index.errors import RapporteurError
from index.library import open_library
from index.users import UserRole
from support.payloads import FIELDS, made, records, reports
from support.served import Served, served
from support.users_page import PASSWORD
from support.watched_page import Watch, two_browsers
from support.word_counts import WordCounts

pytestmark = pytest.mark.slow

RAN = "window.ran ?? document.body.ran ?? null"
NOTEBOOK = "climate"
# What Chromium says of a name that no record, user or notebook has.
REFUSED = ("404 ", "401 ", "Failed to load resource")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("payloads")
    library = open_library(folder / "library", encoder=WordCounts(), founding=False)
    for field in FIELDS:
        Accounts(library).add(field.user, UserRole.ADMIN, PASSWORD)
    with served(folder / "library", "--auth", "--notebook", f"{NOTEBOOK}={folder / NOTEBOOK}") as at:
        yield at.ready()


@pytest.fixture(scope="module")
def watch(server: Served) -> Watch:
    return Watch(f"http://127.0.0.1:{server.port}", may_be_cut_off=True)


@pytest.fixture(scope="module")
def filled(watch: Watch, chromium_path: Path) -> Iterator[Page]:
    """Open the page as a user who is named like a payload, and add the records of all payloads."""
    with two_browsers(chromium_path) as (browser, _):
        opened = browser.new_context(base_url=watch.address, accept_downloads=True).new_page()
        opened.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)
        watch.on(opened)
        log_in(opened, FIELDS[0].user)
        add_records(opened)
        yield opened


@pytest.fixture
def page(filled: Page, watch: Watch) -> Iterator[Page]:
    """The page at its beginning; what goes wrong there fails the test."""
    watch.found.clear()
    filled.goto("/")
    filled.locator(".panel .records li").first.wait_for()
    yield filled
    assert filled.evaluate(RAN) is None
    assert watch.found == []


def nothing_ran(page: Page) -> None:
    assert page.evaluate(RAN) is None


def log_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.locator("#question textarea").wait_for()


def add_records(page: Page) -> None:
    """Add records with each payload as title, heading, text, speaker, author, site and file name, and two refused."""
    page.get_by_role("tab", name="Library").click()
    files = [made(name, content) for field in FIELDS for name, content in records(field)]
    page.get_by_label("Files to add").set_input_files(files)
    page.get_by_role("button", name="Close this list").wait_for()
    expect(page.locator(".adding li").filter(has_text="refused")).to_have_count(2 * len(FIELDS))
    nothing_ran(page)
    page.get_by_role("button", name="Close this list").click()
    expect(page.locator(".library tbody tr")).to_have_count(3 * len(FIELDS))
    nothing_ran(page)


def ask(page: Page, question: str) -> None:
    asked = page.locator("#chat .question").count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#chat .question")).to_have_count(asked + 1)
    replies = page.locator('#chat [data-testid="bot"]')
    expect(replies).to_have_count(asked + 1)
    replies.last.locator(".tools").wait_for()
    nothing_ran(page)


def test_no_payload_runs_in_a_question_a_reply_or_the_evidence(page: Page, tmp_path: Path) -> None:
    """Ask for what is there and for what is not; cite it, judge it, take the question back, collect and export."""
    for field in FIELDS:
        ask(page, f"On what matter {field.tag} did the board agree? {field.payload}")
        reply = page.locator('#chat [data-testid="bot"]').last
        reply.locator("a.marker").first.click()
        expect(page.locator(".panel mark").first).to_be_visible()
        reply.locator("a.add").first.click()
        nothing_ran(page)
        ask(page, field.payload)
        page.locator("#question textarea").press("ArrowUp")
        expect(page.locator("#question textarea")).to_have_value(field.payload.replace("\u202e", "\\u202e"))
        page.locator("#question textarea").press("Escape")
        page.get_by_role("button", name="New conversation").click()
        expect(page.locator("#chat .question")).to_have_count(0)
    write_notes(page)
    export_evidence(page, tmp_path)


def write_notes(page: Page) -> None:
    """Write each payload as the note on a quotation and as the heading above it."""
    page.locator(".panel [data-evidence]").click()
    fields = page.locator(".panel .items [data-write]")
    fields.first.wait_for()
    for number, field in zip(range(fields.count()), FIELDS * 2, strict=False):
        with page.expect_response("**/evidence/write"):
            fields.nth(number).fill(field.payload)
            fields.nth(number).blur()
        nothing_ran(page)
    assert fields.count() >= len(FIELDS)


def export_evidence(page: Page, folder: Path) -> None:
    """Export the evidence as HTML, and open the file with scripts allowed."""
    page.locator(".panel [data-export]").first.click()
    page.locator("[name=format]").select_option("html")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    path = folder / "evidence.html"
    download.value.save_as(path)
    page.keyboard.press("Escape")
    requested: list[str] = []
    alone = page.context.new_page()
    alone.on("request", lambda request: requested.append(request.url))
    alone.goto(path.as_uri())
    nothing_ran(alone)
    assert requested == [path.as_uri()]
    alone.close()


def test_no_payload_runs_as_the_name_of_a_conversation_or_a_set(page: Page) -> None:
    ask(page, "On what matter did the board agree?")
    page.locator(".panel [data-history]").click()
    for field in FIELDS:
        page.locator(".panel [data-rename]").first.click()
        name = page.get_by_label("New name")
        name.fill(field.payload)
        with page.expect_response("**/history/rename"):
            name.press("Enter")
        expect(page.locator(".panel [data-resume]").first).to_contain_text(field.start)
        nothing_ran(page)
        page.get_by_label("Search conversations").fill(field.payload)
        nothing_ran(page)
        page.get_by_label("Search conversations").fill("")
        page.locator(".panel [data-rename]").first.wait_for()
    page.locator(".panel [data-records]").click()
    page.locator(".panel .sets > summary").click()
    for field in FIELDS:
        before = page.locator("[data-rename-set]").count()
        page.locator("[data-set-name]").fill(field.visible)
        page.locator("[data-set-name]").press("Enter")
        expect(page.locator("[data-rename-set]")).to_have_count(before + 1)
        nothing_ran(page)


def test_no_payload_runs_in_facts_of_records_and_filters(page: Page) -> None:
    """Write each payload into one fact of its record, then open the lists of forums, places and publishers."""
    page.get_by_role("tab", name="Library").click()
    for number, field in enumerate(FIELDS):
        page.locator(".library input[type=search]").first.fill(f"{field.payload} {field.tag}")
        nothing_ran(page)
        page.locator(".library input[type=search]").first.fill(f"{field.tag} .md")
        page.locator(".library tbody tr").first.get_by_role("button", name="Facts").click()
        inputs = page.locator("#correcting .fields input")
        inputs.first.wait_for()
        fact = page.locator(f"#correcting .fields input[name={('title', 'publisher', 'forum', 'place')[number % 4]}]")
        fact.fill(f"{field.visible} {field.tag}")
        with page.expect_response("**/library/correct"):
            page.locator("#correcting [data-save-facts]").click()
        nothing_ran(page)
        page.keyboard.press("Escape")
        expect(page.locator("#correcting[open]")).to_have_count(0)
    page.locator(".library input[type=search]").first.fill("")
    page.get_by_role("tab", name="Ask").click()
    page.get_by_role("button", name="Narrow the search").click()
    for which in ("forum", "place", "publisher", "speaker"):
        page.locator(f"#{which} input").click()
        page.get_by_role("option").first.wait_for()
        nothing_ran(page)
        page.keyboard.press("Escape")


def test_no_payload_runs_in_an_open_record(page: Page) -> None:
    for number in range(page.locator(".panel .records a.open").count()):
        page.locator(".panel .records a.open").nth(number).click()
        within = page.get_by_label("Search in this record")
        within.fill(FIELDS[number % len(FIELDS)].payload)
        within.press("Enter")
        outline = page.locator(".panel details.outline summary")
        if outline.count():
            outline.click()
        nothing_ran(page)
        page.locator(".panel [data-records]").click()
        page.locator(".panel .records li").first.wait_for()


def test_no_payload_runs_in_a_checked_report(page: Page) -> None:
    """Check reports that are named like the payloads and quote them."""
    page.get_by_role("tab", name="Check a report").click()
    for field in FIELDS:
        name, content = reports(field)[field.number % 2]
        with page.expect_response("**/check*"):
            page.get_by_label("Report to check").set_input_files(made(name, content))
        expect(page.locator(".check :is(.summary, .refused)")).to_contain_text(field.tag)
        nothing_ran(page)


def test_no_payload_runs_in_an_address(page: Page, watch: Watch) -> None:
    for field in FIELDS:
        sent = quote(field.payload, safe="")
        page.goto(f"/?conversation={sent}&document={sent}&span={sent}&tab={sent}&page={sent}&x={sent}#{sent}")
        page.locator(".panel :is(.records li, .empty)").first.wait_for(state="attached")
        nothing_ran(page)
        for address in (f"/audit?user={sent}&action={sent}", f"/notebooks/{sent}/", f"/account?x={sent}", f"/{sent}"):
            page.goto(address)
            nothing_ran(page)
    watch.found[:] = [line for line in watch.found if not line.startswith(REFUSED)]


def test_no_payload_runs_as_the_name_of_a_user(page: Page, watch: Watch) -> None:
    """Log in, once with the payload and once as the user who is named like it, and open the account."""
    for field in FIELDS:
        page.request.post("/logout")
        page.goto(f"/login?next={quote(field.payload, safe='')}")
        page.get_by_label("Name").fill(field.payload)
        page.get_by_label("Password").fill(field.payload)
        page.get_by_role("button", name="Log in").click()
        page.locator("[role=alert]").wait_for()
        nothing_ran(page)
        page.request.post("/login", form={"name": field.user, "password": PASSWORD})
        page.goto("/account")
        expect(page.locator("h1")).to_have_text(field.user)
        nothing_ran(page)
    watch.found[:] = [line for line in watch.found if not line.startswith(REFUSED)]


def test_no_payload_names_a_notebook_and_none_runs_in_one(page: Page) -> None:
    for field in FIELDS:
        with pytest.raises(RapporteurError, match="a notebook's name has"):
            read_notebooks([f"{field.payload.replace('=', '')}=/tmp/of-a-payload"], "")
    page.goto(f"/notebooks/{NOTEBOOK}/")
    page.locator(".panel .empty").wait_for()
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Files to add").set_input_files([made(*records(field)[0]) for field in FIELDS])
    page.get_by_role("button", name="Close this list").click()
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator(".panel .records li")).to_have_count(len(FIELDS))
    ask(page, f"On what matter {FIELDS[1].tag} did the board agree? {FIELDS[1].payload}")
