"""Start a second time without a network; the command line and the page still answer.

Run as a program (`python test_network_cut.py LIBRARY`), this file does what the test asks for without a network.
"""

import errno
import fcntl
import json
import os
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from support.requirements import require

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def ranked() -> Iterator[None]:
    """With the ranker, as users have it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAPPORTEUR_RANKER", "true")
        yield


_QUESTION = "Who was absent from the G20 meeting of April 2020?"
_COMMAND = (sys.executable, "-m", "assistant.commands")
_CHECKOUT = Path(__file__).resolve().parents[2]
# As root in a network of its own, or as a user who is root only there.
_UNSHARE = (("unshare", "-n"), ("unshare", "-rn"))


@pytest.fixture
def unshare() -> tuple[str, ...]:
    """The command that starts another one with no network but its own loopback."""
    allowed = next((words for words in _UNSHARE if _works(*words, "true")), None)
    require(allowed, "unshare -n", "run on Linux as root, or allow user namespaces (util-linux)")
    assert allowed
    return allowed


def test_a_second_start_answers_without_a_network(unshare: tuple[str, ...], library_of_its_own: Path) -> None:
    first = _run(*_COMMAND, "ask", _QUESTION)
    assert first.returncode == 0, first.stderr
    inside = _run(*unshare, sys.executable, __file__, str(library_of_its_own))
    assert inside.returncode == 0, inside.stderr
    seen = json.loads(inside.stdout)
    assert seen["network"] == "ENETUNREACH"
    assert "Indonesia" in seen["asked"]
    assert seen["files"]
    assert {path: status for path, status in seen["files"].items() if status != 200} == {}
    assert "Indonesia" in seen["page answered"]


def _works(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(_CHECKOUT), str(_CHECKOUT / "tests")])
    return subprocess.run(
        command, capture_output=True, text=True, timeout=600, cwd=_CHECKOUT, env={**os.environ, "PYTHONPATH": path}
    )


# From here on: inside the cut-off network.


def look(library: str) -> dict[str, Any]:
    """Return the network's state and the answers of the command and of the page."""
    _raise_loopback()
    os.environ["RAPPORTEUR_LIBRARY"] = library
    asked = subprocess.run([*_COMMAND, "ask", _QUESTION], capture_output=True, text=True)
    server = subprocess.Popen([*_COMMAND, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address, "the page gave no address"
        return {
            "network": _network(),
            "asked": asked.stdout + asked.stderr,
            "files": _files(address.group()),
            "page answered": _page_answer(address.group()),
        }
    finally:
        server.terminate()
        server.wait(30)


def _raise_loopback() -> None:
    """Do what `ip link set lo up` does (SIOCGIFFLAGS, SIOCSIFFLAGS with IFF_UP), where there is no `ip`."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        (flags,) = struct.unpack_from("H", fcntl.ioctl(control, 0x8913, struct.pack("16sH14x", b"lo", 0)), 16)
        fcntl.ioctl(control, 0x8914, struct.pack("16sH14x", b"lo", flags | 1))


def _network() -> str:
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=5).close()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    return "there"


def _files(address: str) -> dict[str, int]:
    """Return the HTTP status of the page and of every file that it names."""
    with urlopen(address + "/") as reply:
        html, found = reply.read().decode(), {"/": reply.status}
    named = set(re.findall(r'(?:src|href)="(?:\./|/|' + re.escape(address) + r'/)([^"#]*)"', html))
    for path in sorted(named - {""}):
        with urlopen(f"{address}/{path}") as reply:
            found[f"/{path}"] = reply.status
    return found


def _page_answer(address: str) -> str:
    """Return everything that the page's server sends a browser after the question is sent."""
    with urlopen(f"{address}/config") as reply:
        config = json.load(reply)
    box = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "question")
    asks = next(d for d in config["dependencies"] if [box, "submit"] in [list(t) for t in d["targets"]])
    values: list[object] = [_QUESTION if i == box else [] if _is_choice(config, i) else None for i in asks["inputs"]]
    body = {"fn_index": asks["id"], "data": values, "session_hash": "cut", "trigger_id": box}
    join = Request(f"{address}/gradio_api/queue/join", json.dumps(body).encode(), {"content-type": "application/json"})
    urlopen(join).close()
    said = []
    with urlopen(f"{address}/gradio_api/queue/data?session_hash=cut", timeout=300) as events:
        for line in events:
            said.append(line.decode())
            if "process_completed" in said[-1]:
                break
    return "".join(said)


def _is_choice(config: dict[str, Any], identity: int) -> bool:
    return any(c["id"] == identity and c["type"] == "dropdown" for c in config["components"])


if __name__ == "__main__":
    print(json.dumps(look(sys.argv[1])))
