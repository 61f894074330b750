"""The process that reads for `reading_worker`, as its parent sees it: started, spoken to, measured."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.limits import Limits
from corpus.sandbox.messages import receive, send

_ROOT = str(Path(__file__).resolve().parents[2])
# Takes these very packages and nothing else from their folder, whatever else is installed under the same names.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); [__import__(name) for name in sys.argv[4:]]; del sys.path[0]\n"
    "from corpus.sandbox.main import main; main(*sys.argv[2:4])"
)
# What a Python needs to start; proxies, tokens and the like stay behind.
_SURROUNDINGS = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")

Reply = tuple[dict[str, Any], bytes] | None


@dataclass(frozen=True, slots=True)
class Reader:
    """What the process runs for each file.

    Attributes:
        function: its module and, behind a colon, its name; it is given what `asked` is told, the bytes and the limits.
        packages: those of ours that it needs.
    """

    function: str
    packages: tuple[str, ...]


def started(limits: Limits, reader: Reader) -> subprocess.Popen[bytes]:
    """Start a process that reads; it greets before its first file."""
    kept = {name: os.environ[name] for name in _SURROUNDINGS if name in os.environ}
    return subprocess.Popen(
        [
            *(sys.executable, "-I", "-X", "utf8", "-c", _START),
            *(_ROOT, json.dumps(asdict(limits)), reader.function, *reader.packages),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        cwd=os.path.abspath(os.sep),
        # Ctrl-C in the terminal is for us, who then end it.
        process_group=0 if os.name == "posix" else None,
    )


def exchanged(process: subprocess.Popen[bytes], request: dict[str, Any], raw: bytes, largest: int) -> Reply:
    """Ask and wait for the answer; None when the process ended before it had answered."""
    assert process.stdin
    try:
        send(process.stdin, request, raw)
    except (OSError, ValueError):
        process.kill()
        return None
    return received(process, largest)


def received(process: subprocess.Popen[bytes], largest: int) -> Reply:
    """The next message of a process; None when it ended before, or sent something else or more than `largest` bytes."""
    assert process.stdout
    try:
        return receive(process.stdout, largest)
    except (OSError, ValueError):
        process.kill()
        return None


def memory_of(pid: int) -> int:
    """The memory that a process holds now, in bytes; 0 for one that has ended."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def how_it_ended(code: int | None) -> str:
    """An exit code in words: a signal's name or the number."""
    if code is not None and code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit {code}"
