"""Count the files and functions of the project that a command enters.

The calls of the process that reads documents are recorded as well: its start command is made to load this file first.
"""

import inspect
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType
from typing import Any

_PACKAGES = ("corpus", "index", "assistant")
_DOCUMENT = "# {0}\n\nThe panel met in Oslo on 3 May 2021.\n\n- It has nine members.\n- It meets again in {0}.\n"


def trace_command(root: Path, *words: str) -> tuple[int, int]:
    """Return how many files and functions of a checkout a command enters, those of its reading process included."""
    with TemporaryDirectory(prefix="rapporteur-structure-") as folder:
        for name in ("1", "2"):
            (Path(folder) / f"{name}.md").write_text(_DOCUMENT.format(name), "utf-8")
        environment = {**os.environ, "PYTHONPATH": str(root), "RAPPORTEUR_LIBRARY": f"{folder}/library"}
        done = subprocess.run(
            [sys.executable, __file__, root, f"{folder}/calls", *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        functions = set((Path(folder) / "calls").read_text("utf-8").splitlines())
    return len({line.partition(" ")[0] for line in functions}), len(functions)


def record_calls(root: str, out: int) -> None:
    """Write a line with file and name of each function of a checkout when it is first called, in every thread.

    Args:
        root: the folder of the checkout.
        out: a file descriptor; a process that may open no file any more can still write to it.
    """
    folders = tuple(f"{root}/{package}/" for package in _PACKAGES)
    seen: set[CodeType] = set()

    def profile(frame: FrameType, event: str, argument: object) -> None:
        code = frame.f_code
        if event == "call" and code not in seen:
            seen.add(code)
            is_function = code.co_flags & inspect.CO_OPTIMIZED and not code.co_name.startswith("<")
            if is_function and code.co_filename.startswith(folders):
                os.write(out, f"{code.co_filename} {code.co_qualname}\n".encode())

    threading.setprofile(profile)
    sys.setprofile(profile)


def record_child_processes(root: str, calls: str) -> None:
    """Record the calls of Python processes that are started with -c from now on in the same file."""
    load = f"import runpy; trace = runpy.run_path({__file__!r}); trace['record_in_child']({root!r}, {calls!r})\n"
    start = subprocess.Popen.__init__

    def start_recorded(self: Any, command: Sequence[str], *values: Any, **named: Any) -> None:
        words = zip(["", *command], command, strict=False)
        start(self, [load + word if before == "-c" else word for before, word in words], *values, **named)

    setattr(subprocess.Popen, "__init__", start_recorded)  # noqa: B010, mypy knows only the overloads


def record_in_child(root: str, calls: str) -> None:
    """Record the calls of this process behind those of its parent."""
    record_calls(root, os.open(calls, os.O_WRONLY | os.O_APPEND))


def main(root: str, calls: str, *words: str) -> None:
    """Run a command twice in one process and record the calls of the second run, when everything is loaded.

    Of `ask`, only the calls inside `Assistant.ask` are recorded.

    Args:
        root: the checkout that the command is imported from.
        calls: the file to write.
        words: those of the command; "{}" in one of them is 1 in the first run and 2 in the second.
    """
    sys.path.insert(0, root)
    from assistant.assistant import Assistant
    from assistant.commands import main as run

    ask = Assistant.ask

    def ask_recorded(*values: Any, **named: Any) -> Any:
        record_calls(root, out)
        try:
            return ask(*values, **named)
        finally:
            sys.setprofile(None)

    assert run([word.format(1) for word in words]) == 0
    out = os.open(calls, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    if words[0] == "ask":
        setattr(Assistant, "ask", ask_recorded)  # noqa: B010
    else:
        record_child_processes(root, calls)
        record_calls(root, out)
    assert run([word.format(2) for word in words]) == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
