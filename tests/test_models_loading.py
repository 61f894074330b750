"""Models are loaded in the background, and one that cannot be loaded says so only where it is used."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from assistant.commands import main
from index.errors import ModelMissing
from index.models.encoder import Vectors
from index.models.loading import load_in_background
from index.models.ranker import Scores
from support.commands import Run
from support.word_counts import WordCounts


class Noted(WordCounts):
    """An encoder that notes its texts, with the threads that they came from."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []

    def encode_query(self, text: str) -> Vectors:
        self.texts.append((text, threading.current_thread().name))
        return super().encode_query(text)


class Missing(WordCounts):
    def encode_query(self, text: str) -> Vectors:
        raise ModelMissing("there is none")


class Ready:
    """A ranker that notes when it was used."""

    def __init__(self) -> None:
        self.used = False

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        self.used = True
        return np.zeros(len(texts), dtype=np.float32)

    def knows(self, question: str) -> bool:
        return True


def test_encoder_and_ranker_are_used_once_in_a_thread_that_ends() -> None:
    encoder, ranker = Noted(), Ready()
    load_in_background(encoder, ranker).join(10)
    assert encoder.texts == [("ready", "models")]
    assert ranker.used


def test_a_missing_encoder_keeps_no_ranker_from_loading(capfd: pytest.CaptureFixture[str]) -> None:
    ranker = Ready()
    load_in_background(Missing(), ranker).join(10)
    assert ranker.used
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("words", [["ask", "smart cities"], ["search", "smart cities"]])
def test_a_question_loads_the_models_while_the_library_is_opened(run: Run, words: list[str]) -> None:
    encoder = Noted()
    assert main(words, lambda settings: encoder) == 0
    assert ("ready", "models") in encoder.texts


def test_reading_the_library_loads_no_model(run: Run) -> None:
    encoder = Noted()
    assert main(["list"], lambda settings: encoder) == 0
    assert encoder.texts == []
