"""The file of a SQLite library: refused, damaged, made by several at once; the contract is tested elsewhere."""

import json
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from index.errors import DamagedLibrary, LibraryError
from index.settings import Settings
from index.store import schema
from index.store.library import SqliteLibrary
from index.store.schema import prepare
from support.generated_texts import document
from support.library_state import file_document, searched
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts


def opened(folder: Path, records: bool = False, encoder: WordCounts | None = None, **numbers: Any) -> SqliteLibrary:
    return open_sqlite_library(folder, Settings(**numbers), encoder=encoder or WordCounts(), founding=records)


def test_a_document_is_removed_by_any_of_its_names_and_wholly(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(file_document("/x/a.md", "They met."))
    library.add(file_document("/x/b.md", "They met."))
    assert library.remove("b") == ["a.md"]
    with sqlite3.connect(library.path) as connection:
        tables = ("documents", "names", "passages", "terms")
        assert [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables] == [0, 0, 0, 0]
    connection.close()


# Files that are no library, or a broken one.


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="this is a file; give a folder"):
        opened(tmp_path / "file")
    with pytest.raises(LibraryError, match="cannot be made"):
        opened(tmp_path / "file" / "library")
    with pytest.raises(LibraryError, match="cannot be made"):
        opened(tmp_path / ("x" * 300))


def refused(folder: Path, content: bytes, complaint: str) -> None:
    path = folder / "library.sqlite3"
    path.write_bytes(content)
    with pytest.raises(LibraryError, match=complaint):
        opened(folder)
    assert path.read_bytes() == content
    assert [p.name for p in folder.iterdir()] == ["library.sqlite3"]


@pytest.mark.parametrize("content", [b"x", b"This is a letter.\n" * 99, b"\0" * 4096])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    refused(tmp_path, content, "this is not a library of Rapporteur; move it away or give another folder")


def test_a_foreign_sqlite_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "foreign") as connection:
        connection.execute("CREATE TABLE documents (id)")
    connection.close()
    content = (tmp_path / "foreign").read_bytes()
    (tmp_path / "foreign").unlink()
    refused(tmp_path, content, "this SQLite file is not a library of Rapporteur")


def library_bytes(folder: Path, change: str | None = None) -> bytes:
    library = opened(folder, records=True)
    if change:
        with sqlite3.connect(library.path) as connection:
            connection.execute(change)
        connection.close()
    content: bytes = library.path.read_bytes()
    shutil.rmtree(folder)
    folder.mkdir()
    return content


def test_a_newer_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    content = library_bytes(tmp_path / "l", f"PRAGMA user_version = {schema.VERSION + 1}")
    refused(
        tmp_path / "l",
        content,
        f"version {schema.VERSION + 1} is newer than this program's {schema.VERSION}; update rapporteur",
    )


@pytest.mark.parametrize("part", [0.01, 0.3, 0.999])
def test_a_truncated_library_is_refused_and_left_alone(tmp_path: Path, part: float) -> None:
    content = library_bytes(tmp_path / "l")
    cut = content[: int(len(content) * part)]
    refused(
        tmp_path / "l",
        cut,
        rf"truncated \({len(cut):,} of {len(content):,} bytes\); restore a backup, or move the library's folder away",
    )


def test_a_file_of_no_bytes_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").touch()
    assert opened(tmp_path).documents() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET text = replace(text, 'Indonesia', 'Indonesiq')",
        "UPDATE documents SET outline = '[[\"body\"]]'",
        "UPDATE documents SET about = '{}'",
        "UPDATE passages SET vector = zeroblob(1024) WHERE id = 3",
        "UPDATE passages SET vector = x'00' WHERE id = 3",
        "UPDATE passages SET vector = x'00' WHERE id = 1",
        "DELETE FROM changes",
        "DROP TABLE terms",
    ],
)
def test_a_damaged_library_says_so(tmp_path: Path, change: str) -> None:
    library = opened(tmp_path, records=True)
    with sqlite3.connect(library.path) as connection:
        connection.execute(change)
    connection.close()
    with pytest.raises(LibraryError, match="damaged"):
        searched(opened(tmp_path))


def faiss_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.faiss"))


@pytest.mark.parametrize("content", [None, b"", b"garbage", b"IxMp\0\0\0"])
def test_a_missing_or_broken_faiss_file_is_made_again(tmp_path: Path, content: bytes | None) -> None:
    before = searched(opened(tmp_path, records=True))
    (path,) = faiss_files(tmp_path)
    whole = path.read_bytes()
    path.unlink() if content is None else path.write_bytes(content)
    assert searched(opened(tmp_path)) == before
    assert path.read_bytes() == whole


def test_only_the_present_vectors_are_kept(tmp_path: Path) -> None:
    library = opened(tmp_path, records=True)
    searched(library)
    library.add(document("They met.", "a.md"))
    searched(library)
    assert len(faiss_files(tmp_path)) == 1


def test_vectors_that_a_killed_process_was_writing_go_with_the_next_document(tmp_path: Path) -> None:
    library = opened(tmp_path)
    (tmp_path / "vectors-7.faiss.99.part").write_bytes(b"begun")
    library.add(document("They met.", "a.md"))
    library.remove("a.md")
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("vectors")] == []


def test_the_vectors_of_a_library_moved_away_are_not_taken_for_the_new_ones(tmp_path: Path) -> None:
    for name, text in (("a.md", "They met."), ("b.md", "Data flow with trust.")):
        library = opened(tmp_path)
        library.add(document(f"---\ntitle: T\n---\n{text}", name))
        hits = searched(library)[0]
        library.path.unlink()
        (tmp_path / "library.txt").unlink()
        (vectors,) = tmp_path.glob("*.faiss")
        with pytest.raises(DamagedLibrary, match="is missing, though this folder held a library; restore a backup"):
            opened(tmp_path)
        moved = tmp_path / "moved"
        moved.mkdir(exist_ok=True)
        vectors.rename(moved / vectors.name)
        opened(tmp_path)
        (moved / vectors.name).rename(vectors)
    assert hits[0][3] == pytest.approx(4 / (4 * 5) ** 0.5)  # all four words of the question in five words


def test_the_sentences_are_kept_as_places(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.add(document("They met. They agreed.", "a.md"))
    with sqlite3.connect(library.path) as connection:
        (kept,) = connection.execute("SELECT sentences FROM passages").fetchone()
    connection.close()
    assert json.loads(kept) == [[0, 9], [10, 22]]


def test_many_may_make_the_same_library_at_the_same_moment(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def make(folder: Path, together: threading.Barrier) -> None:
        together.wait()
        try:
            prepare(folder, folder / "library.sqlite3", "a model", "a stamp")
        except BaseException as error:
            failed.append(error)

    for number in range(40):
        together = threading.Barrier(6)
        threads = [threading.Thread(target=make, args=(tmp_path / str(number), together)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []
