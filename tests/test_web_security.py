"""Send the page's server what its own page never sends: files, addresses, requests of other sites."""

# mypy: disable-error-code="func-returns-value"

import socket
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.web.application import application
from index.library import open_library
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("open") / "library"


@pytest.fixture(scope="module")
def client(library_folder: Path) -> TestClient:
    assistant = Assistant(open_library(library_folder, encoder=WordCounts()))
    return TestClient(application(assistant), base_url="http://127.0.0.1:7860", raise_server_exceptions=False)


@pytest.mark.parametrize(
    "path",
    [
        "file=/etc/passwd",
        "file=../../etc/passwd",
        "file//etc/passwd",
        "file=file:///etc/passwd",
        "file=https://192.0.2.1/beacon.png",
        "proxy=https://192.0.2.1/beacon.png",
        "upload",
        "upload_progress?upload_id=x",
        "stream/x/y/1/playlist.m3u8",
        "process_recording",
        "component_server",
        "deep_link?session_hash=x",
        "custom_component/12/client/component/x",
        "dev/reload",
        "vibe-edit",
        "vibe-code",
        "openapi.json",
        "queue/status",
        "call/asked/x",
        "api/asked",
    ],
)
def test_gradio_gives_no_files_takes_none_and_fetches_nothing(client: TestClient, path: str) -> None:
    replies = [client.request(method, f"/gradio_api/{path}") for method in ("GET", "HEAD", "POST")]
    assert [reply.status_code for reply in replies] == [404, 404, 404]
    assert replies[0].text == "There is nothing here."


def test_no_address_is_fetched_for_anybody(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **named: asked.append(given) or [])
    client.get("/gradio_api/file=https://records.example.org/minutes.pdf")
    assert asked == []


@pytest.mark.parametrize(
    ("site", "what", "status"),
    [
        ("cross-site", "image", 403),
        ("cross-site", "iframe", 403),
        ("same-site", "script", 403),  # another port of this machine
        ("cross-site", "document", 200),  # a link that a user followed
        ("same-origin", "empty", 200),
        ("none", "document", 200),  # typed, or a bookmark
    ],
)
def test_other_sites_pages_get_nothing_shown_in_them(client: TestClient, site: str, what: str, status: int) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-dest": what}
    assert client.get("/export/evidence?format=markdown", headers=headers).status_code == status
