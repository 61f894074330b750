"""Train the ranker further: examples of records that are not held out, what is shown of each, and mixed weights."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import numpy as np
import pytest

from benchmarks.ranker_training import meeting_examples
from benchmarks.ranker_training.batches import QUESTIONS_A_STEP, Drawn, batches, draw_sentences, seed_drawing
from benchmarks.ranker_training.examples import Example
from benchmarks.ranker_training.meeting_examples import MeetingExample, draw_of_meeting
from benchmarks.ranker_training.meetings import MeetingQuestion, MeetingRecord
from benchmarks.ranker_training.tune import mix
from index.library import Library, open_library
from support.word_counts import WordCounts

TEXT = """# Quay board

Minutes of 5 March 2025

The quay is mended in May. The quay was mended before.

The crane is sold. Ada Bo chairs the board.
"""
MENDED, BEFORE, SOLD = "The quay is mended in May.", "The quay was mended before.", "The crane is sold."
QUESTIONS = (
    MeetingQuestion("When is the quay mended?", "when", (MENDED,), (BEFORE,)),
    MeetingQuestion("Who mended the quay?", "near_miss", (), ()),
)
EXAMPLE = MeetingExample(
    "When is the quay mended?", "Quay board", date(2025, 3, 5), ("yes 1", "yes 2"), tuple(f"no {n}" for n in range(20))
)


@contextmanager
def small_library() -> Iterator[Library]:
    """Open an empty library with the tests' encoder."""
    yield open_library(encoder=WordCounts(), founding=False)


def records() -> list[MeetingRecord]:
    """Return twenty records of which some are held out."""
    return [MeetingRecord(f"quay {n}.md", f"{TEXT}\nThis is record {n}.\n", QUESTIONS) for n in range(20)]


@pytest.fixture(scope="module")
def made() -> list[MeetingExample]:
    """Return the examples of the records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meeting_examples, "founding_library", small_library)
        patch.setattr(meeting_examples, "meeting_records", records)
        return list(meeting_examples.meeting_examples())


def test_no_example_is_of_a_record_that_is_held_out(made: list[MeetingExample]) -> None:
    held_out = {record.name for record in records() if record.is_held_out}
    assert held_out
    shown = " ".join(sentence for example in made for sentence in (*example.answers, *example.others))
    for number, record in enumerate(records()):
        assert (f"This is record {number}." in shown) is not (record.name in held_out)
    assert len(made) == 2 * (20 - len(held_out))


def test_an_example_has_the_answers_apart_and_no_sentence_that_answers_in_part(made: list[MeetingExample]) -> None:
    answered, near_miss = made[:2]
    assert (answered.title, answered.day) == ("Quay board", date(2025, 3, 5))
    assert answered.answers == (f"Quay board: {MENDED}",)
    assert f"Quay board: {SOLD}" in answered.others
    assert not {f"Quay board: {MENDED}", f"Quay board: {BEFORE}"} & {*answered.others}
    assert near_miss.answers == ()
    assert {f"Quay board: {MENDED}", f"Quay board: {BEFORE}"} <= {*near_miss.others}


@pytest.mark.parametrize("seed", range(20))
def test_what_answers_is_labelled_so(seed: int) -> None:
    seed_drawing(seed)
    _, shown, labels = draw_of_meeting(EXAMPLE)
    assert labels == [float(sentence.startswith("yes")) for sentence in shown]
    assert 1 <= sum(labels) <= 2
    assert len(labels) == sum(labels) + 3


def test_a_near_miss_is_shown_the_best_sentences_and_nothing_that_answers() -> None:
    _, shown, labels = draw_of_meeting(MeetingExample("Who?", "", None, (), EXAMPLE.others))
    assert shown[:3] == ["no 0", "no 1", "no 2"]
    assert labels == [0.0] * 4


def test_some_questions_name_the_meeting_and_all_keep_their_words() -> None:
    seed_drawing(1)
    asked = Counter(draw_of_meeting(EXAMPLE)[0] for _ in range(400))
    assert all(question.casefold().startswith("when is the quay mended") for question in asked)
    assert {"When is the quay mended?", "When is the quay mended on 5 March 2025?"} <= set(asked)
    assert "When is the quay mended at the Quay board?" in asked
    assert 200 < asked["When is the quay mended?"] < 300


@pytest.mark.parametrize("seed", range(20))
def test_what_answers_a_public_question_is_labelled_so(seed: int) -> None:
    seed_drawing(seed)
    example = Example("Who met?", "Owls", ("yes.", "no 1.", "no 2.", "no 3.", "no 4."), frozenset({0}))
    _, shown, labels = draw_sentences(example, [])
    assert labels == [float("yes" in sentence) for sentence in shown] == [1.0, 0.0, 0.0, 0.0]


def test_each_example_is_drawn_once_in_an_epoch() -> None:
    def draw(number: int) -> Drawn:
        return str(number), [], []

    random.seed(1)
    found = list(batches(range(20), 2, draw))
    assert [len(batch) for batch in found] == [QUESTIONS_A_STEP, 20 - QUESTIONS_A_STEP] * 2
    assert Counter(question for batch in found for question, *_ in batch) == {str(number): 2 for number in range(20)}


def test_the_same_seed_draws_the_same() -> None:
    example = Example("Did Maria Sol meet in 1998?", "", ("Maria Sol met in 1998.", "It rained."), frozenset({0}))
    drawn = []
    for _ in range(2):
        seed_drawing(7)
        drawn.append([draw_sentences(example, ["Peter Ode"]) for _ in range(200)])
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1.0), (0.25, 1.5), (1.0, 3.0)])
def test_the_weights_after_count_by_their_share(share: float, expected: float) -> None:
    before, after = ({"layer": np.full(2, value, np.float16)} for value in (1, 3))
    found = mix(before, after, share)
    assert {name: values.tolist() for name, values in found.items()} == {"layer": [expected, expected]}
    assert found["layer"].dtype == np.float16
