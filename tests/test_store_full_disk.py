"""A full disk, simulated by a limit on the size of files, leaves the library unchanged."""

import os
import subprocess
import sys
from pathlib import Path

from corpus.document import Document
from index.library import open_library
from support.generated_texts import document
from support.word_counts import WordCounts

_ROOT = Path(__file__).resolve().parents[1]
_FILL = """
import resource, sys
from pathlib import Path
from index.errors import LibraryError
from index.library import open_library
from test_store_full_disk import long
from support.generated_texts import document
from support.word_counts import WordCounts
library = open_library(Path(sys.argv[1]), encoder=WordCounts(), founding=False)
library.add(long(0))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
for number in range(1, 1000):
    try:
        library.add(long(number))
    except LibraryError as error:
        print(error)
        break
print(len(library.documents()), library.check())
try:
    library.backup(Path(sys.argv[1]) / "saved.sqlite3")
except LibraryError as error:
    print(error)
"""


def long(number: int) -> Document:
    """A document of forty passages."""
    return document("\n\n".join(f"They met {number} times on point {i}." for i in range(40)), f"{number}.md")


def test_a_full_disk_is_told_in_one_line_and_nothing_is_lost(tmp_path: Path) -> None:
    paths = os.pathsep.join(map(str, (_ROOT, _ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(tmp_path), str(500_000)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stderr == ""
    told, held, backup = done.stdout.splitlines()
    assert "the disk is full or failing" in told
    assert told.endswith("nothing was changed, make room and try again")
    assert held.endswith(" []")
    assert "saved.sqlite3: the disk is full or failing" in backup
    assert [p.name for p in tmp_path.iterdir() if "saved" in p.name] == []
    library = open_library(tmp_path, encoder=WordCounts())
    before = len(library.documents())
    assert before == int(held.split()[0]) > 0
    assert library.check() == []
    library.add(long(1000))
    assert len(library.documents()) == before + 1
