"""Time warm questions to one library, as a whole, by stage, and against one bare search: prints JSON."""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from assistant import assistant as assistant_module
from assistant import compose as compose_module
from assistant.assistant import Assistant
from assistant.retrieval import retriever
from benchmarks.figures import Cell, markdown_table
from index.library import Library, open_library
from index.models.registry import load_encoder
from index.search.hybrid import FusionWeights
from index.settings import Settings

Milliseconds = float

# The functions that `Assistant.ask` calls, each with the module that calls it and its name there.
STAGES: dict[str, tuple[object, str]] = {
    "reading the message": (assistant_module, "read_message"),
    "understanding the question": (assistant_module, "understand"),
    "retrieving passages": (retriever, "hybrid_search"),
    "scoring their sentences": (retriever, "score_sentences"),
    "ranking the best again": (retriever, "rerank"),
    "judging the evidence": (assistant_module, "judge"),
    "selecting the citations": (assistant_module, "select_evidence"),
    "the short answer": (compose_module, "short_answer"),
}
_WARM_UP_QUESTIONS = 5


def main(arguments: Sequence[str]) -> int:
    """Ask the questions of a JSON file of a library and print the time of each; the arguments are FILE LIBRARY."""
    questions = json.loads(Path(arguments[0]).read_text("utf-8"))
    settings = Settings(library=Path(arguments[1]))
    library = open_library(settings=settings, encoder=load_encoder(settings))
    print(json.dumps([asdict(timing) for timing in time_questions(library, questions)]))
    return 0


@dataclass(frozen=True, slots=True)
class Timing:
    """One warm question, in milliseconds.

    Attributes:
        ask: the time of `Assistant.ask`.
        bare: the time to encode the question and search the same vectors once, exactly.
        stages: the parts of `ask`, by stage.
    """

    ask: Milliseconds
    bare: Milliseconds
    stages: dict[str, Milliseconds]


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


def time_questions(library: Library, questions: Sequence[str]) -> list[Timing]:
    """Ask each question of a warm assistant, and search once for it without the assistant."""
    assistant, clock, runs = Assistant.open(library), StageClock(), []
    watched: dict[str, tuple[object, str]] = {"encoding the query": (library.encoder, "encode_query"), **STAGES}
    for question in questions[:_WARM_UP_QUESTIONS]:
        assistant.ask(question)
    with library.snapshot() as snapshot:

        def search_once(text: str) -> None:
            snapshot.search_dense(library.encoder.encode_query(text), FusionWeights().depth)

        for question in questions:
            bare = timed(lambda text=question: search_once(text))  # type: ignore[misc]
            with clock.watch(watched):
                ask = timed(lambda text=question: assistant.ask(text))  # type: ignore[misc]
            runs.append(Timing(ask, bare, clock.read()))
    return runs


def stage_table(runs: Sequence[Timing]) -> str:
    """Return the share and the times of each stage as a Markdown table."""
    whole = sum(run.ask for run in runs)
    rows: list[list[Cell]] = []
    for stage in dict.fromkeys(stage for run in runs for stage in run.stages):
        spent = [run.stages.get(stage, 0.0) for run in runs]
        rows.append([stage, f"{100 * sum(spent) / whole:.0f} %", *_percentiles(spent)])
    rest = [run.ask - sum(run.stages.values()) for run in runs]
    rows.append(["the rest", f"{100 * sum(rest) / whole:.0f} %", *_percentiles(rest)])
    return markdown_table(["stage of a warm ask", "share", "p50", "p95"], rows)


def _percentiles(values: Sequence[float]) -> list[str]:
    return [f"{percentile(values, share):.1f} ms" for share in (50, 95)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
