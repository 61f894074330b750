"""List the archives of `hostile_zip` with the expected outcome of each."""

import stat

from support import hostile_docx as hostile_word
from support import hostile_html, hostile_pdf
from support import hostile_zip as zips
from support.hostile_files import Accepted, Hostile, Refused

_SAID = "They met in a good file"


def _good(number: int) -> tuple[str, bytes]:
    return "talks.txt", f"{_SAID}, number {number}.\n".encode()


def _escaping(name: str) -> bytes:
    return zips.archive([(name, b"owned, they said.\n"), _good(len(name))])


ZIP = (
    Hostile("an empty zip", "empty.zip", b"", Refused("empty")),
    Hostile("a zip of nothing", "nothing.zip", lambda: zips.archive([]), Refused("")),
    Hostile("text under a zip's name", "text.zip", b"They met in Trieste.\n" * 9, Refused("zip")),
    Hostile("a cut zip", "cut.zip", lambda: zips.archive([_good(2)])[:-30], Refused("zip")),
    Hostile("a way up", "up.zip", lambda: _escaping("../../owned.txt"), Refused("owned.txt")),
    Hostile("an absolute path", "root.zip", lambda: _escaping("/tmp/owned.txt"), Refused("owned.txt")),
    Hostile("a way up of another system", "back.zip", lambda: _escaping("..\\..\\owned.txt"), Refused("owned.txt")),
    Hostile("a drive", "drive.zip", lambda: _escaping("C:\\owned.txt"), Refused("owned.txt")),
    Hostile(
        "a link in a zip",
        "link.zip",
        lambda: zips.archive([zips.link("passwd.txt", "/etc/passwd"), _good(3)]),
        Accepted((_SAID,), ("root:",)),
    ),
    Hostile(
        "a device in a zip",
        "device.zip",
        lambda: zips.archive([zips.special("zero.txt", stat.S_IFCHR, b"They left."), _good(4)]),
        Refused("no ordinary file"),
    ),
    Hostile("a ratio over 100", "ratio.zip", zips.ratio_bomb, Refused("ratio")),
    Hostile("members that overlap", "overlap.zip", zips.overlapping, Refused("")),
    Hostile("zips in zips", "nested.zip", lambda: zips.nested(30), Refused("")),
    Hostile("a size that lies", "liar.zip", zips.lying, Refused("liar.txt")),
    Hostile("a checksum that lies", "sum.zip", zips.wrong_sum, Refused("sum.txt")),
    Hostile("a secret member", "secret.zip", zips.encrypted, Refused("encrypted")),
    Hostile("an unknown packing", "packing.zip", zips.unknown_method, Refused("odd.txt")),
    Hostile("ten thousand and one members", "many.zip", lambda: zips.crowded(10_001), Refused("10,000")),
    Hostile("a million members", "million.zip", lambda: zips.crowded(1_000_000), Refused("list of members")),
    Hostile(
        "the same name twice",
        "twice.zip",
        lambda: zips.archive([("a.txt", b"They met once.\n"), ("a.txt", b"They met twice.\n")]),
        Refused(""),
    ),
    Hostile(
        "names of every kind",
        "names.zip",
        lambda: zips.archive(
            [
                ("a\nb\x1b[2J.txt", b"They met at sea.\n"),
                ("f" * 300 + ".txt", b"They met on land.\n"),
                ("/".join("d" * 200) + "/a.txt", b"Deep.\n"),
            ]
        ),
        Refused(""),
    ),
    Hostile(
        "bad files in a zip",
        "bad.zip",
        lambda: zips.archive(
            [
                ("a.pdf", hostile_pdf.encrypted("secret")),
                ("b.docx", hostile_word.encrypted()),
                ("c.html", hostile_html.page("")),
                ("d.txt", b"\0\0\0"),
                _good(5),
            ]
        ),
        Refused("needs a password"),
    ),
)
