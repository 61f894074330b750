"""Copy a whole answer with its sources: formatted text and Markdown, hostile words, and the endpoint."""

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer, Reason, ReplyKind, ShortAnswer, Statement, abstain
from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.conversation import Turn
from assistant.export.bibliography.style import Style
from assistant.history.history import History
from assistant.query import Query
from assistant.web.application import application
from assistant.web.chat.copy_answer import copy_answer
from assistant.web.chat.messages import render_chat
from assistant.web.chat.session import Chat, Exchange
from corpus.reading import document_from
from corpus.span import Span
from index.library import Library, open_library
from index.search.filters import Filters
from support.word_counts import WordCounts

RECORD = document_from(
    "# Talks <b>\n\nThe **harbour** costs <script>alert(1)</script> nine euros.\n\nAda Bo was away.",
    "talks.md",
    "text/markdown",
)
TODAY = date(2026, 11, 30)


def cited(words: str) -> Citation:
    start = RECORD.text.index(words)
    return Citation(RECORD, Span(start, start + len(words)))


def answer() -> Answer:
    costs, away = cited("The **harbour** costs <script>alert(1)</script> nine euros."), cited("Ada Bo was away.")
    nine = RECORD.text.index("nine")
    return Answer((away, costs), ("Searched <all>.",), ShortAnswer(costs, Span(nine, nine + len("nine euros"))))


def turn(reply: Answer, question: str = "What does <i>it</i> cost?") -> Turn:
    return Turn(question, Query(question), reply)


def test_the_numbers_of_the_page_stand_behind_the_words_and_before_the_sources() -> None:
    copied = copy_answer(turn(answer()), answer(), Style.of("apa"), TODAY)
    assert copied.html
    assert "<p><strong>nine euros [1]</strong></p>" in copied.html
    assert "nine euros.” [1]</p></blockquote>" in copied.html
    assert "<blockquote><p>“Ada Bo was away.” [2]</p></blockquote>" in copied.html
    assert copied.html.index("<p>[1] ") < copied.html.index("<p>[2] ")
    away = cited("Ada Bo was away.").span
    key = f"[^{RECORD.id[:6]}-{away.start}-{away.end}]"
    assert copied.plain.count(key) == 2
    assert f"> “Ada Bo was away.”{key}" in copied.plain
    assert f"{key}: " in copied.plain


def test_quotations_that_begin_at_one_place_have_footnotes_of_their_own() -> None:
    short, long = cited("Ada Bo"), cited("Ada Bo was away.")
    both = Answer((short, long))
    copied = copy_answer(turn(both), both, Style.of("apa"), TODAY)
    keys = re.findall(r"^(\[\^[^]]+\]): ", copied.plain, re.MULTILINE)
    assert len(set(keys)) == 2
    assert [copied.plain.count(key) for key in keys] == [2, 2]


def test_hostile_words_of_records_and_questions_stay_text() -> None:
    copied = copy_answer(turn(answer()), answer(), Style.of("apa"), TODAY)
    assert copied.html
    for markup in ("<script", "<b>", "<i>", "<all>"):
        assert markup not in copied.html
        assert f"\\{markup}" in copied.plain or markup not in copied.plain
    assert "&lt;script&gt;" in copied.html


def test_a_list_whose_quotations_are_not_shown_gives_their_words_with_the_sources() -> None:
    away = cited("Ada Bo was away.")
    listed = Answer((away,), kind=ReplyKind.LIBRARY, statements=(Statement("Two:"), Statement("Away", (away,))))
    copied = copy_answer(turn(listed), listed, Style.of("apa"), TODAY)
    assert copied.html
    assert "<p>• Away [1]</p>" in copied.html
    assert "<p>[1] “Ada Bo was away.” " in copied.html


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(RECORD)
    return library


@pytest.fixture
def client(library: Library) -> TestClient:
    return TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860")


def test_the_page_copies_a_kept_answer_and_says_which(client: TestClient, library: Library) -> None:
    history = History(library)
    asked = turn(answer(), "What does the harbour cost?")
    kept = history.ask("", 0, asked.question, Filters())
    assert "no answer" in client.get(f"/replies/{kept}/0/text").json()["error"]
    history.answer(kept, 0, asked)
    reply = client.get(f"/replies/{kept}/0/text", params={"style": "mla"}).json()
    assert reply["said"] == "Copied: the answer to “What does the harbour cost?” with 2 sources."
    assert "nine euros [1]" in reply["html"]
    assert "no longer in its conversation" in client.get(f"/replies/{kept}/7/text").json()["error"]
    assert "no longer in the library" in client.get("/replies/nowhere/0/text").json()["error"]
    assert "style" in client.get(f"/replies/{kept}/0/text", params={"style": "../x"}).json()["error"]
    assert client.get(f"/replies/{kept}/-1/text").status_code == 422
    assert History(library, "ada").conversations() == ()


def test_another_users_answer_is_not_copied(library: Library) -> None:
    kept = History(library, "ada").ask("", 0, "What does it cost?", Filters())
    History(library, "ada").answer(kept, 0, turn(answer(), "What does it cost?"))
    client = TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860")
    assert set(client.get(f"/replies/{kept}/0/text").json()) == {"error"}


def test_answers_alone_offer_to_be_copied_and_only_kept_ones() -> None:
    refused = Turn("Why?", Query("Why?"), abstain(Reason.SMALL_TALK))
    chat = Chat((Exchange("Cost?", turn=turn(answer())), Exchange("Why?", turn=refused)), "abc")
    _, answered, _, unanswered = render_chat(chat)
    assert 'href="#copy-answer/abc/0"' in answered["content"]
    assert "copy-answer" not in unanswered["content"]
    assert "copy-answer" not in render_chat(Chat(chat.exchanges))[1]["content"]
