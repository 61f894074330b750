import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.reading import founding_records
from index.errors import LibraryError
from index.feedback import FeedbackRow
from index.library import restore_library
from index.search.hybrid import hybrid_search
from index.store.backup import back_up
from index.store.library import SqliteLibrary
from index.users import UserRole, UserRow
from support.generated_texts import document
from support.older_libraries import library_of_version_2
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts


def opened(folder: Path, records: bool = True) -> SqliteLibrary:
    return open_sqlite_library(folder, encoder=WordCounts(), founding=records)


def filled(folder: Path) -> SqliteLibrary:
    library = opened(folder)
    library.add(document("They danced. They agreed.", "a.md", "/x/a.md"), b"They danced. They agreed.")
    library.correct("a.md", {"place": "Oslo"})
    return library


def searched(library: SqliteLibrary) -> list[tuple[object, ...]]:
    with library.snapshot() as view:
        hits = hybrid_search(view, "They agreed", library.encoder.encode_query("They agreed"), 20)
    return [(h.passage.document.name, h.passage.span, h.score, h.dense, h.lexical) for h in hits]


def state(library: SqliteLibrary) -> tuple[object, ...]:
    documents: list[Document] = library.documents()
    return documents, library.original("a.md"), library.corrections("a.md"), searched(library)


def test_a_backup_restored_elsewhere_gives_the_same_answers(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    library.backup(tmp_path / "saved.sqlite3")
    assert restore_library(tmp_path / "saved.sqlite3", tmp_path / "other") is None
    assert state(opened(tmp_path / "other")) == state(library)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["library", "other", "saved.sqlite3"]
    assert opened(tmp_path / "other").check() == []


def test_a_backup_put_in_the_librarys_place_is_the_library(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    library.backup(tmp_path / "saved.sqlite3")
    before = state(library)
    library.add(document("They parted.", "b.md"))
    with library.snapshot():
        pass
    os.replace(tmp_path / "saved.sqlite3", library.path)
    again = opened(tmp_path / "library")
    assert state(again) == before
    again.add(document("They sang.", "c.md"))
    with again.snapshot() as view:
        assert view.search_dense(again.encoder.encode_query("c.md: They sang."), 1)[0][1] == pytest.approx(1)
    with again.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_came_after_the_backup_is_gone_and_the_replaced_library_is_kept(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    before = state(library)
    library.backup(tmp_path / "saved.sqlite3")
    library.add(document("They parted.", "b.md"))
    library.remove("a.md")
    later = [d.name for d in library.documents()]
    searched(library)
    with pytest.raises(LibraryError, match="conversations, sets, judgements or users already; replace it with --force"):
        restore_library(tmp_path / "saved.sqlite3", tmp_path / "library")
    kept = Path(restore_library(tmp_path / "saved.sqlite3", tmp_path / "library", force=True) or "")
    assert state(library) == before
    assert kept is not None
    restore_library(kept, tmp_path / "third")
    assert [d.name for d in opened(tmp_path / "third").documents()] == later


def test_a_library_of_founding_records_alone_may_be_replaced(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    library.backup(tmp_path / "saved.sqlite3")
    opened(tmp_path / "new")
    assert restore_library(tmp_path / "saved.sqlite3", tmp_path / "new") is None
    assert state(opened(tmp_path / "new")) == state(library)


@pytest.mark.parametrize("has", ["judgement", "user"])
def test_a_library_with_nothing_but_a_judgement_or_a_user_is_not_replaced(tmp_path: Path, has: str) -> None:
    filled(tmp_path / "library").backup(tmp_path / "saved.sqlite3")
    new = opened(tmp_path / "new")
    if has == "user":
        with new.change_users() as users:
            users.put(UserRow("1", "ada", UserRole.ADMIN, "2026-01-01"))
    else:
        with new.change_feedback() as feedback:
            feedback.put(FeedbackRow("", "c", 0, "Why?", "helpful", "2026-01-01", "[]", "{}", "quotes", "So.", "[]"))
    with pytest.raises(LibraryError, match="judgements or users already"):
        restore_library(tmp_path / "saved.sqlite3", tmp_path / "new")
    assert [d.name for d in new.documents()] == [d.name for d in founding_records()]


def test_a_backup_is_one_state_while_others_write(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.is_set():
            library.add(document(f"They met {number} times.", "b.md", "/x/b.md"))
            number += 1

    writing = threading.Thread(target=write)
    writing.start()
    try:
        for number in range(5):
            library.backup(tmp_path / f"{number}.sqlite3")
    finally:
        done.set()
        writing.join()
    for number in range(5):
        restore_library(tmp_path / f"{number}.sqlite3", tmp_path / str(number))
        assert opened(tmp_path / str(number)).check() == []


def test_a_backup_overwrites_nothing_unless_told_to(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    file = tmp_path / "saved.sqlite3"
    file.write_bytes(b"a letter")
    with pytest.raises(LibraryError, match="exists already; name another file, or overwrite it with --force"):
        library.backup(file)
    assert file.read_bytes() == b"a letter"
    library.backup(file, force=True)
    assert file.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    ("name", "said"),
    [("library", "this is a folder"), ("no/saved", "its folder does not exist"), ("x" * 300, "cannot be written")],
)
def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path: Path, name: str, said: str) -> None:
    library = filled(tmp_path / "library")
    with pytest.raises(LibraryError, match=said):
        library.backup(tmp_path / name)
    with pytest.raises(LibraryError, match="this is the library itself"):
        library.backup(library.path, force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["library"]


@pytest.mark.parametrize("name", [".", "/", ""])
def test_a_folder_without_a_name_is_no_place_for_a_backup(tmp_path: Path, name: str) -> None:
    with pytest.raises(LibraryError, match="this is a folder; name a file"):
        filled(tmp_path / "library").backup(Path(name), force=True)


def test_a_backup_may_have_the_longest_name_that_there_is(tmp_path: Path) -> None:
    longest = tmp_path / ("会" * 85)
    filled(tmp_path / "library").backup(longest)
    assert restore_library(longest, tmp_path / "other") is None


def refused(file: Path, folder: Path, said: str) -> None:
    with pytest.raises(LibraryError, match=said) as caught:
        restore_library(file, folder, force=True)
    assert str(caught.value).count("\n") == 0
    assert [p.name for p in folder.glob("*") if p.name.startswith(("restoring", "before"))] == []


def test_a_file_that_is_no_backup_is_refused_and_the_library_stays(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    before = state(library)
    (tmp_path / "letter").write_bytes(b"Dear all,\n" * 99)
    (tmp_path / "empty").touch()
    connection = sqlite3.connect(tmp_path / "foreign")
    connection.execute("CREATE TABLE documents (id)")
    connection.close()
    refused(tmp_path / "none", tmp_path / "library", "no such file")
    refused(tmp_path / "letter", tmp_path / "library", "no backup of a library")
    refused(tmp_path / "empty", tmp_path / "library", "no backup of a library")
    refused(tmp_path / "foreign", tmp_path / "library", "no backup of a library")
    refused(library.path, tmp_path / "library", "this is the library itself")
    assert state(library) == before


def test_a_new_folder_is_of_use_after_a_backup_was_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(b"Dear all,\n" * 99)
    refused(tmp_path / "letter", tmp_path / "library", "no backup of a library; give one")
    library = opened(tmp_path / "library")
    library.add(document("They agreed.", "a.md"))
    assert library.check() == []
    assert len(library.documents()) == 6


@pytest.mark.parametrize("spoil", ["cut", "middle", "first page"])
def test_a_damaged_library_is_replaced_when_that_is_asked_for_and_kept(tmp_path: Path, spoil: str) -> None:
    library = filled(tmp_path / "library")
    before = state(library)
    library.backup(tmp_path / "saved")
    whole = library.path.read_bytes()
    spoilt = {
        "cut": whole[: len(whole) // 2],
        "middle": whole[:40_000] + b"\xff" * 100_000 + whole[140_000:],
        "first page": whole[:100] + b"\xff" * 300 + whole[400:],
    }[spoil]
    library.path.write_bytes(spoilt)
    with pytest.raises(LibraryError, match="--force"):
        restore_library(tmp_path / "saved", library.folder)
    assert library.path.read_bytes() == spoilt
    kept = Path(restore_library(tmp_path / "saved", library.folder, force=True) or "")
    assert kept
    assert kept.read_bytes() == spoilt
    assert state(opened(library.folder)) == before
    assert opened(library.folder).check() == []


@pytest.mark.parametrize("change", ["DROP TABLE evidence", "DROP TABLE documents", "PRAGMA user_version = 1"])
def test_a_library_whose_tables_are_damaged_is_replaced_when_that_is_asked_for(tmp_path: Path, change: str) -> None:
    library = filled(tmp_path / "library")
    before = state(library)
    library.backup(tmp_path / "saved")
    with sqlite3.connect(library.path) as connection:
        connection.execute(change)
    connection.close()
    with pytest.raises(LibraryError, match="--force"):
        restore_library(tmp_path / "saved", library.folder)
    kept = Path(restore_library(tmp_path / "saved", library.folder, force=True) or "")
    assert kept
    assert kept.exists()
    assert state(opened(library.folder)) == before
    assert opened(library.folder).check() == []


def test_the_copy_of_a_restoration_that_was_killed_goes_with_the_next(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    library.backup(tmp_path / "saved")
    for name in ("restoring-killed", "restoring-now"):
        (library.folder / name).mkdir()
        (library.folder / name / "library.sqlite3").write_bytes(b"a copy")
    os.utime(library.folder / "restoring-killed", (0, 0))
    restore_library(tmp_path / "saved", library.folder, force=True)
    assert [file.name for file in library.folder.glob("restoring-*")] == ["restoring-now"]


def test_what_another_adds_while_a_backup_is_restored_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = filled(tmp_path / "library")
    library.backup(tmp_path / "saved")

    def backed_up_and_added(path: Path, file: Path) -> None:
        back_up(path, file)
        library.add(document("They sang.", "c.md"))

    monkeypatch.setattr("index.store.backup.back_up", backed_up_and_added)
    with pytest.raises(LibraryError, match="the library was changed meanwhile; nothing was restored, try again"):
        restore_library(tmp_path / "saved", library.folder, force=True)
    assert library.document("c.md").text == "They sang."
    assert library.check() == []
    assert [file for file in library.folder.iterdir() if "restor" in file.name] == []


def test_a_damaged_backup_is_refused_and_the_library_stays(tmp_path: Path) -> None:
    library = filled(tmp_path / "library")
    library.backup(tmp_path / "whole.sqlite3")
    before = state(library)
    shutil.copy(tmp_path / "whole.sqlite3", tmp_path / "changed.sqlite3")
    with sqlite3.connect(tmp_path / "changed.sqlite3") as connection:
        connection.execute("UPDATE documents SET text = 'They fought.' WHERE name = 'a.md'")
    connection.close()
    refused(tmp_path / "changed.sqlite3", tmp_path / "library", "damaged, so nothing was restored: .*'a.md'")
    whole = (tmp_path / "whole.sqlite3").read_bytes()
    (tmp_path / "cut.sqlite3").write_bytes(whole[: len(whole) // 2])
    refused(tmp_path / "cut.sqlite3", tmp_path / "library", "damaged|malformed|truncated")
    newer = tmp_path / "newer.sqlite3"
    newer.write_bytes(whole)
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    refused(newer, tmp_path / "library", "version 99 is newer than this program's")
    assert state(library) == before


def test_a_backup_with_a_damaged_index_of_words_is_refused(tmp_path: Path) -> None:
    filled(tmp_path / "library").backup(tmp_path / "words.sqlite3")
    with sqlite3.connect(tmp_path / "words.sqlite3") as connection:
        connection.execute("UPDATE terms_data SET block = zeroblob(20) WHERE id > 10")
    connection.close()
    refused(tmp_path / "words.sqlite3", tmp_path / "library", "damaged, so nothing was restored: .*the index of words")


def test_a_backup_of_an_older_version_is_restored_as_this_one(tmp_path: Path) -> None:
    library_of_version_2(tmp_path / "old")
    connection = sqlite3.connect(tmp_path / "old" / "library.sqlite3")
    connection.execute("VACUUM INTO ?", (str(tmp_path / "old.sqlite3"),))
    connection.close()
    restore_library(tmp_path / "old.sqlite3", tmp_path / "new")
    assert [d.name for d in opened(tmp_path / "new").documents()] == ["a.md", "b.md"]
