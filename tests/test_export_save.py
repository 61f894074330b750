"""An export is written completely or not at all."""

import os
import tempfile
from pathlib import Path

import pytest

from assistant.export import ExportRefused, TargetExists
from assistant.export.save import check_target, save


def test_a_new_file_holds_the_bytes_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    save(b"words", str(tmp_path / "a.md"), force=False)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.md": b"words"}


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    with pytest.raises(TargetExists, match=r"a\.md: exists already; name another file, or replace it with --force"):
        save(b"new", str(tmp_path / "a.md"), force=False)
    assert (tmp_path / "a.md").read_bytes() == b"old"
    save(b"new", str(tmp_path / "a.md"), force=True)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"new"]


def test_who_reads_the_old_file_meanwhile_keeps_it_whole(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"old")
    with (tmp_path / "a.md").open("rb") as reader:
        save(b"new", str(tmp_path / "a.md"), force=True)
        assert reader.read() == b"old"


def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    (tmp_path / "far.md").write_bytes(b"old")
    (tmp_path / "near.md").symlink_to("far.md")
    save(b"new", str(tmp_path / "near.md"), force=True)
    assert (tmp_path / "near.md").is_symlink()
    assert (tmp_path / "far.md").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    reader = os.open(tmp_path / "pipe.md", os.O_RDONLY | os.O_NONBLOCK)
    save(b"words", str(tmp_path / "pipe.md"), force=True)
    assert os.read(reader, 9) == b"words"
    os.close(reader)
    assert (tmp_path / "pipe.md").is_fifo()


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("", "a folder"),
        (".", "a folder"),
        ("none/a.md", "the folder .*none does not exist"),
        ("x" * 300, "name another"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(tmp_path: Path, target: str, says: str) -> None:
    with pytest.raises(ExportRefused, match=says) as refused:
        save(b"words", str(tmp_path / target), force=True)
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_ends_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportRefused, match=r"cannot be written \(No space left on device\)"):
        save(b"new", str(tmp_path / "a.md"), force=True)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.md": b"old"}


def test_a_folder_that_may_not_be_written_to_is_refused() -> None:
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        if root:  # whom permissions do not bind
            os.seteuid(65534)
        try:
            with pytest.raises(ExportRefused, match=r"a\.md: nothing can be written into the folder .*; name another"):
                check_target(f"{folder}/a.md", force=False)
        finally:
            if root:
                os.seteuid(0)
            Path(folder).chmod(0o700)
