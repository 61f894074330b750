"""Run a command in a process of its own and measure its memory, for what would harm the tests' own process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[2]
# Runs one command and then says what memory it and its reading process took at most.
_RUN = """
import json, os, sys, threading, time
{before}
import psutil
def most_of(pid):  # the kernel keeps the most that a process held
    with open(f"/proc/{{pid}}/status") as status:
        return next((int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")), 0)
most = 0
def look():
    global most
    while True:
        for child in psutil.Process().children():
            try:
                most = max(most, most_of(child.pid))
            except (OSError, psutil.Error):
                pass
        time.sleep(0.02)
threading.Thread(target=look, daemon=True).start()
from assistant.commands import main
from support.word_counts import WordCounts
code = main(sys.argv[1:], lambda settings: WordCounts())
sys.stdout.flush()
print(json.dumps([code, most_of("self"), most]), file=sys.stderr)
"""


class Measured(NamedTuple):
    """Exit code, output and peak memory, in MB, of a command and of its reading process."""

    code: int
    out: str
    err: str
    own_megabytes: int
    reader_megabytes: int


def run_measured(*words: str, before: str = "", under: tuple[str, ...] = (), cwd: Path | None = None) -> Measured:
    """Run `rapporteur` with these words and measure it.

    Args:
        before: Python that the process runs first.
        under: a program that starts the process, such as ("unshare", "-m").
        cwd: the folder that it runs in.
    """
    path = os.pathsep.join((str(_ROOT), str(_ROOT / "tests")))
    command = [*under, sys.executable, "-c", _RUN.format(before=before), *words]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env={**os.environ, "PYTHONPATH": path}, timeout=900
    )
    err, _, last = done.stderr.rstrip("\n").rpartition("\n")
    assert done.returncode == 0, done.stderr
    return Measured(json.loads(last)[0], done.stdout, err, *json.loads(last)[1:])
