"""The pages that are opened in a browser, each as a server with its fields: Rapporteur, and another document chat."""

import os
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.speed.instant_model import MODEL, WORD
from benchmarks.speed.systems import CACHE, HERE, Rapporteur

PINS = ("vyrii[gradio]==0.1.27", "gradio==6.31.0")
_MODEL_PROGRAM = Path(__file__).with_name("instant_model.py")
_START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Site:
    """A page with a box for questions.

    Attributes:
        name: its name in the tables.
        command: the command line that serves it, where "PORT" stands for its port and "MODEL" for that of a model.
        env: further variables of its environment.
        box: the selector of the box.
        button: the selector of the button that sends a question; empty where Enter does.
        reply: the selector of a reply.
        word: what the text of a reply has as soon as it has words of the answer; empty for any text.
    """

    name: str
    command: tuple[str, ...]
    env: tuple[tuple[str, str], ...]
    box: str
    button: str
    reply: str
    word: str = ""


def rapporteur(library: Path) -> Site:
    """Return this project's page on a library."""
    system = Rapporteur()
    command = system.command("serve", "--port", "PORT", "--library", library)
    reply = '#chat [data-testid="bot"] :is(.answer, .abstention)'
    return Site("Rapporteur", tuple(map(str, command)), tuple(system.env.items()), "#question textarea", "", reply)


def document_chat() -> Site | None:
    """Return vyrii, a document chat in Gradio, whose model answers at once; None where it cannot be installed."""
    python = _installed()
    if python is None:
        return None
    serve = ("--ui", "PORT", "--bind", "127.0.0.1", "--ollama", "http://127.0.0.1:MODEL", "--model", MODEL)
    env = (("GRADIO_ANALYTICS_ENABLED", "False"), ("HF_HUB_OFFLINE", "1"))
    box = 'textarea[placeholder^="Type a message"]'
    return Site(
        "vyrii", (str(python), "-m", "vyrii", *serve), env, box, 'button:text-is("Send")', '[data-testid="bot"]', WORD
    )


@contextmanager
def served(site: Site) -> Iterator[tuple[str, float]]:
    """Serve a page; yield its address and the seconds until it replied, and stop it at the end."""
    with ExitStack() as stack:
        ports = {"PORT": str(_free_port()), "MODEL": str(_free_port())}
        if any("MODEL" in word for word in site.command):
            stack.enter_context(_running([sys.executable, str(_MODEL_PROGRAM), ports["MODEL"]], {}))
            _wait(f"http://127.0.0.1:{ports['MODEL']}/")
        words = [word.replace("PORT", ports["PORT"]).replace("MODEL", ports["MODEL"]) for word in site.command]
        home = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        is_ours = site.name == Rapporteur().name
        start = time.perf_counter()
        stack.enter_context(_running(words, dict(site.env) | ({} if is_ours else {"HOME": home})))
        address = f"http://127.0.0.1:{ports['PORT']}/"
        _wait(address)
        yield address, time.perf_counter() - start


@contextmanager
def _running(words: list[str], env: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(
        words, env={**os.environ, **env}, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()


def _wait(address: str) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise SystemExit(f"{address} does not reply within {_START_SECONDS} s")


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _installed() -> Path | None:
    """Return the interpreter of an environment that has the other page, installed once into the user's cache."""
    folder = CACHE / "document_chat"
    python = Path(sysconfig.get_path("scripts", "venv", {"base": str(folder)})) / Path(sys.executable).name
    stamp = folder / "installed.txt"
    wanted = "\n".join((*PINS, sys.version))
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    print(f"installing {', '.join(PINS)} into {folder}, once ...", file=sys.stderr, flush=True)
    venv.create(folder, clear=True, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["pip failed"])[-1][:200]
        print(f"the other page is left out: it cannot be installed ({reason})", file=sys.stderr, flush=True)
        return None
    stamp.write_text(wanted, "utf-8")
    return python
