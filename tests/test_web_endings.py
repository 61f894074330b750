"""End checks, uploads and the whole server in the middle of their work: nothing of them stays, and nobody waits."""

import contextlib
import gc
import os
import re
import signal
import socket
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.web.application import application
from assistant.web.reports import check
from assistant.web.server import STOPPED
from assistant.web.temporary import PageFolder, remove_abandoned
from index.library import open_library
from support.served import SERVE, Served, served
from support.word_counts import WordCounts

BATCH = "0" * 32
GOOD = "It says “Of the G20 members, Indonesia was absent from this meeting.”".encode()
# Paragraphs with several quotations of words that stand in many records: far more than a minute of work.
LONG = "\n\n".join(
    f"It says “the ministers of point {i} agreed on the digital economy of {i}”. " * 40 for i in range(400)
)


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Iterator[Served]:
    """Return a server that all tests share; those that end one have their own."""
    with served(tmp_path_factory.mktemp("endings") / "library", temporary=temporary) as at:
        yield at.ready()


def begin(server: Served, path: str, body: bytes, length: int | None = None) -> socket.socket:
    """Send a request without waiting for its reply."""
    link = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length or len(body)}\r\n\r\n"
    link.sendall(head.encode() + body)
    return link


def begin_check(server: Served) -> socket.socket:
    """Begin a long check, and return its connection once the process that checks is at work."""
    link = begin(server, "/check?name=long.md", LONG.encode())
    until(lambda: bool(checking(server)))
    return link


def checking(server: Served) -> list[psutil.Process]:
    """Return the living processes that check a report."""
    return [child for child in psutil.Process(server.process.pid).children() if _is_checking(child)]


def _is_checking(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and "reports.process" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


def until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.02)


def checks_good(server: Served) -> bool:
    """Return True if the server has a place for a short report and finds its quotation."""
    return "1 exact" in re.sub("<[^>]+>", "", server.ask("/check?name=good.md", GOOD).text)


def held(temporary: Path) -> list[str]:
    """Return the names of the files of users in the temporary folder."""
    return [path.name for path in temporary.glob("rapporteur-*/*") if path.name != "lock"]


def test_a_check_whose_browser_has_gone_ends_and_leaves_nothing(server: Served, temporary: Path) -> None:
    link = begin_check(server)
    assert held(temporary)
    link.close()
    until(lambda: not checking(server) and not held(temporary))


def test_a_long_check_keeps_no_other_from_its_end(server: Served, temporary: Path) -> None:
    with contextlib.ExitStack() as links:
        for _ in range(2):
            links.enter_context(begin_check(server))
        assert checks_good(server)
        until(lambda: len(checking(server)) == 2)
    until(lambda: not held(temporary))


def test_a_check_beyond_the_places_is_refused_in_words(server: Served) -> None:
    until(lambda: not checking(server))
    with contextlib.ExitStack() as links:
        begun = [links.enter_context(begin(server, "/check?name=long.md", LONG.encode())) for _ in range(8)]
        until(lambda: len(checking(server)) == 8)
        assert "Too many reports are being checked just now" in server.ask("/check?name=good.md", GOOD).text
        begun[0].close()
        until(lambda: checks_good(server))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    library = open_library(tmp_path / "own", encoder=WordCounts())
    app = application(Assistant(library))
    with TestClient(app, base_url="http://127.0.0.1:7860", client=("127.0.0.1", 50_000)) as client:
        yield client


def test_a_check_has_a_limit_of_time(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_SECONDS", 0.2)
    reply = client.post("/check?name=long.md", content=LONG)
    assert "The check was given up after" in reply.text.splitlines()[-1]


def test_one_machine_does_not_take_all_places_of_others(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_OF_ONE_CLIENT", 0)
    assert "1 exact" in re.sub("<[^>]+>", "", client.post("/check?name=a.md", content=GOOD).text)
    monkeypatch.setattr(check, "is_loopback_address", lambda _: False)
    assert "Too many reports" in client.post("/check?name=a.md", content=GOOD).text


def test_reports_beyond_the_room_are_refused_in_words(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_MOST_BYTES", 10)
    assert "Too many reports" in client.post("/check?name=a.md", content=GOOD).text


def test_a_process_that_dies_is_an_answer_in_words(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_START", "import os; os.abort()")
    assert "The check ended before its end" in client.post("/check?name=a.md", content=GOOD).text


@pytest.mark.parametrize("name", ["a\0b.md", "日本 😀.md", "x" * 5000 + ".md", "\"'.md"])
def test_any_name_of_a_report_is_told_as_text(client: TestClient, name: str) -> None:
    assert "1 exact" in re.sub("<[^>]+>", "", client.post("/check", params={"name": name}, content=GOOD).text)


# Ctrl-C


def _idle(server: Served) -> list[socket.socket]:
    return []


def _in_a_check(server: Served) -> list[socket.socket]:
    return [begin_check(server), begin_check(server)]


def _in_an_upload(server: Served) -> list[socket.socket]:
    return [begin(server, f"/library/files?batch={BATCH}&name=a.txt", b"They met. " * 1000, 1_000_000)]


def _in_storing(server: Served) -> list[socket.socket]:
    text = b"".join(b"# Talk %d\n\nThey met on point %d and agreed.\n\n" % (i, i) for i in range(20_000))
    server.ask(f"/library/files?batch={BATCH}&name=a.md", text)
    until(lambda: '"stage":"encoding"' in server.ask(f"/library/files?batch={BATCH}").text.replace(" ", ""))
    return []


def _in_event_streams(server: Served) -> list[socket.socket]:
    link = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    link.sendall(b"GET /gradio_api/heartbeat/abc HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert link.recv(100)
    return [link]


@pytest.mark.parametrize(
    "work",
    [
        _in_a_check,
        _in_an_upload,
        *(pytest.param(work, marks=pytest.mark.slow) for work in (_idle, _in_storing, _in_event_streams)),
    ],
)
def test_ctrl_c_ends_the_server_with_one_line(tmp_path: Path, work: Callable[[Served], list[socket.socket]]) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with served(tmp_path / "library", temporary=temporary) as ended:
        links = work(ended.ready())
        children = checking(ended)
        print(f"ended after {ended.stop():.1f} s")
    assert ended.process.returncode == 0
    first, last = ended.said().splitlines()
    assert first.startswith("Rapporteur is at ")
    assert last == STOPPED
    until(lambda: not any(child.is_running() for child in children))
    assert not held(temporary)
    for link in links:
        link.close()


# Says when `main` has begun: before that Python itself is being loaded.
SAYS_LOADED = """
import assistant.commands
begin = assistant.commands._exit_code
def say_loaded(*words):
    print('loaded', flush=True)
    return begin(*words)
assistant.commands._exit_code = say_loaded
"""


@pytest.mark.slow
def test_ctrl_c_ends_a_server_that_is_just_starting(tmp_path: Path) -> None:
    """From when the command is loaded to when the page is there."""
    for number in range(6):
        begun = Served(tmp_path / f"library-{number}", code=SAYS_LOADED + SERVE)
        until(lambda begun=begun: "loaded" in begun.said())  # type: ignore[misc]
        time.sleep(0.5 * number)
        begun.stop()
        said = begun.said().splitlines()
        assert begun.process.returncode in (0, 130), said
        assert "Traceback" not in begun.said(), said
        assert len(said) <= 3


# Killed


def test_what_a_killed_server_leaves_is_removed_by_the_next(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with served(tmp_path / "other", temporary=temporary) as other, served(tmp_path / "one", temporary=temporary) as one:
        links = [begin_check(one.ready()), *_in_an_upload(one)]
        kept = begin_check(other.ready())
        until(lambda: len(held(temporary)) == 3)
        one.stop(signal.SIGKILL)
        assert len(held(temporary)) == 3
        with served(tmp_path / "one", temporary=temporary) as again:
            again.ready()
            assert len(held(temporary)) == 1  # of the other server, which lives
            assert len(list(temporary.glob("rapporteur-*"))) == 1
        for link in (*links, kept):
            link.close()


def test_only_abandoned_folders_of_ours_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    mine = PageFolder()
    mine.new_path().write_text("kept")
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "lock").touch()
    (temporary / "rapporteur-page-link").symlink_to(elsewhere)
    for name, age in (("rapporteur-upload-old", 200_000), ("rapporteur-check-new", 0), ("rapporteur-page-new", 0)):
        (temporary / name).mkdir()
        os.utime(temporary / name, (time.time() - age,) * 2)
    abandoned = temporary / "rapporteur-page-abandoned"
    abandoned.mkdir()
    (abandoned / "lock").touch()
    (abandoned / "1.docx").touch()
    remove_abandoned()
    left = {path.name for path in temporary.iterdir()} - {mine.new_path().parent.name}
    assert left == {"elsewhere", "rapporteur-page-link", "rapporteur-check-new", "rapporteur-page-new"}
    assert (mine.new_path().parent / "1").read_text() == "kept"
    mine.close()
    assert not (temporary / mine.new_path().parent.name / "1").exists()
    mine.close()


def test_a_folder_without_an_owner_is_removed_and_its_lock_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    owner = PageFolder()
    folder = owner.new_path().parent
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        del owner
        gc.collect()
    assert not folder.exists()
    assert not [warning for warning in said if str(folder) in str(warning.message)]


def test_many_checks_at_once_end_as_they_would_alone(server: Served) -> None:
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: server.ask("/check?name=good.md", GOOD).text, range(6)))
    assert all("1 exact" in re.sub("<[^>]+>", "", reply) for reply in replies)
