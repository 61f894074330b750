"""Private documents in the page and the API: their owner has them, and no endpoint tells anybody else of them."""

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.users.accounts import Accounts
from assistant.users.private_documents import require_change, target_of_additions
from assistant.web.application import application
from assistant.web.users.who import Authentication
from corpus.span import Span
from index.errors import LibraryError, NotPrivate
from index.library import Library, open_library
from index.private.additions import PrivateAdditions
from index.private.places import PrivateLibraries, private_location
from index.users import UserRole
from support.commands import Run
from support.generated_texts import document
from support.users_page import PASSWORD, client_of, filled, logged_in, routes
from support.word_counts import WordCounts

COMMON = "# Harbour talks, 3 March 2025\n\nThe committee decided to build a new quay."
SECRET = "# Zebra fund, 4 April 2026\n\nPresent: Ms Quagga.\n\nThe board decided to freeze the zebra fund (ZBRF)."
WORDS = ("zebra", "quagga", "zbrf")
# The year of the document, not four digits of a random identity.
YEAR = re.compile(r"(?<![\w-])2026(?![\w-])")
NAME = "zebra-minutes.md"
# Endpoints that never end, or that end the session of the one who asks.
LEFT_ALONE = ("/gradio_api/heartbeat/{session_hash}", "/gradio_api/queue/data", "/logout", "/account", "/login")

# Each starts a process.
CHECKS = ("/check", "/api/verify")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    made.add(document(COMMON, "talks.md"))
    for name, role in (("ada", UserRole.EDITOR), ("bo", UserRole.READER), ("root", UserRole.ADMIN)):
        Accounts(made).add(name, role, PASSWORD)
    return made


@pytest.fixture
def app(library: Library) -> Any:
    return application(Assistant(library), authentication=Authentication())


@pytest.fixture
def clients(app: Any) -> Iterator[dict[str, TestClient]]:
    cookies = {name: dict(logged_in(app, name).cookies) for name in ("ada", "bo", "root")}
    with client_of(app) as running:  # the queues belong to one event loop
        clients = {}
        for name, of_user in cookies.items():
            clients[name] = client_of(app)
            clients[name].cookies.update(of_user)
            clients[name].portal = running.portal
        yield clients


def upload(client: TestClient, name: str, text: str, private: bool = True) -> dict[str, Any]:
    """Add a file by the API, and return what became of it."""
    params = {"name": name, "private": str(private).lower()}
    reply = client.post("/api/documents", params=params, content=text.encode())
    assert reply.status_code == 200, reply.text
    (found,) = reply.json()
    return dict(found)


def row_of(client: TestClient, name: str) -> dict[str, Any]:
    rows = client.get("/library/records").json()["records"]
    return next((dict(row) for row in rows if row["name"] == name), {})


def asked(client: TestClient, question: str) -> dict[str, Any]:
    return dict(client.post("/api/ask", json={"question": question}).json())


def anchor_of(text: str, words: str) -> str:
    made = document(text, NAME)
    start = made.text.index(words)
    return str(Citation(made, Span(start, start + len(words))).anchor)


def body_of(route: Any, value: str) -> dict[str, Any]:
    """Return a body with the fields that a route takes, each with the value, or with what the field may be."""
    fields = {"id", "session_hash", "data"}
    for parameter in getattr(getattr(route, "dependant", None), "body_params", ()):
        fields = set(getattr(parameter.field_info.annotation, "model_fields", {}))
    known = {"question": "What about the zebra fund?", "query": "zebra fund", "k": 9, "changes": {"place": "Oslo"}}
    lists = {"records": [value], "names": [value], "history": [], "forums": [], "years": [], "publishers": []}
    return {field: (known | lists).get(field, value) for field in fields - {"speakers"}}


def told(client: TestClient, app: Any, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Send every endpoint requests with the values, and yield what was sent with the reply."""
    for path, route in sorted(routes(app), key=lambda each: each[0]):
        if path in LEFT_ALONE:
            continue
        is_ours = getattr(route, "endpoint", told).__module__.startswith("assistant")
        queries = [each.alias for each in route.dependant.query_params] if is_ours else []
        for method in getattr(route, "methods", None) or ("GET",):
            for value in values[:1] if path in CHECKS else values:
                params = {name: "0" * 32 if name == "batch" else value for name in queries}
                body = None if method in ("GET", "HEAD") else body_of(route, value)
                reply = client.request(method, filled(path, value), params=params, json=body)
                assert reply.status_code < 500, (method, path, value, body)
                yield f"{method} {path} {params} {body}", reply.text.replace(value, "")


def told_by_handlers(client: TestClient, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Run every handler of the page with the values, and yield what was sent with the events that it sent back."""
    for number, handler in enumerate(client.get("/config").json()["dependencies"]):
        for place, value in enumerate(values):
            session = f"{number}-{place}"
            # The shown conversation, if a handler goes on with it, stands before the question.
            data = [value, value, *[None] * len(handler["inputs"])][: len(handler["inputs"])]
            body = {"data": data, "fn_index": handler["id"], "session_hash": session}
            if client.post("/gradio_api/queue/join", json=body).status_code == 200:
                events = client.get("/gradio_api/queue/data", params={"session_hash": session}).text
                yield f"handler {handler['id']} {value}", events.replace(value, "")


def test_no_endpoint_and_no_handler_tells_another_user_of_a_private_document(
    app: Any, clients: dict[str, TestClient], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = clients["ada"]
    assert upload(ada, NAME, SECRET)["outcome"] == "added"
    talk = ada.post("/api/conversations", json={"question": "What was decided on the zebra fund?"}).json()
    assert "freeze the zebra fund" in talk["answer"]
    secret = document(SECRET, NAME)
    values = [NAME, secret.id[:16], anchor_of(SECRET, "freeze the zebra fund"), talk["conversation"]]
    opened: list[str] = []
    open_private = PrivateLibraries.of

    def noted(places: PrivateLibraries, owner: str) -> Library | None:
        opened.append(owner)
        return open_private(places, owner)

    monkeypatch.setattr(PrivateLibraries, "of", noted)
    bo, root = clients["bo"], clients["root"]
    question = ["What was decided on the zebra fund?"]
    replies = [*told(bo, app, values), *told(root, app, values[:1])]
    handled = [*told_by_handlers(bo, [values[-1], *question]), *told_by_handlers(root, question)]
    for what, reply in replies + handled:
        asks = "zebra" in what.casefold()  # the reply may repeat the question
        assert not any(word in reply.casefold() for word in (("freeze", "quagga") if asks else WORDS)), what
        assert not YEAR.search(reply), what
    assert len(replies) > 400
    assert len(handled) > 20
    owner = next(row.id for row in library.user_rows() if row.name == "ada")
    assert owner not in opened
    assert len(set(opened)) == 3  # bo, root and nobody: the check would be empty if users were not told apart
    assert secret.id not in library.names().values()
    assert row_of(ada, NAME)["private"]


def test_the_owner_finds_asks_lists_shows_exports_and_verifies_it(clients: dict[str, TestClient]) -> None:
    ada, bo = clients["ada"], clients["bo"]
    assert upload(ada, NAME, SECRET)["document"] == NAME
    for client, has in ((ada, True), (bo, False)):
        shown = {
            "ask": asked(client, "What did the board decide on the zebra fund?")["answered"],
            "count": "2 records" in asked(client, "How many records are there?")["answer"],
            "search": any(
                h["document"] == NAME for h in client.post("/api/search", json={"query": "zebra"}).json()["hits"]
            ),
            "list": any(each["document"] == NAME and each["private"] for each in client.get("/api/documents").json()),
            "show": client.get(f"/api/documents/{NAME}").status_code == 200,
            "table": bool(row_of(client, NAME)),
            "panel": "Only you see this." in client.get("/records").text,
            "record": "Only you see this." in client.get(f"/source/{document(SECRET, NAME).id[:16]}").text,
            "verify": client.post("/api/verify", params={"name": "r.md"}, content=QUOTING).json()["counts"]["exact"]
            == 1,
            "original": client.get(f"/library/original/{document(SECRET, NAME).id[:16]}").status_code == 200,
            "examples": bool(YEAR.search(client.get("/examples").text)),
            "metrics": "rapporteur_documents 2" in client.get("/metrics").text,
        }
        asked_in_page = [events for _, events in told_by_handlers(client, ["What was decided on the zebra fund?"])]
        shown |= {
            "page": any("freeze the zebra" in events for events in asked_in_page),
            "filters": any(YEAR.search(events) for events in asked_in_page),
        }
        assert shown == dict.fromkeys(shown, has), shown


QUOTING = "The minutes say: “The board decided to freeze the zebra fund (ZBRF).”".encode()


def test_a_reader_keeps_private_documents_and_changes_no_others(clients: dict[str, TestClient]) -> None:
    bo = clients["bo"]
    refused = bo.post("/api/documents", params={"name": NAME}, content=SECRET.encode())
    assert (refused.status_code, "only an editor" in refused.text) == (403, True)
    upload(bo, NAME, SECRET)
    row = row_of(bo, NAME)
    changed = bo.post("/library/correct", json={"record": row["id"], "changes": {"place": "Oslo"}}).json()
    assert {fact["value"] for fact in changed["facts"] if fact["name"] == "place"} == {"Oslo"}
    shared = bo.post("/library/share", json={"records": [row["id"]]}).json()
    assert "only an editor" in shared["error"]
    both = {"records": [row["id"], row_of(bo, "talks.md")["id"]]}
    assert "only an editor" in bo.post("/library/remove", json=both).json()["error"]
    removal = bo.post("/library/remove", json={"records": [row["id"]]}).json()
    assert (removal["removed"], row_of(bo, NAME)) == (1, {})
    assert [each["removal"] for each in bo.get("/library/removals").json()["removals"]] == [removal["removal"]]
    assert clients["ada"].get("/library/removals").json() == {"removals": []}
    assert bo.post("/library/put-back", json={"removal": removal["removal"]}).json() == {"back": 1}
    assert row_of(bo, NAME)["private"]
    assert row_of(clients["ada"], NAME) == {}
    assert bo.delete(f"/api/documents/{NAME}").json() == [{"document": NAME}]
    assert "only an editor" in bo.delete("/api/documents/talks.md").text


def test_a_correction_changes_no_common_document_that_has_the_name_meanwhile(
    clients: dict[str, TestClient], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = clients["bo"]
    upload(bo, NAME, SECRET)
    row, check = row_of(bo, NAME), require_change

    def check_before_another_is_added(records: Any) -> None:
        check(records)
        library.add(document("# Talks\n\nThey agreed.", NAME))

    monkeypatch.setattr("assistant.web.library.routes.require_change", check_before_another_is_added)
    changed = bo.post("/library/correct", json={"record": row["id"], "changes": {"place": "Oslo"}}).json()
    assert "facts" in changed, changed
    assert library.corrections(NAME) == {}
    private = row_of(bo, NAME.replace(".md", " (private).md"))
    assert (private["id"], private["place"]) == (row["id"], "Oslo")


def test_a_shared_document_is_everybodys(clients: dict[str, TestClient], library: Library) -> None:
    ada, bo = clients["ada"], clients["bo"]
    upload(ada, NAME, SECRET)
    assert ada.patch(f"/api/documents/{NAME}", json={"private": True}).status_code == 422
    assert bo.patch(f"/api/documents/{NAME}", json={"private": False}).status_code == 403
    assert ada.patch(f"/api/documents/{NAME}", json={"private": False}).json()["document"] == NAME
    assert not row_of(bo, NAME)["private"]
    assert bo.get(f"/library/original/{row_of(bo, NAME)['id']}").content == SECRET.encode()
    assert ada.patch(f"/api/documents/{NAME}", json={"private": False}).status_code == 422
    assert [(row.action, row.subject) for row in library.audit_rows(1)] == [("share", NAME)]


def test_the_audit_log_names_no_private_document(clients: dict[str, TestClient], library: Library) -> None:
    ada = clients["ada"]
    upload(ada, NAME, SECRET)
    row = row_of(ada, NAME)
    ada.post("/library/correct", json={"record": row["id"], "changes": {"place": "Oslo"}})
    removal = ada.post("/library/remove", json={"records": [row["id"]]}).json()["removal"]
    ada.post("/library/put-back", json={"removal": removal})
    ada.delete(f"/api/documents/{NAME}")
    lines = [(row.action, row.subject) for row in library.audit_rows(5)][::-1]
    assert lines == [(a, "(a private document)") for a in ("add", "correct", "remove", "put back", "remove")]
    assert "zebra" not in clients["root"].get("/audit").text


def test_what_was_removed_is_put_back_where_the_audit_log_cannot_be_written(
    clients: dict[str, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = clients["ada"]

    def refuse(*_values: object) -> None:
        raise LibraryError("the disk is full")

    monkeypatch.setattr("assistant.web.library.routes.audit", refuse)
    removed = ada.post("/library/remove", json={"records": [row_of(ada, "talks.md")["id"]]}).json()
    monkeypatch.undo()
    assert (removed["removed"], removed["error"]) == (1, "the disk is full")
    assert row_of(ada, "talks.md") == {}
    assert ada.post("/library/put-back", json={"removal": removed["removal"]}).json() == {"back": 1}
    assert row_of(ada, "talks.md")


def test_who_adds_the_same_text_for_all_is_told_nothing_of_it(clients: dict[str, TestClient]) -> None:
    root = clients["root"]
    upload(clients["bo"], NAME, SECRET)
    near = SECRET.replace("zebra fund (ZBRF)", "zebra fund (ZBRF) today")
    for name, text in ((NAME, SECRET), ("near.md", near)):
        found = upload(root, name, text, private=False)
        assert (found["outcome"], found["document"]) == ("added", name)
    assert upload(root, "again.md", SECRET, private=False)["outcome"] == "same"
    assert row_of(clients["bo"], NAME)["private"] is False


def test_without_users_nothing_is_private(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    with client_of(application(Assistant(library))) as client:
        assert client.get("/library/records").json()["has_private"] is False
        refused = client.post("/api/documents", params={"name": NAME, "private": "true"}, content=SECRET.encode())
        assert (refused.status_code, "nobody is logged in" in refused.text) == (422, True)
        sent = client.post(
            "/library/files", params={"batch": "0" * 32, "name": NAME, "private": "true"}, content=SECRET.encode()
        )
        assert "nobody is logged in" in sent.json()["refused"]
    assert not (tmp_path / "library" / "private").exists()


def test_a_private_upload_of_the_page_is_private(clients: dict[str, TestClient]) -> None:
    ada = clients["ada"]
    batch = {"batch": "a" * 32}
    ada.post("/library/files", params={**batch, "name": NAME, "private": "true"}, content=SECRET.encode())
    while ada.get("/library/files", params=batch).json()["working"]:
        time.sleep(0.02)
    assert row_of(ada, NAME)["state"] == "uploaded, only you see it"
    assert row_of(clients["root"], NAME) == {}


@pytest.mark.parametrize("before", [True, False])
def test_an_addition_that_ends_after_the_removal_of_its_user_leaves_nothing(
    library: Library, before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo = next(row.id for row in library.user_rows() if row.name == "bo")
    target, add = target_of_additions(library, bo), PrivateAdditions.add

    def add_while_removed(*values: Any) -> Any:
        Accounts(library).remove("bo", with_private=True)
        return add(*values)

    if before:
        Accounts(library).remove("bo", with_private=True)
    else:
        monkeypatch.setattr(PrivateAdditions, "add", add_while_removed)
    with pytest.raises(NotPrivate, match="the user was removed"):
        target.add(document(SECRET, NAME), SECRET.encode())
    assert not private_location(library.location, bo).exists()


def test_removing_a_user_asks_first_what_becomes_of_private_documents(
    clients: dict[str, TestClient], library: Library
) -> None:
    upload(clients["bo"], NAME, SECRET)
    bo = next(row.id for row in library.user_rows() if row.name == "bo")
    accounts = Accounts(library)
    assert accounts.private_counts() == {bo: 1}
    with pytest.raises(Exception, match="bo keeps 1 private document that nobody else can read"):
        accounts.remove("bo")
    assert accounts.remove("bo", with_private=True) == 1
    assert not private_location(library.location, bo).exists()
    assert library.audit_rows(1)[0].detail == "1 private document"


def test_what_does_not_fit_into_the_room_of_a_user_is_refused_at_every_door(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_PRIVATE_MEGABYTES", "1")
    large = tmp_path / "large.txt"
    large.write_text("They met and agreed on it all.\n\n" * 18_000, "utf-8")
    library = open_library(tmp_path / "one-megabyte", encoder=WordCounts(), founding=False)
    Accounts(library).add("ada", UserRole.READER, PASSWORD)
    ada = logged_in(application(Assistant(library), authentication=Authentication()), "ada")
    line = "large.txt: your other private documents take 0.0 of 1 MB, and this one does not fit"
    sent = ada.post("/api/documents", params={"name": "large.txt", "private": True}, content=large.read_bytes())
    assert line.removeprefix("large.txt: ") in sent.text
    words = ("add", large, "--private", "--as", "ada", "--library", library.location)
    assert line in (said := run(*words)).out + said.err
    assert said.code != 0
    batch = "a" * 32
    ada.post(
        "/library/files", params={"batch": batch, "name": "large.txt", "private": True}, content=large.read_bytes()
    )
    while "refused" not in (shown := ada.get("/library/files", params={"batch": batch, "after": 0}).text):
        assert "added" not in shown
    assert "does not fit" in shown
    assert not library.names()
    assert PrivateLibraries(library.location, library.settings, library.encoder).counts() == {}


def test_what_is_put_back_beyond_the_room_of_a_user_is_refused_in_words_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORTEUR_PRIVATE_MEGABYTES", "1")
    library = open_library(tmp_path / "one-megabyte", encoder=WordCounts(), founding=False)
    Accounts(library).add("ada", UserRole.READER, PASSWORD)
    ada = logged_in(application(Assistant(library), authentication=Authentication()), "ada")
    half = "They met and agreed on it all.\n\n" * 9_000
    upload(ada, "one.txt", half)
    removal = ada.post("/library/remove", json={"records": [row_of(ada, "one.txt")["id"]]}).json()["removal"]
    upload(ada, "two.txt", f"And then: {half}")
    refused = ada.post("/library/put-back", json={"removal": removal}).json()
    assert "one.txt: your other private documents take 0.5 of 1 MB, and this one does not fit" in refused["error"]
    assert refused["removal"] == removal
    in_japanese = ada.post("/library/put-back", json={"removal": removal}, headers={"accept-language": "ja"}).json()
    assert in_japanese["error"].startswith("one.txt：自分だけの文書は1 MBまでで")
    ada.post("/library/remove", json={"records": [row_of(ada, "two.txt")["id"]]})
    assert ada.post("/library/put-back", json={"removal": removal}).json() == {"back": 1}
