"""Kill a process that changes the library at random moments; each change is then complete or absent."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.document import Document
from index.library import Library, open_library
from index.search.hybrid import hybrid_search
from support.generated_texts import document
from support.word_counts import WordCounts

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).resolve().parents[2]
_KILLS = 100
_SEED = 7
_NAMES = 7
# Adds, replaces, corrects and removes documents without end, and says after each change what is now so.
_CHANGE = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from index.library import open_library
from test_library_crash import change
from support.word_counts import WordCounts
with TemporaryDirectory() as folder:
    change(open_library(Path(folder), encoder=WordCounts(), founding=False), 0)  # loads what loads late
library = open_library(Path(sys.argv[1]), encoder=WordCounts())
print("ready", flush=True)
for turn in range(int(sys.argv[2]), 10**9):
    change(library, turn)
    print(turn, flush=True)
"""
# Opens a library that may not be there yet, and no more.
_OPEN = """
import sys
from pathlib import Path
print("ready", flush=True)
from index.library import open_library
from support.word_counts import WordCounts
open_library(Path(sys.argv[1]), encoder=WordCounts())
"""


def made_in(turn: int) -> Document:
    """Return the version of a document that a turn adds, with forty passages."""
    name = f"{turn % _NAMES}.md"
    paragraphs = "\n\n".join(f"They met {turn} times. They agreed on point {i}." for i in range(40))
    return document(f"---\nplace: Rome\n---\n# Talks {turn}\n\n{paragraphs}", name, f"/x/{name}")


def change(library: Library, turn: int) -> None:
    """Remove some documents at every third turn, correct one at every fifth, else add or replace one; then search."""
    made = made_in(turn)
    held = [d.name for d in library.documents()]
    if turn % 3 == 2 and made.name in held:
        library.remove(*(name for name in (made.name, f"{(turn + 1) % _NAMES}.md") if name in held))
    elif turn % 5 == 4 and made.name in held:
        library.correct(made.name, {"place": f"Place {turn}"})
    else:
        library.add(made, made.text.encode())
    with library.snapshot() as view:
        view.search_dense(library.encoder.encode_query("They agreed"), 5)


def after(held: dict[str, str], places: dict[str, str], turn: int) -> tuple[dict[str, str], dict[str, str]]:
    """Return the expected documents, each with its text, and corrections after a turn."""
    made, held, places = made_in(turn), dict(held), dict(places)
    if turn % 3 == 2 and made.name in held:
        for name in (made.name, f"{(turn + 1) % _NAMES}.md"):
            held.pop(name, None)
    elif turn % 5 == 4 and made.name in held:
        places[made.name] = f"Place {turn}"
    else:
        held[made.name] = made.text
    return held, places


def killed(script: str, folder: Path, seconds: float, *words: str) -> list[int]:
    """Kill a process some time after it is ready and return the turns that it had reported as done."""
    paths = os.pathsep.join(map(str, (_ROOT, _ROOT / "tests", _ROOT / "tests/slow")))
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(folder), *words],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    said = child.communicate()[0]
    return [int(line) for line in said.splitlines(keepends=True) if line.endswith("\n")]


def state(library: Library) -> tuple[dict[str, str], dict[str, str]]:
    """Return the documents that were added and their corrections."""
    held = {d.name: d.text for d in library.documents() if d.source.path}
    found = {f"{n}.md": library.corrections(f"/x/{n}.md") for n in range(_NAMES)}
    return held, {name: kept["place"] for name, kept in found.items() if kept}


def searched(library: Library) -> list[tuple[object, ...]]:
    with library.snapshot() as view:
        query = library.encoder.encode_query("They agreed on point 7")
        hits = hybrid_search(view, "They agreed on point 7", query, 50)
    return [(h.passage.document.name, h.passage.span, h.score, h.dense, h.lexical) for h in hits]


def test_a_killed_process_leaves_each_document_wholly_in_or_out(tmp_path: Path) -> None:
    print(f"seed {_SEED}")
    moments = random.Random(_SEED)
    folder, turn, changes = tmp_path / "library", 0, 0
    library = open_library(folder, encoder=WordCounts())
    duration = _seconds_of_a_turn(tmp_path / "measured")
    expected = state(library)
    for kill in range(_KILLS):
        # Over the course of a few changes, so that most kills fall into the middle of one.
        said = killed(_CHANGE, folder, moments.uniform(0, 4 * duration), str(turn))
        library = open_library(folder, encoder=WordCounts())
        assert library.check() == [], f"after kill {kill}"
        for done in said:
            expected = after(*expected, done)
            turn = done + 1
        # The change that was under way when the process died is wholly done, or not at all.
        under_way = after(*expected, turn)
        found = state(library)
        assert found in (expected, under_way), f"after kill {kill}"
        changes += len(said) + (found == under_way != expected)
        expected, turn = found, turn + 1
        assert len(library.documents()) == len(found[0]) + 5
    print(f"{changes} changes done, {_KILLS} processes killed")
    assert changes > _KILLS / 4
    _holds_what_a_library_never_killed_holds(library, tmp_path / "fresh")


def _seconds_of_a_turn(folder: Path) -> float:
    library = open_library(folder, encoder=WordCounts())
    start = time.perf_counter()
    for turn in range(20):
        change(library, turn)
    return (time.perf_counter() - start) / 20


def _holds_what_a_library_never_killed_holds(library: Library, folder: Path) -> None:
    fresh = open_library(folder, encoder=WordCounts())
    held, places = state(library)
    for name, text in held.items():
        fresh.add(document(text, name, f"/x/{name}"))
    for name in places.keys() & held.keys():
        fresh.correct(name, {"place": places[name]})
    assert searched(library) == searched(fresh)


def test_a_run_that_was_killed_completes_when_it_is_repeated(tmp_path: Path) -> None:
    print(f"seed {_SEED}")
    moments = random.Random(_SEED)
    (tmp_path / "minutes").mkdir()
    for turn in range(60):
        (tmp_path / "minutes" / f"{turn:02}.md").write_text(made_in(turn).text, "utf-8")
    add = "import os, sys\nfrom assistant.commands import main\nfrom support.word_counts import WordCounts\n"
    add += 'print("ready", flush=True)\nsys.stdout = open(os.devnull, "w")\n'
    add += f"main(['add', {str(tmp_path / 'minutes')!r}, '--library', sys.argv[1]], lambda settings: WordCounts())"
    runs, count = 0, 0
    while count < 65 and runs < 40:
        killed(add, tmp_path / "library", moments.uniform(1.0, 6.0))
        library = open_library(tmp_path / "library", encoder=WordCounts())
        assert library.check() == []
        before, count = count, library.counts()["documents"]
        assert count >= before
        runs += 1
    assert count == 65
    print(f"complete after {runs} runs")


def test_a_first_start_that_is_killed_is_made_good_by_the_next(tmp_path: Path) -> None:
    moments = random.Random(_SEED)
    for number in range(12):
        folder = tmp_path / str(number)
        killed(_OPEN, folder, moments.uniform(0.0, 1.5))
        library = open_library(folder, encoder=WordCounts())
        assert len([d for d in library.documents() if d.source.path is None]) == 5
        assert library.check() == []


def test_a_document_added_after_a_kill_is_found(tmp_path: Path) -> None:
    killed(_CHANGE, tmp_path, 0.3, "0")
    library = open_library(tmp_path, encoder=WordCounts())
    library.add(document("They danced.", "dance.md"))
    with library.snapshot() as view:
        assert len(view.search_lexical("danced", 9)) == 1
