"""Rate of a long task and the time that is left, in words for the terminal and the page."""

import time
from collections.abc import Callable

# A rate of the first moments says little.
_SECONDS_BEFORE_RATE = 2.0


class Rate:
    """Measures the rate of a task from its first report on, so that what comes before, such as loading, does not count.

    Args:
        unit: what is counted, in the plural.
        clock: returns the time in seconds.
    """

    def __init__(self, unit: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._unit = unit
        self._clock = clock
        self._first: tuple[float, int] | None = None

    def report(self, done: int, total: int) -> str:
        """Return how many are done, and the rate and the time left once they are known."""
        now = self._clock()
        begun, before = self._first = self._first or (now, done)
        text = f"{done:,} of {total:,} {self._unit}"
        seconds = now - begun
        if seconds < _SECONDS_BEFORE_RATE or done <= before:
            return text
        rate = (done - before) / seconds
        return f"{text}, {_number(rate)} a second, {_duration((total - done) / rate)} left"


def _number(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"
