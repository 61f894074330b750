"""Add files under hostile conditions: unreadable files, a full disk, a document that gives orders."""

import json
import os
from pathlib import Path

import pytest

from index.library import open_library
from support.commands import Run
from support.hostile_text import ORDER, TOLD
from support.measured_command import run_measured
from support.word_counts import WordCounts

# Linux: without the two capabilities for which root may read everything, from <linux/capability.h>.
_AS_EVERYBODY = """
import ctypes
class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]
class Capabilities(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]
header, held = Header(0x20080522, 0), (Capabilities * 2)()
system = ctypes.CDLL(None, use_errno=True)
assert system.capget(ctypes.byref(header), held) == 0
for field in ("effective", "permitted"):
    setattr(held[0], field, getattr(held[0], field) & ~0b110)
assert system.capset(ctypes.byref(header), held) == 0, ctypes.get_errno()
"""
# No file of this process may grow beyond so many bytes; a write beyond them fails, as on a full disk.
_LITTLE_ROOM = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, resource.RLIM_INFINITY))"


def test_a_file_that_may_not_be_read_is_refused_and_the_others_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    (folder / "a.txt").write_text("They met.\n")
    (folder / "b.txt").write_text("Nobody reads this.\n")
    (folder / "d.txt").write_text("They parted.\n")
    (folder / "b.txt").chmod(0)
    (folder / "closed").chmod(0)
    done = run_measured("add", str(folder), "--no-records", before=_AS_EVERYBODY if os.geteuid() == 0 else "")
    (folder / "closed").chmod(0o700)
    assert done.code == 1
    assert [line for line in done.out.splitlines() if "refused" in line] == [
        f"refused: {folder}/b.txt: cannot be read (Permission denied)",
        f"refused: {folder}/closed: cannot be read (Permission denied)",
        "2 added, 0 replaced, 0 unchanged, 2 refused",
    ]
    assert "Traceback" not in done.err


def test_a_library_that_cannot_grow_says_so_and_stays_whole(tmp_path: Path, library_of_its_own: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(
            f"Meeting {number} took place. They agreed on point {number}.\n\n" * 200
        )
    assert run_measured("status", "--no-records").code == 0
    size = max(file.stat().st_size for file in library_of_its_own.iterdir())
    done = run_measured("add", str(folder), before=_LITTLE_ROOM.format(size + 1_000_000))
    assert done.code == 1
    assert "Traceback" not in done.out + done.err
    (complaint,) = [line for line in done.err.splitlines() if " of 12" not in line]
    assert complaint.startswith(f"rapporteur: {library_of_its_own}"), complaint
    library = open_library(encoder=WordCounts())
    said = done.out.count("added: ")
    assert 0 < said <= len(library.documents()) < 12
    assert library.check() == []
    again = run_measured("add", str(folder))
    assert again.code == 0, again
    assert len(library.documents()) == 12
    assert library.check() == []


@pytest.mark.parametrize("question", ["Who was absent from the G20 meeting of April 2020?", "What is the budget?"])
def test_orders_in_a_document_change_no_answer(run: Run, question: str) -> None:
    before = json.loads(run("ask", question, "--json").out)
    Path("orders.md").write_text(TOLD)
    assert run("add", "orders.md").code == 0
    after = json.loads(run("ask", question, "--json").out)
    for answer in (before, after):
        answer.pop("latency_ms")
        answer.pop("nearest")
    if question.startswith("Which"):
        assert before["answered"]
        assert after == before
    assert all(c["quote"] in TOLD for c in after["citations"] if c["document"] == "orders.md")


def test_orders_in_a_document_are_shown_as_its_words(run: Run) -> None:
    Path("orders.md").write_text(TOLD)
    assert run("add", "orders.md").code == 0
    assert run("show", "orders.md").out == TOLD
    (hit,) = [h for h in json.loads(run("search", ORDER, "--json").out)["hits"] if h["document"] == "orders.md"][:1]
    assert TOLD[hit["start"] : hit["end"]] == hit["text"]


def test_an_empty_path_is_not_the_folder_one_is_in(run: Run) -> None:
    Path("a.md").write_text("They met.\n")
    assert run("add", "a.md").code == 0
    Path("a.md").unlink()
    for words in (("sync", "", "--force"), ("sync", " ", "--force"), ("add", "")):
        done = run(*words)
        assert done.code == 1
        assert "an empty path" in done.out + done.err
    assert run("show", "a.md").out == "They met.\n"


def test_a_strange_file_of_facts_is_refused_and_the_records_are_taken(run: Run) -> None:
    for number, make in enumerate((os.mkfifo, os.mkdir, _noise, _well, _link)):
        folder = Path(f"in{number}")
        folder.mkdir()
        (folder / "a.txt").write_text(f"They met {number} times.\n")
        make(folder / "records.toml")
        done = run("add", str(folder))
        assert "added: " in done.out
        said = [line for line in done.out.splitlines() if "records.toml" in line]
        assert len(said) <= 1
        assert done.code == (1 if said and said[0].startswith("refused: ") else 0)


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 9)


def _well(path: Path) -> None:
    path.write_bytes(b"a = " + b"[" * 5_000)


def _link(path: Path) -> None:
    path.symlink_to("/dev/zero")
