"""Lose the file of a library, forbid writing its folder, fill its disk: it is told in a line, or still read."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from corpus.document import Document
from index.errors import DamagedLibrary, LibraryError
from index.library import Library, open_library, restore_library
from index.search.vector_index import VectorIndex, is_damaged
from support.commands import Run
from support.generated_texts import document
from support.measured_command import run_measured
from support.word_counts import WordCounts
from test_hostile_surroundings import _AS_EVERYBODY


def opened(folder: Path) -> Library:
    return open_library(folder, encoder=WordCounts(), founding=False)


def made(folder: Path) -> Library:
    """Make a library with three documents, searched once, so that its vectors are in a file."""
    library = opened(folder)
    for number in range(3):
        library.add(talk(number))
    nearest(library)
    return library


def talk(number: int) -> Document:
    return document(f"They met {number} times.\n\nThey agreed on point {number}.", f"{number}.md")


def nearest(library: Library) -> list[tuple[int, float]]:
    with library.snapshot() as view:
        return view.search_dense(library.encoder.encode_query("They agreed on point 1"), 3)


@pytest.mark.parametrize("has_vectors", [True, False])
@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["missing", "empty"])
def test_a_lost_file_is_no_new_library(tmp_path: Path, lose: object, has_vectors: bool) -> None:
    library = made(tmp_path / "library")
    saved = tmp_path / "saved"
    library.backup(saved)
    before = nearest(library)
    lose(tmp_path / "library" / "library.sqlite3")  # type: ignore[operator]
    for vectors in [] if has_vectors else (tmp_path / "library").glob("*.faiss"):
        vectors.unlink()
    with pytest.raises(DamagedLibrary, match="though this folder held a library; restore a backup, or move"):
        opened(tmp_path / "library")
    restore_library(saved, tmp_path / "library")
    assert nearest(opened(tmp_path / "library")) == before


def test_a_file_that_is_moved_away_while_it_is_used_is_not_made_anew(tmp_path: Path) -> None:
    library = made(tmp_path / "library")
    shutil.move(tmp_path / "library/library.sqlite3", tmp_path / "away")
    for use in (library.documents, lambda: library.add(talk(5)), library.counts, library.evidence_rows):
        with pytest.raises(LibraryError, match="the library's file is gone; put it back, or restore a backup"):
            use()
    assert not (tmp_path / "library/library.sqlite3").exists()


def test_a_first_start_that_was_killed_at_once_may_be_repeated(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").touch()
    assert opened(tmp_path).documents() == []


def test_a_library_of_a_former_version_gets_its_mark(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "library.txt").unlink()
    opened(tmp_path)
    assert "rapporteur backup" in (tmp_path / "library.txt").read_text()


def test_a_version_below_zero_is_damage(tmp_path: Path) -> None:
    library = made(tmp_path)
    with sqlite3.connect(tmp_path / "library.sqlite3") as connection:
        connection.execute("PRAGMA user_version = -3")
    connection.close()
    assert library
    with pytest.raises(DamagedLibrary, match=r"the library is damaged \(version -3\)"):
        opened(tmp_path)


def test_damage_that_sqlite_quotes_is_told_in_one_line(tmp_path: Path) -> None:
    made(tmp_path)
    path = tmp_path / "library.sqlite3"
    whole = path.read_bytes()
    told = 0
    for words in (b"AFTER DELETE ON names", b"REFERENCES documents(id)", b"CREATE TABLE names"):
        path.write_bytes(whole.replace(words, words[:4] + b"\xf5" + words[5:]))
        try:
            lines = opened(tmp_path).check()
        except LibraryError as error:
            lines = [str(error)]
        assert not any("\n" in line for line in lines)
        told += len(lines)
    assert told


# Read-only folders and full disks

READING = (
    ("list",),
    ("status",),
    ("status", "--check"),
    ("search", "smart cities", "--k", "1"),
    ("ask", "Who was absent from the G20 meeting of April 2020?"),
    ("show", "2020-07-22-g20-mic.txt"),
    ("verify", "report.md"),
    ("evidence",),
)


@pytest.fixture
def of_founding(run: Run, library_of_its_own: Path, tmp_path: Path) -> Path:
    """Return the folder of a library with the founding records, with a report beside it in the present folder."""
    assert run("status").code == 0
    Path("report.md").write_text("It says “Of the G20 members, Indonesia was absent from this meeting.”", "utf-8")
    return library_of_its_own


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_read_only_folder_can_be_read(of_founding: Path, words: tuple[str, ...]) -> None:
    before = {path.name: path.read_bytes() for path in of_founding.iterdir()}
    for path in of_founding.iterdir():
        path.chmod(0o444)
    of_founding.chmod(0o555)
    try:
        done = run_measured(*words, before=_AS_EVERYBODY if os.geteuid() == 0 else "", cwd=Path.cwd())
    finally:
        of_founding.chmod(0o755)
    assert (done.code, done.err) == (0, "")
    assert {path.name: path.read_bytes() for path in of_founding.iterdir()} == before


def test_what_changes_a_read_only_library_says_so(of_founding: Path) -> None:
    of_founding.chmod(0o555)
    try:
        done = run_measured(
            "remove", "2020-07-22-g20-mic.txt", before=_AS_EVERYBODY if os.geteuid() == 0 else "", cwd=Path.cwd()
        )
    finally:
        of_founding.chmod(0o755)
    assert done.code == 1
    assert "the folder cannot be written" in done.err


def test_a_full_disk_can_be_read(of_founding: Path) -> None:
    # No byte more may be written into any file.
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))"
    for words in READING:
        # What the command prints goes through a pipe.
        done = run_measured(*words, before=full, cwd=Path.cwd())
        assert (done.code, done.err) == (0, ""), words


def test_changes_that_lie_beside_are_not_left_out(tmp_path: Path) -> None:
    """A library whose last changes are still in the file beside it is not read without them."""
    made(tmp_path / "library")
    copy = tmp_path / "copy"
    copy.mkdir()
    connection = sqlite3.connect(tmp_path / "library/library.sqlite3")
    connection.execute("INSERT INTO facts VALUES ('a fact', 'of the last moment')")
    connection.commit()
    for name in ("library.sqlite3", "library.sqlite3-wal"):
        shutil.copy(tmp_path / "library" / name, copy / name)
    connection.close()
    assert (copy / "library.sqlite3-wal").stat().st_size
    copy.chmod(0o555)
    try:
        before = _AS_EVERYBODY if os.geteuid() == 0 else ""
        done = run_measured("list", "--library", str(copy), before=before)
    finally:
        copy.chmod(0o755)
    assert done.code == 1
    assert "the folder cannot be written" in done.err


# Checksums of the vectors


def test_vectors_that_are_not_as_they_were_written_are_told_and_made_again(tmp_path: Path) -> None:
    library = made(tmp_path)
    before = nearest(library)
    (path,) = tmp_path.glob("*.faiss")
    whole = path.read_bytes()
    assert library.check() == []
    for at in range(0, len(whole) - 44, 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert is_damaged(path)
        assert library.check() == [f"{path.name}: not as it was written; remove this file, it is made again"]
        assert nearest(opened(tmp_path)) == before
        assert path.read_bytes() == whole
    path.write_bytes(whole[:-44])  # as a former version wrote it
    assert not is_damaged(path)
    assert VectorIndex.load(path) is None
    assert library.check() == []
    assert nearest(opened(tmp_path)) == before
