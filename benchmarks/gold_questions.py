"""Score the assistant and a plain baseline on questions with gold quotations, dev and held out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.assistant import Assistant
from benchmarks.baseline import CITED, MODEL, Baseline
from benchmarks.datasets import (
    Record,
    evaluation_folder,
    evenly_spaced,
    read_jsonl,
    releases_folder,
    score_answers,
    write_jsonl,
)
from benchmarks.figures import format_difference, format_with_interval, markdown_table, report_progress
from benchmarks.libraries import cached_assistant, cached_encoder, founding_library
from benchmarks.pipeline import ABSTENTION_STEPS, Question, answer_questions
from corpus.reading import read
from index.settings import Settings

_FIGURES = {
    "quote_exact": "quotations that stand at their place",
    "recall": "evidence recall",
    "recall_all": "all evidence found",
    "precision": "citation precision",
    "char_precision": "the same by characters",
    "hit@1": "evidence in the first citation",
    "hit@3": "evidence in the first three",
    "abstain_precision": "abstention precision",
    "abstain_recall": "abstention recall",
    "abstain_f1": "abstention F1",
    "over_abstention": "over-abstention",
}


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions with gold quotations, and the releases that answer them beside the founding records.

    Attributes:
        heading: the heading of its section in the report.
        about: the records that it asks about, for the sentence under the heading.
        questions: the file of questions.
        releases: file names of the releases that are added to the library.
    """

    heading: str
    about: str
    questions: Path
    releases: tuple[str, ...] = ()


def dev_set() -> QuestionSet:
    """Return the dev questions."""
    path = evaluation_folder() / "dev" / "questions.jsonl"
    return QuestionSet("The dev questions", "on the five founding records", path)


def held_out_set(name: str) -> QuestionSet:
    """Return the held-out questions, first or second set.

    Both were written before any answer was seen. The answers to the first set have been looked at since; nothing was
    tuned on the second, and nobody has looked at its answers.
    """
    path = Path(__file__).parent / "held_out" / f"{name}.jsonl"
    releases = {gold["doc"] for question in read_jsonl(path) for gold in question["gold"]}
    return QuestionSet(f"Held-out questions, {name} set", "on four further releases", path, tuple(sorted(releases)))


def report(load: Callable[[], QuestionSet], limit: int | None) -> str:
    """Score the assistant and the baseline on a set and return the report's section as Markdown."""
    question_set = load()
    records = evenly_spaced(read_jsonl(question_set.questions), limit)
    questions = [Question.of(record) for record in records]
    with founding_library() as library, TemporaryDirectory() as folder:
        for name in question_set.releases:
            library.add(read(releases_folder() / name))
        scorer = Scorer(Path(folder), records)
        baseline = Baseline(
            library.documents(), cached_encoder(Settings(library=library.settings.library, model=MODEL))
        )
        theirs = scorer.score("baseline", baseline.replies(questions))
        assistant = cached_assistant(library)
        ours = scorer.score("assistant", answer_questions(assistant, questions), "baseline")
        curve = list(_curve(assistant, scorer, questions))
    total = ours["total"]
    return "\n\n".join(
        [
            f"## {question_set.heading}",
            f"{len(questions)} questions {question_set.about}, {total['answerable']} that they answer and"
            f" {total['unanswerable']} that they do not, scored by `score.py`. The baseline takes each line as a"
            f" passage, finds it by BM25 and {MODEL} (reciprocal rank fusion), cites the best {CITED} and never"
            " abstains; it reads the question alone. In brackets 95 % intervals (bootstrap over questions).",
            _totals(ours, theirs),
            "By type of question:",
            _by_type(ours, theirs),
            "What `least_odds` trades: the more it asks of the evidence, the fewer questions are"
            " answered and the fewer answers are wrong. An answer is wrong when no citation of it touches"
            " the evidence. A false premise that is corrected counts here as answered, in the F1 as an abstention.",
            markdown_table(
                ["least_odds", "answered of answerable", "answered of unanswerable", "wrong answers", *_CURVE],
                curve,
            ),
        ]
    )


class Scorer:
    """Score replies to the same questions and keep them for comparison."""

    def __init__(self, folder: Path, records: Sequence[Record]) -> None:
        self._folder = folder
        self._questions = folder / "questions.jsonl"
        write_jsonl(self._questions, records)

    def score(self, name: str, replies: Sequence[Record], other: str | None = None) -> Record:
        """Return the figures of replies, kept under a name, and their difference to other ones that were kept."""
        file = self._folder / f"{name}.jsonl"
        write_jsonl(file, replies)
        return score_answers(self._questions, file, self._folder / f"{other}.jsonl" if other else None)


def _totals(ours: Record, theirs: Record) -> str:
    rows = []
    for figure, name in _FIGURES.items():
        own, baseline = ours["total"][figure], theirs["total"][figure]
        difference = None if own is None or baseline is None else own - baseline
        rows.append(
            (
                f"{name} (`{figure}`)",
                format_with_interval(own, ours["ci95"].get(figure)),
                format_with_interval(baseline, theirs["ci95"].get(figure)),
                format_difference(difference, ours["difference_ci95"].get(figure)),
            )
        )
    return markdown_table(["figure", "Rapporteur", "baseline", "difference"], rows)


_BY_TYPE = ("recall", "precision", "hit@3", "abstain_recall", "over_abstention")


def _by_type(ours: Record, theirs: Record) -> str:
    head = ["type", "n", *_BY_TYPE, "recall, baseline", "precision, baseline"]
    rows = [
        [
            kind,
            scores["questions"],
            *(scores[figure] for figure in _BY_TYPE),
            *(theirs["by_type"][kind][figure] for figure in ("recall", "precision")),
        ]
        for kind, scores in ours["by_type"].items()
    ]
    return markdown_table(head, rows)


_CURVE = ("recall", "precision", "abstain_f1")


def score_thresholds(
    assistant: Assistant, scorer: Scorer, questions: Sequence[Question], values: Sequence[float]
) -> Iterator[tuple[float, Record]]:
    """Answer the questions with each value of `least_odds`, and yield the value with its scores."""
    for done, value in enumerate(values, start=1):
        thresholds = replace(assistant.thresholds, least_odds=value)
        changed = Assistant(assistant.library, assistant.ranker, thresholds)
        yield value, scorer.score("curve", answer_questions(changed, questions, label=None))
        report_progress("values of least_score", done, len(values))


def _curve(assistant: Assistant, scorer: Scorer, questions: Sequence[Question]) -> Iterator[list[Any]]:
    """Yield a row of figures for each value of `least_odds`."""
    present = assistant.thresholds.least_odds
    values = [round(present + step, 6) for step in ABSTENTION_STEPS]
    for value, scored in score_thresholds(assistant, scorer, questions, values):
        rows = scored["rows"]
        answers = [row for row in rows if row["answered"]]
        yield [
            f"{value:g}" + (" (set)" if value == present else ""),
            _share(row["answered"] for row in rows if row["answerable"]),
            _share(row["answered"] for row in rows if not row["answerable"]),
            _share(not row["touch"] for row in answers),
            *(scored["total"][figure] for figure in _CURVE),
        ]


def _share(values: Iterable[bool]) -> float | None:
    listed = [bool(value) for value in values]
    return sum(listed) / len(listed) if listed else None
