"""Find the letters that two programs read alike on one page."""

from collections.abc import Iterator
from typing import NamedTuple

# Letters that are compared together: single ones are alike by chance where the two read a page in another order.
_TOGETHER = 6
# Letters between those alike, up to which single ones are compared.
_MOST_BETWEEN = 50
# Pairs of letters between the common head and tail that are compared.
_MOST_PAIRS = 20_000**2


class _Alike(NamedTuple):
    """Letters alike: their places in the one and the other text, and their number."""

    one: int
    other: int
    size: int


def same_letters(one: str, other: str) -> dict[int, int] | None:
    """Return the places of the letters of one text in the other, in order; None where the two are too long."""
    from rapidfuzz.distance import Postfix, Prefix

    head = Prefix.similarity(one, other)
    tail = Postfix.similarity(one[head:], other[head:])
    ends = len(one) - tail, len(other) - tail
    between = one[head : ends[0]], other[head : ends[1]]
    if len(between[0]) * len(between[1]) > _MOST_PAIRS:
        return None
    moved = (_Alike(run.one + head, run.other + head, run.size) for run in _runs(*between))
    runs = (_Alike(0, 0, head), *moved, _Alike(*ends, tail))
    return {run.one + at: run.other + at for run in runs for at in range(run.size)}


def _runs(one: str, other: str) -> Iterator[_Alike]:
    """Yield the runs of letters alike in two texts, and the letters alike in short gaps between them."""
    end, other_end = 0, 0
    for start, other_start, size in (*_long_runs(one, other), _Alike(len(one), len(other), 0)):
        overlap = max(0, end - start, other_end - other_start)
        if size and size <= overlap:
            continue
        at, other_at = start + overlap, other_start + overlap
        gap, other_gap = one[end:at], other[other_end:other_at]
        if max(len(gap), len(other_gap)) <= _MOST_BETWEEN:
            for run in _equal(gap, other_gap):
                yield _Alike(run.one + end, run.other + other_end, run.size)
        yield _Alike(at, other_at, size - overlap)
        end, other_end = start + size, other_start + size


def _long_runs(one: str, other: str) -> Iterator[_Alike]:
    parts = ([text[at : at + _TOGETHER] for at in range(len(text) - _TOGETHER + 1)] for text in (one, other))
    for run in _equal(*parts):
        yield run._replace(size=run.size + _TOGETHER - 1)


def _equal(one: str | list[str], other: str | list[str]) -> Iterator[_Alike]:
    from rapidfuzz.distance import Indel

    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            yield _Alike(step.src_start, step.dest_start, step.src_end - step.src_start)
