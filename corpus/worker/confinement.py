"""What a process that reads documents may not do: take all memory, write files, reach a network, start programs."""

import os
import sys
import tempfile

from corpus.limits import Limits

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
