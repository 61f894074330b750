"""Score the assistant on natural questions, asked as people ask, of a fresh library and of one with other records."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assistant.assistant import Assistant
from benchmarks.datasets import Record, evaluation_folder, evenly_spaced, load_scorer, read_jsonl, releases_folder
from benchmarks.figures import Cell, bootstrap_interval, format_with_interval, markdown_table, mean
from benchmarks.libraries import founding_library
from benchmarks.pipeline import Question, answer_questions
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.reading import document_from, read

_VERDICTS = ("right", "partly", "wrong")


def report(limit: int | None) -> str:
    """Answer the questions of each library and return the section of the report."""
    folder = evaluation_folder() / "natural"
    records = evenly_spaced(read_jsonl(folder / "questions.jsonl"), limit)
    replies: dict[str, Record] = {}
    for name in sorted({record["library"] for record in records}):
        with founding_library() as library:
            for path in _added(folder) if name == "natural" else []:
                library.add(_read(path))
            questions = [Question.of(record) for record in records if record["library"] == name]
            answers = answer_questions(Assistant.open(library), questions, f"natural questions, {name}, answered")
            replies |= {reply["id"]: reply for reply in answers}
    scorer = load_scorer("natural/score_natural.py")
    texts = scorer.Docs(scorer.DOCS)
    verdicts = [scorer.verdict(record, replies[record["id"]], texts)[0] for record in records]
    return "\n\n".join(
        [
            "## Natural questions",
            f"{len(records)} questions as people ask them, of a library with the five founding records and of one with"
            " nine files more; a whole answer is right, partly right or wrong by `score_natural.py`.",
            verdict_table(records, verdicts),
        ]
    )


def _added(folder: Path) -> list[Path]:
    """Return the files of the second library: its own records, and the releases that the folder's README names."""
    named = re.findall(r"`(\d{4}-\d\d-\d\d-[\w-]+\.md)`", (folder / "README.md").read_text("utf-8"))
    return [*sorted((folder / "records").iterdir()), *(releases_folder() / name for name in dict.fromkeys(named))]


def _read(path: Path) -> Document:
    """Read a file, one of a kind that Rapporteur does not read as plain text under the name that the scorer knows."""
    try:
        return read(path)
    except CorpusError:
        return document_from(path.read_text("utf-8"), f"{path.name}.txt", "text/plain")


def verdict_table(records: Sequence[Record], verdicts: Sequence[str]) -> str:
    """Return a table of the verdicts on questions: of all, and by library, expected reply and kind."""
    groups = {"all": list(verdicts)}
    for field in ("library", "expect", "kind"):
        for value in sorted({record[field] for record in records}):
            chosen = [verdict for record, verdict in zip(records, verdicts, strict=True) if record[field] == value]
            groups[f"{field} {value}"] = chosen
    return markdown_table(["questions", "n", *_VERDICTS, "share right"], [_row(*group) for group in groups.items()])


def _row(name: str, verdicts: Sequence[str]) -> list[Cell]:
    counts = Counter(verdicts)
    right = [float(verdict == "right") for verdict in verdicts]
    share = format_with_interval(mean(right), bootstrap_interval(right, mean))
    return [name, len(verdicts), *(counts[verdict] for verdict in _VERDICTS), share]
