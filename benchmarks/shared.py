"""The evaluation sets and scorers beside the checkout. The scorers are used where they lie and never copied."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

_SHARED = Path(__file__).resolve().parents[2] / "shared"
Record = dict[str, Any]


def evaluation() -> Path:
    """The folder with the evaluation sets.

    Raises:
        SystemExit: it is not there.
    """
    folder = _SHARED / "evaluation"
    if not folder.is_dir():
        raise SystemExit("../shared/evaluation is missing: put the evaluation sets beside the checkout")
    return folder


def releases() -> Path:
    """The folder with further releases."""
    return _SHARED / "documents" / "whitehouse"


def dev_questions() -> Path | None:
    """The dev questions, where they lie beside the checkout."""
    path = _SHARED / "evaluation" / "dev" / "questions.jsonl"
    return path if path.is_file() else None


def read_lines(path: Path) -> list[Record]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def write_lines(path: Path, records: Iterable[Record]) -> None:
    """Write objects as JSON lines."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")


def scored_answers(questions: Path, replies: Path, other: Path | None = None) -> Record:
    """What score.py says about replies to questions; with others, their paired difference too.

    Raises:
        RuntimeError: it failed; the message is its own.
    """
    out = replies.with_suffix(".scored.json")
    command = [sys.executable, str(evaluation() / "score.py"), "--questions", str(questions), "--pred", str(replies)]
    command += ["--docs", str(_SHARED / "records"), str(releases())]
    command += ["--json", str(out), *(["--compare", str(other)] if other else [])]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"score.py: {done.stderr.strip()}")
    found: Record = json.loads(out.read_text("utf-8"))
    return found


def passage_scorer() -> ModuleType:
    """score_ir.py as a module."""
    path = evaluation() / "score_ir.py"
    found = importlib.util.spec_from_file_location("score_ir", path)
    if found is None or found.loader is None:
        raise RuntimeError(f"{path.name} cannot be loaded")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
