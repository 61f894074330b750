"""Private documents in backups: what a stop at any step, damage and changes meanwhile leave of them."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.users.accounts import AccountRefused, Accounts
from index.errors import LibraryError
from index.library import Library, open_library, restore_library
from index.private.additions import PrivateAdditions, share
from index.private.library import UserLibrary
from index.private.places import private_location
from index.store import backup
from index.store.private import backup as private_backup
from index.users import UserRole, UserRow
from support.generated_texts import document
from support.library_state import names
from support.word_counts import WordCounts

ADA, BO = "ada-id", "bo-id"


def opened(folder: Path, owner: str = ADA) -> UserLibrary:
    return UserLibrary(open_library(folder, encoder=WordCounts(), founding=False), lambda: owner)


def keep(folder: Path, owner: str, name: str) -> None:
    PrivateAdditions(opened(folder), owner).add(document(f"# {name}\n\nThe zebra fund of {name} is frozen.", name))


def seen(folder: Path, owner: str = ADA) -> list[str]:
    return names(cast(Library, opened(folder, owner)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with a document that is not in its backup, `tmp_path / "file"`."""
    folder = tmp_path / "library"
    keep(folder, ADA, "before.md")
    opened(folder).backup(tmp_path / "file")
    keep(folder, ADA, "after.md")
    return folder


class Killed(BaseException):
    """The end of a process."""


@pytest.mark.parametrize("step", [0, 1])
def test_a_restoration_that_is_killed_loses_no_private_document(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    moves: list[str] = []
    move = os.replace

    def killed(source: Path, target: Path) -> None:
        if "private" in f"{Path(source).name}{Path(target).name}":
            if len(moves) >= step:
                raise Killed
            moves.append(str(target))
        move(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(Killed):
        restore_library(folder.parent / "file", folder, force=True)
    monkeypatch.undo()
    assert (folder / "private").exists() == (step == 0)
    assert seen(folder) == ["after.md", "before.md"]
    assert not (folder / "private.before-restore").exists()
    assert restore_library(folder.parent / "file", folder, force=True)
    assert seen(folder) == ["before.md"]


def test_what_a_killed_restoration_left_beside_the_restored_documents_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = os.replace

    def killed(source: Path, target: Path) -> None:
        if Path(source).name == "private.before-restore":
            raise Killed
        move(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(Killed):
        restore_library(folder.parent / "file", folder, force=True)
    monkeypatch.undo()
    assert (folder / "private.before-restore").exists()
    assert seen(folder) == ["before.md"]
    assert not (folder / "private.before-restore").exists()
    assert [kept.name for kept in folder.glob("before-restore-*.private/*")] == [private_location(folder, ADA).name]
    (former,) = folder.glob("before-restore-*.sqlite3")
    assert restore_library(former, folder, force=True)
    assert seen(folder) == ["after.md", "before.md"]


def test_what_is_written_before_the_private_documents_are_replaced_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = private_backup.exchange

    def after_another(*values: Any) -> None:
        keep(folder, ADA, "late.md")
        exchange(*values)

    monkeypatch.setattr(private_backup, "exchange", after_another)
    former = restore_library(folder.parent / "file", folder, force=True)
    assert seen(folder) == ["before.md"]
    assert former
    shutil.rmtree(folder / "private")
    Path(former).with_suffix(".private").rename(folder / "private")
    assert seen(folder) == ["after.md", "before.md", "late.md"]


def test_a_folder_that_cannot_be_moved_is_said_in_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = os.replace

    def refused(source: Path, target: Path) -> None:
        if Path(target) == folder / "private" and Path(source).parent != folder:
            raise PermissionError(13, "Permission denied")
        move(source, target)

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(LibraryError, match=r"cannot be replaced \(Permission denied\)") as raised:
        restore_library(folder.parent / "file", folder, force=True)
    assert "\n" not in str(raised.value)
    assert seen(folder) == ["after.md", "before.md"]
    assert not (folder / "private.before-restore").exists()


def test_a_backup_without_private_documents_leaves_none(tmp_path: Path) -> None:
    opened(tmp_path / "library").backup(tmp_path / "file")
    keep(tmp_path / "library", ADA, "after.md")
    assert restore_library(tmp_path / "file", tmp_path / "library", force=True)
    assert seen(tmp_path / "library") == []


def test_a_document_shared_while_a_backup_is_written_is_in_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, library = backup._copy, opened(folder)

    def share_by_name(name: str) -> None:
        share(library, [summary for summary in library.summaries() if summary.name == name])

    def shared_before_and_after(path: Path, temporary: Path, file: Path) -> None:
        share_by_name("before.md")
        copy(path, temporary, file)
        share_by_name("after.md")

    monkeypatch.setattr(backup, "_copy", shared_before_and_after)
    opened(folder).backup(folder.parent / "second")
    assert restore_library(folder.parent / "second", folder.parent / "restored") is None
    assert seen(folder.parent / "restored") == ["after.md", "before.md"]
    assert seen(folder.parent / "restored", BO) == ["before.md"]
    assert {path.name for path in folder.parent.iterdir()} == {"file", "library", "restored", "second"}


@pytest.fixture
def damaged(folder: Path) -> Path:
    """The library, in which the private documents of BO are damaged, and those of ADA are not."""
    keep(folder, BO, "of bo.md")
    for file in private_location(folder, BO).glob("library.sqlite3*"):
        file.write_bytes(b"damage" * 5000)
    return folder


def test_damaged_private_documents_of_one_user_stop_no_other(damaged: Path) -> None:
    library = opened(damaged)
    assert library.private_counts() == {ADA: 2, BO: None}
    assert not library.is_stale()
    (line,) = library.check()
    assert str(private_location(damaged, BO)) in line
    other = UserLibrary(open_library(damaged, encoder=WordCounts("another")), lambda: ADA)
    assert other.is_stale()
    with pytest.raises(LibraryError, match="but not the private documents of 1 user: "):
        other.reindex()
    assert not other.is_stale()
    assert seen(damaged) == ["after.md", "before.md"]


def test_no_backup_is_written_without_damaged_private_documents(damaged: Path) -> None:
    with pytest.raises(LibraryError, match="so no backup was written") as raised:
        opened(damaged).backup(damaged.parent / "second")
    assert str(private_location(damaged, BO)) in str(raised.value)
    assert {path.name for path in damaged.parent.iterdir()} == {"file", "library"}
    opened(damaged).private.delete(BO)
    opened(damaged).backup(damaged.parent / "second")


def test_a_backup_takes_the_place_of_damaged_private_documents_which_are_kept(damaged: Path) -> None:
    former = restore_library(damaged.parent / "file", damaged, force=True)
    assert seen(damaged) == ["before.md"]
    assert former
    assert private_location(Path(former).with_suffix(""), BO).name in {
        each.name for each in Path(former).with_suffix(".private").iterdir()
    }


def test_users_are_listed_and_removed_beside_damaged_private_documents(damaged: Path) -> None:
    accounts = Accounts(cast(Library, opened(damaged)))
    with accounts._library.change_users() as stored:
        for owner in (ADA, BO):
            stored.put(UserRow(owner, owner, UserRole.READER, "2026-01-01"))
    accounts.remove(ADA, with_private=True)
    assert accounts.private_counts() == {BO: None}
    with pytest.raises(AccountRefused, match="bo-id keeps unreadable private documents"):
        accounts.remove(BO)
    assert accounts.remove(BO, with_private=True) is None
    assert not private_location(damaged, BO).exists()


@pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")
def test_only_the_account_of_the_program_may_open_private_documents_and_backups(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    copy = backup._copy

    def noted(path: Path, temporary: Path, file: Path) -> None:
        copy(path, temporary, file)
        modes.extend(each.stat().st_mode & 0o777 for each in file.parent.glob(".rapporteur-*"))

    monkeypatch.setattr(backup, "_copy", noted)
    former = restore_library(folder.parent / "file", folder, force=True)
    opened(folder).backup(folder.parent / "second")
    assert sorted(modes) == [0o600, 0o600, 0o700, 0o700]
    assert former
    for file in (folder.parent / "file", folder.parent / "second", Path(former)):
        assert file.stat().st_mode & 0o777 == 0o600
    keep(folder, BO, "of bo.md")
    for place in (folder / "private", private_location(folder, ADA), private_location(folder, BO)):
        assert place.stat().st_mode & 0o777 == 0o700


def test_private_documents_are_restored_from_pieces(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, BO, "of bo.md")
    monkeypatch.setattr(private_backup, "_PIECE_BYTES", 10_000)
    opened(folder).backup(folder.parent / "second")
    with closing(sqlite3.connect(folder.parent / "second")) as connection:
        sizes = [size for (size,) in connection.execute("SELECT length(bytes) FROM private_files ORDER BY number")]
    assert len(sizes) > 20
    assert max(sizes) == 10_000
    restore_library(folder.parent / "second", folder.parent / "restored")
    assert seen(folder.parent / "restored") == ["after.md", "before.md"]
    assert seen(folder.parent / "restored", BO) == ["of bo.md"]


def test_a_backup_of_an_earlier_version_with_whole_files_is_restored(folder: Path) -> None:
    with closing(sqlite3.connect(folder.parent / "file")) as connection, connection:
        connection.execute("CREATE TABLE private_libraries (folder TEXT PRIMARY KEY, file BLOB NOT NULL)")
        connection.execute("INSERT INTO private_libraries SELECT folder, bytes FROM private_files")
        connection.execute("DROP TABLE private_files")
    restore_library(folder.parent / "file", folder.parent / "restored")
    assert seen(folder.parent / "restored") == ["before.md"]
    with closing(sqlite3.connect(folder.parent / "restored" / "library.sqlite3")) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name LIKE 'private%'").fetchall()


@pytest.mark.parametrize(
    "change", ["folder = NULL", "folder = '../x'", "bytes = 'text'", "bytes = NULL", "folder = 7.5"]
)
def test_an_altered_backup_is_refused_in_one_line(folder: Path, change: str) -> None:
    with closing(sqlite3.connect(folder.parent / "file")) as connection, connection:
        connection.execute("CREATE TABLE altered AS SELECT * FROM private_files")
        connection.execute(f"UPDATE altered SET {change}")
        connection.execute("DROP TABLE private_files")
        connection.execute("ALTER TABLE altered RENAME TO private_files")
    with pytest.raises(LibraryError) as raised:
        restore_library(folder.parent / "file", folder.parent / "restored")
    assert "\n" not in str(raised.value)
    assert not (folder.parent / "restored" / "private").exists()
