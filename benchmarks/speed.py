"""`make bench`: how long an answer takes, against the least that it could take, and where the time goes."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant import assistant as answering
from assistant.assistant import Assistant
from assistant.retrieval import retriever as gathering
from benchmarks.answering import Conversations, Question
from benchmarks.sampling import evenly_spaced
from benchmarks.shared import dev_questions, read_lines
from benchmarks.tables import Cell, table
from benchmarks.telling import tell
from benchmarks.timing import Clock, Milliseconds, percentile, timed
from index.models.sentence_transformer import load_encoder
from index.settings import Settings
from index.store.library import Library

_QUESTIONS = (
    "Which G20 member was absent from the April 2020 meeting?",
    "Who represented METI in August 2021?",
    "What did the ministers say about smart cities?",
    "What was decided in Bali in 2022?",
)
# The functions that `Assistant.ask` comes to call, with the module that calls them and the name it calls them by.
_STAGES: dict[str, tuple[object, str]] = {
    "reading the message": (answering, "read_message"),
    "understanding the question": (answering, "understand"),
    "retrieving passages": (gathering, "retrieve"),
    "weighing their sentences": (gathering, "weigh"),
    "reading the best again": (gathering, "rank"),
    "whether they answer": (answering, "verdict"),
    "choosing what is cited": (answering, "read"),
    "the fact for the first line": (answering, "lead"),
}
_WARMING = 5
_COLD_STARTS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Time the assistant over the founding records and print a report."""
    options = _parser().parse_args(arguments)
    load = os.getloadavg()[0]
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as folder:
        settings = Settings(library=Path(folder) / "library")
        print("first start ...", file=sys.stderr, flush=True)
        first = timed(lambda: _command(settings.library, "ask", _QUESTIONS[0]))
        library = Library.open(settings, load_encoder(settings))
        questions = evenly_spaced(_questions(), options.limit)
        runs = _warm(library, questions)
        print("cold starts ...", file=sys.stderr, flush=True)
        cold = [timed(lambda: _command(settings.library, "ask", _QUESTIONS[0])) for _ in range(_COLD_STARTS)]
        told = [timed(lambda: _command(settings.library, "--help")) for _ in range(_COLD_STARTS)]
        counts = library.counts()
    print(
        "\n\n".join(
            [
                f"{date.today():%-d %B %Y}: {len(runs)} questions on {counts['documents']} documents"
                f" ({counts['passages']} passages, {counts['sentences']} sentences), model {library.encoder.name},"
                f" {os.cpu_count()} cores, load {load:.1f} before the run.",
                _against_bare(runs),
                _by_stage(runs),
                _processes(told, cold, first),
            ]
        )
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=main.__doc__)
    parser.add_argument("--limit", type=int, metavar="N", help="ask N questions, evenly spaced")
    return parser


@dataclass(frozen=True, slots=True)
class _Run:
    """One warm question, in milliseconds.

    Attributes:
        ask: question in, turn out.
        bare: the same question encoded, and one exact search with it over the same vectors.
        stages: the parts of `ask`.
    """

    ask: Milliseconds
    bare: Milliseconds
    stages: dict[str, Milliseconds]


def _questions() -> list[Question]:
    path = dev_questions()
    if path is None:
        return [Question(str(n), text) for n, text in enumerate(_QUESTIONS)]
    return [Question.of(record) for record in read_lines(path)]


def _warm(library: Library, questions: Sequence[Question]) -> list[_Run]:
    assistant, clock, runs = Assistant.open(library), Clock(), []
    conversations = Conversations(assistant)
    watched: dict[str, tuple[object, str]] = {"encoding the query": (library.encoder, "encode_query"), **_STAGES}
    for question in questions[:_WARMING]:
        assistant.ask(question.text)
    with library.view() as view:

        def bare(text: str) -> None:
            view.nearest(library.encoder.encode_query(text), library.settings.candidates)

        for done, question in enumerate(questions, start=1):
            before = conversations.after(question.history)
            least = timed(lambda text=question.text: bare(text))  # type: ignore[misc]
            with clock.watching(watched):
                ask = timed(lambda q=question, c=before: assistant.ask(q.text, c))  # type: ignore[misc]
            runs.append(_Run(ask, least, clock.read()))
            tell("questions timed", done, len(questions))
    return runs


def _against_bare(runs: Sequence[_Run]) -> str:
    rows = [
        ["warm ask, times the bare work", *_percentiles([run.ask / run.bare for run in runs], "")],
        ["warm ask", *_percentiles([run.ask for run in runs])],
        ["bare work: one query encoded, one exact search", *_percentiles([run.bare for run in runs])],
    ]
    return table(["", "p50", "p95"], rows)


def _by_stage(runs: Sequence[_Run]) -> str:
    whole = sum(run.ask for run in runs)
    rows: list[list[Cell]] = []
    for stage in dict.fromkeys(stage for run in runs for stage in run.stages):
        spent = [run.stages.get(stage, 0.0) for run in runs]
        rows.append([stage, f"{100 * sum(spent) / whole:.0f} %", *_percentiles(spent)])
    rest = [run.ask - sum(run.stages.values()) for run in runs]
    rows.append(["the rest", f"{100 * sum(rest) / whole:.0f} %", *_percentiles(rest)])
    return table(["stage of a warm ask", "share", "p50", "p95"], rows)


def _processes(told: Sequence[Milliseconds], cold: Sequence[Milliseconds], first: Milliseconds) -> str:
    rows: list[list[Cell]] = [
        ["rapporteur --help", f"{percentile(told, 50) / 1000:.2f} s", len(told)],
        ["rapporteur ask, to the first answer", f"{percentile(cold, 50) / 1000:.2f} s", len(cold)],
        ["the same on a new library, which is indexed first", f"{first / 1000:.2f} s", 1],
    ]
    return table(["from a cold process", "median", "n"], rows)


def _percentiles(values: Sequence[float], unit: str = " ms") -> list[str]:
    return [f"{percentile(values, share):.1f}{unit}" for share in (50, 95)]


def _command(library: Path, *words: str) -> None:
    """Run the installed command, or its module where it is not installed."""
    installed = Path(sys.executable).with_name("rapporteur")
    start = [str(installed)] if installed.exists() else [sys.executable, "-m", "assistant.commands"]
    done = subprocess.run(
        [*start, *words], env={**os.environ, "RAPPORTEUR_LIBRARY": str(library)}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"rapporteur {' '.join(words)}: exit code {done.returncode}: {done.stderr.strip()[-500:]}")


if __name__ == "__main__":
    sys.exit(main())
