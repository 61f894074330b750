"""How far a run is, on stderr, so that stdout holds the report alone."""

import sys

_STEPS = 10


def tell(what: str, done: int, total: int, step: int = 1) -> None:
    """Say how much is done, about ten times in all; `step` is how much was done since the last call."""
    if done == total or done * _STEPS // total != max(0, done - step) * _STEPS // total:
        print(f"  {what}: {done} of {total}", file=sys.stderr, flush=True)
