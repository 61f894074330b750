"""Tell English words and the slips that look like them."""

import pytest

from corpus.language.english import english_words


@pytest.mark.parametrize("word", ["meeting", "colour", "color", "deceleration", "weren", "finnish", "london"])
def test_common_words_of_both_spellings_and_names_are_english(word: str) -> None:
    assert word in english_words()


@pytest.mark.parametrize(
    "word", ["meting", "planing", "qwerty", "treshold", "bundesministerium", "quels", "Meeting", ""]
)
def test_slips_abbreviations_and_foreign_words_are_not(word: str) -> None:
    assert word not in english_words()


def test_the_list_holds_words_in_lower_case_of_plain_letters() -> None:
    assert len(english_words()) == 74_466
    assert all(word.isascii() and word.isalpha() and word.islower() for word in english_words())
