"""Make training examples for the ranker: labelled sentences, and questions about another name."""

import random

import pytest

from benchmarks.ranker_training.examples import Example, names_in, overlap, swapped

EXAMPLE = Example(
    "When did Maria Sol meet the council in 1998?",
    "Council",
    ("Maria Sol met the council in 1998.", "It rained."),
    frozenset({0}),
)


def test_names_are_years_and_words_with_a_capital_that_do_not_begin_the_question() -> None:
    assert names_in(EXAMPLE.question) == ["Maria Sol", "1998"]
    assert names_in("Where is it?") == []


@pytest.mark.parametrize("seed", range(20))
def test_a_swapped_question_is_answered_by_no_sentence(seed: int) -> None:
    found = swapped(EXAMPLE, ["Peter Ode", "1950"], random.Random(seed))
    assert found
    assert found.positive == frozenset()
    assert found.question != EXAMPLE.question
    asked = set(names_in(found.question)) - set(names_in(EXAMPLE.question))
    assert len(asked) == 1
    assert not any(name in sentence for name in asked for sentence in EXAMPLE.sentences)


def test_a_question_that_names_nothing_is_not_swapped() -> None:
    assert swapped(Example("Who met?", "", ("They met.",), frozenset({0})), ["Peter Ode"], random.Random(1)) is None


def test_overlap_is_the_share_of_the_questions_words() -> None:
    assert overlap("rainy council", EXAMPLE.sentences[0]) == 0.5
    assert overlap("the", EXAMPLE.sentences[0]) == 0.0
