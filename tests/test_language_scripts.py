"""Classify characters by their script."""

import re

import pytest

from corpus.language.scripts import (
    CJK,
    KANA,
    KANJI,
    KATAKANA,
    count_cjk,
    count_kana,
    count_words,
    is_cjk,
    is_cjk_text,
)


@pytest.mark.parametrize(
    ("word", "cjk"), [("会合", True), ("カナダ", True), ("々", True), ("G20会合", False), ("", False)]
)
def test_a_word_is_cjk_by_its_first_character(word: str, cjk: bool) -> None:
    assert is_cjk(word) is cjk


def test_the_middle_dot_is_part_of_words_and_no_kana() -> None:
    assert [bool(re.search(f"[{script}]", "・")) for script in (CJK, KANA, KATAKANA, KANJI)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_text_is_cjk_when_more_than_a_third_of_it_is() -> None:
    assert is_cjk_text("G20 会合が")
    assert not is_cjk_text("G20 会合, held online")
    assert not is_cjk_text("")


def test_characters_are_counted_by_script() -> None:
    assert count_cjk("G20の会合、2020年") == 4
    assert count_kana("G20の会合・カナダ") == 4


def test_words_are_counted_with_and_without_spaces() -> None:
    assert count_words("The quay is short.") == 4
    assert count_words("岸壁の補修が承認された。") == 5
