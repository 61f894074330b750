"""Expand paths into source files, in a temporary folder for each test."""

import os
import socket
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.discovery.find import expand, format_names, kinds, uploaded
from corpus.discovery.patterns import PathFilter
from corpus.discovery.source_file import FileBytes, SourceFile, read_file
from corpus.errors import CorpusError
from corpus.facts import Fact
from corpus.limits import Limits


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def written(*paths: str, text: str = "They met.") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)


def wanted(*paths: str, choice: PathFilter | None = None) -> list[str]:
    found = expand(paths, choice=choice or PathFilter())
    assert [each for each in found if not each.is_readable] == []
    return [each.file for each in found]


def refused(*paths: str) -> list[str | None]:
    found = expand(paths)
    assert [each for each in found if each.is_readable or each.skipped] == []
    return [each.refused for each in found]


# Folders.


def test_a_folder_gives_its_files_by_path_without_hidden_ones(here: Path) -> None:
    written("m/b.txt", "m/a/z.md", "m/.hidden.txt", "m/.git/x.txt", "m/c.TXT", "m/a/b/c.md")
    assert wanted("m") == ["m/a/b/c.md", "m/a/z.md", "m/b.txt", "m/c.TXT"]


def test_files_of_other_kinds_are_counted_in_one_line(here: Path) -> None:
    written("m/a.txt", "m/b.jpg", "m/c/d.JPG", "m/c/Makefile", "m/e.wav")
    assert expand(["m"]) == [
        SourceFile(Path("m/a.txt")),
        SourceFile(Path("m"), skipped="files that are not read: 2 .jpg, 1 .wav, 1 without a suffix", files=4),
    ]


@pytest.mark.parametrize("inside", [[], ["m/b.jpg"], ["m/.hidden.txt"]])
def test_a_folder_without_a_file_to_read_is_refused(inside: list[str], here: Path) -> None:
    Path("m").mkdir()
    written(*inside)
    assert expand(["m"])[-1] == SourceFile(Path("m"), refused=f"m: no {kinds()} file in this folder")


def test_links_in_a_folder_are_passed_over_whatever_they_lead_to(here: Path) -> None:
    written("m/a.txt", "other/b.txt")
    Path("m/link.txt").symlink_to("a.txt")
    Path("m/loop").symlink_to("..")
    Path("m/out").symlink_to(here / "other")
    Path("m/nowhere.md").symlink_to("nothing")
    found = expand(["m"])
    assert [str(each.path) for each in found if each.is_readable] == ["m/a.txt"]
    assert [str(each.path) for each in found if each.skipped == "a symbolic link"] == [
        "m/link.txt",
        "m/loop",
        "m/nowhere.md",
        "m/out",
    ]


def test_folders_inside_each_other_have_an_end(here: Path) -> None:
    written("m/a.txt", "m/" + "d/" * 4 + "b.txt", "m/" + "d/" * 3 + "c.txt")
    found = expand(["m"], Limits(nesting=3))
    assert [each.refused or each.file for each in found] == [
        "m/a.txt",
        "m/d/d/d/c.txt",
        "m/d/d/d/d: over 3 folders inside each other; add it by itself",
    ]


def test_a_path_longer_than_the_system_takes_costs_only_itself(here: Path) -> None:
    written("m/z.txt")
    deepest = os.open("m", os.O_RDONLY)
    for _ in range(20):  # 5,000 bytes, made from the inside
        os.mkdir("d" * 250, dir_fd=deepest)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=deepest)
        os.close(deepest)
        deepest = inner
    os.close(deepest)
    found = expand(["m"])
    assert [str(each.path) for each in found if each.is_readable] == ["m/z.txt"]
    (too_long,) = (each.refused for each in found if each.refused)
    assert too_long is not None
    assert too_long.endswith(": cannot be read (File name too long)")


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to read everything."""
    user = os.geteuid()
    os.seteuid(65534 if user == 0 else user)
    try:
        yield
    finally:
        os.seteuid(user)


def test_what_may_not_be_read_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to others
        os.chmod(folder, 0o755)
        monkeypatch.chdir(folder)
        written("m/a/b.txt", "m/c.txt", "m/d.txt")
        os.chmod("m/a", 0)
        os.chmod("m/c.txt", 0)
        with as_nobody():
            assert [each.refused or each.file for each in expand(["m"])] == [
                "m/a: cannot be read (Permission denied)",
                "m/c.txt",
                "m/d.txt",
            ]
            with pytest.raises(CorpusError, match=r"^m/c.txt: cannot be read \(Permission denied\)$"):
                read_file(Path("m/c.txt"), "m/c.txt", Limits())
        os.chmod("m/a", 0o755)
        monkeypatch.undo()


# Files that are named.


@pytest.mark.parametrize(
    "name",
    [
        "a b.txt",
        "😀.txt",
        'it\'s "so".txt',
        "x\ny\r.txt",
        "-n.txt",
        "a" * 251 + ".txt",
        "会合.md",
        "[a]*?.txt",
        "a.b.TXT",
    ],
    ids=ascii,
)
def test_any_name_is_taken(name: str, here: Path) -> None:
    written(name)
    (found,) = expand([name])
    assert (found.is_readable, found.name, found.source_path) == (True, name, str(here / name))
    assert [each.name for each in expand(["."])] == [name]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "an empty path; name a file or folder"),
        ("  ", "an empty path; name a file or folder"),
        ("missing.txt", "missing.txt: no such file"),
        ("missing", "missing: no such file"),
        ("a.txt/b.txt", "a.txt/b.txt: cannot be read (Not a directory)"),
        ("x" * 300 + ".txt", "x" * 300 + ".txt: cannot be read (File name too long)"),
        ("a\0.txt", "a\0.txt: cannot be read (embedded null byte)"),
        ("*.none", "*.none: no file matches this pattern"),
        ("b.abc", f"b.abc: this kind of file is not read; give a {kinds()} file"),
        ("noend", f"noend: this kind of file is not read; give a {kinds()} file"),
        ("records.toml", "records.toml: facts about the files beside it; add their folder"),
        ("link.txt", "link.txt: a symbolic link to nothing"),
        ("loop.txt", "loop.txt: cannot be read (Too many levels of symbolic links)"),
        ("pipe.txt", "pipe.txt: a pipe, which is no ordinary file"),
        ("/dev/zero", "/dev/zero: a device, which is no ordinary file"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_what_cannot_be_read_is_refused_by_name(path: str, said: str, here: Path) -> None:
    written("a.txt", "b.abc", "noend")
    Path("records.toml").write_text("")
    Path("link.txt").symlink_to("nothing.txt")
    Path("loop.txt").symlink_to("loop.txt")
    os.mkfifo("pipe.txt")
    assert refused(path) == [said]


def test_a_socket_and_a_pipe_in_a_folder_are_refused_without_waiting(here: Path) -> None:
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.md")
        assert [each.refused for each in expand(["."])] == [
            "pipe.txt: a pipe, which is no ordinary file",
            "socket.md: a socket, which is no ordinary file",
        ]


def test_a_name_that_is_no_text_is_refused_and_so_is_a_folder_with_one(here: Path) -> None:
    name = os.fsdecode(b"caf\xe9")
    written(f"m/{name}.txt", f"m/{name}/a.txt", "m/b.txt")
    assert [each.refused or each.file for each in expand(["m"])] == [
        "m/b.txt",
        f"m/{name}: the name is not UTF-8 text; rename the file",
        f"m/{name}.txt: the name is not UTF-8 text; rename the file",
    ]
    assert refused(f"m/{name}.txt") == [f"m/{name}.txt: the name is not UTF-8 text; rename the file"]


def test_a_link_that_is_named_is_followed(here: Path) -> None:
    written("m/a.txt")
    Path("link.txt").symlink_to("m/a.txt")
    Path("folder").symlink_to("m")
    (found,) = expand(["link.txt"])
    assert (found.name, found.source_path) == ("link.txt", str(here / "m" / "a.txt"))
    assert wanted("folder") == ["folder/a.txt"]


def test_a_file_that_is_named_twice_is_taken_once(here: Path) -> None:
    written("m/a.txt")
    Path("link.txt").symlink_to("m/a.txt")
    assert wanted("m/a.txt", "m", "./m/../m/a.txt", "link.txt", str(here / "m" / "a.txt")) == ["m/a.txt"]


# Patterns.


def test_a_pattern_that_no_shell_has_filled_in_gives_the_files_that_fit(here: Path) -> None:
    written("m/b.txt", "m/a.txt", "m/c.md", "m/d/e.txt", "m/f.txt.jpg")
    assert wanted("m/*.txt") == ["m/a.txt", "m/b.txt"]
    assert wanted("m/**/*.txt") == ["m/a.txt", "m/b.txt", "m/d/e.txt"]
    assert expand(["m/[ab]*", "m/f*"])[2:] == [SourceFile(Path("m/f*"), skipped="files that are not read: 1 .jpg")]


@pytest.mark.parametrize(
    ("include", "exclude", "left"),
    [
        ((), (), ["m/a.txt", "m/d/Draft 1.md", "m/d/e.md"]),
        (("*.md",), (), ["m/d/Draft 1.md", "m/d/e.md"]),
        (("*.MD", "a.*"), ("draft*",), ["m/a.txt", "m/d/e.md"]),
        ((), ("d/*",), ["m/a.txt"]),
        (("d/e.md",), (), ["m/d/e.md"]),
    ],
)
def test_files_are_chosen_by_patterns(
    include: tuple[str, ...], exclude: tuple[str, ...], left: list[str], here: Path
) -> None:
    written("m/a.txt", "m/d/Draft 1.md", "m/d/e.md")
    assert wanted("m", choice=PathFilter(include, exclude)) == left


def test_a_named_file_that_is_left_out_is_said_to_be(here: Path) -> None:
    written("draft.txt")
    assert expand(["draft.txt"], choice=PathFilter(exclude=("draft*",))) == [
        SourceFile(Path("draft.txt"), skipped="left out by the patterns given")
    ]


# Archives.


def archive(path: str, **members: str) -> None:
    with zipfile.ZipFile(path, "w") as new:
        for name, text in members.items():
            new.writestr(name, text)


def test_the_members_of_an_archive_are_files(here: Path) -> None:
    archive("m.zip", **{"b/c.md": "They met.", "a.txt": "They met.", "d.jpg": "", "../e.txt": "", "f.zip": ""})
    found = expand(["m.zip"])
    assert [(each.file, each.name, each.source_path) for each in found if each.is_readable] == [
        ("m.zip!/a.txt", "a.txt", f"{here}/m.zip!/a.txt"),
        ("m.zip!/b/c.md", "c.md", f"{here}/m.zip!/b/c.md"),
    ]
    assert [each.refused or each.skipped for each in found if not each.is_readable] == [
        "m.zip!/../e.txt: its path leads out of the archive; pack it again",
        "m.zip!/f.zip: an archive in an archive; unpack it and add what it holds",
        "files that are not read: 1 .jpg",
    ]


def test_an_archive_in_a_folder_is_opened_and_a_damaged_one_costs_only_itself(here: Path) -> None:
    written("m/b.txt")
    archive("m/a.zip", **{"x.md": "They met."})
    Path("m/c.zip").write_bytes(b"PK")
    found = expand(["m"])
    assert [each.file for each in found if each.is_readable] == ["m/a.zip!/x.md", "m/b.txt"]
    assert [each.refused for each in found if each.refused] == [
        "m/c.zip: damaged (File is not a zip file); pack the archive again"
    ]


@pytest.mark.parametrize("members", [{}, {"a.jpg": ""}, {".a.txt": ""}])
def test_an_archive_without_a_file_to_read_is_refused(members: dict[str, str], here: Path) -> None:
    archive("m.zip", **members)
    assert expand(["m.zip"])[-1].refused == f"m.zip: no {kinds()} file in this archive"


def test_an_upload_is_known_by_the_name_it_was_given(here: Path) -> None:
    written("7")
    (found,) = uploaded(Path("7"), "minutes/a.txt")
    assert (found.file, found.name, found.source_path) == ("minutes/a.txt", "a.txt", "upload:minutes/a.txt")
    archive("8", **{"b/c.md": "They met."})
    (found,) = uploaded(Path("8"), "minutes.zip")
    assert (found.file, found.name, found.source_path) == ("minutes.zip!/b/c.md", "c.md", "upload:minutes.zip!/b/c.md")
    (found,) = uploaded(Path("7"), "photo.jpg")
    assert found.refused == "photo.jpg: a picture is not read; give a .pdf of it with a text layer, or its text"


# Facts.

TRIESTE = '[[record]]\nfile = "a.txt"\ntitle = "Talks in Trieste"\n'
TITLE = (Fact("title", "Talks in Trieste", "records.toml"),)


def test_the_records_toml_of_a_folder_goes_with_its_files(here: Path) -> None:
    written("m/a.txt", "m/b.txt", "m/d/a.txt")
    Path("m/records.toml").write_text(TRIESTE)
    assert [(each.file, each.facts) for each in expand(["m"])] == [
        ("m/a.txt", TITLE),
        ("m/b.txt", ()),
        ("m/d/a.txt", ()),
    ]
    assert [each.facts for each in expand(["m/a.txt"])] == [TITLE]
    assert [each.facts for each in expand(["m/*.txt"])] == [TITLE, ()]


def test_the_records_toml_of_an_archive_goes_with_the_members_beside_it(here: Path) -> None:
    archive("m.zip", **{"d/records.toml": TRIESTE, "d/a.txt": "They met.", "a.txt": "They met."})
    assert [(each.file, each.facts) for each in expand(["m.zip"])] == [
        ("m.zip!/a.txt", ()),
        ("m.zip!/d/a.txt", TITLE),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_what_is_wrong_with_a_records_toml_is_told_and_the_files_are_taken(packed: bool, here: Path) -> None:
    place = "m.zip!" if packed else "m"
    if packed:
        archive("m.zip", **{"records.toml": TRIESTE + "publised = 2021-08-05\n", "a.txt": "They met."})
    else:
        written("m/a.txt")
        Path("m/records.toml").write_text(TRIESTE + "publised = 2021-08-05\n")
    problem, file = expand(["m.zip" if packed else "m"])
    assert (file.file, file.facts) == (f"{place}/a.txt", TITLE)
    assert problem.refused is not None
    assert problem.refused.startswith(f"{place}/records.toml: record 1 ('a.txt'): 'publised' is no field; known are")


def test_a_records_toml_that_is_a_pipe_is_not_waited_for(here: Path) -> None:
    written("m/a.txt")
    os.mkfifo("m/records.toml")
    assert [each.refused or each.file for each in expand(["m"])] == [
        "m/records.toml: a pipe, which is no ordinary file",
        "m/a.txt",
    ]


# Bytes.


def test_a_file_over_the_limit_is_not_read(here: Path) -> None:
    with open("a.txt", "wb") as sparse:
        sparse.truncate(2**40)
    with pytest.raises(CorpusError, match=r"^a.txt: 1,099,511,627,776 bytes are over the limit of 67,108,864; split"):
        read_file(Path("a.txt"), "a.txt", Limits())


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(here: Path) -> None:
    os.mkfifo("a.txt")
    said: list[str] = []

    def look() -> None:
        try:
            read_file(Path("a.txt"), "a.txt", Limits())
        except CorpusError as error:
            said.append(str(error))

    reading = threading.Thread(target=look, daemon=True)
    reading.start()
    reading.join(timeout=10)
    assert said == ["a.txt: a pipe, which is no ordinary file"]


def test_a_file_that_has_gone_is_refused(here: Path) -> None:
    with pytest.raises(CorpusError, match=r"^a.txt: no such file$"):
        read_file(Path("a.txt"), "a.txt", Limits())


def test_the_attachments_of_a_mail_are_files_of_their_own(here: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ada@example.org", "Minutes"
    mail.set_content("See below.")
    for name in ("minutes.txt", "photo.png", "more.zip"):
        mail.add_attachment(b"The board met.", "application", "octet-stream", filename=name)
    Path("m.eml").write_bytes(mail.as_bytes())
    found = expand(["m.eml"])
    assert [(f.file, f.skipped, f.refused) for f in found] == [
        ("m.eml", None, None),
        ("m.eml!/minutes.txt", None, None),
        ("m.eml!/more.zip", None, "m.eml!/more.zip: an archive in a mail; save it and add it by itself"),
        ("m.eml", "files that are not read: 1 .png", None),
    ]
    with FileBytes(Limits()) as read:
        assert read(found[1]) == b"The board met."


def test_the_page_names_each_format_once() -> None:
    names = format_names().split(", ")
    assert {"PDF", "Word", "mails", "and zip archives of these"} <= set(names)
    assert len(set(names)) == len(names)
