"""An ensemble's cosines are weighted means of its encoders' cosines, in every language."""

from threading import Barrier

import numpy as np
import pytest

from index.models.encoder import Vectors, unit_rows
from index.models.ensemble import Ensemble
from support.word_counts import WordCounts

TEXTS = ["Ministers met there.", "A declaration was adopted.", "大臣会合が開催された。", "", "12 %"]
FIRST, SECOND = WordCounts("first"), WordCounts("second")


def encoder(weight: float = 0.25) -> Ensemble:
    return Ensemble(FIRST, SECOND, weight)


def test_its_vectors_have_unit_length_in_the_order_of_the_texts() -> None:
    vectors = encoder().encode_passages(TEXTS)
    assert unit_rows(vectors, len(TEXTS), "ensemble") is vectors
    for text, vector in zip(TEXTS, vectors, strict=True):
        np.testing.assert_allclose(encoder().encode_passages([text])[0], vector, atol=1e-6)


def test_no_text_gives_no_vector() -> None:
    assert len(encoder().encode_passages([])) == 0


def test_the_cosine_is_the_weighted_mean_of_the_two() -> None:
    passage, query = TEXTS[0], "Who met there?"
    plain = float(FIRST.encode_query(query) @ FIRST.encode_query(passage))
    found = float(encoder().encode_query(query) @ encoder().encode_passages([passage])[0])
    assert found == pytest.approx(0.75 * plain + 0.25 * plain * np.sqrt(1 - 0.2**2), abs=1e-5)


def test_a_japanese_question_is_compared_by_the_first_alone() -> None:
    query = encoder().encode_query("大臣会合はいつですか")
    near = encoder(0.25).encode_passages(TEXTS[:3]) @ query
    alone = FIRST.encode_passages(TEXTS[:3]) @ FIRST.encode_query("大臣会合はいつですか")
    np.testing.assert_allclose(near, np.sqrt(0.75) * alone, atol=1e-5)


def test_an_english_question_finds_japanese_no_farther_than_what_is_far_in_english() -> None:
    query = encoder().encode_query("unrelated words")
    english, japanese = encoder().encode_passages([TEXTS[1], TEXTS[2]]) @ query
    assert japanese >= english


def test_its_progress_counts_both_encoders() -> None:
    told: list[tuple[int, int]] = []
    encoder().encode_passages(TEXTS, lambda done, total: told.append((done, total)))
    assert told[-1] == (9, 9)


def test_another_weight_is_another_name() -> None:
    assert encoder(0.1).name != encoder(0.2).name


def test_a_question_in_another_language_is_compared_by_the_first_alone() -> None:
    question = "Welche Ministerinnen verabschiedeten diese Erklärung?"
    assert not encoder().encode_query(question)[len(FIRST.encode_query(question)) :].any()


class Meeting(WordCounts):
    """An encoder whose queries, but for the first, wait until both encoders read one."""

    def __init__(self, name: str, barrier: Barrier) -> None:
        super().__init__(name)
        self._barrier = barrier
        self._has_read = False

    def encode_query(self, text: str) -> Vectors:
        if self._has_read:
            self._barrier.wait()
        self._has_read = True
        return super().encode_query(text)


def test_after_the_first_query_both_encoders_read_at_the_same_time() -> None:
    barrier = Barrier(2, timeout=10)
    both = Ensemble(Meeting("first", barrier), Meeting("second", barrier), 0.25)
    one_after_the_other, side_by_side = both.encode_query("Who met there?"), both.encode_query("Who met there?")
    assert one_after_the_other.tobytes() == side_by_side.tobytes()


def test_no_progress_is_reported_for_the_text_that_stands_in_for_none_in_english() -> None:
    seen: list[tuple[int, int]] = []
    encoder().encode_passages(["会合が開かれた。"], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]
