"""Load the evaluation sets that lie beside the checkout and call their scorers, which are never copied."""

import importlib.util
import json
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

Item = TypeVar("Item")
Record = dict[str, Any]
Place = tuple[str, int, int]  # a text's id, start and end

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def evaluation_folder() -> Path:
    """Return the folder with the evaluation sets.

    Raises:
        SystemExit: it is missing.
    """
    folder = _SHARED / "evaluation"
    if not folder.is_dir():
        raise SystemExit("../shared/evaluation is missing: put the evaluation sets beside the checkout")
    return folder


def releases_folder() -> Path:
    """Return the folder with the releases that the held-out questions ask about."""
    return _SHARED / "documents" / "whitehouse"


def dev_questions() -> Path | None:
    """Return the file with the dev questions, or None where it is missing."""
    path = _SHARED / "evaluation" / "dev" / "questions.jsonl"
    return path if path.is_file() else None


def read_jsonl(path: Path) -> list[Record]:
    """Read the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def write_jsonl(path: Path, records: Iterable[Record]) -> None:
    """Write objects as a JSON Lines file."""
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")


def evenly_spaced(items: Sequence[Item], most: int | None) -> list[Item]:
    """Return at most `most` items at equal distances and in order; all of them for None.

    Raises:
        ValueError: `most` is below 1.
    """
    if most is None or most >= len(items):
        return list(items)
    if most < 1:
        raise ValueError(f"a sample has at least one item, not {most}")
    return [items[i * len(items) // most] for i in range(most)]


def score_answers(questions: Path, replies: Path, other: Path | None = None) -> Record:
    """Score replies to questions with score.py; with `other` replies, their paired difference too.

    Raises:
        RuntimeError: score.py failed; the message is its own.
    """
    out = replies.with_suffix(".scored.json")
    command = [sys.executable, str(evaluation_folder() / "score.py")]
    command += ["--questions", str(questions), "--pred", str(replies)]
    command += ["--docs", str(_SHARED / "records"), str(releases_folder())]
    command += ["--json", str(out), *(["--compare", str(other)] if other else [])]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"score.py: {done.stderr.strip()}")
    scores: Record = json.loads(out.read_text("utf-8"))
    return scores


def load_scorer(name: str) -> ModuleType:
    """Load a scorer of the evaluation folder as a module, such as "score_ir.py"."""
    path = evaluation_folder() / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{path.name} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class TextSet:
    """A public retrieval set: texts, questions, and the places in the texts that answer them.

    Attributes:
        texts: every text of the corpus once, by its id.
        records: the lines of queries.jsonl.
        relevant: places that answer a question, by its id.
    """

    texts: dict[str, str]
    records: list[Record]
    relevant: dict[str, list[Place]]


def read_text_set(name: str) -> TextSet:
    """Read a set of ../shared/evaluation/public, keeping one copy of equal texts under its first id."""
    documents, records, relevant = load_scorer("score_ir.py").load(str(evaluation_folder() / "public" / name))
    first: dict[str, str] = {}
    for identity, document in documents.items():
        first.setdefault(document["text"], identity)
    first_id = {identity: first[document["text"]] for identity, document in documents.items()}
    places = {query: [(first_id[d], start, end) for d, start, end in answers] for query, answers in relevant.items()}
    return TextSet({identity: text for text, identity in first.items()}, records, places)


def score_passages(
    text_set: TextSet, records: Iterable[Record], run: dict[str, list[Place]], depths: Collection[int]
) -> dict[str, dict[str, float]]:
    """Return the figures of score_ir.py for each question that it scores, by the question's id."""
    score = load_scorer("score_ir.py").score
    rows = {}
    for record in records:
        if text_set.relevant.get(record["id"]) and record["answerable"] is not False:
            rows[record["id"]] = score([record], text_set.relevant, run, list(depths))[1]
    return rows


def bm25_run(text_set: TextSet, records: list[Record]) -> dict[str, list[Place]]:
    """Return the places that `score_ir.py --bm25` retrieves for each question from the whole corpus."""
    documents = {identity: {"text": text} for identity, text in text_set.texts.items()}
    run: dict[str, list[Place]] = load_scorer("score_ir.py").bm25(documents, records, False)[1]
    return run
