"""Figures that the scorers of ../shared do not give, and their intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Row = TypeVar("Row")
Interval = tuple[float, float]

_RESAMPLES = 1000
_SEED = 7


def auroc(yes: Sequence[float], no: Sequence[float]) -> float | None:
    """How often a score of the first kind is above one of the second, a tie counting half; None without a pair.

    Source: the Mann-Whitney statistic is the area under the ROC curve (Hanley and McNeil, Radiology 143, 1982).
    """
    if not len(yes) or not len(no):
        return None
    below = np.sort(np.asarray(no))
    left = np.searchsorted(below, yes, side="left")
    right = np.searchsorted(below, yes, side="right")
    return float((left + right).sum() / 2 / (len(yes) * len(no)))


@dataclass(frozen=True, slots=True)
class Said:
    """What was done with one labelled question: whether it has an answer, and whether it got one."""

    answerable: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """How well the questions without an answer were told from the others; None where nothing can be divided.

    Attributes:
        precision: share of the questions not answered that have no answer.
        recall: share of the questions without an answer that were not answered.
        f1: harmonic mean of the two; 0 when none was found.
        over: share of the questions with an answer that were not answered.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    over: float | None


def silence(rows: Sequence[Said]) -> Silence:
    """Score the abstentions among labelled questions."""
    silent = [row for row in rows if not row.answered]
    without = [row for row in rows if not row.answerable]
    right = sum(not row.answerable for row in silent)
    precision, recall = _share(right, len(silent)), _share(right, len(without))
    f1 = None if recall is None else 2 * right / (len(silent) + len(without))
    return Silence(precision, recall, f1, _share(len(silent) - right, len(rows) - len(without)))


def interval(rows: Sequence[Row], figure: Callable[[list[Row]], float | None]) -> Interval | None:
    """The 95 % percentile interval of a figure over resampled rows; the same rows give the same interval.

    Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
    """
    draw = np.random.default_rng(_SEED)
    drawn = [figure([rows[i] for i in draw.integers(0, len(rows), len(rows))]) for _ in range(_RESAMPLES) if rows]
    found = [value for value in drawn if value is not None]
    return (float(np.percentile(found, 2.5)), float(np.percentile(found, 97.5))) if found else None


def mean(values: Sequence[float]) -> float | None:
    """The mean; None of nothing."""
    return float(np.mean(values)) if len(values) else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
