"""Refuse questions that cannot be searched, and remove invisible characters from the others."""

import pytest

from assistant.understanding.validate import QuestionRefused, validate, visible_text


@pytest.mark.parametrize("question", ["", "  \n", "?!", "\u200b\u202e", "\x1b[31m \x1b[0m"])
def test_a_question_without_words_is_refused(question: str) -> None:
    with pytest.raises(QuestionRefused, match="the question is empty"):
        validate(question)


def test_the_longest_question_is_accepted_and_a_longer_one_refused() -> None:
    assert len(validate("a" * 19_999)) == 19_999
    with pytest.raises(QuestionRefused, match="the limit is 19,999"):
        validate("a" * 20_000)


def test_half_a_character_is_refused_with_its_position() -> None:
    with pytest.raises(QuestionRefused, match="character 4 of the question is broken"):
        validate("Who\ud83d?")


def test_a_question_that_can_be_searched_is_returned_unchanged() -> None:
    assert validate("  Who\tcame? ") == "  Who\tcame? "


@pytest.mark.parametrize(
    ("question", "visible"),
    [
        ("Who\x00came?", "Who came?"),
        ("Who ca\u200bme\u202e?", "Who came?"),
        ("\x1b[31mWho\x1b[0m came?", "Who came?"),
        ("会議\n議長", "会議 議長"),
    ],
)
def test_invisible_characters_are_removed(question: str, visible: str) -> None:
    assert visible_text(question) == visible
