"""Ask the page's endpoints for the kept conversations: the list, hostile names, what does not exist."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.history.history import History
from assistant.web.application import application
from index.library import Library, open_library
from index.search.filters import Filters
from support.word_counts import WordCounts

SCRIPT = "<img src=x onerror=alert(1)>\u202e\"'"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path / "library", encoder=WordCounts(), founding=False)


@pytest.fixture
def client(library: Library) -> TestClient:
    return TestClient(application(Assistant(library)), base_url="http://127.0.0.1:7860")


def test_the_list_says_what_is_kept_and_shows_names_as_text(client: TestClient, library: Library) -> None:
    assert "No conversation is kept yet" in client.get("/history").text
    named = History(library).ask("", 0, SCRIPT, Filters())
    for page in (client.get("/history").text, client.get("/history", params={"words": SCRIPT}).text):
        assert "<img" not in page
        assert f'data-conversation="{named}"' in page
    assert "\u202e" not in client.get("/history").text
    assert "0 conversations with" in client.get("/history", params={"words": "elsewhere"}).text


def test_a_conversation_is_renamed_removed_and_put_back(client: TestClient, library: Library) -> None:
    named = History(library).ask("", 0, "What was agreed?", Filters())
    assert "Harbour" in client.post("/history/rename", json={"id": named, "name": "Harbour"}).text
    assert 'role="alert"' in client.post("/history/rename", json={"id": named, "name": " "}).text
    gone = client.post("/history/remove", json={"id": named}).text
    assert "Undo: put “Harbour” back" in gone
    assert "data-conversation" not in gone
    assert "no longer in the library" in client.post("/history/remove", json={"id": named}).text
    assert f'data-conversation="{named}"' in client.post("/history/undo").text


@pytest.mark.parametrize("body", [{}, {"id": 1}, {"id": "x" * 65}, {"id": "x", "owner": "ada"}, [], "x"])
def test_what_the_page_never_sends_is_refused(client: TestClient, body: object) -> None:
    assert client.post("/history/remove", json=body).status_code == 422
    assert client.post("/history/rename", json=body).status_code == 422
