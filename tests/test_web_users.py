"""The page with users: who is let in, what each endpoint says without a login, to a reader and of another's things."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.evidence.evidence_list import EvidenceList
from assistant.history.history import History
from assistant.users.accounts import Accounts
from assistant.users.tokens import AccessTokens
from assistant.web.application import application
from assistant.web.users.attempts import Attempts
from assistant.web.users.who import Authentication
from corpus.span import Span
from index.errors import RapporteurError
from index.library import Library, open_library
from index.search.filters import Filters
from index.users import AuditRow, UserRole
from support.generated_texts import document
from support.users_page import BASE, PASSWORD, client_of, endpoints, filled, logged_in
from support.word_counts import WordCounts

OF_ADA = "The ministers of Ada agreed on quantum apples."
OPEN = {"/login", "/healthz", "/readyz", "/icon.svg", "/favicon.ico", "/theme.css", "/login.css"}
HOSTILE = ("<script>alert(1)</script>", "../../etc/passwd", "\u202e'\"; DROP TABLE users; --", "0" * 16, "")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    made.add(document(f"# Talks\n\n{OF_ADA}", "a.md"))
    for name, role in (("ada", UserRole.EDITOR), ("bo", UserRole.READER), ("root", UserRole.ADMIN)):
        Accounts(made).add(name, role, PASSWORD)
    return made


@pytest.fixture
def app(library: Library) -> Any:
    return application(Assistant(library), authentication=Authentication())


@pytest.fixture
def things(library: Library) -> dict[str, Any]:
    """What ada keeps: a conversation and a quotation."""
    ada = Accounts(library).named("ada")
    assert ada
    found = library.document("a.md")
    start = found.text.index(OF_ADA)
    EvidenceList(library, ada.id).add(Citation(found, Span(start, start + len(OF_ADA))))
    (item,) = EvidenceList(library, ada.id).items()
    return {"talk": History(library, ada.id).ask("", 0, "What of the Ada secret?", Filters()), "item": item.id}


def test_no_endpoint_answers_without_a_login_whatever_it_is_sent(
    app: Any, library: Library, things: dict[str, Any]
) -> None:
    listed = sorted(set(endpoints(app)))
    assert len(listed) > 60
    assert ("POST", "/library/remove") in listed
    assert ("POST", "/gradio_api/queue/join") in listed
    assert any(path.startswith("/api/") for _, path in listed)
    client = client_of(app)
    for method, path in listed:
        for value in HOSTILE:
            reply = client.request(method, filled(path, value), json={"id": value, "session_hash": value})
            if path in OPEN:
                assert reply.status_code < 500
            elif path in ("", "/") and method in ("GET", "HEAD"):
                assert (reply.status_code, reply.headers["location"]) == (303, "/login")
            elif path.startswith("/notebooks/") and reply.status_code == 303:
                assert reply.headers["location"].startswith("/login?next=%2Fnotebooks%2F")
            else:
                assert reply.status_code in (401, 404), (method, path)
            assert "Ada" not in reply.text
    assert client.get("/evidence", headers={"authorization": "Bearer x", "cookie": "rapporteur_x=y"}).status_code == 401
    assert len(library.documents()) == 1


def test_another_user_gets_nothing_of_ones_own_things(app: Any, library: Library, things: dict[str, Any]) -> None:
    ada, bo = logged_in(app, "ada"), logged_in(app, "bo")
    assert "quantum apples" in ada.get("/evidence").text
    assert "Ada secret" in ada.get("/history").text
    assert "quantum apples" not in bo.get("/evidence").text
    assert "Ada secret" not in bo.get("/history").text
    for there, missing in ((things["talk"], "nothing"),):
        for path, more in (("rename", {"name": "Mine"}), ("remove", {})):
            foreign = bo.post(f"/history/{path}", json={"id": there, **more})
            assert foreign.text == bo.post(f"/history/{path}", json={"id": missing, **more}).text
    changes: dict[str, dict[str, Any]] = {"remove": {}, "move": {"by": 1}, "write": {"field": "note", "words": "x"}}
    for path, change in changes.items():
        foreign = bo.post(f"/evidence/{path}", json={"id": things["item"], **change})
        assert foreign.text == bo.post(f"/evidence/{path}", json={"id": 999, **change}).text
    assert bo.post("/evidence/undo").text == bo.get("/evidence").text
    assert "quantum" not in bo.get("/export/evidence", params={"format": "markdown"}).text
    assert "Ada secret" in ada.get("/history").text
    assert "quantum apples" in ada.get("/evidence").text


def test_every_endpoint_stands_hostile_values_of_a_user(app: Any, library: Library, things: dict[str, Any]) -> None:
    bo = logged_in(app, "bo")
    left_alone = {"/gradio_api/heartbeat/{session_hash}", "/gradio_api/queue/data", "/logout", "/account", "/login"}
    for method, path in sorted(set(endpoints(app))):
        if path in left_alone:  # the first two never end
            continue
        for value in HOSTILE:
            reply = bo.request(method, filled(path, value), json={"id": value, "session_hash": value, "data": [value]})
            assert reply.status_code < 500, (method, path, value)
            assert "Ada secret" not in reply.text
            assert "<script>alert" not in reply.text or "json" in reply.headers["content-type"]
    assert len(library.documents()) == 1
    assert len(library.user_rows()) == 3


def test_only_editors_change_the_records(app: Any, library: Library) -> None:
    record = library.document("a.md").id[:16]
    correction = {"record": record, "changes": {"place": "Oslo"}}
    bo, ada = logged_in(app, "bo"), logged_in(app, "ada")
    for path, body in (("correct", correction), ("remove", {"records": [record]})):
        assert "only an editor" in bo.post(f"/library/{path}", json=body).json()["error"]
    sent = bo.post("/library/files", params={"batch": "0" * 32, "name": "b.md"}, content=b"They met.")
    assert "only an editor" in sent.json()["refused"]
    assert library.document("a.md").meeting.place is None
    assert ada.post("/library/correct", json=correction).json()["facts"]
    assert ada.post("/library/remove", json={"records": [record]}).json()["removed"] == 1
    lines = [(row.user, row.action, row.subject, row.detail) for row in library.audit_rows(2)]
    assert lines == [("ada", "remove", "a.md", ""), ("ada", "correct", "a.md", "place")]


def test_the_files_that_one_sends_are_seen_by_nobody_else(app: Any, library: Library) -> None:
    with logged_in(app, "ada") as ada:
        bo = logged_in(app, "bo")
        sent = ada.post("/library/files", params={"batch": "a" * 32, "name": "secret.md"}, content=b"They met in Oslo.")
        assert sent.json() == {"number": 1}
        assert ada.get("/library/files", params={"batch": "a" * 32}).json()["of"] == 1
        foreign = bo.get("/library/files", params={"batch": "a" * 32}).json()
        assert foreign == bo.get("/library/files", params={"batch": "b" * 32}).json()


def test_a_session_of_the_chat_is_its_users_own(app: Any, things: dict[str, Any]) -> None:
    cookies = {name: dict(logged_in(app, name).cookies) for name in ("ada", "bo")}
    with client_of(app) as client:  # the queue belongs to one event loop

        def opened(name: str, talk: str) -> str:
            client.cookies = cookies[name]
            number = next(
                fn["id"]
                for fn in client.get("/config").json()["dependencies"]
                if fn["targets"]
                and fn["targets"][0][1] == "load"
                and len(fn["inputs"]) == 2
                and len(fn["outputs"]) == 5
            )
            body = {"data": [talk, None], "fn_index": number, "session_hash": "same"}
            assert client.post("/gradio_api/queue/join", json=body).status_code == 200
            return client.get("/gradio_api/queue/data", params={"session_hash": "same"}).text

        assert "Ada secret" in opened("ada", things["talk"])
        foreign = opened("bo", things["talk"])
        assert "Ada secret" not in foreign
        assert "no longer in the library" in foreign
        assert "Ada secret" not in opened("bo", "")


def test_logging_in_sets_a_cookie_that_scripts_and_other_sites_cannot_use(app: Any, library: Library) -> None:
    client = client_of(app)
    page = client.get("/login", params={"next": "https://evil.example/?conversation=x&a=<b>"}).text
    assert 'value="/?conversation=x&a=%3Cb%3E"' in unescape(page)
    reply = client.post("/login", data={"name": "Ada", "password": PASSWORD, "next": "//evil.example/?tab=library"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/?tab=library")
    cookie = reply.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/", "max-age=604800"))
    assert "secure" not in cookie
    over_https = TestClient(app, base_url="https://127.0.0.1:7860", follow_redirects=False)
    assert (
        "secure" in over_https.post("/login", data={"name": "ada", "password": PASSWORD}).headers["set-cookie"].lower()
    )
    assert client.get("/evidence").status_code == 200
    kept = dict(client.cookies)
    assert client.post("/logout").headers["location"] == "/login"
    client.cookies.update(kept)
    assert client.get("/evidence").status_code == 401


def test_wrong_attempts_are_told_nothing_and_are_limited(app: Any, library: Library) -> None:
    client = client_of(app)
    told = {client.post("/login", data={"name": n, "password": "wrong"}).text.replace(n, "") for n in ("ada", "zed")}
    assert len(told) == 1
    statuses = [client.post("/login", data={"name": "ada", "password": f"wrong {n}"}).status_code for n in range(12)]
    assert statuses == [401] * 9 + [429] * 3
    assert client.post("/login", data={"name": "ada", "password": PASSWORD}).status_code == 429
    assert client.post("/login", data={"name": "bo", "password": PASSWORD}).status_code == 303
    lines = {(row.user, row.action) for row in library.audit_rows(20)}
    assert {("ada", "failed login"), ("(unknown name)", "failed login"), ("bo", "login")} <= lines
    assert "zed" not in {row.user for row in library.audit_rows(20)}
    assert client.post("/login", content=b"\xff", headers={"content-type": "text/plain"}).status_code == 401


def test_attempts_are_counted_by_name_and_address_and_forgotten() -> None:
    time = [0.0]
    attempts = Attempts(lambda: time[0])
    assert [attempts.wait("ada", str(n)) for n in range(10)] == [0.0] * 10
    assert attempts.wait("ada", "other") == 900.0
    time[0] = 900.0
    assert attempts.wait("ada", "other") == 0.0
    assert [attempts.wait(str(n), "one") for n in range(50)] == [0.0] * 50
    assert attempts.wait("further", "one") > 0
    attempts.forget("0", "one")
    assert attempts.wait("further", "one") == 0.0


def test_one_changes_ones_own_password_and_is_logged_out_elsewhere(app: Any) -> None:
    here, elsewhere = logged_in(app, "bo"), logged_in(app, "bo")
    new = {"new": "eight green harbours", "again": "eight green harbours"}
    assert "not your present password" in here.post("/account", data={"password": "x", **new}).text
    assert "not the same" in here.post("/account", data={"password": PASSWORD, **new, "again": "y"}).text
    short = here.post("/account", data={"password": PASSWORD, "new": "a", "again": "a"})
    assert "12 to 200 characters" in short.text
    assert "is changed" in here.post("/account", data={"password": PASSWORD, **new}).text
    assert (here.get("/evidence").status_code, elsewhere.get("/evidence").status_code) == (200, 401)
    assert client_of(app).post("/login", data={"name": "bo", "password": PASSWORD}).status_code == 401


def test_a_token_acts_as_its_user(app: Any, library: Library, things: dict[str, Any]) -> None:
    token = AccessTokens(library).make("ada", "script")
    client = client_of(app)
    assert "quantum apples" in client.get("/evidence", headers={"authorization": f"Bearer {token}"}).text
    AccessTokens(library).revoke("ada", "script")
    refused = client.get("/evidence", headers={"authorization": f"Bearer {token}"})
    assert (refused.status_code, "revoked" in refused.text) == (401, True)


def test_a_header_is_believed_from_the_proxy_alone(library: Library, things: dict[str, Any]) -> None:
    app = application(Assistant(library), authentication=Authentication.of("X-Forwarded-User", ["10.0.0.5"]))

    def ask(address: str, *names: str) -> Any:
        client = TestClient(app, base_url=BASE, client=(address, 1))
        return client.get("/evidence", headers=[("x-forwarded-user", name) for name in names])

    assert "quantum apples" in ask("10.0.0.5", "ADA").text
    assert "quantum apples" not in ask("10.0.0.5", "bo").text
    for refused in (ask("10.0.0.6", "ada"), ask("10.0.0.5"), ask("10.0.0.5", "zed"), ask("10.0.0.5", "bo", "ada")):
        assert refused.status_code == 403
        assert "quantum" not in refused.text
    for header, proxies in (("X", []), (None, ["10.0.0.5"]), ("X Y", ["10.0.0.5"]), ("X", ["proxy"])):
        with pytest.raises(RapporteurError, match=r"--auth-header|--trusted-proxy"):
            Authentication.of(header, proxies)


# The audit log


def test_the_audit_log_is_for_admins_alone(app: Any) -> None:
    for name in ("ada", "bo"):
        refused = logged_in(app, name).get("/audit", params={"user": "root"})
        assert (refused.status_code, "<table" in refused.text) == (403, False)
        assert "Only an admin may see this; ask one." in unescape(refused.text)
        assert "/audit" not in logged_in(app, name).get("/account").text
    root = logged_in(app, "root")
    assert 'href="audit"' in root.get("/account").text
    assert "<td>login</td><td></td>" in root.get("/audit").text


def test_the_audit_log_is_paged_and_filtered_and_shows_names_as_text(app: Any, library: Library) -> None:
    with library.change_users() as stored:
        for number in range(120):
            stored.log(AuditRow("2026-01-03T00:00:00+00:00", "ada", "export", f"line {number:03}", HOSTILE[0]))
        stored.log(AuditRow("2026-01-03T00:00:00+00:00", HOSTILE[0], HOSTILE[2], HOSTILE[1]))
    root = logged_in(app, "root")
    chosen = {"user": "ada", "action": "export"}
    pages = [root.get("/audit", params={**chosen, "page": str(number)}).text for number in (1, 2, 3, 4)]
    assert [page.count("<td>export</td>") for page in pages] == [50, 50, 20, 0]
    assert ["Older" in page for page in pages] == [True, True, False, False]
    assert ["Newer" in page for page in pages] == [False, True, True, True]
    assert "line 119" in pages[0]
    assert 'href="audit?user=ada&action=export&page=2"' in unescape(pages[0])
    assert all("<script>" not in page for page in (*pages, root.get("/audit").text))
    for hostile in HOSTILE:
        found = root.get("/audit", params={"user": hostile, "action": hostile, "page": hostile})
        seen = re.sub(r'(value|href)="[^"]*"', "", found.text)
        assert (found.status_code, "<script>" in found.text, "\u202e" in seen) == (200, False, False)


# What a role may not do


def test_a_reader_is_told_why_the_records_cannot_be_changed(app: Any) -> None:
    read_only = {name: logged_in(app, name).get("/library/records").json()["read_only"] for name in ("ada", "bo")}
    assert read_only["ada"] == ""
    assert read_only["bo"].startswith("only an editor may change the records")
