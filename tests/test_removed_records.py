"""A removed record disappears at once from every answer, also of an assistant and a page that are open."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation, Turn
from assistant.export.bibliography.style import Style
from assistant.export.formats import Format, export_report
from assistant.export.report import refresh_report, report_of_conversation
from assistant.json_api import hits_object, turn_object
from assistant.web.application import application
from assistant.web.chat.facets import counted_values
from assistant.web.chat.source_links import SourceLink
from assistant.web.reports.export import PendingExports, add_exports
from corpus.document import Document
from index.library import open_library
from index.search.filters import Filters
from support.generated_texts import document
from support.sample_reports import DAY
from support.word_counts import WordCounts

FACTS = "date: 2031-03-04\nmeeting_date: 2031-03-03\npublisher: Ministry of Ferries (MOF)\nforum: G77\n"
SAID = "The ferrymen of Zembla agreed on the Floating Harbour Programme (FHP) in Quillmouth."
RECORD = f"---\ntitle: Ferries of Zembla\n{FACTS}---\n# Ferries of Zembla\n\n{SAID}\n\nThey meet again in spring."
QUESTION = "What did the ferrymen of Zembla agree on in Quillmouth?"
ASKED = (
    QUESTION,
    "What is the FHP?",
    "What did the ferymen of Zemblaa agree on?",
    "What was said in 2031?",
    "What did the MOF report?",
    "Which G77 meeting was there?",
    "What did the ministers say about smart cities?",
    "Who was absent from the G20 meeting of April 2020?",
)


def record(text: str = RECORD) -> Document:
    return document(text, "ferries.md", "/records/ferries.md")


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    return Assistant(open_library(tmp_path / "library", encoder=WordCounts()))


@pytest.fixture
def told(assistant: Assistant) -> Turn:
    """Return an answer from a record that was removed afterwards."""
    assistant.library.add(record())
    turn = assistant.ask(QUESTION)
    assert isinstance(turn.reply, Answer)
    assert turn.reply.citations[0].quote == SAID
    for question in ASKED:
        assistant.ask(question)
    assistant.library.remove("ferries.md")
    return turn


def replies(assistant: Assistant, conversation: Conversation = Conversation()) -> list[dict[str, Any]]:
    return [turn_object(None, assistant.ask(question, conversation), 0) for question in ASKED]


def test_every_reply_is_what_it_would_be_had_the_record_never_been_there(
    assistant: Assistant, told: Turn, tmp_path: Path
) -> None:
    never = Assistant(open_library(tmp_path / "never", encoder=WordCounts()))
    assert replies(assistant) == replies(never)
    for query in ASKED:
        assert hits_object(None, assistant.search(query, 300)) == hits_object(None, never.search(query, 300))


def test_a_follow_up_that_leans_on_it_is_given_nothing_of_it(assistant: Assistant, told: Turn, tmp_path: Path) -> None:
    never = Assistant(open_library(tmp_path / "never", encoder=WordCounts()))
    after = Conversation().plus(told)
    questions = ("And when do they meet again?", "Where was it?", *ASKED)
    found = [turn_object(None, assistant.ask(question, after), 0) for question in questions]
    assert found == [turn_object(None, never.ask(question, after), 0) for question in questions]
    assert not any(cited["document"] == "ferries.md" for reply in found for cited in reply["citations"])


def test_its_words_mend_no_slip(assistant: Assistant, told: Turn) -> None:
    assert assistant.ask("What did the ferymen say?").query.text == "What did the ferymen say?"
    with assistant.library.snapshot() as view:
        assert "zembla" not in view.words
        assert view.long_form("fhp") is None
        assert view.frequency("zembla") == 0
        assert not view.writes_as_name("zembla")


def test_it_is_offered_in_no_filter_and_counted_nowhere(assistant: Assistant, told: Turn) -> None:
    forums, _, years, publishers, _ = counted_values(assistant.library.documents(), Filters())
    assert "G77" not in forums
    assert "2031" not in years
    assert "Ministry of Ferries (MOF)" not in publishers
    assert assistant.library.counts()["documents"] == 5
    assert "the 5 records I searched" in assistant.ask(QUESTION).reply.text
    narrowed = assistant.ask("What was said?", filters=Filters(years=frozenset({2031})))
    assert narrowed.reply.text.startswith("I found no passage that answers this in the 0 records I searched (2031).")


def test_no_copy_of_it_is_warned_of(assistant: Assistant, told: Turn) -> None:
    assert assistant.library.near_duplicate(document(RECORD + "\n\nPrint.", "copy.md")) is None


# Conversations that go on


def test_the_panel_says_that_the_record_was_removed(assistant: Assistant, told: Turn) -> None:
    client = TestClient(application(assistant), base_url="http://127.0.0.1:7860")
    assert isinstance(told.reply, Answer)
    (citation, *_) = told.reply.citations
    reply = client.get(f"/source/{SourceLink(citation.document, citation.span).name}")
    assert reply.status_code == 404
    assert "No longer in the library" in reply.text
    assert "removed from the library&#44; or replaced by a new version" in reply.text
    assert "Zembla" not in reply.text


def test_it_cannot_be_put_aside_any_more(assistant: Assistant, told: Turn) -> None:
    client = TestClient(application(assistant), base_url="http://127.0.0.1:7860")
    assert isinstance(told.reply, Answer)
    (citation, *_) = told.reply.citations
    reply = client.post("/evidence/add", json={"place": SourceLink(citation.document, citation.span).name})
    assert "was removed from the library" in reply.text
    assert "Nothing is put aside yet" in reply.text


@pytest.mark.parametrize("format", [Format.MARKDOWN, Format.HTML, Format.JSON])
def test_the_export_of_a_conversation_leaves_it_out_and_says_so(
    assistant: Assistant, told: Turn, format: Format
) -> None:
    after = Conversation().plus(told).plus(assistant.ask("Who was absent from the G20 meeting of April 2020?"))
    assert "Floating" in export_report(report_of_conversation(after, DAY), format, Style.of("apa")).decode()
    report = refresh_report(report_of_conversation(after, DAY), assistant.library)
    content = export_report(report, format, Style.of("apa")).decode()
    assert "Floating" not in content
    assert "Indonesia" in content
    assert report.sections[0].remarks[-1] == (
        "Left out: 1 quotation from ferries.md, which was removed from the library or replaced since; ask again."
    )


def test_the_page_exports_a_conversation_without_it(assistant: Assistant, told: Turn) -> None:
    app, offered = FastAPI(), PendingExports()
    add_exports(app, assistant.library, offered)
    name = offered.add(Conversation().plus(told))
    reply = TestClient(app).get(f"/export/conversation/{name}", params={"format": "markdown"})
    assert "Left out: 1 quotation from ferries" in reply.text
    assert "Floating" not in reply.text


def test_the_export_of_a_conversation_follows_words_into_a_new_version(assistant: Assistant) -> None:
    assistant.library.add(record())
    turn = assistant.ask(QUESTION)
    new = record(RECORD.replace("\n\nThe ferrymen", "\n\nIt rained.\n\nThe ferrymen"))
    assistant.library.add(new)
    report = refresh_report(report_of_conversation(Conversation().plus(turn), DAY), assistant.library)
    found = next(item.citation for item in report.items if item.citation.quote == SAID)
    assert found.document.id == new.id
    assert found.span.start == new.text.index(SAID)


def test_an_export_of_records_that_are_there_stays_as_it_is(assistant: Assistant) -> None:
    after = Conversation().plus(assistant.ask("Who was absent from the G20 meeting of April 2020?"))
    report = report_of_conversation(after, DAY)
    assert refresh_report(report, assistant.library) == report


# What lies on the disk


def test_no_word_of_what_is_gone_can_be_read_in_the_librarys_folder(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts())
    library.add(document("The first wombatsaid wording.", "a.md", "/records/a.md"), b"The first wombatsaid wording.")
    library.add(document("The second quaggasaid wording.", "a.md", "/records/a.md"))
    library.add(document("Beside it a dodosaid wording.", "b.md", "/records/b.md"))
    library.add(document("Beside it a moasaid wording.", "c.md", "/records/c.md"))
    with library.snapshot() as view:  # the file of vectors is written, too
        assert view.frequency("dodosaid") == 1
    assert library.remove("b.md", "c.md") == ["b.md", "c.md"]
    held = b"".join(file.read_bytes() for file in (tmp_path / "library").iterdir())
    # Terms stand in a page without the letters that they share with the one before them.
    for word in (b"wombat", b"ombatsa", b"dodosa", b"odosa", b"moasa", b"oasai"):
        assert word not in held
    assert b"quaggasa" in held
    assert library.check() == []


def test_no_word_is_left_where_the_rows_of_several_documents_went_one_by_one(tmp_path: Path) -> None:
    """SQLite moves rows together as others go, and does not wipe the place that they are moved away from."""
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    drawn = Random(5)  # with which it was seen
    for number in range(24):
        word = f"word{number}x"
        points = (f"## Head {word} {point}\n\nPoint {point} {word}." for point in range(drawn.randint(3, 60)))
        text = f"# Title {word}\n\n" + "\n\n".join(points)
        library.add(document(text, f"{number}.md", f"/x/{number}.md"), text.encode())
    gone = drawn.sample(range(24), 12)
    for number in gone:
        library.remove(f"{number}.md")
    held = (tmp_path / "library" / "library.sqlite3").read_bytes()
    assert [number for number in gone if f"word{number}x".encode() in held] == []
    assert library.check() == []
