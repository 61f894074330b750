"""Describe hostile files: the file to write into a user's folder and the expected outcome of adding it."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# Every address in the files leads here: a test listens and counts the callers.
PORT = _free_port()
ADDRESS = f"http://127.0.0.1:{PORT}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The file is added.

    Attributes:
        words: what its text must hold.
        without: what its text must not hold.
    """

    words: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The file is refused by one line that names it; `reason` is a part of that line, letter case aside."""

    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """The file is passed over without a complaint; `reason` is a part of the line, if there is one."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hostile:
    """One hostile file.

    Attributes:
        what: the class of hostile input, shown in the test's name.
        name: the file's name in the folder.
        make: the file's bytes, or a function that returns them or writes to the given path.
        outcome: the expected outcome of adding it.
        writes_itself: True when `make` writes to the path.
        slow: True when its reader needs many seconds to refuse it.
    """

    what: str
    name: str
    make: bytes | Callable[[], bytes] | Callable[[Path], None]
    outcome: Accepted | Refused | Skipped
    writes_itself: bool = False
    slow: bool = False

    def write(self, folder: Path) -> Path:
        """Write the file into the folder and return its path."""
        path = folder / self.name
        if self.writes_itself:
            self.make(path)  # type: ignore[call-arg, operator]
        else:
            path.write_bytes(self.make if isinstance(self.make, bytes) else self.make())  # type: ignore[call-arg, arg-type]
        return path
