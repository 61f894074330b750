"""Score the answers on every evaluation set and write docs/quality.md: `make quality`."""

import argparse
import multiprocessing
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platformdirs import user_cache_path

from assistant.grounding.answerability import AnswerabilityThresholds
from assistant.reading.selection_limits import SelectionLimits
from assistant.retrieval.scoring_weights import ScoringWeights
from benchmarks import gold_questions, minutes, mtrag, natural, squad2
from benchmarks.figures import markdown_table
from corpus.language.months import spell_day
from index.search.hybrid import FusionWeights
from index.settings import Settings

KEPT = user_cache_path("rapporteur", appauthor=False) / "benchmarks" / "quality"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "quality.md"
PARTS: dict[str, Callable[[int | None], str]] = {
    "dev": partial(gold_questions.report, gold_questions.dev_set),
    "held_out": partial(gold_questions.report, partial(gold_questions.held_out_set, "second")),
    "held_out_first": partial(gold_questions.report, partial(gold_questions.held_out_set, "first")),
    "held_out_third": partial(natural.report, natural.third_set),
    "held_out_fourth": partial(natural.report, natural.fourth_set),
    "held_out_fifth": partial(natural.report, natural.fifth_set),
    "held_out_minutes": minutes.report,
    "held_out_natural": partial(natural.report, natural.validation_set),
    "natural": partial(natural.report, natural.natural_set),
    "squad2": squad2.report,
    "mtrag": mtrag.report,
}
_PACKAGES = ("rapporteur", "sentence-transformers", "torch", "faiss-cpu", "numpy", "nupunkt")


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the parts that the options name and print the report; write docs/quality.md when all were scored.

    The sections of whole parts are kept in the user's cache, so that `--write` makes the page of parts that were scored
    in runs of their own.
    """
    options = _parser().parse_args(arguments)
    parts = [name for name in PARTS if name in (options.only or PARTS)]
    # Two parts at a time: much of an answer is Python, which leaves the other cores idle.
    with ProcessPoolExecutor(options.processes, multiprocessing.get_context("spawn")) as pool:
        running = {name: pool.submit(_section, name, options.limit) for name in reversed(parts)}  # the longest first
        sections = {name: running[name].result() for name in parts}
    print(compose(sections, options.limit))
    if options.limit is None and (options.write or len(parts) == len(PARTS)):
        kept = {name: (KEPT / f"{name}.md") for name in PARTS}
        PAGE.write_text(compose({n: f.read_text("utf-8") for n, f in kept.items() if f.is_file()}, None), "utf-8")
        print(f"written: docs/{PAGE.name}", file=sys.stderr)
    return 0


def compose(sections: Mapping[str, str], limit: int | None) -> str:
    """Return the report with these sections by part."""
    return "\n\n".join([_head(list(sections), limit), *sections.values()]) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.quality", description=main.__doc__)
    parser.add_argument("--only", action="append", choices=tuple(PARTS), help="score this part (may be repeated)")
    parser.add_argument("--limit", type=_count, metavar="N", help="ask N questions of each kind, evenly spaced")
    parser.add_argument("--processes", type=_count, default=2, metavar="N", help="score N parts at a time")
    parser.add_argument(
        "--write", action="store_true", help="write docs/quality.md from the latest whole result of each part"
    )
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1")
    return int(text)


def _section(name: str, limit: int | None) -> str:
    """Score a part; return its section, and keep it if the part is whole."""
    print(f"{name} ...", file=sys.stderr, flush=True)
    start = time.perf_counter()
    heading, _, text = PARTS[name](limit).partition("\n\n")
    minutes = (time.perf_counter() - start) / 60
    print(f"{name}: {minutes:.1f} min", file=sys.stderr, flush=True)
    section = f"{heading}\n\nMeasured on {spell_day(date.today())} in {minutes:.1f} min.\n\n{text}"
    if limit is None:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{name}.md").write_text(section, "utf-8")
    return section


def _head(parts: Sequence[str], limit: int | None) -> str:
    chosen = [f"--only {name}" for name in parts] if len(parts) < len(PARTS) else []
    chosen += [f"--limit {limit}"] if limit else []
    command = "make quality" + (f' ARGS="{" ".join(chosen)}"' if chosen else "")
    sample = f" **A sample: at most {limit} questions of each kind, evenly spaced.**" if limit else ""
    return "\n\n".join(
        [
            "# How good the answers are",
            f"Measured by `{command}`, which writes this page; load average {os.getloadavg()[0]:.1f}.{sample} A figure"
            " is a share from 0 to 1 unless its name says otherwise; a dash stands where there is nothing to measure.",
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
