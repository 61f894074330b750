"""Take the captions and the minutes of one meeting from the upload to the footnotes of a Word report, in Chromium."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus.reading import founding_records
from index.store.library import SqliteLibrary
from support.chat_page import ask

pytestmark = pytest.mark.browser

CAPTIONS = """WEBVTT

00:00:03.000 --> 00:00:06.000
<v Ada Bo>The crane for the barges costs ninety thousand euros,</v>

00:00:06.000 --> 00:00:09.000
<v Ada Bo>because the barges need a longer arm.</v>

00:01:05.000 --> 00:01:09.000
<v Jon Day>I would hire a crane for the barges instead.</v>
"""
MINUTES = """Barge Board
Minutes of the meeting held on 4 March 2026

Present: Ada Bo (chair), Jon Day

1. Crane
The Board decided to buy a crane for the barges by two votes to one.
"""


@pytest.fixture(autouse=True)
def only_the_founding_records(library: SqliteLibrary) -> Iterator[None]:
    """The test leaves the module's library as it was."""
    yield
    founding = {record.name for record in founding_records()}
    library.remove(*(document.name for document in library.documents() if document.name not in founding))


def test_captions_and_minutes_of_one_meeting_reach_the_footnotes_with_speaker_and_time(
    page: Page, tmp_path: Path
) -> None:
    files = {"barge-board-2026-03-04.vtt": CAPTIONS, "barge-board-2026-03-04.txt": MINUTES}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    page.get_by_role("tab", name="Library").click()
    page.get_by_label("Files to add").set_input_files([tmp_path / name for name in files])
    expect(page.locator(".adding .told")).to_have_text("2 files: 2 added.")

    page.get_by_role("tab", name="Ask").click()
    answer = ask(page, "What about the crane for the barges?")
    spoken = answer.locator("blockquote", has_text="because the barges need a longer arm")
    decided = answer.locator("blockquote", has_text="decided to buy a crane")
    expect(spoken.locator(".speaker")).to_have_text("Ada Bo, 0:03")

    spoken.locator("a.marker").click()
    expect(page.locator(".panel mark")).to_contain_text("because the barges need a longer arm.")
    expect(page.locator(".panel .source")).to_contain_text("Ada Bo, 0:03")
    for quotation in (spoken, decided):
        quotation.get_by_role("button", name="Add to evidence").click()
        expect(quotation.get_by_role("button")).to_have_text("✓ In the evidence")

    page.locator(".panel [data-evidence]").click()
    page.get_by_role("button", name="Export …").click()
    page.locator("[name=format]").select_option("word")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    with zipfile.ZipFile(download.value.path()) as report:
        notes = report.read("word/footnotes.xml").decode()
    assert "Ada Bo, 0:03" in notes
    assert "barge-board-2026-03-04.vtt" in notes
    assert "Barge Board" in notes
    assert notes.count("4 March 2026") >= 2
