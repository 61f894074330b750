"""Score the answers on every evaluation set and write docs/quality.md: `make quality`."""

import argparse
import multiprocessing
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.grounding.answerability import AnswerabilityThresholds
from assistant.reading.select import SelectionLimits
from assistant.retrieval.score_sentences import ScoringWeights
from benchmarks import gold_questions, mtrag, natural, squad2
from benchmarks.figures import markdown_table
from corpus.language.months import spell_day
from index.search.hybrid import FusionWeights
from index.settings import Settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "quality.md"
PARTS: dict[str, Callable[[int | None], str]] = {
    "dev": partial(gold_questions.report, gold_questions.dev_set),
    "held_out": partial(gold_questions.report, partial(gold_questions.held_out_set, "second")),
    "held_out_first": partial(gold_questions.report, partial(gold_questions.held_out_set, "first")),
    "natural": natural.report,
    "squad2": squad2.report,
    "mtrag": mtrag.report,
}
_PACKAGES = ("rapporteur", "sentence-transformers", "torch", "faiss-cpu", "numpy", "nupunkt")


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the parts that the options name, print the report, and write docs/quality.md on a full run."""
    options = _parser().parse_args(arguments)
    parts = [name for name in PARTS if name in (options.only or PARTS)]
    # Two parts at a time: much of an answer is Python, which leaves the other cores idle.
    with ProcessPoolExecutor(options.processes, multiprocessing.get_context("spawn")) as pool:
        running = {name: pool.submit(_section, name, options.limit) for name in reversed(parts)}  # the longest first
        sections = [running[name].result() for name in parts]
    page = "\n\n".join([_head(parts, options.limit), *sections]) + "\n"
    print(page)
    if options.write or (len(parts) == len(PARTS) and options.limit is None):
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page, "utf-8")
        print(f"written: docs/{PAGE.name}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.quality", description=main.__doc__)
    parser.add_argument("--only", action="append", choices=tuple(PARTS), help="score this part (may be repeated)")
    parser.add_argument("--limit", type=_count, metavar="N", help="ask N questions of each kind, evenly spaced")
    parser.add_argument("--processes", type=_count, default=2, metavar="N", help="score N parts at a time")
    parser.add_argument("--write", action="store_true", help="write docs/quality.md even if the run is not full")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def _section(name: str, limit: int | None) -> str:
    print(f"{name} ...", file=sys.stderr, flush=True)
    start = time.perf_counter()
    section = PARTS[name](limit)
    minutes = (time.perf_counter() - start) / 60
    print(f"{name}: {minutes:.1f} min", file=sys.stderr, flush=True)
    return f"{section}\n\nThis part took {minutes:.1f} min."


def _head(parts: Sequence[str], limit: int | None) -> str:
    chosen = [f"--only {name}" for name in parts] if len(parts) < len(PARTS) else []
    chosen += [f"--limit {limit}"] if limit else []
    command = "make quality" + (f' ARGS="{" ".join(chosen)}"' if chosen else "")
    sample = f" **A sample: at most {limit} questions of each kind, evenly spaced.**" if limit else ""
    return "\n\n".join(
        [
            "# How good the answers are",
            f"Measured on {spell_day(date.today())} by `{command}`, which writes this page.{sample} A figure is a share"
            " from 0 to 1 unless its name says otherwise; a dash stands where there is nothing to measure.",
            "With: " + ", ".join(_versions()) + ".",
            "Settings, weights and thresholds, each explained at its class:",
            _settings(),
        ]
    )


def _versions() -> list[str]:
    return [
        *map(_version, _PACKAGES),
        f"Python {platform.python_version()}",
        f"{platform.system()} with {os.cpu_count()} cores",
    ]


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} (not installed)"


def _settings() -> str:
    frozen = (FusionWeights(), ScoringWeights(), AnswerabilityThresholds(), SelectionLimits())
    values = [(name, value) for name, value in Settings().model_dump(exclude={"library"}).items()]
    values += [(f"{type(each).__name__}.{name}", value) for each in frozen for name, value in asdict(each).items()]
    return markdown_table(["setting", "value"], [[f"`{name}`", str(value)] for name, value in values])


if __name__ == "__main__":
    sys.exit(main())
