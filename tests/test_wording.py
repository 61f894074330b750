"""Put counts and lists into words, and choose the language of a reply."""

import pytest

from assistant.wording import count, join_words, reply_language


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_words_are_joined_with_or(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


def test_words_are_joined_with_another_word_that_is_given() -> None:
    assert join_words(["a", "b", "c"], "and") == "a, b and c"


@pytest.mark.parametrize(("number", "words"), [(0, "0 records"), (1, "1 record"), (1200, "1,200 records")])
def test_a_noun_is_in_the_plural_unless_there_is_one(number: int, words: str) -> None:
    assert count(number, "record") == words


def test_a_question_with_kana_has_its_reply_in_japanese() -> None:
    assert (reply_language("会合はいつですか"), reply_language("When was it?")) == ("ja", "en")
