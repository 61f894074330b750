"""Hold the page's server under hostile and slow connections, foreign names and requests that no page sends."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.web import slow_bodies
from assistant.web.application import application
from assistant.web.connections import ConnectionLimits
from assistant.web.hosts import check_exposure, is_own_address, served_names
from assistant.web.server import listening, server_of
from index.errors import RapporteurError
from index.library import open_library
from support.served import Served, served
from support.word_counts import WordCounts

BATCH = "0" * 32


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server for everybody on the network, which also answers to one name."""
    folder = tmp_path_factory.mktemp("doors") / "library"
    with served(folder, "--host", "0.0.0.0", "--no-auth", "--allow-host", "Records.example") as at:
        yield at.ready()


# Names and origins


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost", 200),
        ("records.example", 200),
        ("RECORDS.EXAMPLE:{port}", 200),
        ("evil.example", 421),
        ("records.example.evil.example", 421),
        ("0.0.0.0", 421),
        ("192.0.2.7", 421),  # an address, but not the one that the connection came in at
        ("", 421),
    ],
)
def test_names_are_checked_on_every_interface(server: Served, host: str, status: int) -> None:
    assert server.ask("/records", headers={"Host": host.format(port=server.port)}).status == status


def test_a_page_that_points_its_name_at_this_machine_gets_nothing(server: Served) -> None:
    """DNS rebinding: the browser believes that it talks to its own site, so origin and host agree."""
    for path, body in (("/records", None), ("/evidence/remove-all", b"{}"), ("/library/records", None)):
        headers = {"Host": "evil.example", "Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"}
        reply = server.ask(path, body, headers)
        assert reply.status == 421
        assert reply.text.startswith("This page answers only under the address that it printed")


def test_others_are_served_only_where_the_user_says_so(tmp_path: Path) -> None:
    refused = Served(tmp_path / "library", "--host", "0.0.0.0")
    assert refused.process.wait(60) == 1
    (line,) = refused.said().splitlines()
    assert line.startswith("rapporteur: --host 0.0.0.0: the page asks for no password")
    assert "--no-auth" in line
    assert not (tmp_path / "library").exists()


def test_who_serves_others_is_warned_in_one_line(server: Served) -> None:
    (line,) = [line for line in server.said().splitlines() if line.startswith("warning: ")]
    assert "can read, change and remove this library; no password is asked" in line


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.7"])
def test_an_address_that_others_reach_needs_a_word(host: str) -> None:
    with pytest.raises(RapporteurError, match="add --no-auth if that is what you want"):
        check_exposure(host, no_auth=False)
    check_exposure(host, no_auth=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.9.9.9"])
def test_this_machine_alone_needs_none(host: str) -> None:
    check_exposure(host, no_auth=False)


@pytest.mark.parametrize("name", ["records.lan:80", "http://records.lan", "a/b", "", "*", "a b", "-a.lan", "a" * 300])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(RapporteurError, match="this is no name; give it without port and path"):
        served_names("127.0.0.1", [name])


def test_names_are_compared_in_one_form() -> None:
    names = served_names("192.0.2.7", ["Records.LAN.", "bücher.example", "[2001:db8::0:7]"])
    assert {"192.0.2.7", "records.lan", "xn--bcher-kva.example", "2001:db8::7", "localhost"} <= names
    assert is_own_address("192.0.2.7", ("::ffff:192.0.2.7", 80))
    assert not is_own_address("192.0.2.8", ("192.0.2.7", 80))
    assert not is_own_address("evil.example", ("192.0.2.7", 80))


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("aim", ["document", "empty"])
def test_a_post_from_another_site_is_refused_without_an_origin(server: Served, site: str, aim: str) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Dest": aim}
    assert server.ask("/evidence/undo", b"", headers).status == 403
    assert server.ask("/records", headers={**headers, "Sec-Fetch-Mode": "navigate"}).status == (
        200 if aim == "document" else 403
    )


def test_each_of_several_origins_is_checked(server: Served) -> None:
    own = f"http://127.0.0.1:{server.port}"
    for origins, status in (
        ([own], 200),
        (["http://evil.example", own], 403),
        ([own, "http://evil.example"], 403),
        ([own, own], 200),
    ):
        lines = ["POST /evidence/undo HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Content-Length: 0"]
        lines += [f"Origin: {origin}" for origin in origins]
        assert f" {status} ".encode() in _raw(server.port, "\r\n".join([*lines, "Connection: close", "", ""]).encode())


def _raw(port: int, sent: bytes, seconds: float = 30) -> bytes:
    """Send bytes and return all that comes back until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as link:
        link.sendall(sent)
        got = b""
        while part := link.recv(65536):
            got += part
        return got


# Requests that no page sends


_GRADIO = ("queue/join", "run/asked", "run/predict", "reset", "cancel")
_HOSTILE = {
    "not a number": b'{"data": [NaN], "fn_index": NaN, "session_hash": "x"}',
    "endless": b'{"data": [], "fn_index": 1e999, "session_hash": "x"}',
    "below zero": b'{"data": [], "fn_index": -1, "session_hash": "x", "event_id": "x"}',
    "no such handler": b'{"data": [], "fn_index": 99, "session_hash": "x", "event_id": "x"}',
    "half a character": b'{"data": [], "fn_index": "\\ud800", "session_hash": "\\ud800", "event_id": "\\ud800"}',
    "too few values": b'{"data": ["x"], "fn_index": 0, "session_hash": "x", "event_id": "x"}',
    "values of other kinds": b'{"data": [[], null, 5, {}, "x", {}], "fn_index": 0, "session_hash": "x"}',
    "a file": json.dumps(
        {"data": [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}, None, [], [], []], "fn_index": 0}
        | {"session_hash": "x"}
    ).encode(),
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "not UTF-8": b'{"data": "\xff\xfe"}',
    "a huge number": b'{"fn_index": ' + b"9" * 5000 + b"}",
    "empty": b"",
    "null": b"null",
}


@pytest.mark.parametrize("what", _HOSTILE)
def test_what_no_page_sends_is_refused_without_an_error_of_ours(server: Served, what: str) -> None:
    for path in _GRADIO:
        reply = server.ask(f"/gradio_api/{path}", _HOSTILE[what])
        assert reply.status in (200, 400, 404, 422), (path, reply)
        assert "Traceback" not in reply.text
    if what in ("not a number", "endless", "no such handler"):
        assert server.ask("/gradio_api/queue/join", _HOSTILE[what]).text.startswith("This page sends no such thing")


@pytest.mark.parametrize("path", ["/static/", "/assets/", "/svelte/", "/theme.css/", "/gradio_api/heartbeat"])
def test_a_name_that_no_file_has_is_no_error_of_ours(server: Served, path: str) -> None:
    for name in ("a" * 7000, "%00", "%ff%fe", "..%2f..%2fetc%2fpasswd"):
        assert server.ask(path + name).status in (200, 403, 404, 422)


def test_none_of_it_shows_in_the_terminal(server: Served) -> None:
    for what in ("too few values", "values of other kinds", "a file"):
        server.ask("/gradio_api/queue/join", _HOSTILE[what])
    assert server.ask("/gradio_api/queue/data?session_hash=x").status == 200  # once they were worked on
    assert "Traceback" not in server.said()
    assert "ERROR" not in server.said()


def test_who_leaves_in_the_middle_of_a_request_leaves_no_trace_in_the_terminal(server: Served) -> None:
    before = server.said()
    for path in (
        "/check?name=a.md",
        f"/library/files?batch={BATCH}&name=a.txt",
        "/evidence/write",
        "/gradio_api/run/x",
    ):
        for sent in (b"", b"abc"):
            with socket.create_connection(("127.0.0.1", server.port)) as link:
                head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n"
                link.sendall(head.encode() + sent)
                time.sleep(0.1)
    assert server.ask("/healthz").status == 200
    assert server.said() == before


# Health


def test_programs_can_see_that_it_lives_and_can_answer(server: Served) -> None:
    assert server.ask("/healthz")[::2] == (200, "ok\n")
    assert server.ask("/readyz")[::2] == (200, "ready\n")


def test_it_is_not_ready_while_the_models_are_loaded(tmp_path: Path) -> None:
    loaded = threading.Event()
    loading = threading.Thread(target=loaded.wait, daemon=True)
    loading.start()
    with serving(tmp_path, loading=loading) as port:
        assert b" 503 " in _get(port, "/readyz")
        assert b"loading the models" in _get(port, "/readyz")
        assert b" 200 " in _get(port, "/healthz")
        loaded.set()
        loading.join()
        assert b" 200 " in _get(port, "/readyz")


# Slow connections


@contextmanager
def serving(
    folder: Path, limits: ConnectionLimits | None = None, loading: threading.Thread | None = None
) -> Iterator[int]:
    """Serve a library in this process, and yield the port."""
    assistant = Assistant(open_library(folder / "library", encoder=WordCounts()))
    with listening("127.0.0.1", 0) as listener:
        running = server_of(application(assistant, loading=loading), limits)
        thread = threading.Thread(target=asyncio.run, args=(running.serve([listener]),), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        running.should_exit = True
        thread.join(20)


def _get(port: int, path: str) -> bytes:
    return _raw(port, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())


def _until_closed(link: socket.socket, seconds: float = 20) -> bytes:
    link.settimeout(seconds)
    got = b""
    try:
        while part := link.recv(65536):
            got += part
    except ConnectionError:
        pass
    return got


def test_slow_and_idle_connections_are_closed_and_keep_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slow_bodies, "_LONGEST_PAUSE", 1.0)
    much = " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000000\r\n\r\nabc"
    announced, checked = f"POST /library/files?batch={BATCH}&name=a.txt{much}", f"POST /check?name=a.md{much}"
    begun = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "
    kinds = [b"", b"GET /records HT", announced.encode(), checked.encode(), begun]
    with serving(tmp_path, ConnectionLimits(header_seconds=1.0)) as port:
        assert b" 200 " in _get(port, "/healthz")
        links = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
        for number, link in enumerate(links):
            link.sendall(kinds[number % len(kinds)])
        assert all(b" 200 " in _get(port, path) for path in ("/records", "/evidence", "/", "/library/records"))
        sent = f"POST /library/files?batch={BATCH}&name=b.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n"
        assert b'"number":1' in _raw(port, f"{sent}Connection: close\r\n\r\nThey met.".encode()).replace(b" ", b"")
        with ThreadPoolExecutor(50) as pool:
            replies = list(pool.map(_until_closed, links))
        assert [reply[:12] for reply in replies[:5]] == [b"", *[b"HTTP/1.1 408"] * 4]
        assert [reply[:12] for reply in replies] == [reply[:12] for reply in replies[:5]] * 10
        for link in links:
            link.close()


def test_a_body_that_trickles_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_bodies, "_SECONDS_AT_LEAST", 1.0)
    with serving(tmp_path) as port, socket.create_connection(("127.0.0.1", port)) as link:
        link.sendall(b"POST /check?name=a.md HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000000\r\n\r\n")
        ended = threading.Event()

        def trickle() -> None:
            while not ended.wait(0.1):
                try:
                    link.sendall(b"x")
                except OSError:
                    return

        thread = threading.Thread(target=trickle)
        thread.start()
        assert _until_closed(link).startswith(b"HTTP/1.1 408")
        ended.set()
        thread.join()


def test_the_oldest_of_too_many_silent_connections_makes_room(tmp_path: Path) -> None:
    with serving(tmp_path, ConnectionLimits(header_seconds=60, waiting=5)) as port:
        assert b" 200 " in _get(port, "/healthz")
        links = [socket.create_connection(("127.0.0.1", port)) for _ in range(9)]
        assert b" 200 " in _get(port, "/healthz")
        for link in links[:4]:
            assert _until_closed(link) == b""
        for link in links:
            link.close()


def test_more_connections_than_there_may_be_are_closed_at_once(tmp_path: Path) -> None:
    with serving(tmp_path, ConnectionLimits(open=5)) as port:
        assert b" 200 " in _get(port, "/healthz")
        links = [socket.create_connection(("127.0.0.1", port)) for _ in range(5)]
        time.sleep(0.2)
        with socket.create_connection(("127.0.0.1", port)) as further:
            assert _until_closed(further) == b""
        for link in links:
            link.close()


def test_who_reads_no_reply_is_cut_off(tmp_path: Path) -> None:
    with serving(tmp_path, ConnectionLimits(reading_seconds=0.5)) as port:
        with socket.socket() as link:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.connect(("127.0.0.1", port))
            link.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200)
            time.sleep(2)
            size = len(_until_closed(link))
        assert size < 200 * len(_get(port, "/"))


def test_a_kept_connection_serves_several_requests(server: Served) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as link:
        for _ in range(3):
            link.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            got = b""
            while not got.endswith(b"ok\n"):
                got += link.recv(65536)
            assert got.startswith(b"HTTP/1.1 200")
