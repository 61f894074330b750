"""Several notebooks on one server: each with own records, things, page and API, and one login for all."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.citations.citation import Citation
from assistant.evidence.evidence_list import EvidenceList
from assistant.users.accounts import Accounts
from assistant.users.private_documents import target_of_additions, with_users_of
from assistant.users.tokens import AccessTokens
from assistant.web.application import application
from assistant.web.notebooks.notebook import Notebook, read_notebooks
from assistant.web.temporary import PageFolder
from assistant.web.users.who import Authentication
from corpus.span import Span
from index.errors import NotPrivate, RapporteurError
from index.library import Library, open_library
from index.users import UserRole
from support.commands import Run
from support.generated_texts import document
from support.users_page import PASSWORD, client_of, filled, logged_in, routes
from support.word_counts import WordCounts

APPLES, PEARS = "The ministers agreed on quantum apples.", "The ministers agreed on orbital pears."
CLIMATE = "/notebooks/climate"


def made(folder: Path, words: str) -> Library:
    library = open_library(folder, encoder=WordCounts(), founding=False)
    library.add(document(f"# Talks\n\n{words}", "a.md"))
    return library


@pytest.fixture
def first(tmp_path: Path) -> Library:
    return made(tmp_path / "first", APPLES)


@pytest.fixture
def climate(tmp_path: Path) -> Library:
    return made(tmp_path / "climate", PEARS)


@pytest.fixture
def app(first: Library, climate: Library) -> Any:
    return application(Assistant(first), notebooks=[Notebook("climate", Assistant(climate))])


@pytest.fixture
def app_of_users(first: Library, climate: Library) -> Any:
    for name, role in (("ada", UserRole.EDITOR), ("bo", UserRole.READER)):
        Accounts(first).add(name, role, PASSWORD)
    others = [Notebook("climate", Assistant(climate))]
    return application(Assistant(first), authentication=Authentication(), notebooks=others)


def collect(library: Library, words: str, owner: str | None = None) -> None:
    found = library.document("a.md")
    start = found.text.index(words)
    EvidenceList(library, owner).add(Citation(found, Span(start, start + len(words))))


def test_each_notebook_shows_its_own_records_evidence_and_answers(app: Any, first: Library, climate: Library) -> None:
    collect(first, APPLES)
    with client_of(app) as client:
        for path, own, other in (("", "apples", "pears"), (CLIMATE, "pears", "apples")):
            record = client.get(f"{path}/api/documents").json()[0]["sha256"][:16]
            source = client.get(f"{path}/source/{record}").text
            assert own in source
            assert other not in source
            reply = client.post(f"{path}/api/ask", json={"question": "On what did the ministers agree?"}).text
            assert own in reply
            assert other not in reply
        assert "apples" in client.get("/evidence").text
        assert "apples" not in client.get(f"{CLIMATE}/evidence").text
        stranger = first.document("a.md").id[:16]
        assert client.get(f"{CLIMATE}/source/{stranger}").text == client.get(f"{CLIMATE}/source/{'0' * 16}").text
        assert client.post(f"{CLIMATE}/library/remove", json={"records": [stranger]}).status_code < 500
    assert len(first.documents()) == len(climate.documents()) == 1


def test_what_is_changed_in_a_notebook_changes_that_one_alone(app: Any, first: Library, climate: Library) -> None:
    record = climate.document("a.md").id[:16]
    with client_of(app) as client:
        client.post(f"{CLIMATE}/library/remove", json={"records": [record]})
        client.post(f"{CLIMATE}/sets/save", json={"name": "Pears", "records": ["a.md"]})
        assert "Pears" not in client.get("/sets").text
        assert "rapporteur_documents 1" in client.get("/metrics").text
        assert "rapporteur_documents 0" in client.get(f"{CLIMATE}/metrics").text
    assert not climate.documents()
    assert len(first.documents()) == 1


def test_a_page_names_its_notebook_and_lists_all_of_them(app: Any) -> None:
    client = client_of(app)
    page = client.get(f"{CLIMATE}/")
    assert '"title":"climate ' in page.text
    assert f'"root":"http://127.0.0.1:7860{CLIMATE}"' in page.text
    assert page.text.count("aria-current=page") == 1
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert client.get(CLIMATE).headers["location"] == f"{CLIMATE}/"
    assert client.get(f"{CLIMATE}/api/openapi.json").json()["servers"] == [{"url": f"{CLIMATE}/api"}]
    assert client.get("/").text.count("notebooks") > 0


def test_the_name_in_an_address_may_be_written_in_any_script_and_form(first: Library, climate: Library) -> None:
    client = client_of(application(Assistant(first), notebooks=[Notebook("税制-é", Assistant(climate))]))
    for name in ("税制-é", "税制-e\u0301"):
        assert client.get(f"/notebooks/{name}/api/documents").json()[0]["sha256"] == climate.document("a.md").id


def test_the_pages_of_all_notebooks_end_with_the_server(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, close = [], PageFolder.close

    def note_and_close(folder: PageFolder) -> None:
        ended.append(folder)
        close(folder)

    monkeypatch.setattr(PageFolder, "close", note_and_close)
    with client_of(app):
        assert not ended
    assert len(ended) == 2


def test_a_server_of_one_library_lists_no_notebooks(first: Library) -> None:
    assert "notebooks" not in client_of(application(Assistant(first))).get("/").text


def test_an_address_of_no_notebook_is_refused_in_words(app: Any) -> None:
    client = client_of(app)
    for name in ("ghost", "Climate", "..%2fclimate", "<script>alert(1)</script>", "climate%00"):
        reply = client.get(f"/notebooks/{name}/")
        assert reply.status_code in (404, 422)
        assert "<script>alert" not in reply.text
        assert "pears" not in reply.text
    assert "no notebook at this address" in client.get("/notebooks/ghost/").text


@pytest.mark.parametrize("closed", ["gradio_api/upload", "gradio_api/file=/etc/passwd", "monitoring", "openapi.json"])
def test_what_is_closed_stays_closed_below_a_notebook(app: Any, closed: str) -> None:
    client = client_of(app)
    for path in (f"{CLIMATE}/{closed}", f"{CLIMATE}{CLIMATE}/{closed}", f"{CLIMATE}//{closed}"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in (404, 405)
    reply = client.get(f"{CLIMATE}/evidence", headers={"origin": "https://elsewhere.example"})
    assert reply.status_code == 403
    assert client.get(f"{CLIMATE}/evidence", headers={"host": "elsewhere.example"}).status_code == 421


def test_one_login_opens_every_notebook_and_leads_back_to_it(
    app_of_users: Any, first: Library, climate: Library
) -> None:
    client = client_of(app_of_users)
    login = client.get(f"{CLIMATE}/?tab=library").headers["location"]
    assert login == "/login?next=%2Fnotebooks%2Fclimate%2F%3Ftab%3Dlibrary"
    assert 'value="/notebooks/climate/?tab=library"' in unescape(client.get(login).text)
    reply = client.post("/login", data={"name": "ada", "password": PASSWORD, "next": "/notebooks/climate/?tab=library"})
    assert reply.headers["location"] == "/notebooks/climate/?tab=library"
    ada = Accounts(first).named("ada")
    assert ada
    collect(climate, PEARS, ada.id)
    assert "pears" in client.get(f"{CLIMATE}/evidence").text
    assert "pears" not in client.get("/evidence").text
    assert "pears" not in logged_in(app_of_users, "bo").get(f"{CLIMATE}/evidence").text
    assert 'href="audit"' not in client.get(f"{CLIMATE}/account").text
    for address in ("//elsewhere.example/", "https://elsewhere.example/notebooks/x/", "/notebooks/x/../../evidence"):
        sent = client.post("/login", data={"name": "ada", "password": PASSWORD, "next": address})
        assert sent.headers["location"] in ("/", "/notebooks/x/")


def test_nobody_learns_without_a_login_which_notebooks_there_are(app_of_users: Any) -> None:
    client = client_of(app_of_users)

    def said(name: str) -> list[tuple[int, str, str]]:
        paths = ("", "/", "/healthz", "/evidence", "/theme.css", "/login", "/metrics", "/api/documents", "/account")
        replies = [client.get(f"/notebooks/{name}{path}") for path in paths]
        return [
            (reply.status_code, reply.text, reply.headers.get("location", "").replace(name, "*")) for reply in replies
        ]

    assert said("climate") == said("ghost-x")
    assert client.get("/readyz").text == "ready\n"


def test_every_endpoint_of_a_notebook_wants_a_login(app_of_users: Any, climate: Library) -> None:
    client = client_of(app_of_users)
    listed = list(routes(app_of_users._others["climate"]))
    assert len(listed) > 50
    for path, route in listed:
        for method in getattr(route, "methods", None) or ("GET",):
            reply = client.request(method, CLIMATE + filled(path or "/", "x"), json={"id": "x", "session_hash": "x"})
            assert reply.status_code in (303, 401, 404), (method, path)
            assert "pears" not in reply.text
    assert len(climate.documents()) == 1


def test_roles_and_tokens_hold_in_every_notebook(app_of_users: Any, first: Library, climate: Library) -> None:
    record = climate.document("a.md").id[:16]
    bo = logged_in(app_of_users, "bo")
    bo.post(f"{CLIMATE}/library/remove", json={"records": [record]})
    assert len(climate.documents()) == 1
    ada = logged_in(app_of_users, "ada")
    ada.post(f"{CLIMATE}/library/remove", json={"records": [record]})
    assert not climate.documents()
    assert [(row.user, row.action) for row in climate.audit_rows(9)] == [("ada", "remove")]
    assert "remove" not in [row.action for row in first.audit_rows(9)]
    token = AccessTokens(first).make("bo", "script")
    program = client_of(app_of_users)
    program.headers["authorization"] = f"Bearer {token}"
    assert program.get(f"{CLIMATE}/api/documents").json() == []
    Accounts(first).set_disabled("bo", True)
    assert program.get(f"{CLIMATE}/api/documents").status_code == 401


def test_a_user_keeps_private_documents_in_a_notebook(app_of_users: Any, first: Library, climate: Library) -> None:
    bo = logged_in(app_of_users, "bo")
    sent = bo.post(f"{CLIMATE}/api/documents", params={"name": "mine.md", "private": True}, content=b"# Mine\n\nPlums.")
    assert sent.json()[0]["document"] == "mine.md"
    kept = [[row["document"] for row in bo.get(f"{path}/api/documents").json()] for path in ("", CLIMATE)]
    assert kept == [["a.md"], ["a.md", "mine.md"]]
    assert "mine.md" not in logged_in(app_of_users, "ada").get(f"{CLIMATE}/api/documents").text
    assert [*first.names(), *climate.names()] == ["a.md", "a.md"]


def test_private_documents_of_a_notebook_belong_to_the_users_of_the_first(first: Library, climate: Library) -> None:
    Accounts(first).add("ada", UserRole.READER, None)
    ada = Accounts(first).named("ada")
    assert ada
    seen = with_users_of(climate, first)
    target_of_additions(seen, ada.id).add(document("# Mine\n\nA plum was promised.", "mine.md"))
    assert [d.name for d in climate.documents()] == ["a.md"]
    with pytest.raises(NotPrivate, match="the user was removed"):
        target_of_additions(seen, "nobody").add(document("# Mine\n\nA plum.", "other.md"))


def test_a_removed_user_leaves_nothing_in_the_notebooks(run: Run, first: Library, climate: Library) -> None:
    Accounts(first).add("ada", UserRole.READER, None)
    ada = Accounts(first).named("ada")
    assert ada
    collect(climate, PEARS, ada.id)
    target_of_additions(with_users_of(climate, first), ada.id).add(document("# Mine\n\nA plum.", "mine.md"))
    words = ("user", "remove", "ada", "--library", first.location, "--notebook")
    assert "there is no library" in run(*words, f"{climate.location}-x").err
    assert "1 private document" in run(*words, climate.location).err
    assert run(*words, climate.location, "--private-too").out.endswith("and 1 private document\n")
    assert not EvidenceList(climate, ada.id).items()
    assert not first.user_rows()


def test_names_and_folders_of_notebooks_are_read(tmp_path: Path) -> None:
    first = str(tmp_path / "first")
    given = [f"climate={tmp_path}/c", f"税制-2026={tmp_path}/t=x"]
    assert read_notebooks(given, first) == {"climate": f"{tmp_path}/c", "税制-2026": f"{tmp_path}/t=x"}
    assert Notebook("税制", Assistant(open_library(tmp_path / "t", encoder=WordCounts(), founding=False))).address == (
        "/notebooks/%E7%A8%8E%E5%88%B6/"
    )


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (["climate"], "--notebook climate: give NAME=DIR, such as climate=/srv/climate"),
        (["climate="], "give NAME=DIR"),
        (["../etc={}/c"], "a notebook's name has 1 to 40 letters, digits, - and _"),
        (["a b={}/c"], "and begins with a letter or digit"),
        (["a/b={}/c"], "letters, digits"),
        (["\u202ex={}/c"], r"--notebook '\u202ex': a notebook's name"),
        (["x" * 41 + "={}/c"], "1 to 40"),
        (["a={}/a", "A={}/b"], "--notebook A: two notebooks have this name"),
        (["a={}/first"], "is the library of --library already; give another folder"),
        (["a={}/a", "b={}/x/../a"], "is the library a already"),
        (["a={}/first/private/6162"], "lie in one another; give another folder"),
        (["a={}"], "lie in one another"),
    ],
)
def test_notebooks_that_cannot_be_served_are_refused(tmp_path: Path, given: list[str], line: str) -> None:
    with pytest.raises(RapporteurError) as refused:
        read_notebooks([each.format(tmp_path) for each in given], str(tmp_path / "first"))
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


def test_serve_refuses_a_notebook_with_users_of_its_own(run: Run, tmp_path: Path) -> None:
    for folder in ("first", "climate"):
        Accounts(made(tmp_path / folder, APPLES)).add("ada", UserRole.ADMIN, PASSWORD)
    climate = f"climate={tmp_path / 'climate'}"
    said = run("serve", "--auth", "--port", 0, "--library", tmp_path / "first", "--notebook", climate)
    assert (said.code, said.out) == (1, "")
    assert "--notebook climate: this library has users of its own" in said.err
    assert run("serve", "--library", tmp_path / "first", "--notebook", "climate").code == 1
