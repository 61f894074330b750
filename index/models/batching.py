"""Run the texts of several threads through a model together, in batches that do not change their outputs."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.models.tokenizer import Tokens

Output = NDArray[np.float32]
# Texts are padded to a multiple of so many tokens, which adds a tenth to those that the ranker reads.
_STEP = 8


@dataclass(slots=True, eq=False)
class _Waiting:
    text: Tokens
    length: int
    output: "Future[Output]" = field(default_factory=Future)


class Batcher:
    """Makes batches of the texts that wait for a model; what arrives while others run is in the next batch.

    The output of a text depends, in its last bits, on its padded length but not on the number of texts beside it. So a
    batch has texts of one padded length, and no answer depends on who else asks.

    Args:
        run: returns the outputs of texts, in their order, padded to a number of tokens; called in other threads.
        at_once: number of batches that run at the same time.
        most: most texts of a batch.
        longest: the most tokens of a text.
    """

    def __init__(self, run: Callable[[Sequence[Tokens], int], Output], at_once: int, most: int, longest: int) -> None:
        self._run = run
        self._most = most
        self._longest = longest
        self._waiting: list[_Waiting] = []
        self._changing = threading.Lock()
        self._workers = ThreadPoolExecutor(at_once, thread_name_prefix="model")

    def outputs(self, texts: Sequence[Tokens]) -> list[Output]:
        """Return the output of each text."""
        added = [_Waiting(text, self._padded(len(text.ids))) for text in texts]
        with self._changing:
            self._waiting += sorted(added, key=lambda one: -one.length)  # the longest last would keep one core busy
        for _ in added:
            self._workers.submit(self._run_next)
        return [one.output.result() for one in added]

    def _padded(self, tokens: int) -> int:
        return min(-(-tokens // _STEP) * _STEP, self._longest)

    def _run_next(self) -> None:
        """Run the first text that waits, with others of its length; nothing if an earlier batch took all of them."""
        with self._changing:
            batch = [one for one in self._waiting if one.length == self._waiting[0].length][: self._most]
            self._waiting = [one for one in self._waiting if one not in batch]
        if not batch:
            return
        try:
            outputs = self._run([one.text for one in batch], batch[0].length)
        except BaseException as error:
            for one in batch:
                one.output.set_exception(error)
        else:
            for one, output in zip(batch, outputs, strict=True):
                one.output.set_result(output)
