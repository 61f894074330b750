"""Where the time of a question goes, measured around the real functions."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np

Milliseconds = float


def timed(work: Callable[[], object]) -> Milliseconds:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def percentile(values: Sequence[Milliseconds], share: float) -> Milliseconds:
    """The value that this share of all, in percent, does not exceed."""
    return float(np.percentile(values, share))


class Clock:
    """Adds up how long functions take while it watches them; they do what they always do."""

    def __init__(self) -> None:
        self._spent: dict[str, Milliseconds] = defaultdict(float)

    @contextmanager
    def watching(self, stages: Mapping[str, tuple[object, str]]) -> Iterator[None]:
        """Watch functions, each an attribute of its owner under the name of a stage."""
        with ExitStack() as stack:
            for stage, (owner, attribute) in stages.items():
                stack.enter_context(patch.object(owner, attribute, self._watched(stage, getattr(owner, attribute))))
            yield

    def read(self) -> dict[str, Milliseconds]:
        """The time spent in each stage since the last reading."""
        spent, self._spent = dict(self._spent), defaultdict(float)
        return spent

    def _watched(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*values: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*values, **named)
            finally:
                self._spent[stage] += (time.perf_counter() - start) * 1000

        return watched
