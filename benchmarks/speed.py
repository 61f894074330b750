"""Time an answer as a whole, by stage, and against one bare search: `make bench`."""

import argparse
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np

from assistant import assistant as assistant_module
from assistant.assistant import Assistant
from assistant.retrieval import retriever
from benchmarks.datasets import dev_questions, evenly_spaced, read_jsonl
from benchmarks.figures import Cell, markdown_table, report_progress
from benchmarks.pipeline import Conversations, Question
from corpus.language.months import spell_day
from index.library import Library, open_library
from index.models.registry import load_encoder
from index.search.hybrid import FusionWeights
from index.settings import Settings

Milliseconds = float

_QUESTIONS = (
    "Who was absent from the G20 meeting of April 2020?",
    "Who represented METI in August 2021?",
    "What did the ministers say about smart cities?",
    "What was decided in Bali in 2022?",
)
# The functions that `Assistant.ask` calls, each with the module that calls it and its name there.
STAGES: dict[str, tuple[object, str]] = {
    "reading the message": (assistant_module, "read_message"),
    "understanding the question": (assistant_module, "understand"),
    "retrieving passages": (retriever, "hybrid_search"),
    "scoring their sentences": (retriever, "score_sentences"),
    "ranking the best again": (retriever, "rerank"),
    "judging the evidence": (assistant_module, "judge"),
    "selecting the citations": (assistant_module, "select_evidence"),
    "the short answer": (assistant_module, "short_answer"),
}
_WARM_UP_QUESTIONS = 5
_COLD_STARTS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Time the assistant over the founding records and print a report."""
    options = _parser().parse_args(arguments)
    load = os.getloadavg()[0]
    with TemporaryDirectory(prefix="rapporteur-benchmark-") as folder:
        settings = Settings(library=Path(folder) / "library")
        print("first start ...", file=sys.stderr, flush=True)
        first = timed(lambda: _command(settings.library, "ask", _QUESTIONS[0]))
        library = open_library(settings=settings, encoder=load_encoder(settings))
        questions = evenly_spaced(_questions(), options.limit)
        runs = _warm(library, questions)
        print("cold starts ...", file=sys.stderr, flush=True)
        cold = [timed(lambda: _command(settings.library, "ask", _QUESTIONS[0])) for _ in range(_COLD_STARTS)]
        help_times = [timed(lambda: _command(settings.library, "--help")) for _ in range(_COLD_STARTS)]
        counts = library.counts()
    print(
        "\n\n".join(
            [
                f"{spell_day(date.today())}: {len(runs)} questions on {counts['documents']} documents"
                f" ({counts['passages']} passages, {counts['sentences']} sentences), model {library.encoder.name},"
                f" {os.cpu_count()} cores, load {load:.1f} before the run.",
                _against_bare(runs),
                _by_stage(runs),
                _processes(help_times, cold, first),
            ]
        )
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=main.__doc__)
    parser.add_argument("--limit", type=int, metavar="N", help="ask N questions, evenly spaced")
    return parser


@dataclass(frozen=True, slots=True)
class _Timing:
    """One warm question, in milliseconds.

    Attributes:
        ask: the time of `Assistant.ask`.
        bare: the time to encode the question and search the same vectors once, exactly.
        stages: the parts of `ask`, by stage.
    """

    ask: Milliseconds
    bare: Milliseconds
    stages: dict[str, Milliseconds]


def _questions() -> list[Question]:
    path = dev_questions()
    if path is None:
        return [Question(str(n), text) for n, text in enumerate(_QUESTIONS)]
    return [Question.of(record) for record in read_jsonl(path)]


def timed(work: Callable[[], object]) -> Milliseconds:
    """Return the time that one call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def percentile(values: Sequence[Milliseconds], share: float) -> Milliseconds:
    """Return the value that `share` percent of the values do not exceed."""
    return float(np.percentile(values, share))


class StageClock:
    """Add up the time spent in chosen functions."""

    def __init__(self) -> None:
        self._spent: dict[str, Milliseconds] = defaultdict(float)

    @contextmanager
    def watch(self, stages: Mapping[str, tuple[object, str]]) -> Iterator[None]:
        """Time functions while the block runs; a stage has the owner of its function and the name there."""
        with ExitStack() as stack:
            for stage, (owner, name) in stages.items():
                stack.enter_context(patch.object(owner, name, self._timed(stage, getattr(owner, name))))
            yield

    def read(self) -> dict[str, Milliseconds]:
        """Return the time spent in each stage since the last reading."""
        spent, self._spent = dict(self._spent), defaultdict(float)
        return spent

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*values, **named)
            finally:
                self._spent[stage] += (time.perf_counter() - start) * 1000

        return call


def _warm(library: Library, questions: Sequence[Question]) -> list[_Timing]:
    assistant, clock, runs = Assistant.open(library), StageClock(), []
    conversations = Conversations(assistant)
    watched: dict[str, tuple[object, str]] = {"encoding the query": (library.encoder, "encode_query"), **STAGES}
    for question in questions[:_WARM_UP_QUESTIONS]:
        assistant.ask(question.text)
    with library.snapshot() as snapshot:

        def search_once(text: str) -> None:
            snapshot.search_dense(library.encoder.encode_query(text), FusionWeights().depth)

        for done, question in enumerate(questions, start=1):
            before = conversations.after(question.history)
            bare = timed(lambda text=question.text: search_once(text))  # type: ignore[misc]
            with clock.watch(watched):
                ask = timed(lambda q=question, c=before: assistant.ask(q.text, c))  # type: ignore[misc]
            runs.append(_Timing(ask, bare, clock.read()))
            report_progress("questions timed", done, len(questions))
    return runs


def _against_bare(runs: Sequence[_Timing]) -> str:
    rows = [
        ["warm ask, times the bare work", *_percentiles([run.ask / run.bare for run in runs], "")],
        ["warm ask", *_percentiles([run.ask for run in runs])],
        ["bare work: one query encoded, one exact search", *_percentiles([run.bare for run in runs])],
    ]
    return markdown_table(["", "p50", "p95"], rows)


def _by_stage(runs: Sequence[_Timing]) -> str:
    whole = sum(run.ask for run in runs)
    rows: list[list[Cell]] = []
    for stage in dict.fromkeys(stage for run in runs for stage in run.stages):
        spent = [run.stages.get(stage, 0.0) for run in runs]
        rows.append([stage, f"{100 * sum(spent) / whole:.0f} %", *_percentiles(spent)])
    rest = [run.ask - sum(run.stages.values()) for run in runs]
    rows.append(["the rest", f"{100 * sum(rest) / whole:.0f} %", *_percentiles(rest)])
    return markdown_table(["stage of a warm ask", "share", "p50", "p95"], rows)


def _processes(help_times: Sequence[Milliseconds], cold: Sequence[Milliseconds], first: Milliseconds) -> str:
    rows: list[list[Cell]] = [
        ["rapporteur --help", f"{percentile(help_times, 50) / 1000:.2f} s", len(help_times)],
        ["rapporteur ask, to the first answer", f"{percentile(cold, 50) / 1000:.2f} s", len(cold)],
        ["the same on a new library, which is indexed first", f"{first / 1000:.2f} s", 1],
    ]
    return markdown_table(["from a cold process", "median", "n"], rows)


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
