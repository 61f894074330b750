"""Every class of bad input that a user's folder may hold, each made anew by its test, with what must become of it."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# Where every address in the files leads: a test listens there and counts who calls.
PORT = _free_port()
ADDRESS = f"http://127.0.0.1:{PORT}"


@dataclass(frozen=True, slots=True)
class Taken:
    """The file is taken in.

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
    """The file is passed over without a complaint; `reason` is a part of what is said."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hostile:
    """One bad file.

    Attributes:
        what: the class of bad input, as a test's name shows it.
        name: the file's name in the folder.
        make: the file's bytes, or what lays it there when given its path.
        outcome: what must become of it.
        laid: whether `make` lays it there itself.
        slow: whether its reader needs many seconds to find out what it is.
    """

    what: str
    name: str
    make: bytes | Callable[[], bytes] | Callable[[Path], None]
    outcome: Taken | Refused | Skipped
    laid: bool = False
    slow: bool = False

    def put(self, folder: Path) -> Path:
        """Lay the file into the folder and return its path."""
        path = folder / self.name
        if self.laid:
            self.make(path)  # type: ignore[call-arg, operator]
        else:
            path.write_bytes(self.make if isinstance(self.make, bytes) else self.make())  # type: ignore[call-arg, arg-type]
        return path
