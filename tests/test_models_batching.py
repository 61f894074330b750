"""Texts of several threads in one batch of a model."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from index.models.batching import Batcher
from index.models.tokenizer import Tokens


def text(length: int, first: int = 7) -> Tokens:
    return Tokens([first] * length, [0] * length, [(0, 0)] * length)


class Recorder:
    """A model that returns the first token of each text and records the size and length of its batches."""

    def __init__(self) -> None:
        self.batches: list[tuple[int, int]] = []
        self.free = threading.Event()
        self.free.set()

    def run(self, texts: Sequence[Tokens], length: int) -> NDArray[np.float32]:
        self.batches.append((len(texts), length))
        assert self.free.wait(10)
        return np.array([[one.ids[0]] for one in texts], dtype=np.float32)


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not done():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_each_text_gets_its_own_output() -> None:
    outputs = Batcher(Recorder().run, 2, 4, 128).outputs([text(n % 40 + 1, n) for n in range(50)])
    assert [int(output[0]) for output in outputs] == list(range(50))


def test_a_batch_has_texts_of_one_padded_length() -> None:
    model = Recorder()
    Batcher(model.run, 1, 4, 60).outputs([text(n) for n in (3, 8, 9, 16, 57, 60)])
    assert model.batches == [(2, 60), (2, 16), (2, 8)]


def test_what_arrives_while_a_batch_runs_is_in_the_next_one() -> None:
    model = Recorder()
    batcher = Batcher(model.run, 1, 8, 128)
    model.free.clear()
    with ThreadPoolExecutor(6) as users:
        replies = [users.submit(batcher.outputs, [text(5, 0)])]
        wait_until(lambda: len(model.batches) == 1)
        replies += [users.submit(batcher.outputs, [text(5, n)]) for n in range(1, 6)]
        wait_until(lambda: len(batcher._waiting) == 5)
        model.free.set()
        assert [int(reply.result(10)[0][0]) for reply in replies] == list(range(6))
    assert model.batches == [(1, 8), (5, 8)]


def test_a_batch_is_no_larger_than_the_limit() -> None:
    model = Recorder()
    Batcher(model.run, 1, 4, 128).outputs([text(5)] * 10)
    assert [size for size, _ in model.batches] == [4, 4, 2]


def test_an_error_of_the_model_reaches_everybody_in_the_batch() -> None:
    def fail(texts: Sequence[Tokens], length: int) -> NDArray[np.float32]:
        raise ValueError("broken")

    batcher = Batcher(fail, 1, 4, 128)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            batcher.outputs([text(5), text(6)])


def test_no_text_needs_no_run() -> None:
    assert Batcher(Recorder().run, 1, 4, 128).outputs([]) == []
