"""Kill the page's server at random moments of uploads, checks and evidence edits: what it acknowledged is kept."""

import json
import random
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library, open_library
from support.served import Served, served
from support.word_counts import WordCounts

pytestmark = pytest.mark.slow

_KILLS = 100
_SEED = 11
# Seconds of work before a kill.
_LONGEST = 4.0
_REPORT = "\n\n".join(f"It says “the ministers of point {i} agreed on the digital economy”. " * 20 for i in range(200))


class Work:
    """What is asked of one server until it is killed, and what it has acknowledged.

    Attributes:
        notes: the notes that the evidence list showed after an edit, in their order.
        stored: the names of the uploads that were reported as added.
    """

    def __init__(self, server: Served, kill: int, item: int) -> None:
        self._server = server
        self._kill = kill
        self._item = item
        self._ended = threading.Event()
        self.notes: list[str] = []
        self.stored: set[str] = set()
        self._threads = [
            threading.Thread(target=self._repeat, args=(do,)) for do in (self._edit, self._send, self._check)
        ]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Wait for what was asked last."""
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _repeat(self, do: Callable[[int], None]) -> None:
        number = 0
        while not self._ended.is_set():
            number += 1
            do(number)

    def _edit(self, number: int) -> None:
        note = f"kill {self._kill} note {number}"
        body = json.dumps({"id": self._item, "field": "note", "words": note}).encode()
        reply = self._server.ask("/evidence/write", body, seconds=10)
        if reply.status == 200 and note in reply.text:
            self.notes.append(note)

    def _send(self, number: int) -> None:
        batch, name = f"{self._kill:032x}", f"upload-{self._kill}-{number}.txt"
        text = f"Talk {self._kill} of {number}\n\n" + f"They agreed on point {self._kill} of {number}.\n\n" * 5
        self._server.ask(f"/library/files?batch={batch}&name={name}", text.encode(), seconds=10)
        status = self._server.ask(f"/library/files?batch={batch}", seconds=10)
        if status.status == 200:
            files = json.loads(status.text)["files"]
            self.stored |= {f["name"] for f in files if any(o["outcome"] == "added" for o in f["outcomes"])}

    def _check(self, number: int) -> None:
        self._server.ask("/check?name=report.md", _REPORT.encode(), seconds=10)


def test_a_killed_server_keeps_what_it_acknowledged_and_leaves_nothing(tmp_path: Path) -> None:
    print(f"seed {_SEED}")
    moments = random.Random(_SEED)
    folder, temporary = tmp_path / "library", tmp_path / "temporary"
    temporary.mkdir()
    item = _first_item(folder)
    edits, stored = 0, set[str]()
    for kill in range(_KILLS):
        server = Served(folder, temporary=temporary)
        assert server.ask("/healthz").status == 200
        assert _left(temporary) == [], f"before kill {kill}"
        work = Work(server, kill, item)
        time.sleep(moments.uniform(0, _LONGEST))
        server.stop(signal.SIGKILL)
        work.end()
        library = open_library(folder, encoder=WordCounts())
        assert library.check() == [], f"after kill {kill}"
        _holds(library, item, work, kill)
        edits += len(work.notes)
        stored |= work.stored
    names = {document.name for document in open_library(folder, encoder=WordCounts()).documents()}
    assert stored <= names
    print(f"{_KILLS} servers killed, {edits} edits and {len(stored)} uploads acknowledged, none lost")
    with served(folder, temporary=temporary) as last:
        assert last.ask("/healthz").status == 200
        assert _left(temporary) == []


def _first_item(folder: Path) -> int:
    """Put a quotation into the evidence list of a new library and return its number."""
    with served(folder) as server:
        record = json.loads(server.ask("/library/records").text)["records"][0]["id"]
        reply = server.ask("/evidence/add", json.dumps({"place": f"{record}-10-60"}).encode())
        found = re.search(r'data-item="(\d+)"', reply.text)
        assert found, reply.text
        return int(found[1])


def _holds(library: Library, item: int, work: Work, kill: int) -> None:
    (note,) = [row.note for row in library.evidence_rows() if row.id == item]
    if work.notes:
        kept, told = (int(words.rpartition(" ")[2]) for words in (note, work.notes[-1]))
        assert note.startswith(f"kill {kill} note ")
        assert kept >= told
    names = {summary.name for summary in library.summaries()}
    assert work.stored <= names, f"after kill {kill}"


def _left(temporary: Path) -> list[str]:
    """Return the files of users in the folders for temporary files; a lock, made or half made, is none."""
    return [path.name for path in temporary.glob("rapporteur-*/*") if path.name not in ("lock", "lock.part")]
