"""Run a command and measure it as a whole process: wall time, processor time, peak memory, and the machine's load."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# No model looks for a newer version of itself, and nothing reports its use.
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "TOKENIZERS_PARALLELISM": "false",
}


class CommandFailed(Exception):
    """A measured command ended with an error; the message has the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The cost of one process with the processes that it started.

    Attributes:
        wall: seconds from its start to its end.
        cpu: seconds of processor time, its own and that of its children.
        peak: megabytes (1,000,000 bytes) of the largest of these processes at its largest.
        load: the machine's load average of one minute before the start.
        output: what it printed to stdout.
    """

    wall: float
    cpu: float
    peak: float
    load: float
    output: str


def measure(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> Usage:
    """Run a command in an empty folder and return its cost.

    Raises:
        CommandFailed: its exit code is not 0.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as errors:
        load, start = os.getloadavg()[0], time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=folder,
            env={**os.environ, **_OFFLINE, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert process.stdout
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.stdout.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            words = " ".join(map(str, command[:6]))
            raise CommandFailed(f"{words}: exit code {process.returncode}: {(output + errors.read())[-700:]}")
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6, load, output)


def middle(usages: Sequence[Usage], field: str) -> float:
    """Return the median of an attribute of several runs."""
    return float(median(getattr(usage, field) for usage in usages))


def loads(usages: Sequence[Usage]) -> str:
    """Return the least and the greatest load before these runs: "0.3 to 1.2"."""
    values = [usage.load for usage in usages]
    return f"{min(values):.1f} to {max(values):.1f}"


def size_on_disk(place: Path) -> float:
    """Return the size of a file, or of the files of a folder, in megabytes (1,000,000 bytes)."""
    files = [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6
