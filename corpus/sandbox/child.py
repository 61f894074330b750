"""The process that reads for `reading_worker`, as its parent sees it: started, spoken to, measured."""

import json
import os
import signal
import subprocess
import sys
import tempfile
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


# A model that is unpacked before it is loaded; nothing that is read needs more.
_LARGEST_TEMPORARY_FILE = 256 * 1024 * 1024
# The events that Python reports: https://docs.python.org/3/library/audit_events.html
_NEVER = frozenset(
    (
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
    )
)
# How many of an event's arguments, the first ones, are paths that it changes.
_CHANGING = {
    "os.chmod": 1,
    "os.chown": 1,
    "os.link": 2,
    "os.mkdir": 1,
    "os.remove": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.symlink": 2,
    "os.truncate": 1,
}
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits) -> None:
    """Bound what this process may do from now on; it cannot be taken back.

    Readers of documents do none of what is refused here: it is there for the document that makes one of them do it.

    Args:
        limits: of which the memory holds here; where the system does not bound it, somebody else has to watch it.
    """
    temporary = tempfile.gettempdir()

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in _NEVER or any(not _lies_in(path, temporary) for path in _written(event, arguments)):
            raise PermissionError(f"{event} is not for a reader of documents")

    _bound_memory_and_files(limits.memory_bytes)
    sys.addaudithook(refuse)


def _written(event: str, arguments: tuple[object, ...]) -> tuple[object, ...]:
    """The paths that an event would change."""
    if event == "open":
        path, _, flags = arguments
        return () if isinstance(path, int) or not (isinstance(flags, int) and flags & _WRITE) else (path,)
    return arguments[: _CHANGING.get(event, 0)]


def _lies_in(path: object, folder: str) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    return os.path.commonpath((folder, os.path.abspath(os.fsdecode(path)))) == folder


def _bound_memory_and_files(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    for what, most in (
        (resource.RLIMIT_DATA, memory_bytes),
        (resource.RLIMIT_FSIZE, _LARGEST_TEMPORARY_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # a lower limit is set from outside, or the system has none
            continue
