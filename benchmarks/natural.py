"""Score the assistant on natural questions, asked as people ask, of a fresh library and of one with other records."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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


HELD_OUT = Path(__file__).resolve().parent / "held_out"


@dataclass(frozen=True, slots=True)
class NaturalSet:
    """Questions as people ask them, and the files that some of them need beside the founding records.

    Attributes:
        heading: the heading of its section in the report.
        about: the libraries that are asked, for the sentence under the heading.
        questions: the file of questions; each names its library.
        added: the files of the library that is not "founding".
    """

    heading: str
    about: str
    questions: Path
    added: tuple[Path, ...]


def natural_set() -> NaturalSet:
    """Return the development set that lies beside the checkout."""
    folder = evaluation_folder() / "natural"
    about = "of a library with the five founding records and of one with nine files more"
    return NaturalSet("Natural questions", about, folder / "questions.jsonl", tuple(_added(folder)))


def validation_set() -> NaturalSet:
    """Return further questions on the libraries of the development set, written without a look at it or at the code."""
    return replace(natural_set(), heading="Further natural questions", questions=HELD_OUT / "natural.jsonl")


def third_set() -> NaturalSet:
    """Return the third held-out set: written by somebody who knew neither code nor rules, scored once."""
    names = (HELD_OUT / "third_releases.txt").read_text("utf-8").split()
    about = "of a library with the founding records, eight further releases and two transcripts"
    added = tuple(releases_folder() / name for name in names)
    return NaturalSet("Held-out questions, third set", about, HELD_OUT / "third.jsonl", added)


def fourth_set() -> NaturalSet:
    """Return the fourth held-out set, of whose replies none has been looked at."""
    folder = HELD_OUT / "fourth"
    releases = (folder / "releases.txt").read_text("utf-8").split()
    added = (*sorted((folder / "records").iterdir()), *(releases_folder() / name for name in releases))
    about = "of the founding records, and of a library with six further releases, two minutes and two transcripts"
    return NaturalSet("Held-out questions, fourth set", about, folder / "unseen.jsonl", added)


def fifth_set() -> NaturalSet:
    """Return the fifth held-out set, of whose replies one has been looked at."""
    folder = HELD_OUT / "fifth"
    releases = (folder / "releases.txt").read_text("utf-8").split()
    added = (*sorted((folder / "records").iterdir()), *(releases_folder() / name for name in releases))
    about = "of a library with the founding records, nine further releases and a made-up press call"
    return NaturalSet("Held-out questions, fifth set", about, folder / "unseen.jsonl", added)


def report(load: Callable[[], NaturalSet], limit: int | None) -> str:
    """Answer the questions of each library of a set and return the section of the report."""
    chosen = load()
    records = evenly_spaced(read_jsonl(chosen.questions), limit)
    replies: dict[str, Record] = {}
    for name in sorted({record["library"] for record in records}):
        with founding_library() as library:
            for path in chosen.added if name != "founding" else ():
                library.add(_read(path))
            questions = [Question.of(record) for record in records if record["library"] == name]
            answers = answer_questions(Assistant.open(library), questions, f"{chosen.heading}, {name}, answered")
            replies |= {reply["id"]: reply for reply in answers}
    scorer = load_scorer("natural/score_natural.py")
    texts = scorer.Docs([*scorer.DOCS, *map(str, chosen.added)])
    verdicts = [scorer.verdict(record, replies[record["id"]], texts)[0] for record in records]
    return "\n\n".join(
        [
            f"## {chosen.heading}",
            f"{len(records)} questions as people ask them, {chosen.about}; a whole answer is right, partly right or"
            " wrong by `score_natural.py`.",
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
