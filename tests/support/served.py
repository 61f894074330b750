"""Serve the page in a process of its own, as `rapporteur serve` does, on the tests' encoder; send it requests."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has programs in the background ignore it
from assistant.commands import end_process, main
def encoder(settings):
    from support.word_counts import WordCounts
    return WordCounts()
end_process(main(["serve", *sys.argv[1:]], encoder))
"""
_SECONDS_TO_START = 90


class Reply(NamedTuple):
    """Status (0 where the connection was closed without one), headers in small letters, and body of a reply."""

    status: int
    headers: dict[str, str]
    text: str


class Served:
    """A running server.

    Args:
        folder: the library.
        words: further words behind `rapporteur serve --port 0 --library FOLDER`.
        temporary: the folder for its temporary files.
        code: what the process runs; it is given these words.
    """

    def __init__(self, folder: Path, *words: str, temporary: Path | None = None, code: str = SERVE) -> None:
        paths = os.pathsep.join(map(str, (_ROOT, _ROOT / "tests")))
        environment = {**os.environ, "PYTHONPATH": paths, **({"TMPDIR": str(temporary)} if temporary else {})}
        self._said = folder.parent / f"said-{time.time_ns()}.txt"
        with self._said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", code, "--port", "0", "--library", str(folder), *words],
                stdout=out,
                stderr=subprocess.STDOUT,
                env=environment,
            )

    def said(self) -> str:
        """Return what it has printed so far."""
        return self._said.read_text("utf-8", "replace")

    @property
    def port(self) -> int:
        """Its port, as soon as it listens."""
        end = time.monotonic() + _SECONDS_TO_START
        while time.monotonic() < end:
            if found := re.search(r"Rapporteur is at http://\S+:(\d+) ", self.said()):
                return int(found[1])
            assert self.process.poll() is None, self.said()
            time.sleep(0.05)
        raise TimeoutError(self.said())

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        method: str | None = None,
        seconds: float = 60,
    ) -> Reply:
        """Send a request, POST where there is a body, and return the reply."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            sent = {"content-type": "application/json"} if body is not None else {}
            link.request(method or ("GET" if body is None else "POST"), path, body, {**sent, **(headers or {})})
            reply = link.getresponse()
            named = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, named, reply.read().decode("utf-8", "replace"))
        except (OSError, http.client.HTTPException) as error:
            return Reply(0, {}, f"{type(error).__name__}: {error}")
        finally:
            link.close()

    def ready(self) -> "Served":
        """Return the server once it says that it can answer."""
        end = time.monotonic() + _SECONDS_TO_START
        while self.ask("/readyz").status != 200:
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)
        return self

    def stop(self, how: signal.Signals = signal.SIGINT, seconds: float = 30) -> float:
        """Send a signal and return the seconds until the process has ended."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return time.monotonic() - begun


@contextlib.contextmanager
def served(folder: Path, *words: str, temporary: Path | None = None, code: str = SERVE) -> Iterator[Served]:
    """Serve a library while the block runs; see `Served`."""
    server = Served(folder, *words, temporary=temporary, code=code)
    try:
        yield server
    finally:
        server.stop()
