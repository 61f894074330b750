"""Limit the attempts to log in, for each name and for each address that they come from."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_WINDOW = 15 * 60.0  # seconds
_OF_A_NAME = 10  # in a window
_OF_AN_ADDRESS = 50  # in a window; an office may share one
_MOST_KEPT = 10_000  # names and addresses


class Attempts:
    """The attempts of the last quarter of an hour; one is counted before its password is checked.

    Args:
        clock: returns seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, name: str, address: str) -> float:
        """Count an attempt, and return 0, or the seconds until the next one may be made where there were too many."""
        with self._lock:
            now = self._clock()
            limits = {("name", name): _OF_A_NAME, ("address", address): _OF_AN_ADDRESS}
            made = {key: self._made(key, now) for key in limits}
            waits = [times[0] + _WINDOW - now for key, times in made.items() if len(times) >= limits[key]]
            if not waits:
                for times in made.values():
                    times.append(now)
            return max(waits, default=0.0)

    def forget(self, name: str, address: str) -> None:
        """Forget the attempts of a name that has logged in, and this one of its address."""
        with self._lock:
            self._kept.pop(("name", name), None)
            if times := self._kept.get(("address", address)):
                times.pop()

    def _made(self, key: tuple[str, str], now: float) -> deque[float]:
        times = self._kept.setdefault(key, deque())
        self._kept.move_to_end(key)
        while times and times[0] <= now - _WINDOW:
            times.popleft()
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return times
