"""Print the replies to cases of faults beside what is expected: `python -m benchmarks.cases [FOLDER] [ID ...]`.

A case is judged by a person. FOLDER holds cases.jsonl and the files of the cases; without it, those of
benchmarks/held_out/cases are asked.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.datasets import Record, read_jsonl

FOLDER = Path(__file__).resolve().parent / "held_out" / "cases"
_VERIFIED = re.compile(r"verify ([^\s;]+)")


def main(words: Sequence[str]) -> int:
    """Print the cases of a folder, all or those with some ids, each with the reply."""
    folder, ids = (Path(words[0]), words[1:]) if words and Path(words[0]).is_dir() else (FOLDER, words)
    for case in read_jsonl(folder / "cases.jsonl"):
        if not ids or case["id"] in ids:
            print(f"{case['id']}: {case['kind']}\nexpected: {case['expected']}")
            for command, output in replies(case, folder):
                print(f"$ rapporteur {command}\n{output}\n")
    return 0


def replies(case: Record, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the commands of a case with their output, in a library of its files alone.

    A report that the case verifies is no record of the library.
    """
    command = case.get("command", "")
    verified = _VERIFIED.findall(command)
    files = [str(folder / name) for name in case["files"] if name not in verified]
    with TemporaryDirectory() as temporary:
        library = ["--library", str(Path(temporary) / "library")]
        yield "add", _run("add", *library, "--no-records", *files)
        if "question" in case:
            yield f'ask "{case["question"]}"', _run("ask", *library, case["question"])
        for report in verified:
            yield f"verify {report}", _run("verify", *library, str(folder / report))
        if "list" in command or "show" in command:
            yield "list", _run("list", *library)


def _run(*words: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "assistant.commands", *words], capture_output=True, text=True, check=False
    )
    return f"{run.stdout}{run.stderr}".strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
