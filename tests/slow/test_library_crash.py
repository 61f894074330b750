"""A process that changes the library is killed at any moment: each change is then done or not begun."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.passages import split
from index.library import Library
from index.retrieval import retrieve
from index.settings import Settings
from texts import document
from word_counts import WordCounts

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).resolve().parents[2]
_KILLS = 36
# Adds, replaces and removes documents without end, and says after each change what is now so.
_CHANGE = """
import sys
from pathlib import Path
from index.library import Library
from index.settings import Settings
from test_library_crash import text_of
from texts import document
from word_counts import WordCounts
print("ready", flush=True)
library = Library.open(Settings(library=Path(sys.argv[1])), WordCounts())
for turn in range(int(sys.argv[2]), 10**9):
    name = f"{turn % 7}.md"
    if turn % 3 == 2 and name in [d.name for d in library.documents()]:
        library.remove(name)
        print("removed", name, turn, flush=True)
    else:
        library.add(document(text_of(turn), name, f"/x/{name}"))
        print("added", name, turn, flush=True)
    with library.view() as view:
        view.matching('"agreed"', 5)
"""


def text_of(turn: int) -> str:
    return f"# Talks {turn}\n\n" + "\n\n".join(f"They met {turn} times. They agreed on point {i}." for i in range(40))


def changed_until_killed(folder: Path, turn: int, seconds: float) -> list[list[str]]:
    """Kill a changing process after a while; returns what it had said to be done."""
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (_ROOT, _ROOT / "tests", _ROOT / "tests/slow"))),
    }
    child = subprocess.Popen(
        [sys.executable, "-c", _CHANGE, str(folder), str(turn)], env=surroundings, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said = child.communicate()[0]
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def is_whole(library: Library) -> None:
    """Every document has all its passages, sentences and terms, no row belongs to none, and a search finds them."""
    with sqlite3.connect(library.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = dict(
            connection.execute(
                "SELECT documents.name, count(*) FROM documents JOIN passages ON document = documents.id GROUP BY 1"
            )
        )
        passages = connection.execute("SELECT id FROM passages ORDER BY id").fetchall()
        assert connection.execute("SELECT rowid FROM terms ORDER BY rowid").fetchall() == passages
    connection.close()
    assert rows == {d.name: len(split(d, library.settings.passage_characters)) for d in library.documents()}
    with library.view() as view:
        hits = retrieve(view, "agreed", WordCounts().encode_query("agreed"), 10_000, library.settings)
        assert view.size == len(passages)
    assert {hit.id for hit in hits} == {identity for (identity,) in passages}


def test_a_killed_process_leaves_each_document_wholly_in_or_out(tmp_path: Path) -> None:
    moments, turn = random.Random(7), 0
    expected: dict[str, str] = {}
    for kill in range(_KILLS):
        said = changed_until_killed(tmp_path, turn, moments.uniform(0.0, 0.6))
        for done, name, number in said:
            turn = int(number) + 1
            expected.pop(name, None)
            if done == "added":
                expected[name] = text_of(int(number))
        library = Library.open(Settings(library=tmp_path), WordCounts())
        is_whole(library)
        held = {d.name: d.text for d in library.documents() if len(d.name) == len("0.md")}
        # At most the change that was under way when the process died is done without having been said.
        under_way = {name for name in held.keys() | expected.keys() if held.get(name) != expected.get(name)}
        assert under_way <= {f"{turn % 7}.md"}, f"after kill {kill}"
        assert all(held[name] in (expected.get(name), text_of(turn)) for name in under_way & held.keys())
        assert len(library.documents()) == len(held) + 5
        expected, turn = held, turn + 1
    assert turn > 2 * _KILLS


def test_a_first_start_that_is_killed_is_made_good_by_the_next(tmp_path: Path) -> None:
    moments = random.Random(7)
    for number in range(12):
        folder = tmp_path / str(number)
        changed_until_killed(folder, 0, moments.uniform(0.0, 0.2))
        library = Library.open(Settings(library=folder), WordCounts())
        assert len([d for d in library.documents() if d.source.path is None]) == 5
        is_whole(library)


def test_a_document_added_after_a_kill_is_found(tmp_path: Path) -> None:
    changed_until_killed(tmp_path, 0, 0.3)
    library = Library.open(Settings(library=tmp_path), WordCounts())
    library.add(document("They danced.", "dance.md"))
    with library.view() as view:
        assert len(view.matching('"danced"', 9)) == 1
