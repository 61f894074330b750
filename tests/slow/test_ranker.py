"""Test the ranker with its real weights."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from index.models.ranker import CrossEncoder, load_ranker
from index.settings import Settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ranker() -> CrossEncoder:
    found = load_ranker(Settings(ranker=True))
    assert isinstance(found, CrossEncoder)
    return found


def test_the_sentence_that_answers_comes_first(ranker: CrossEncoder) -> None:
    texts = [
        "Talks: The ministers adopted a declaration.",
        "Talks: The meeting was held in Trieste, Italy.",
        "Talks: For further information, write to the division in charge.",
    ]
    assert int(ranker.score("Where was the meeting held?", texts).argmax()) == 1


def test_the_order_of_the_texts_is_kept_and_each_is_scored_alone(ranker: CrossEncoder) -> None:
    texts = ["Talks: " + "They met. " * n for n in range(1, 40)]
    together = ranker.score("Who met?", texts)
    with ThreadPoolExecutor(8) as users:
        alone = [float(score[0]) for score in users.map(lambda text: ranker.score("Who met?", [text]), texts)]
    assert together.tolist() == alone  # bit for bit, or an answer would depend on who else asks
    assert ranker.score("Who met?", []).shape == (0,)


def test_japanese_skips_it(ranker: CrossEncoder) -> None:
    assert (ranker.knows("Who met?"), ranker.knows("誰が会いましたか")) == (True, False)


def test_it_can_be_switched_off() -> None:
    assert load_ranker(Settings(ranker=False)) is None
