"""Start the process that reads files, exchange messages with it, measure it, and confine it from inside."""

import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from corpus.limits import Limits

_ROOT = str(Path(__file__).resolve().parents[2])
# Imports only the named packages from our folder, so that nothing else there hides an installed package.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); [__import__(name) for name in sys.argv[4:]]; del sys.path[0]\n"
    "from corpus.sandbox.main import main; main(*sys.argv[2:4])"
)
# The environment variables that Python needs to start; proxies, tokens and the like are not passed on.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")

_SIZES = struct.Struct(">QQ")

Reply = tuple[dict[str, Any], bytes] | None
# Enough for the language model that is unpacked before it is loaded; readers write nothing else.
_LARGEST_TEMPORARY_FILE = 256 * 1024 * 1024
# The events that Python reports: https://docs.python.org/3/library/audit_events.html
_FORBIDDEN = frozenset(
    "socket.connect socket.bind socket.getaddrinfo socket.gethostbyname socket.sendto subprocess.Popen os.system "
    "os.exec os.fork os.forkpty os.posix_spawn os.spawn os.startfile".split()
)
# The number of an event's first arguments that are paths which it changes.
_PATH_ARGUMENTS = {
    **dict.fromkeys(("os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"), 1),
    **dict.fromkeys(("os.link", "os.rename", "os.symlink"), 2),
}
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass(frozen=True, slots=True)
class ReaderFunction:
    """The function that the reading process calls for each file.

    Attributes:
        function: "module:function", called with the values of `ReadingWorker.request`, the bytes and the limits.
        packages: packages of this project that it imports.
    """

    function: str
    packages: tuple[str, ...]


def send(stream: IO[bytes], about: dict[str, Any], body: bytes = b"") -> None:
    """Write one message: JSON values and bytes.

    Raises:
        OSError: the other end is closed.
        UnicodeEncodeError: a string has a lone surrogate; nothing was written.
    """
    head = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    stream.write(_SIZES.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes], largest: int | None = None) -> tuple[dict[str, Any], bytes] | None:
    """Return the next message; None if the other end is closed before its end.

    Raises:
        ValueError: it is no message, or has more than `largest` bytes.
    """
    sizes = stream.read(_SIZES.size)
    if len(sizes) < _SIZES.size:
        return None
    head_size, body_size = _SIZES.unpack(sizes)
    if largest is not None and head_size + body_size > largest:
        raise ValueError(f"a message of {head_size + body_size:,} bytes is over {largest:,}")
    head, body = stream.read(head_size), stream.read(body_size)
    if len(head) < head_size or len(body) < body_size:
        return None
    about = json.loads(head)
    if not isinstance(about, dict):
        raise ValueError("a message is about nothing")
    return about, body


def start_process(limits: Limits, reader: ReaderFunction) -> subprocess.Popen[bytes]:
    """Start a reading process, which sends a message when it is ready."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return subprocess.Popen(
        [
            *(sys.executable, "-I", "-X", "utf8", "-c", _START),
            *(_ROOT, json.dumps(asdict(limits)), reader.function, *reader.packages),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        cwd=os.path.abspath(os.sep),
        # Ctrl-C in the terminal reaches this process, which then ends the child.
        process_group=0 if os.name == "posix" else None,
    )


def exchange(process: subprocess.Popen[bytes], request: dict[str, Any], raw: bytes, largest: int) -> Reply:
    """Send a request and return the reply; None if the process ended before."""
    assert process.stdin
    try:
        send(process.stdin, request, raw)
    except (OSError, ValueError):
        process.kill()
        return None
    return receive_reply(process, largest)


def receive_reply(process: subprocess.Popen[bytes], largest: int) -> Reply:
    """Return the next message of a process; None if it ended, or sent something else or over `largest` bytes."""
    assert process.stdout
    try:
        return receive(process.stdout, largest)
    except (OSError, ValueError):
        process.kill()
        return None


def memory_bytes_of(pid: int) -> int:
    """Return the resident memory of a process in bytes; 0 for one that has ended."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def describe_exit(code: int | None) -> str:
    """Return an exit code in words: the name of a signal, or the number."""
    if code is not None and code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit {code}"


def confine(limits: Limits) -> None:
    """Forbid this process network access, child processes and writing outside the temporary folder, for good.

    Readers do none of this; a hostile document might make one of them do it.

    Args:
        limits: of which the memory is bounded here; the parent watches it for systems that do not bound it.
    """
    temporary = tempfile.gettempdir()

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in _FORBIDDEN or any(not _lies_in(path, temporary) for path in _changed_paths(event, arguments)):
            raise PermissionError(f"{event} is not for a reader of documents")

    _bound_memory_and_files(limits.memory_bytes)
    sys.addaudithook(refuse)


def _changed_paths(event: str, arguments: tuple[object, ...]) -> tuple[object, ...]:
    """Return the paths that an event would change."""
    if event == "open":
        path, _, flags = arguments
        return () if isinstance(path, int) or not (isinstance(flags, int) and flags & _WRITE) else (path,)
    return arguments[: _PATH_ARGUMENTS.get(event, 0)]


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
        except (OSError, ValueError):  # the hard limit is lower, or the system has no such limit
            continue
