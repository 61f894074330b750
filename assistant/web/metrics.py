"""Address `/metrics` for Prometheus: numbers of questions, seconds, records and waiting work; no word of them."""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from assistant.conversation import Turn
from assistant.web.api.workers import Workers
from assistant.web.endpoints import NO_STORE
from assistant.web.library.queue import IngestQueue
from assistant.web.reports.check import Checks
from index.errors import RapporteurError
from index.library import Library

if TYPE_CHECKING:
    from fastapi import FastAPI

# Upper bounds of the histogram, in seconds.
_BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class QuestionCounts:
    """The questions answered since the start, by the kind of their reply, and the seconds that they took."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kinds: Counter[str] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0

    def count(self, turn: Turn, seconds: float) -> None:
        """Count a question that was answered or refused for want of evidence."""
        with self._lock:
            self._kinds[turn.reply.kind.value] += 1
            self._seconds += seconds
            self._within.update(bound for bound in _BOUNDS if seconds <= bound)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the text format."""
        with self._lock:
            kinds, within, seconds = sorted(self._kinds.items()), dict(self._within), self._seconds
        total = sum(number for _, number in kinds)
        yield from _about("questions_total", "counter", "Questions, by the kind of the reply.")
        yield from (f'rapporteur_questions_total{{kind="{kind}"}} {number}' for kind, number in kinds)
        yield from _about("question_seconds", "histogram", "Seconds from a question to its reply.")
        buckets = {**{f"{bound:g}": within.get(bound, 0) for bound in _BOUNDS}, "+Inf": total}
        yield from (f'rapporteur_question_seconds_bucket{{le="{le}"}} {number}' for le, number in buckets.items())
        yield f"rapporteur_question_seconds_sum {seconds:.6f}"
        yield f"rapporteur_question_seconds_count {total}"


def add_metrics(
    app: "FastAPI", library: Library, questions: QuestionCounts, queue: IngestQueue, checks: Checks, workers: Workers
) -> None:
    """Add the address.

    Args:
        app: the page.
        library: its documents and passages are counted.
        questions: what was asked since the start.
        queue: the uploads that wait.
        checks: the reports that are being checked.
        workers: the questions of programs that wait or are being answered.
    """
    from fastapi.responses import PlainTextResponse

    def metrics() -> Any:
        gauges = {
            "uploads_waiting": (queue.waiting, "Uploaded files that wait to be stored."),
            "checks_running": (checks.running, "Reports that are being checked."),
            "api_questions_waiting": (workers.waiting, "Questions of programs that wait or are being answered."),
        }
        lines = [*questions.lines(), *_gauges({**_of_library(library), **gauges})]
        return PlainTextResponse("".join(f"{line}\n" for line in lines), headers=NO_STORE, media_type=_MEDIA_TYPE)

    app.get("/metrics")(metrics)


def _of_library(library: Library) -> dict[str, tuple[int, str]]:
    """Return the size of the library; nothing where it cannot be read."""
    try:
        with library.snapshot() as snapshot:
            documents, passages = len(snapshot.documents), snapshot.passage_count
    except RapporteurError:
        return {}
    return {"documents": (documents, "Documents."), "passages": (passages, "Passages of the documents.")}


def _gauges(values: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    for name, (value, about) in values.items():
        yield from _about(name, "gauge", about)
        yield f"rapporteur_{name} {value}"


def _about(name: str, kind: str, about: str) -> Iterator[str]:
    yield f"# HELP rapporteur_{name} {about}"
    yield f"# TYPE rapporteur_{name} {kind}"
