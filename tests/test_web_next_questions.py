"""Offer next questions: each is one that the records answer and that was not asked yet."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Turn
from assistant.history.history import History
from assistant.query import Query
from assistant.replies.next_questions import questions_on
from assistant.web.application import application
from assistant.web.language import COOKIE
from corpus.reading import document_from, founding_records
from index.library import Library, open_library
from index.search.filters import Filters
from index.snapshot import Snapshot
from support.word_counts import WordCounts

MINUTES = """# Harbour Board

Minutes of the meeting of 14 March 2024

Present: Ada Bo (chair), Per Lund, Ida Moe

## 1. Budget

Decision: The board approved the budget of nine thousand euros.

## 2. Roof

Decision: The board agreed to repair the roof in May.
"""


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    library = open_library(tmp_path / "library", encoder=WordCounts())
    return Assistant(library)


def with_minutes(library: Library) -> None:
    library.add(document_from(MINUTES, "minutes.md", "text/markdown", "/records/minutes.md"))


def test_the_empty_page_offers_questions_on_the_users_own_records_that_are_answered(assistant: Assistant) -> None:
    client = TestClient(application(assistant), base_url="http://127.0.0.1:7860")
    # The founding records have examples in the page.
    assert client.get("/examples").json() == {"questions": [], "founded": True}
    with_minutes(assistant.library)
    questions = client.get("/examples").json()["questions"]
    assert questions[0] == "What was decided at the meeting of 14 March 2024?"
    assert len(questions) == 3
    for question in questions:
        assert isinstance(assistant.ask(question).reply, Answer)


def test_examples_are_on_the_records_that_are_there(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    client = TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860")
    assert client.get("/examples").json() == {"questions": [], "founded": False}
    library.add(founding_records()[0])
    found = client.get("/examples").json()
    assert not found["founded"]
    assert found["questions"]
    with_minutes(library)
    assert client.get("/examples").json()["questions"][0] == "What was decided at the meeting of 14 March 2024?"


def test_a_reply_offers_what_was_not_asked_yet(assistant: Assistant) -> None:
    with_minutes(assistant.library)
    client = TestClient(application(assistant), base_url="http://127.0.0.1:7860")
    history = History(assistant.library)
    first = "What was decided at the meeting of 14 March 2024?"
    name = history.ask("", 0, first, Filters())
    assert client.get(f"/replies/{name}/0/next").json() == {"questions": []}  # not answered yet
    history.answer(name, 0, assistant.ask(first))
    questions = client.get(f"/replies/{name}/0/next").json()["questions"]
    assert questions
    assert first not in questions
    history.ask(name, 1, questions[0], Filters())
    history.answer(name, 1, Turn(questions[0], Query(questions[0]), assistant.ask(questions[0]).reply))
    assert not {first, questions[0]} & set(client.get(f"/replies/{name}/1/next").json()["questions"])
    assert client.get("/replies/nowhere/0/next").json() == {"questions": []}


def test_a_japanese_page_offers_japanese_questions(assistant: Assistant) -> None:
    with_minutes(assistant.library)
    client = TestClient(application(assistant), base_url="http://127.0.0.1:7860", cookies={COOKIE: "ja"})
    questions = client.get("/examples").json()["questions"]
    assert questions
    assert all("2024年3月14日" in question or "は" in question for question in questions)


def test_one_state_of_the_library_tells_three_questions_and_no_reply_is_looked_up(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_minutes(assistant.library)
    history = History(assistant.library)
    question = "What was decided at the meeting of 14 March 2024?"
    name = history.ask("", 0, question, Filters())
    history.answer(name, 0, assistant.ask(question))
    client = TestClient(application(assistant), base_url="http://127.0.0.1:7860")
    taken: list[None] = []
    snapshot = assistant.library.snapshot

    def counted() -> AbstractContextManager[Snapshot]:
        taken.append(None)
        return snapshot()

    monkeypatch.setattr(assistant.library, "snapshot", counted)
    monkeypatch.setattr(History, "open", lambda *_: pytest.fail("every reply is looked up"))
    assert len(client.get(f"/replies/{name}/0/next").json()["questions"]) == 3
    assert len(taken) == 1
    assert history.questions(name) == [question]


def test_what_the_records_do_not_answer_is_not_offered(assistant: Assistant) -> None:
    with_minutes(assistant.library)
    asked = ["What was decided at the meeting of 14 March 2024?", "Who voted for the roof in Paris?", "Hello"]
    assert assistant.answered_without_search(asked) == asked[:1]
    assert assistant.answered_without_search(asked[:1] * 3, most=2) == asked[:1] * 2


@pytest.mark.parametrize("language", ["en", "ja", "de", "fr", "es"])
def test_questions_name_the_record_by_day_and_title(language: str) -> None:
    document = document_from(MINUTES, "minutes.md", "text/markdown")
    questions = list(questions_on(document, language))
    assert len(set(questions)) == 6
    assert all("2024" in question for question in questions[:4])
    assert all("Harbour Board" in question for question in questions[4:])
