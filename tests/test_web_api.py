"""Call the HTTP API as any program may: each address with right, wrong and hostile values."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.conversation import Conversation, Turn
from assistant.history.record_sets import RecordSets
from assistant.json_api import document_object, hits_object, whole_document_object
from assistant.users.current import User, acting_as, current_user
from assistant.web.api import workers
from assistant.web.application import application
from index.search.filters import Filters
from index.store.library import SqliteLibrary
from index.users import UserRole
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts

ADDRESS = "http://127.0.0.1:7860"
QUESTION = "Who was absent from the G20 meeting of April 2020?"
NOTE = "---\ntitle: Talks\npublisher: Ministry\nforum: G7\n---\n\nThe ministers agreed on quantum apples.\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> SqliteLibrary:
    return open_sqlite_library(tmp_path_factory.mktemp("api") / "library", encoder=WordCounts())


@pytest.fixture(scope="module")
def client(library: SqliteLibrary) -> Iterator[TestClient]:
    with TestClient(application(Assistant(library)), base_url=ADDRESS) as client:
        yield client


def refused(reply: Any, status: int) -> str:
    """Hold a reply to the one form of refusals, and return its line."""
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/json")
    assert list(reply.json()) == ["error"]
    line: str = reply.json()["error"]
    assert line
    assert "\n" not in line
    assert "Traceback" not in line
    return line


def test_a_question_is_answered_as_on_the_command_line(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": QUESTION, "id": "q1"}).json()
    assert (reply["id"], reply["answered"], reply["kind"]) == ("q1", True, "quotes")
    assert reply["answer"].startswith("Indonesia [1]")
    [citation] = reply["citations"]
    document = client.get(f"/api/documents/{citation['document']}").json()
    assert document["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_a_question_may_be_asked_of_some_records_alone(client: TestClient) -> None:
    asked = {"question": QUESTION, "records": ["2021-08-05-g20-trieste-mic.txt"]}
    assert not client.post("/api/ask", json=asked).json()["citations"]
    line = refused(client.post("/api/ask", json={**asked, "records": ["nothing.txt"]}), 404)
    assert "2021-08-05-g20-trieste-mic.txt" in line


def test_places_and_saved_sets_choose_the_records(client: TestClient, library: SqliteLibrary) -> None:
    apart = {"query": "the ministers", "k": 300}
    july, april = "2020-07-22-g20-mic.txt", "2020-04-30-g20-extraordinary-mic.txt"
    RecordSets(library).save("Talks", [april])

    def found(**conditions: Any) -> set[str]:
        return {hit["document"] for hit in client.post("/api/search", json=apart | conditions).json()["hits"]}

    assert found(places=["trieste"]) == {"2021-08-05-g20-trieste-meti.txt", "2021-08-05-g20-trieste-mic.txt"}
    assert found(sets=["talks"]) == {april}
    assert found(sets=["talks"], records=[july]) == {april, july}
    assert client.get("/api/sets").json() == [{"name": "Talks", "records": [april], "gone": []}]
    begun = client.post("/api/conversations", json={"question": "Who attended?", "sets": ["Talks"]}).json()
    assert {citation["document"] for citation in begun["citations"]} == {april}


def test_a_follow_up_is_completed_from_the_history(client: TestClient, library: SqliteLibrary) -> None:
    follow_up, assistant = "And in August 2021?", Assistant(library)
    reply = client.post("/api/ask", json={"question": follow_up, "history": [QUESTION]}).json()
    behind = assistant.ask(follow_up, Conversation((assistant.ask(QUESTION),)))
    assert reply["answer"] == behind.reply.text != assistant.ask(follow_up).reply.text


def test_a_search_has_the_form_of_the_command(client: TestClient, library: SqliteLibrary) -> None:
    reply = client.post("/api/search", json={"query": "smart cities", "k": 2, "years": [2021]}).json()
    assert len(reply["hits"]) == 2
    assert reply == hits_object(None, Assistant(library).search("smart cities", 2, Filters(years=frozenset({2021}))))


def test_documents_are_listed_shown_added_and_removed(client: TestClient, library: SqliteLibrary) -> None:
    added = client.post("/api/documents", params={"name": "talks.md"}, content=NOTE)
    assert added.json() == [
        {"path": "talks.md", "outcome": "added", "document": "talks.md", "reason": None, "warnings": []}
    ]
    document = library.document("talks.md")
    assert document_object(document) in client.get("/api/documents").json()
    assert client.get("/api/documents/talks.md").json() == json.loads(json.dumps(whole_document_object(document)))
    assert client.delete("/api/documents/talks.md").json() == [{"document": "talks.md"}]
    assert "talks.md" in refused(client.get("/api/documents/talks.md"), 404)
    assert "talks.md" in refused(client.delete("/api/documents/talks.md"), 404)


def test_a_file_that_cannot_be_read_is_told_as_the_command_tells_it(client: TestClient) -> None:
    [outcome] = client.post("/api/documents", params={"name": "a.pdf"}, content=b"%PDF-1.7 nothing").json()
    assert (outcome["outcome"], outcome["document"]) == ("refused", None)
    assert outcome["reason"]


def test_a_report_is_checked(client: TestClient) -> None:
    report = (
        "“Of the G20 members, Indonesia was absent from this meeting.”\n\n“Of the members, Japan was absent here.”\n"
    )
    findings = client.post("/api/verify", params={"name": "report.md"}, content=report.encode()).json()
    assert findings["report"] == "report.md"
    assert findings["counts"]["exact"] == 1
    assert findings["ok"] is False
    assert "report.odt" in refused(client.post("/api/verify", params={"name": "report.odt"}, content=b"x"), 422)


def test_a_conversation_is_begun_continued_renamed_and_removed(client: TestClient) -> None:
    begun = client.post("/api/conversations", json={"question": QUESTION})
    assert begun.status_code == 201
    one = f"/api/conversations/{begun.json()['conversation']}"
    followed = client.post(f"{one}/questions", json={"question": "And in August 2021?"}).json()
    assert followed["answer"] != client.post("/api/ask", json={"question": "And in August 2021?"}).json()["answer"]
    whole = client.get(one).json()
    assert [turn["question"] for turn in whole["turns"]] == [QUESTION, "And in August 2021?"]
    assert whole["turns"][0]["reply"]["citations"] == begun.json()["citations"]
    assert client.patch(one, json={"name": "Absences"}).json()["name"] == "Absences"
    assert [row["name"] for row in client.get("/api/conversations", params={"words": "absent august"}).json()] == [
        "Absences"
    ]
    assert client.delete(one).json()["questions"] == 2
    for gone in (
        client.get(one),
        client.delete(one),
        client.patch(one, json={"name": "x"}),
        client.post(f"{one}/questions", json={"question": QUESTION}),
    ):
        assert "no longer in the library" in refused(gone, 404)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"question": "x", "questoin": "y"}, "unknown field questoin"),
        ({}, "question is missing"),
        ({"question": "  "}, "the question is empty"),
        ({"question": "x" * 20_000}, "19999 characters"),
        ({"question": 3}, "question"),
        ({"question": QUESTION, "history": ["", "x"]}, "history.0"),
        ({"question": QUESTION, "history": [" "]}, "history, question 1: the question is empty"),
        ([], "the body"),
    ],
)
def test_a_wrong_question_is_refused_in_words(client: TestClient, body: Any, words: str) -> None:
    assert words in refused(client.post("/api/ask", json=body), 422)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"forums": ["G99"]}, "no record has the forum G99; the library has: G"),
        ({"speakers": ["Nobody"]}, "no record has words of Nobody"),
        ({"places": ["Bali"]}, "no record has the place Bali; the library has: Italy; "),
        ({"sets": ["Others"]}, "there is no set Others; there are: "),
    ],
)
def test_a_condition_that_no_record_passes_is_refused_in_words(client: TestClient, condition: Any, words: str) -> None:
    assert words in refused(client.post("/api/ask", json={"question": QUESTION, **condition}), 404)


def test_an_empty_file_is_refused(client: TestClient) -> None:
    assert "the body is empty" in refused(client.post("/api/documents", params={"name": "talks.md"}), 422)


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"\xff",
        b'{"question": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"question": "x", "id": Infinity}',
        b"[" * 5_000,
        b"9" * 5_000,
        b"",
    ],
)
def test_what_is_no_json_is_refused(client: TestClient, raw: bytes) -> None:
    reply = client.post("/api/ask", content=raw, headers={"content-type": "application/json"})
    assert reply.status_code in (400, 422)
    refused(reply, reply.status_code)


def test_a_form_of_another_site_is_no_json(client: TestClient) -> None:
    reply = client.post("/api/ask", content=b'{"question": "x"}', headers={"content-type": "text/plain"})
    refused(reply, 422)


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/documents"),
        ("DELETE", "/api/documents/2020-07-22-g20-mic.txt"),
        ("POST", "/api/ask"),
        ("GET", "/api/openapi.json"),
    ],
)
def test_the_page_of_another_site_may_not_ask(
    client: TestClient, method: str, path: str, headers: dict[str, str]
) -> None:
    refused(client.request(method, path, headers=headers), 403)


def test_a_foreign_host_is_refused(client: TestClient) -> None:
    assert "--allow-host" in refused(client.get("/api/documents", headers={"host": "evil.example"}), 421)


def test_what_is_too_large_is_refused_with_the_limit(client: TestClient) -> None:
    assert "1,000,000 bytes" in refused(client.post("/api/ask", content=b"x" * 1_000_001), 413)


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/nothing", 404), ("GET", "/api/ask", 405)])
def test_an_unknown_address_or_method_is_told(client: TestClient, method: str, path: str, status: int) -> None:
    refused(client.request(method, path), status)


def test_a_wrong_method_is_told_all_right_ones(client: TestClient) -> None:
    assert client.options("/api/conversations").headers["allow"] == "GET, POST"
    assert client.put("/api/documents/a.md").headers["allow"] == "DELETE, GET, PATCH"


def test_too_many_waiting_questions_are_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_MOST_WAITING", -workers._AT_ONCE)
    assert "too many questions" in refused(client.post("/api/ask", json={"question": QUESTION}), 429)


def test_an_error_of_our_own_shows_nothing_of_itself(library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise KeyError("a secret of the library")

    assistant = Assistant(library)
    monkeypatch.setattr(assistant, "ask", fail)
    with TestClient(application(assistant), base_url=ADDRESS, raise_server_exceptions=False) as client:
        line = refused(client.post("/api/ask", json={"question": QUESTION}), 500)
    assert "secret" not in line


def as_reader(app: Any) -> Any:
    """Return an application whose requests all come from a reader."""

    async def called(*arguments: Any) -> None:
        with acting_as(User("u1", "ada", UserRole.READER)):
            await app(*arguments)

    return called


def test_a_reader_may_ask_and_change_no_document(library: SqliteLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    assistant, asking = Assistant(library), []
    ask = assistant.ask

    def noted(*given: Any, **named: Any) -> Turn:
        asking.append(current_user())
        return ask(*given, **named)

    monkeypatch.setattr(assistant, "ask", noted)
    with TestClient(as_reader(application(assistant)), base_url=ADDRESS) as client:
        assert client.post("/api/ask", json={"question": QUESTION}).json()["answered"]
        names = {document.name for document in library.documents()}
        assert "editor" in refused(client.delete(f"/api/documents/{min(names)}"), 403)
        assert "editor" in refused(client.post("/api/documents", params={"name": "talks.md"}, content=NOTE), 403)
    assert [user.name for user in asking] == ["ada"]
    assert {document.name for document in library.documents()} == names


def test_the_openapi_document_names_every_address(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "/api"}]
    assert set(document["paths"]) == {
        "/ask",
        "/search",
        "/documents",
        "/documents/{name}",
        "/verify",
        "/conversations",
        "/conversations/{conversation}",
        "/conversations/{conversation}/questions",
        "/sets",
    }
