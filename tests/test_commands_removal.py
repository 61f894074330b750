"""Put back by `rapporteur undo` what `rapporteur remove` removed."""

import json
import stat
from errno import ENOSPC
from pathlib import Path

import pytest

from assistant.commands.removal.kept import KeptRemovals
from index.errors import LibraryError
from index.library import open_library
from support.commands import Run
from support.word_counts import WordCounts

SAID = "The ferrymen of Zembla agreed on the Floating Harbour Programme."
TEXT = f"---\ntitle: Ferries\n---\n\n{SAID}\n"
NOTHING = (
    "rapporteur: nothing is kept that remove removed within the last hour; add the files again with rapporteur add\n"
)


@pytest.fixture
def ferries(run: Run) -> str:
    """The path of a file in the library, with a corrected fact."""
    Path("minutes").mkdir()
    path = Path("minutes/ferries.md")
    path.write_text(TEXT)
    assert run("add", str(path)).code == 0
    assert run("facts", "ferries.md", "place=Quillmouth").code == 0
    return str(path)


def held(run: Run) -> list[str]:
    return [listed["document"] for listed in json.loads(run("list", "--json").out)]


def kept_files(library_of_its_own: Path) -> list[Path]:
    return [each.path for each in KeptRemovals(open_library(encoder=WordCounts()).location).documents()]


def test_the_last_removal_is_put_back_whole(run: Run, ferries: str) -> None:
    text, listed = run("show", "ferries.md", "--json").out, held(run)
    assert run("remove", "ferries.md").out == "removed: ferries.md\n"
    Path(ferries).unlink()
    assert SAID not in run("search", SAID).out
    assert run("undo").out == "put back: ferries.md\n"
    assert (run("show", "ferries.md", "--json").out, held(run)) == (text, listed)
    assert "Quillmouth" in run("facts", "ferries.md").out
    assert run("show", "ferries.md", "--original", "again.md").code == 0
    assert Path("again.md").read_text() == TEXT
    assert SAID in run("search", SAID).out
    assert run("status", "--check").code == 0
    assert run("undo") == (1, "", NOTHING)


def test_each_undo_puts_back_the_removal_before(run: Run, ferries: str) -> None:
    listed = held(run)
    Path("minutes/boats.md").write_text("The boats are blue.")
    run("add", "minutes/boats.md")
    run("remove", "minutes/")
    run("remove", listed[0], listed[1])
    assert json.loads(run("undo", "--json").out) == [{"document": listed[0]}, {"document": listed[1]}]
    assert run("undo").out == "put back: boats.md\nput back: ferries.md\n"
    assert sorted(held(run)) == sorted([*listed, "boats.md"])


def test_documents_are_put_back_by_name(run: Run, ferries: str) -> None:
    Path("ferries.txt").write_text("The ferries are green.")
    run("add", "ferries.txt")
    run("remove", "ferries.md", "ferries.txt")
    both = "ferries.md; ferries.txt"
    assert run("undo", "ferries").err == (f"rapporteur: ferries: fits several removed documents; name one of: {both}\n")
    assert run("undo", "ferries.md", "nothing.md").err == (
        f"rapporteur: nothing.md: no removed document of this name is kept; name one of: {both}\n"
    )
    assert "ferries.md" not in held(run)
    assert run("undo", "Ferries.TXT").out == "put back: ferries.txt\n"
    assert run("undo", "ferries").out == "put back: ferries.md\n"


def test_a_newer_version_is_not_replaced(run: Run, ferries: str) -> None:
    run("remove", "ferries.md")
    Path(ferries).write_text("Nothing was agreed.")
    run("add", ferries)
    refused = run("undo")
    assert (refused.code, refused.err) == (
        1,
        "rapporteur: ferries.md: another version of it was added since; remove that one first with --for-good\n",
    )
    assert "Nothing was agreed" in run("show", "ferries.md").out
    run("remove", "ferries.md", "--for-good")
    assert run("undo").code == 0
    assert SAID in run("show", "ferries.md").out


def test_only_the_user_can_read_what_is_kept_and_nothing_is_kept_for_good(
    run: Run, ferries: str, library_of_its_own: Path
) -> None:
    run("remove", "ferries.md")
    [path] = kept_files(library_of_its_own)
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert SAID.encode() in path.read_bytes()
    run("undo")
    run("remove", "ferries.md", "--for-good")
    assert not path.exists()
    assert not kept_files(library_of_its_own)
    assert run("undo") == (1, "", NOTHING)


def test_after_an_hour_any_command_deletes_what_is_kept(run: Run, ferries: str, library_of_its_own: Path) -> None:
    run("remove", "ferries.md")
    [path] = kept_files(library_of_its_own)
    long_ago = path.with_name("0" * len(path.name.partition("-")[0]) + "-000000")
    path.rename(long_ago)
    run("list")
    assert not long_ago.exists()


def test_a_damaged_file_is_left_aside(run: Run, ferries: str, library_of_its_own: Path) -> None:
    run("remove", "ferries.md")
    [path] = kept_files(library_of_its_own)
    path.write_bytes(path.read_bytes()[:-1])
    assert run("undo") == (1, "", NOTHING)


def test_what_cannot_be_kept_is_removed_all_the_same(
    run: Run, ferries: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "rapporteur").write_text("no folder")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    assert run("remove", "ferries.md") == (0, "removed: ferries.md\n", "")
    assert "ferries.md" not in held(run)


def test_a_removal_that_is_refused_keeps_nothing(run: Run, ferries: str, library_of_its_own: Path) -> None:
    assert run("remove", "ferries.md", "nothing.md").code == 1
    assert not kept_files(library_of_its_own)


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), LibraryError("the disk is full")])
def test_what_a_stopped_removal_has_removed_is_put_back(
    run: Run, ferries: str, monkeypatch: pytest.MonkeyPatch, library_of_its_own: Path, stop: BaseException
) -> None:
    Path("boats.md").write_text("The boats are blue.")
    run("add", "boats.md")

    def stopped(*_values: object) -> None:
        raise stop

    with monkeypatch.context() as patched:
        patched.setattr("index.sync.remove_files", stopped)
        assert run("remove", "boats.md", "minutes/").code != 0
    assert "boats.md" not in held(run)
    assert "ferries.md" in held(run)
    assert len(kept_files(library_of_its_own)) == 1
    assert run("undo").out == "put back: boats.md\n"


def test_a_full_disk_is_said_with_the_folder_that_is_on_it(
    run: Run, ferries: str, monkeypatch: pytest.MonkeyPatch, library_of_its_own: Path
) -> None:
    def full(*_values: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("assistant.commands.removal.kept._write", full)
    monkeypatch.setattr("assistant.commands.removal.remove.on_terminal", lambda: True)
    folder = KeptRemovals(open_library(encoder=WordCounts()).location).folder
    said = f"undo is not possible: {folder}: No space left on device; add the files again"
    assert run("remove", "ferries.md").out.splitlines() == ["removed: ferries.md", said]
