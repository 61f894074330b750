"""Of a long message, the last question and the names are searched, and the reply says so."""

import pytest

from assistant.understanding.message import MessageLimits, focus

LIMITS = MessageLimits(words=20, names=2)
STORY = "We came to Lisbon by train with Ms. Okafor of the WTO and the WTO paid. It rained all day long in Porto. " * 3


def is_known(word: str) -> bool:
    return word in ("Lisbon", "WTO", "Porto", "We", "It")


def test_a_short_message_is_searched_whole() -> None:
    assert focus("Who signed the panda treaty in Lisbon?", is_known, LIMITS) is None


def test_the_last_question_is_searched_with_the_names_that_the_records_have() -> None:
    found = focus(STORY + "Who signed the panda treaty? Thank you for looking it up.", is_known, LIMITS)
    assert found is not None
    assert (found.text, found.names) == ("Who signed the panda treaty?", ("WTO", "Lisbon"))
    assert found.note == (
        "Your message has 80 words; its last sentences and the names in it were searched:"
        " “Who signed the panda treaty?”; names: WTO, Lisbon."
    )


def test_a_name_in_the_question_is_not_searched_twice() -> None:
    found = focus(STORY + "Who signed the panda treaty in Lisbon?", is_known, LIMITS)
    assert found is not None
    assert found.names == ("WTO", "Porto")


def test_without_a_question_the_last_two_sentences_are_searched() -> None:
    found = focus(STORY + "Pandas eat bamboo. The treaty says how much.", is_known, LIMITS)
    assert found is not None
    assert found.text == "Pandas eat bamboo. The treaty says how much."


def test_without_names_none_are_spoken_of() -> None:
    found = focus("It rained. " * 20 + "Who came?", is_known, LIMITS)
    assert found is not None
    assert found.note == "Your message has 42 words; its last sentences were searched: “Who came?”."


def test_a_sentence_without_an_end_is_cut_to_its_last_words() -> None:
    found = focus("panda " * 1999 + "treaty", is_known, LIMITS)
    assert found is not None
    assert (found.text, found.words) == ("panda " * 19 + "treaty", 2000)


@pytest.mark.parametrize("message", ["会議" * 400, "会議が開かれた。" * 40 + "誰が議長でしたか。"])
def test_japanese_writes_no_spaces_and_is_measured_too(message: str) -> None:
    found = focus(message, is_known, LIMITS)
    assert found is None or len(found.text) < len(message)
