"""Compare the commands' output with another revision of the project: `python -m benchmarks.same_output REVISION`."""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.datasets import evaluation_folder, read_jsonl, write_jsonl

_HERE = Path(__file__).resolve().parents[1]
_ABSENT = "Who was absent from the G20 meeting of April 2020?"
_FORMATS = ("md", "html", "docx", "pdf", "bib", "ris", "csl.json", "csv", "json")
_LATENCY = re.compile(rb'"latency_ms": [0-9.]+')
_DRAFT = """\
As the ministry put it, “Of the G20 members, Indonesia was absent from this meeting.” Later it wrote of “the
establishment of smart mobility policies by the Presidency”, and of “a thing that no record says at any length”.
"""


def main(words: Sequence[str] | None = None) -> int:
    """Compare this checkout with a revision; return 0 when every output is the same, 1 otherwise."""
    parser = argparse.ArgumentParser(description="Compare the output of every command with another revision's.")
    parser.add_argument("revision", help="the git revision to compare this checkout with")
    parser.add_argument("--queries", type=int, default=200, help="how many squad2 queries are searched")
    parser.add_argument("--keep", type=Path, help="folder that keeps the revision's output for the next comparison")
    options = parser.parse_args(words)
    with TemporaryDirectory(prefix="rapporteur-same-") as temporary:
        before, after = options.keep or Path(temporary) / "before", Path(temporary) / "after"
        if not before.is_dir():
            record(_checkout(options.revision, Path(temporary) / "checkout"), before, options.queries)
        record(_HERE, after, options.queries)
        return _compare(before, after)


def record(checkout: Path, out: Path, queries: int) -> None:
    """Write the output of each command of a checkout into a folder; the latencies are set to 0."""
    out.mkdir(parents=True)

    def run(*command: str, env: dict[str, str] | None = None) -> bytes:
        surroundings = {**os.environ, "PYTHONPATH": str(checkout), "RAPPORTEUR_LIBRARY": "founding", **(env or {})}
        command_line = [sys.executable, "-m", "assistant.commands", *command]
        done = subprocess.run(command_line, cwd=out, env=surroundings, stdout=subprocess.PIPE, check=False)
        return _LATENCY.sub(b'"latency_ms": 0', done.stdout)

    dev = evaluation_folder() / "dev" / "questions.jsonl"
    (out / "ask.jsonl").write_bytes(run("ask", "--batch", str(dev)))
    for suffix in _FORMATS:
        run("export", _ABSENT, "--to", f"answer.{suffix}")
    (out / "draft.md").write_text(_DRAFT, "utf-8")
    for report in ("draft.md", "answer.md", "answer.docx"):
        (out / f"verify {report}.json").write_bytes(run("verify", report, "--json"))
    squad = evaluation_folder() / "public" / "squad2"
    (out / "paragraphs").mkdir()
    for text in {line["text"]: line for line in read_jsonl(squad / "corpus.jsonl")}.values():
        (out / "paragraphs" / f"{text['id']}.txt").write_text(text["text"], "utf-8", newline="")
    queries_asked = [
        {"id": line["id"], "query": line["text"]} for line in read_jsonl(squad / "queries.jsonl")[:queries]
    ]
    write_jsonl(out / "queries.jsonl", queries_asked)
    squad_library = {"RAPPORTEUR_LIBRARY": "squad2"}
    run("add", "paragraphs", "--no-records", env=squad_library)
    (out / "search.jsonl").write_bytes(run("search", "--batch", "queries.jsonl", env=squad_library))


def _checkout(revision: str, folder: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(_HERE), str(folder)], check=True)
    subprocess.run(["git", "checkout", "--quiet", "--detach", revision], cwd=folder, check=True)
    return folder


def _compare(before: Path, after: Path) -> int:
    """Print a line for each file, and return 1 when one of them differs."""
    names = sorted(path.name for path in after.iterdir() if path.is_file())
    differs = [name for name in names if not _is_same(before / name, after / name)]
    for name in names:
        print(f"{'differs' if name in differs else 'same'}: {name}")
    for name in (name for name in differs if name.endswith(".jsonl")):
        lines = zip((before / name).read_bytes().splitlines(), (after / name).read_bytes().splitlines(), strict=False)
        others = [str(json.loads(new).get("id")) for old, new in lines if old != new]
        print(f"{name}: {len(others)} lines differ: {', '.join(others[:20])}")
    return bool(differs)


def _is_same(before: Path, after: Path) -> bool:
    return before.is_file() and before.read_bytes() == after.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
