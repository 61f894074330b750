"""Open archives as programs write them, and hostile ones."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from corpus.discovery.archive import Archive, Member
from corpus.errors import CorpusError
from corpus.limits import Limits


def packed(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as new:
        for name, raw in members:
            new.writestr(name, raw)
    return path


def raw_name(path: Path, name: bytes, flag: int = 0) -> Path:
    """An archive whose one member has a name of these bytes, without the mark for UTF-8."""
    packed(path, ("x" * len(name), b"They met."))
    raw = path.read_bytes().replace(b"x" * len(name), name)
    path.write_bytes(raw)
    return path


def members(path: Path, limits: Limits | None = None) -> list[Member]:
    with Archive(path, limits or Limits(), "a.zip") as held:
        return held.members()


def read(path: Path, name: str, limits: Limits | None = None) -> bytes:
    with Archive(path, limits or Limits(), "a.zip") as held:
        return held.read(name)


def test_members_are_listed_by_path_and_read_whole(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("b/c.md", b"They met."), ("b/", b""), ("a.txt", b"x" * 700_000), ("b/a.md", b""))
    assert members(path) == [Member("a.txt"), Member("b/a.md"), Member("b/c.md")]
    assert read(path, "b/c.md") == b"They met."
    assert read(path, "a.txt") == b"x" * 700_000


def test_hidden_members_are_left_out(tmp_path: Path) -> None:
    names = (".hidden.txt", "__MACOSX/._a.txt", "a/.git/x.txt", "__MACOSX/a.txt", "a/b.txt")
    assert members(packed(tmp_path / "a.zip", *((name, b"x") for name in names))) == [Member("a/b.txt")]


@pytest.mark.parametrize("name", ["../a.txt", "b/../../a.txt", "/a.txt", "C:/a.txt", "c:a.txt", "b//a.txt", "./a.txt"])
@pytest.mark.parametrize("separator", ["/", "\\"])
def test_a_path_that_leads_out_of_the_archive_is_refused(name: str, separator: str, tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", (name.replace("/", separator), b"x"), ("good.txt", b"They met."))
    (bad,) = (m for m in members(path) if m.refused)
    assert bad.refused == f"a.zip!/{name}: its path leads out of the archive; pack it again"
    assert read(path, "good.txt") == b"They met."
    with pytest.raises(CorpusError, match="no such file in the archive"):
        read(path, name)


def test_a_backslash_parts_folders(tmp_path: Path) -> None:
    assert members(packed(tmp_path / "a.zip", ("b\\a.txt", b"x"))) == [Member("b/a.txt")]


def linked(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (kind | 0o777) << 16
    return entry


def test_links_are_skipped_and_devices_refused(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "a.zip", (linked("a.txt", stat.S_IFLNK), b"/etc/passwd"), (linked("b.txt", stat.S_IFCHR), b"")
    )
    assert members(path) == [
        Member("a.txt", skipped="a symbolic link"),
        Member("b.txt", "a.zip!/b.txt: this is no ordinary file"),
    ]


def test_the_second_of_two_members_with_one_name_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = packed(tmp_path / "a.zip", ("a.txt", b"first"), ("a.txt", b"second"))
    found = members(path)
    assert [m.refused for m in found] == [
        None,
        "a.zip!/a.txt: the archive holds this name twice; only the first is read",
    ]
    assert read(path, "a.txt") == b"first"


def changed(path: Path, signature: bytes, offset: int, value: bytes, which: int = 0) -> Path:
    """The archive with some bytes of a header overwritten."""
    raw = bytearray(path.read_bytes())
    at = -1
    for _ in range(which + 1):
        at = raw.index(signature, at + 1)
    raw[at + offset : at + offset + len(value)] = value
    path.write_bytes(raw)
    return path


CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = changed(packed(tmp_path / "a.zip", ("a.txt", b"x")), CENTRAL, 8, b"\x01\x00")
    assert members(path) == [
        Member("a.txt", "a.zip!/a.txt: encrypted; unpack the archive with its password and add the folder")
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_with_a_memory_of_its_own_choice_is_refused(method: int, tmp_path: Path) -> None:
    (found,) = members(packed(tmp_path / "a.zip", ("a.txt", b"x"), method=method))
    assert found.refused == (
        f"a.zip!/a.txt: packed by a method that is not read (number {method}); pack it again as a plain zip"
    )


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    (found,) = members(packed(tmp_path / "a.zip", ("b/C.ZIP", b"PK")))
    assert found.refused == "a.zip!/b/C.ZIP: an archive in an archive; unpack it and add what it holds"


def test_a_damaged_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.txt", b"They met."), ("b.txt", b"They parted."), method=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"They met.", b"They mot."))
    with pytest.raises(CorpusError, match=r"^a.zip!/a.txt: damaged \(Bad CRC-32 .*\); pack the archive again$"):
        read(path, "a.txt")
    assert read(path, "b.txt") == b"They parted."


@pytest.mark.parametrize("raw", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + b"\0" * 17, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_refused(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(raw)
    with pytest.raises(CorpusError, match=r"^a.zip: damaged \(.*\); pack the archive again$"):
        members(tmp_path / "a.zip")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_archive_is_refused(part: float, tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.txt", bytes(range(256)) * 40), ("b.txt", b"They parted."))
    path.write_bytes(path.read_bytes()[: int(len(path.read_bytes()) * part)])
    with pytest.raises(CorpusError, match=r"^a.zip: damaged"):
        members(path)


# Bombs.

SMALL = Limits(file_bytes=3_000_000, unpacked_bytes=5_000_000, unpacked_ratio=100, members=5)


def test_a_member_that_swells_is_refused_unread(tmp_path: Path) -> None:
    (found,) = members(packed(tmp_path / "a.zip", ("a.txt", b"\0" * 2_000_000)), SMALL)
    assert found.refused == (
        "a.zip!/a.txt: unpacks to more than 100 times its packed size, as a bomb does; add the file itself"
    )


def test_a_member_over_the_size_of_a_file_is_refused_unread(tmp_path: Path) -> None:
    (found,) = members(packed(tmp_path / "a.zip", ("a.txt", b"x" * 3_000_001), method=zipfile.ZIP_STORED), SMALL)
    assert found.refused == "a.zip!/a.txt: 3,000,001 bytes or more are over the limit of 3,000,000; split the file"


def test_a_small_member_may_shrink_as_it_can(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.txt", b" " * 1_000_000))
    assert len(read(path, "a.txt", SMALL)) == 1_000_000


def test_more_than_the_archive_may_hold_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", *((f"{i}.txt", b"x" * 2_000_000) for i in range(3)), method=zipfile.ZIP_STORED)
    with pytest.raises(CorpusError, match=r"^a.zip: the archive unpacks to more than 5,000,000 bytes; split it"):
        members(path, SMALL)


def test_too_many_members_are_refused_as_a_whole(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", *((f"{i}.txt", b"x") for i in range(6)))
    with pytest.raises(CorpusError, match=r"^a.zip: 6 members are over the limit of 5; split the archive"):
        members(path, SMALL)


def test_a_list_of_members_without_end_is_not_taken_into_memory(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", *((f"{i}" * 200, b"") for i in range(9)))
    raw = path.read_bytes()
    # A list of members of 700 KB, as the end of the archive says, before it.
    start = raw.index(CENTRAL)
    entry = raw[start : raw.index(CENTRAL, start + 1)]
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 3000, 3000, len(entry) * 3000, start, 0)
    path.write_bytes(raw[:start] + entry * 3000 + end)
    with pytest.raises(CorpusError, match=r"^a.zip: damaged \(a list of members over 524,288 bytes\)"):
        members(path, SMALL)


def test_a_size_that_a_header_plays_down_does_not_get_more_in(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.txt", os.urandom(2_000_000)))
    changed(path, CENTRAL, 24, struct.pack("<I", 10))
    with pytest.raises(CorpusError, match=r"^a.zip!/a.txt: damaged"):
        read(path, "a.txt", SMALL)


def test_a_size_that_a_header_exaggerates_is_noticed(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.txt", b"They met."))
    changed(path, CENTRAL, 24, struct.pack("<I", 10))
    with pytest.raises(CorpusError, match=r"^a.zip!/a.txt: damaged"):
        read(path, "a.txt", SMALL)


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    """Several entries that share one piece of packed bytes (Fifield, "A better zip bomb", WOOT 2019)."""
    path = packed(tmp_path / "a.zip", ("a.txt", b"\0" * 100_000), ("b.txt", b"x"))
    changed(path, CENTRAL, 42, struct.pack("<I", 0), which=1)
    changed(path, CENTRAL, 20, struct.pack("<I", 60), which=1)
    with pytest.raises(CorpusError, match=r"^a.zip: its members overlap, as in a zip bomb; pack it again$"):
        members(path)


def test_folders_inside_each_other_and_long_names_are_refused(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "a.zip", ("d/" * 4 + "a.txt", b"x"), ("b" * 256 + ".txt", b"x"), ("会" * 85 + ".txt", b"x")
    )
    assert [m.refused and m.refused.partition(": ")[2] for m in members(path, Limits(nesting=4))] == [
        "a part of its name is longer than 255 bytes; rename it",
        "5 folders inside each other are over the limit of 4; pack it flatter",
        "a part of its name is longer than 255 bytes; rename it",
    ]


# Names.


@pytest.mark.parametrize(
    "name", ["会合.txt", "Comunicação.txt", "émile 😀.txt", "a'b\".txt", "x\ny.txt", "日" * 80 + ".md"]
)
def test_a_name_marked_as_utf_8_is_kept(name: str, tmp_path: Path) -> None:
    assert members(packed(tmp_path / "a.zip", (name, b"x"))) == [Member(name)]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("会合.txt", "utf-8"),
        ("Comunicação.txt", "utf-8"),
        ("大臣会合/議事録.txt", "cp932"),
        ("ソ表能.txt", "cp932"),
        ("デジタル庁2023.txt", "cp932"),
        ("Köpenhamn.txt", "cp437"),
        ("Größe.txt", "cp437"),
        ("Señor année.txt", "cp437"),
        ("plain.txt", "ascii"),
    ],
)
def test_a_name_without_that_mark_is_read_in_the_encoding_it_has(name: str, encoding: str, tmp_path: Path) -> None:
    assert members(raw_name(tmp_path / "a.zip", name.encode(encoding))) == [Member(name)]


def test_a_name_marked_as_utf_8_that_is_not_is_refused(tmp_path: Path) -> None:
    path = raw_name(tmp_path / "a.zip", b"caf\xe9.txt")
    changed(path, CENTRAL, 8, b"\x00\x08")
    with pytest.raises(CorpusError, match=r"^a.zip: damaged"):
        members(path)


def test_nothing_is_written_beside_the_archive(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("../b.txt", b"x"), ("c.txt", b"x"))
    read(path, "c.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]
    assert not (tmp_path.parent / "b.txt").exists()


def test_an_archive_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^a.zip: cannot be read \(No such file or directory\)$"):
        members(tmp_path / "missing.zip")


def test_an_archive_may_follow_other_bytes(tmp_path: Path) -> None:
    """As one does that unpacks itself."""
    path = packed(tmp_path / "a.zip", ("a.txt", b"They met."))
    path.write_bytes(b"#!/bin/sh\n" + path.read_bytes())
    assert read(path, "a.txt") == b"They met."


def test_an_empty_archive_has_no_members(tmp_path: Path) -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    (tmp_path / "a.zip").write_bytes(empty.getvalue())
    assert members(tmp_path / "a.zip") == []
