"""Misspelt words are corrected by the records' own words; names stay unchanged."""

import pytest

from assistant.understanding.message import correct_spelling

WORDS = frozenset({"workshop", "measuring", "economy", "pairs", "takasaki", "ministers", "trust"})


def mended(question: str) -> str:
    return correct_spelling(question, lambda: WORDS, lambda word: word in WORDS, lambda word: word == "takasaki")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("expert worksohp", "expert workshop"),
        ("mesuring the econmy", "measuring the economy"),
        ("in takasaky", "in takasaki"),
        ("in Takasaky", "in Takasaki"),
        ("WORKSOHP", "Workshop"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "question", ["in Paris", "the workshop", "trus", "a wrkshp far away", "会議です", "the treaty of Lisbon"]
)
def test_a_name_a_known_word_and_a_far_one_stay(question: str) -> None:
    assert mended(question) == question
