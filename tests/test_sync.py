"""Make a library follow a folder."""

import contextlib
import json
import os
import pty
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.discovery.patterns import PathFilter
from corpus.errors import CorpusError
from corpus.facts import facts_of
from corpus.sandbox.worker import ReadingWorker
from index.file_ingester import IngestResult
from index.store.library import SqliteLibrary
from index.sync import EmptyFolder, sync
from support.commands import Run
from support.sqlite_libraries import open_sqlite_library
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker() as one:
        yield one


@pytest.fixture
def library(tmp_path: Path) -> SqliteLibrary:
    return open_sqlite_library(tmp_path / "library", encoder=WordCounts(), founding=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text("Exports rose.")
    (folder / "b" / "c.md").write_text("Tariffs fell.")
    (folder / "b" / "d.md").write_text("They met.")
    return folder


def synced(library: SqliteLibrary, folder: Path, worker: ReadingWorker, **how: bool | PathFilter) -> list[IngestResult]:
    return list(sync(library, str(folder), worker, **how))  # type: ignore[arg-type]


def done(outcomes: list[IngestResult], folder: Path) -> list[tuple[str, str, str | None]]:
    return [(o.outcome, os.path.relpath(o.path, folder), o.document) for o in outcomes if o.outcome != "unchanged"]


def held(library: SqliteLibrary, folder: Path) -> dict[str, str]:
    """The library's documents by their paths in the folder."""
    return {os.path.relpath(s.path, folder): s.document for s in library.sources_under(str(folder))}


def test_a_new_folder_is_taken_in_and_then_nothing_is_to_be_done(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    assert done(synced(library, folder, worker), folder) == [
        ("added", "a.txt", "a.txt"),
        ("added", "b/c.md", "c.md"),
        ("added", "b/d.md", "d.md"),
    ]
    before = library.path.read_bytes()
    assert Counter(o.outcome for o in synced(library, folder, worker)) == {"unchanged": 3}
    assert library.path.read_bytes() == before


def test_what_is_new_changed_or_gone_is_added_replaced_or_removed(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    (folder / "a.txt").write_text("Exports fell.")
    (folder / "b" / "c.md").unlink()
    (folder / "e.txt").write_text("They parted.")
    assert done(synced(library, folder, worker), folder) == [
        ("removed", "b/c.md", "c.md"),
        ("replaced", "a.txt", "a.txt"),
        ("added", "e.txt", "e.txt"),
    ]
    assert sorted((d.name, d.text) for d in library.documents()) == [
        ("a.txt", "Exports fell."),
        ("d.md", "They met."),
        ("e.txt", "They parted."),
    ]


def rows(library: SqliteLibrary, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(library.path) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def test_a_renamed_file_keeps_its_document_and_the_document_takes_its_name(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    library.correct("c.md", {"publisher": "Ministry of Trade"})
    before = rows(library, "SELECT id, vector FROM passages ORDER BY id")
    (folder / "b" / "c.md").rename(folder / "tariffs.md")
    (outcome,) = (o for o in synced(library, folder, worker) if o.outcome != "unchanged")
    assert (outcome.outcome, outcome.document) == ("renamed", "tariffs.md")
    assert outcome.reason == f"{folder}/b/c.md: now tariffs.md"
    assert held(library, folder) == {"a.txt": "a.txt", "b/d.md": "d.md", "tariffs.md": "tariffs.md"}
    assert library.document("tariffs.md").publisher == "Ministry of Trade"
    assert {row[0] for row in rows(library, "SELECT document FROM passages")} == {1, 2, 3}
    assert rows(library, "SELECT id, vector FROM passages ORDER BY id")[0] == before[0]
    assert Counter(o.outcome for o in synced(library, folder, worker)) == {"unchanged": 3}


def test_a_correction_goes_with_its_file_and_leaves_nothing_where_that_was(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    library.correct("a.txt", {"place": "Oslo", "forum": "G7"})
    (folder / "a.txt").rename(folder / "z.txt")
    synced(library, folder, worker)
    library.correct("z.txt", {"place": "Rome", "forum": None})
    (folder / "z.txt").rename(folder / "a.txt")
    synced(library, folder, worker)
    assert library.corrections("a.txt") == {"place": "Rome"}
    assert library.document("a.txt").meeting.place == "Rome"
    (folder / "a.txt").rename(folder / "z.txt")
    synced(library, folder, worker)
    (folder / "a.txt").write_text("Fishing went on.")
    synced(library, folder, worker)
    assert library.corrections("a.txt") == {}
    assert library.document("z.txt").meeting.place == "Rome"
    assert library.check() == []


def test_what_a_files_name_says_about_it_changes_with_the_name(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    (folder / "a.txt").rename(folder / "2021-08-05-a.txt")
    synced(library, folder, worker)
    assert {f.origin for f in facts_of(library.document("2021-08-05-a.txt"))} == {"file name"}
    before = facts_of(library.document("2021-08-05-a.txt"))
    (folder / "2021-08-05-a.txt").rename(folder / "2022-09-06-a.txt")
    assert done(synced(library, folder, worker), folder) == [("renamed", "2022-09-06-a.txt", "2022-09-06-a.txt")]
    assert [(f.name, str(f.value).replace("2021-08-05", "2022-09-06")) for f in before] == [
        (f.name, str(f.value)) for f in facts_of(library.document("2022-09-06-a.txt"))
    ]


def test_a_file_that_is_moved_to_another_folder_keeps_its_name(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    (folder / "e").mkdir()
    (folder / "b" / "c.md").rename(folder / "e" / "c.md")
    assert done(synced(library, folder, worker), folder) == [("renamed", "e/c.md", "c.md")]


def test_files_that_swap_their_names_are_new_versions(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    (folder / "b" / "c.md").rename(folder / "x")
    (folder / "b" / "d.md").rename(folder / "b" / "c.md")
    (folder / "x").rename(folder / "b" / "d.md")
    synced(library, folder, worker)
    assert {library.document(f"{folder}/b/{name}").text for name in ("c.md",)} == {"They met."}
    assert {library.document(f"{folder}/b/{name}").text for name in ("d.md",)} == {"Tariffs fell."}
    assert len(library.documents()) == 3


def test_one_of_two_files_with_the_same_text_may_go(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    (folder / "copy.txt").write_text("Exports rose.")
    synced(library, folder, worker)
    (folder / "a.txt").unlink()
    assert library.document("a.txt").title == "a.txt"
    removed, *others, stated = synced(library, folder, worker)
    assert (removed.outcome, removed.document) == ("removed", "a.txt")
    assert removed.reason == f"{folder}/a.txt: its text stays as copy.txt"
    assert (stated.outcome, stated.document) == ("replaced", "copy.txt")
    assert {other.outcome for other in others} == {"unchanged"}
    assert held(library, folder) == {"b/c.md": "c.md", "b/d.md": "d.md", "copy.txt": "copy.txt"}
    assert library.document("copy.txt").title == "copy.txt"
    assert {o.outcome for o in synced(library, folder, worker)} == {"unchanged"}


def test_a_text_that_another_file_keeps_has_its_file_before_that_is_read_again(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    (folder / "b" / "a.txt").write_text("\ufeffExports rose.")
    synced(library, folder, worker)
    (folder / "a.txt").unlink()
    synced(library, folder, worker, choice=PathFilter(exclude=("b/*",)), force=True)
    assert held(library, folder) == {"b/a.txt": "b/a.txt", "b/c.md": "c.md", "b/d.md": "d.md"}
    assert library.original("b/a.txt") == ("\ufeffExports rose.".encode(), "text/plain")
    assert all(one.has_original for one in library.summaries())
    assert library.check() == []


def test_a_renaming_that_was_cut_short_is_finished_by_the_next_run(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    (folder / "a.txt").rename(folder / "2022-09-06-a.txt")
    library.move_source(f"{folder}/a.txt", f"{folder}/2022-09-06-a.txt", "2022-09-06-a.txt")
    assert library.document("2022-09-06-a.txt").title == "a.txt"
    synced(library, folder, worker)
    assert library.document("2022-09-06-a.txt").title != "a.txt"
    assert {o.outcome for o in synced(library, folder, worker)} == {"unchanged"}


def test_documents_from_elsewhere_are_left_alone(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker, tmp_path: Path
) -> None:
    other = tmp_path / "minutes 2"
    other.mkdir()
    (other / "z.txt").write_text("They slept.")
    synced(library, other, worker)
    synced(library, folder, worker)
    shutil.rmtree(folder / "b")
    synced(library, folder, worker)
    assert sorted(d.name for d in library.documents()) == ["a.txt", "z.txt"]


def test_members_of_an_archive_in_the_folder_come_and_go_with_it(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    with zipfile.ZipFile(folder / "m.zip", "w") as new:
        new.writestr("x.md", "They sang.")
        new.writestr("y.md", "They danced.")
    synced(library, folder, worker)
    with zipfile.ZipFile(folder / "m.zip", "w") as new:
        new.writestr("y.md", "They danced.")
    assert done(synced(library, folder, worker), folder) == [("removed", "m.zip!/x.md", "x.md")]
    (folder / "m.zip").rename(folder / "n.zip")
    assert done(synced(library, folder, worker), folder) == [("renamed", "n.zip!/y.md", "y.md")]
    (folder / "n.zip").unlink()
    assert done(synced(library, folder, worker), folder) == [("removed", "n.zip!/y.md", "y.md")]


# What is not removed.


def test_what_is_there_but_cannot_be_read_keeps_its_document(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    with zipfile.ZipFile(folder / "m.zip", "w") as new:
        new.writestr("x.md", "They sang.")
    synced(library, folder, worker)
    before = held(library, folder)
    (folder / "m.zip").write_bytes(b"PK")
    (folder / "a.txt").unlink()
    (folder / "a.txt").mkdir()
    (folder / "b" / "c.md").write_text("")
    (folder / "b" / "d.md").unlink()
    os.mkfifo(folder / "b" / "d.md")
    outcomes = synced(library, folder, worker)
    assert {o.outcome for o in outcomes} == {"refused", "removed"}
    assert [o.path for o in outcomes if o.outcome == "removed"] == [str(folder / "a.txt")]  # a folder is no such file
    assert held(library, folder) == {path: name for path, name in before.items() if path != "a.txt"}


def test_what_became_a_link_keeps_its_document(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker, tmp_path: Path
) -> None:
    synced(library, folder, worker)
    before = held(library, folder)
    (folder / "b").rename(tmp_path / "elsewhere")
    (folder / "b").symlink_to(tmp_path / "elsewhere")
    (folder / "a.txt").rename(tmp_path / "a.txt")
    (folder / "a.txt").symlink_to(tmp_path / "a.txt")
    (folder / "e.txt").write_text("They slept.")
    assert done(synced(library, folder, worker), folder)[-1] == ("added", "e.txt", "e.txt")
    assert held(library, folder) == {**before, "e.txt": "e.txt"}


def test_a_folder_that_is_gone_or_empty_removes_nothing(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    before = held(library, folder)
    shutil.rmtree(folder)
    with pytest.raises(CorpusError, match=r"minutes: no such folder; nothing was changed$"):
        synced(library, folder, worker)
    folder.write_text("A file.")
    with pytest.raises(CorpusError, match=r"minutes: cannot be read \(Not a directory\); nothing was changed$"):
        synced(library, folder, worker)
    folder.unlink()
    folder.mkdir()
    (folder / "photo.jpg").write_text("")
    with pytest.raises(EmptyFolder, match="give --force to remove its 3 documents"):
        synced(library, folder, worker)
    assert held(library, folder) == before
    assert Counter(o.outcome for o in synced(library, folder, worker, force=True)) == {"removed": 3, "skipped": 1}
    assert library.documents() == []


def test_files_that_are_not_chosen_keep_their_documents(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    shutil.rmtree(folder / "b")
    (folder / "a.txt").unlink()
    (folder / "e.txt").write_text("They slept.")
    synced(library, folder, worker, choice=PathFilter(include=("*.txt",)))
    assert held(library, folder) == {"b/c.md": "c.md", "b/d.md": "d.md", "e.txt": "e.txt"}


def test_a_dry_run_tells_what_would_be_done_and_does_nothing(
    library: SqliteLibrary, folder: Path, worker: ReadingWorker
) -> None:
    synced(library, folder, worker)
    (folder / "a.txt").write_text("Exports fell.")
    (folder / "b" / "c.md").unlink()
    (folder / "b" / "d.md").rename(folder / "e.md")
    (folder / "f.txt").write_text("They slept.")
    before = library.path.read_bytes()
    foretold = done(synced(library, folder, worker, dry_run=True), folder)
    assert library.path.read_bytes() == before
    assert foretold == [
        ("renamed", "e.md", "e.md"),
        ("removed", "b/c.md", "c.md"),
        ("replaced", "a.txt", "a.txt"),
        ("added", "f.txt", "f.txt"),
    ]
    assert done(synced(library, folder, worker), folder) == foretold


# The command.


def test_a_dry_run_foretells_facts_that_changed(library: SqliteLibrary, folder: Path, worker: ReadingWorker) -> None:
    synced(library, folder, worker)
    (folder / "records.toml").write_text('[[record]]\nfile = "a.txt"\ntitle = "Exports"\n')
    foretold = done(synced(library, folder, worker, dry_run=True), folder)
    assert foretold == done(synced(library, folder, worker), folder) == [("replaced", "a.txt", "a.txt")]


def test_sync_prints_what_it_did(run: Run, folder: Path) -> None:
    run("add", str(folder))
    (folder / "a.txt").write_text("Exports fell.")
    (folder / "b" / "c.md").unlink()
    (folder / "b" / "d.md").rename(folder / "e.md")
    (folder / "zero.txt").write_text("")
    dry = run("sync", str(folder), "--dry-run")
    assert dry.out.splitlines()[-1] == "would be: 1 added, 1 replaced, 0 unchanged, 1 renamed, 1 removed, 0 refused"
    said = run("sync", str(folder))
    assert said.code == 1
    assert said.out.splitlines() == [
        f"renamed: {folder}/b/d.md: now e.md",
        "removed: c.md",
        f"refused: {folder}/zero.txt: the file is empty",
        "replaced: a.txt",
        "0 added, 1 replaced, 0 unchanged, 1 renamed, 1 removed, 1 refused",
    ]
    again = run("sync", str(folder), "--json")
    assert [(o["outcome"], o["document"]) for o in json.loads(again.out)] == [
        ("unchanged", "a.txt"),
        ("unchanged", "e.md"),
        ("refused", None),
    ]


def test_sync_of_an_empty_folder_asks_for_force(run: Run, folder: Path) -> None:
    run("add", str(folder))
    shutil.rmtree(folder / "b")
    (folder / "a.txt").unlink()
    said = run("sync", str(folder))
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        f"rapporteur: {folder}: has no readable file any more; give --force to remove its 3 documents\n"
    )
    assert run("sync", str(folder), "--force").out.splitlines()[-1] == (
        "0 added, 0 replaced, 0 unchanged, 3 removed, 0 refused"
    )


_SYNC = """
import sys
from assistant.commands import main
from support.word_counts import WordCounts
sys.exit(main(["sync", sys.argv[1]], lambda settings: WordCounts()))
"""


@pytest.mark.parametrize(("answer", "left"), [("y", 0), ("n", 3)])
def test_on_a_terminal_sync_asks_before_it_empties_a_folder(run: Run, folder: Path, answer: str, left: int) -> None:
    run("add", str(folder))
    shutil.rmtree(folder / "b")
    (folder / "a.txt").unlink()
    root = Path(__file__).resolve().parents[1]
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-c", _SYNC, str(folder)],
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    said = b""
    with contextlib.suppress(OSError):  # what a terminal gives whose other end is closed
        while part := os.read(ours, 10_000):
            said += part
    os.close(ours)
    assert started.wait(timeout=30) == (1 if left else 0)
    assert b"give --force to remove its 3 documents. Remove them now? [y/N]" in said
    assert len(json.loads(run("list", "--json").out)) == 5 + left
