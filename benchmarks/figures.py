"""Compute evaluation figures with their 95 % intervals and print them as Markdown tables."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Row = TypeVar("Row")
Interval = tuple[float, float]
Cell = str | int | float | None

_RESAMPLES = 1000
_SEED = 7
_PROGRESS_LINES = 10


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """Return the share of pairs in which the positive score is the higher one, a tie counting half; None without pairs.

    Source: the Mann-Whitney statistic is the area under the ROC curve (Hanley and McNeil, Radiology 143, 1982).
    """
    if not len(positive) or not len(negative):
        return None
    below = np.sort(np.asarray(negative))
    left = np.searchsorted(below, positive, side="left")
    right = np.searchsorted(below, positive, side="right")
    return float((left + right).sum() / 2 / (len(positive) * len(negative)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One labelled question: has it an answer in the records, and was it answered?"""

    answerable: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class AbstentionScores:
    """Scores of the abstentions among labelled questions; None where the divisor is 0.

    Attributes:
        precision: share of the abstentions whose question has no answer.
        recall: share of the questions without an answer that were not answered.
        f1: harmonic mean of the two; 0 without a correct abstention.
        over: share of the questions with an answer that were not answered.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    over: float | None


def score_abstentions(outcomes: Sequence[Outcome]) -> AbstentionScores:
    """Score the abstentions among labelled questions."""
    abstained = [outcome for outcome in outcomes if not outcome.answered]
    unanswerable = sum(not outcome.answerable for outcome in outcomes)
    correct = sum(not outcome.answerable for outcome in abstained)
    precision, recall = _share(correct, len(abstained)), _share(correct, unanswerable)
    f1 = None if recall is None else 2 * correct / (len(abstained) + unanswerable)
    return AbstentionScores(precision, recall, f1, _share(len(abstained) - correct, len(outcomes) - unanswerable))


def bootstrap_interval(rows: Sequence[Row], figure: Callable[[list[Row]], float | None]) -> Interval | None:
    """Return the 95 % percentile interval of a figure over resampled rows, always the same one for the same rows.

    Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
    """
    draw = np.random.default_rng(_SEED)
    figures = [figure([rows[i] for i in draw.integers(0, len(rows), len(rows))]) for _ in range(_RESAMPLES) if rows]
    values = [value for value in figures if value is not None]
    return (float(np.percentile(values, 2.5)), float(np.percentile(values, 97.5))) if values else None


def mean(values: Sequence[float]) -> float | None:
    """Return the mean, or None without values."""
    return float(np.mean(values)) if len(values) else None


def compared_row(name: str, ours: Sequence[float], theirs: Sequence[float]) -> list[str]:
    """Return a table row with the means of two systems on the same questions and their paired difference."""
    differences = [a - b for a, b in zip(ours, theirs, strict=True)]
    means = [format_with_interval(mean(values), bootstrap_interval(values, mean)) for values in (ours, theirs)]
    return [name, *means, format_difference(mean(differences), bootstrap_interval(differences, mean))]


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Format rows as a Markdown table, the first column aligned left and the others right."""
    cells = [list(head), *([format_cell(cell) for cell in row] for row in rows)]
    widths = [max(3, *(len(row[column]) for row in cells)) for column in range(len(head))]
    rule = ["-" * width if column == 0 else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    padded = [[row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])] for row in cells]
    return "\n".join("| " + " | ".join(line) + " |" for line in (padded[0], rule, *padded[1:]))


def format_cell(cell: Cell) -> str:
    """Format a figure with three decimals, a count or text unchanged, and None as "-"."""
    if cell is None:
        return "-"
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def format_with_interval(value: float | None, bounds: Interval | Sequence[float] | None) -> str:
    """Format a figure with its interval, if it has one: "0.612 [0.540, 0.683]"."""
    return format_cell(value) if value is None or bounds is None else f"{value:.3f} [{bounds[0]:.3f}, {bounds[1]:.3f}]"


def format_difference(value: float | None, bounds: Interval | Sequence[float] | None) -> str:
    """Format a signed difference with its interval, if it has one: "+0.120 [+0.051, +0.190]"."""
    if value is None:
        return format_cell(None)
    return f"{value:+.3f}" + (f" [{bounds[0]:+.3f}, {bounds[1]:+.3f}]" if bounds is not None else "")


def report_progress(label: str, done: int, total: int, step: int = 1) -> None:
    """Print the progress of a run to stderr about ten times in all; `step` items were done since the last call."""
    if done == total or done * _PROGRESS_LINES // total != max(0, done - step) * _PROGRESS_LINES // total:
        print(f"  {label}: {done} of {total}", file=sys.stderr, flush=True)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
