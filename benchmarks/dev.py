"""Questions with gold quotations, dev and held out, beside a plain baseline."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.assistant import Assistant
from benchmarks.answering import Question, replies
from benchmarks.baseline import CITED, MODEL, Baseline
from benchmarks.libraries import founding_library, kept_encoder, with_setting
from benchmarks.sampling import evenly_spaced
from benchmarks.shared import Record, evaluation, read_lines, releases, scored_answers, write_lines
from benchmarks.stages import ABSTENTION_SETTING, ABSTENTION_STEPS
from benchmarks.tables import difference, table, with_interval
from benchmarks.telling import tell
from corpus.reading import read
from index.settings import Settings
from index.store.library import Library

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
    """Questions with their gold, and the documents that answer them beside the founding records.

    Attributes:
        heading: of its section.
        about: what it asks about, for the sentence under the heading.
        questions: the file of questions.
        releases: names of the files among the further releases that are added to the library.
    """

    heading: str
    about: str
    questions: Path
    releases: tuple[str, ...] = ()

    @classmethod
    def dev(cls) -> "QuestionSet":
        """The dev questions."""
        path = evaluation() / "dev" / "questions.jsonl"
        return cls("The dev questions", "on the five founding records", path)

    @classmethod
    def first_held_out(cls) -> "QuestionSet":
        """Questions written before any answer was seen; their answers have been looked at since."""
        return cls._held_out("Held-out questions, first set", "first.jsonl")

    @classmethod
    def second_held_out(cls) -> "QuestionSet":
        """Questions that nothing was tuned on and whose answers nobody has looked at."""
        return cls._held_out("Held-out questions, second set", "second.jsonl")

    @classmethod
    def _held_out(cls, heading: str, name: str) -> "QuestionSet":
        path = Path(__file__).parent / "held_out" / name
        named = {gold["doc"] for question in read_lines(path) for gold in question["gold"]}
        return cls(heading, "on four further releases", path, tuple(sorted(named)))


def report(questions_of: Callable[[], QuestionSet], limit: int | None) -> str:
    """Score the assistant and the baseline on a set; the section as Markdown."""
    asked = questions_of()
    records = evenly_spaced(read_lines(asked.questions), limit)
    questions = [Question.of(record) for record in records]
    with founding_library() as library, TemporaryDirectory() as folder:
        for name in asked.releases:
            library.add(read(releases() / name))
        scorer = _Scorer(Path(folder), records)
        plain = Baseline(library.documents(), kept_encoder(Settings(library=library.folder, model=MODEL)))
        theirs = scorer.score("baseline", plain.replies(questions))
        ours = scorer.score("assistant", replies(Assistant.open(library), questions), compared_with="baseline")
        curve = list(_curve(library, scorer, questions))
    total = ours["total"]
    return "\n\n".join(
        [
            f"## {asked.heading}",
            f"{len(questions)} questions {asked.about}, {total['answerable']} that they answer and"
            f" {total['unanswerable']} that they do not, scored by `score.py`. The baseline takes each line as a"
            f" passage, finds it by BM25 and {MODEL} (reciprocal rank fusion), cites the best {CITED} and never"
            " abstains; it reads the question alone. In brackets 95 % intervals (bootstrap over questions).",
            _totals(ours, theirs),
            "By type of question:",
            _by_type(ours, theirs),
            f"What `{ABSTENTION_SETTING}` trades: the more it asks of the best evidence, the fewer questions are"
            " answered and the fewer answers are wrong. An answer is wrong when no citation of it touches"
            " the evidence. A false premise that is corrected counts here as answered, in the F1 as an abstention.",
            table(
                [ABSTENTION_SETTING, "answered of answerable", "answered of unanswerable", "wrong answers", *_CURVE],
                curve,
            ),
        ]
    )


class _Scorer:
    """Scores replies to the same questions, and keeps them to compare with."""

    def __init__(self, folder: Path, records: Sequence[Record]) -> None:
        self._folder = folder
        self._questions = folder / "questions.jsonl"
        write_lines(self._questions, records)

    def score(self, name: str, found: Sequence[dict[str, Any]], compared_with: str | None = None) -> Record:
        write_lines(self._replies(name), found)
        other = self._replies(compared_with) if compared_with else None
        return scored_answers(self._questions, self._replies(name), other)

    def _replies(self, name: str) -> Path:
        return self._folder / f"{name}.jsonl"


def _totals(ours: Record, theirs: Record) -> str:
    rows = []
    for figure, name in _FIGURES.items():
        mine, plain = ours["total"][figure], theirs["total"][figure]
        apart = None if mine is None or plain is None else mine - plain
        rows.append(
            (
                f"{name} (`{figure}`)",
                with_interval(mine, ours["ci95"].get(figure)),
                with_interval(plain, theirs["ci95"].get(figure)),
                difference(apart, ours["difference_ci95"].get(figure)),
            )
        )
    return table(["figure", "Rapporteur", "baseline", "difference"], rows)


_BY_TYPE = ("recall", "precision", "hit@3", "abstain_recall", "over_abstention")


def _by_type(ours: Record, theirs: Record) -> str:
    head = ["type", "n", *_BY_TYPE, "recall, baseline", "precision, baseline"]
    rows = [
        [
            kind,
            found["questions"],
            *(found[figure] for figure in _BY_TYPE),
            *(theirs["by_type"][kind][figure] for figure in ("recall", "precision")),
        ]
        for kind, found in ours["by_type"].items()
    ]
    return table(head, rows)


_CURVE = ("recall", "precision", "abstain_f1")


def _curve(library: Library, scorer: _Scorer, questions: Sequence[Question]) -> Iterator[list[Any]]:
    """One row for each value of the setting."""
    present = float(getattr(library.settings, ABSTENTION_SETTING))
    for done, step in enumerate(ABSTENTION_STEPS, start=1):
        value = round(present + step, 6)
        assistant = Assistant.open(with_setting(library, ABSTENTION_SETTING, value))
        scored = scorer.score("curve", replies(assistant, questions, told=None))
        tell("values of the setting", done, len(ABSTENTION_STEPS))
        rows = scored["rows"]
        answers = [row for row in rows if row["answered"]]
        yield [
            f"{value:g}" + ("" if step else " (set)"),
            _share(row["answered"] for row in rows if row["answerable"]),
            _share(row["answered"] for row in rows if not row["answerable"]),
            _share(not row["touch"] for row in answers),
            *(scored["total"][figure] for figure in _CURVE),
        ]


def _share(values: Any) -> float | None:
    found = [bool(value) for value in values]
    return sum(found) / len(found) if found else None
