"""Create file names that a shell, a page or a terminal would interpret, and entries that are not regular files."""

import os
import socket
import stat
from pathlib import Path

from support.hostile_files import Accepted, Hostile, Refused, Skipped

SAID = "They met in Trieste and parted in Bali."
_LONGEST = 255


def _named(what: str, name: str) -> Hostile:
    return Hostile(what, name, f"{SAID} {what}.\n".encode(), Accepted((SAID,)))


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's path may have 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    finally:
        os.chdir(here)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _folder_loop(path: Path) -> None:
    path.symlink_to(".")


def _out_of_the_folder(path: Path) -> None:
    outside = path.parent.parent / "outside.txt"
    outside.write_text("words from outside\n")
    path.symlink_to(outside)


def _folder_outside(path: Path) -> None:
    outside = path.parent.parent / "outside"
    outside.mkdir()
    (outside / "words.txt").write_text("words from outside\n")
    path.symlink_to(outside)


def _to_a_file(path: Path) -> None:
    path.symlink_to("!.txt")


def _leading_to(target: str) -> "Hostile":
    return Hostile(
        f"a link to {target}", "link.txt", lambda path: path.symlink_to(target), Skipped("link"), writes_itself=True
    )


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def _deep(path: Path) -> None:
    for _ in range(120):
        path.mkdir()
        (path / "talks.txt").write_text(f"{SAID} {len(path.parts)}\n") if len(path.parts) > 110 else None
        path = path / "d"


def device(path: Path) -> None:
    """Lay /dev/zero here."""
    os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 5))


NAMES = (
    _named("spaces", "  talks in  Trieste .txt"),
    _named("emoji", "talks 👩‍👩‍👧 🇯🇵.txt"),
    _named("quotes", "talks \"in\" 'Trieste' `x` «y».txt"),
    _named("line breaks", "talks\nin\r\nTrieste.txt"),
    _named("255 bytes", "t" * (_LONGEST - 4) + ".txt"),
    _named("255 bytes of Japanese", "会" * 83 + "ab" + ".txt"),
    _named("a terminal's orders", "talks\x1b]0;owned\x07\x1b[2J.txt"),
    _named("reading direction", "talks\u202etxt.exe.md"),
    _named("a page's marks", "<img src=x onerror=alert(1)>&amp;.md"),
    _named("a shell's marks", "$(touch owned);`touch owned`|&.txt"),
    _named("a pattern", "[a-z]*?.txt"),
    _named("an option", "--library=owned.txt"),
    _named("a format", "%s%n{0}{name}.txt"),
    _named("a way up", "a\\..\\..\\owned.txt"),
    _named("a device of another system", "CON.txt"),
    _named("a row's marks", "'; DROP TABLE documents; --.txt"),
    Hostile("a name that is no UTF-8", os.fsdecode(b"talks\xff\xfe.txt"), SAID.encode(), Refused("UTF-8")),
    Hostile("a hidden file", ".hidden.txt", SAID.encode(), Skipped("")),
    Hostile("a link to a file", "link.txt", _to_a_file, Skipped("link"), writes_itself=True),
    Hostile("a link to itself", "link.txt", _loop, Skipped("link"), writes_itself=True),
    Hostile("a link to nowhere", "link.txt", _nowhere, Skipped("link"), writes_itself=True),
    Hostile("a link to its own folder", "link", _folder_loop, Skipped("link"), writes_itself=True),
    Hostile("a link out of the folder", "link.txt", _out_of_the_folder, Skipped("link"), writes_itself=True),
    Hostile("a link to a folder outside", "link", _folder_outside, Skipped("link"), writes_itself=True),
    _leading_to("/dev/zero"),
    _leading_to("/proc/self/mem"),
    _leading_to("/etc/passwd"),
    Hostile("a pipe", "pipe.txt", lambda path: os.mkfifo(path), Refused("no ordinary file"), writes_itself=True),
    Hostile("a socket", "socket.txt", _socket, Refused("no ordinary file"), writes_itself=True),
    Hostile("a folder with a file's name", "folder.txt", lambda path: path.mkdir(), Skipped(""), writes_itself=True),
    Hostile("folders as deep as a well", "deep", _deep, Refused("deep"), writes_itself=True),
)
