"""Folding collapses white space, finds words, and keeps the place of each in the original text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.folded_text import folded, word_signs
from support import generated_texts as texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a  b\tc", "a b c"),
        ("a\nb\r\nc", "a b c"),
        ("a\n\nb\r\n \r\nc", "a\n\nb\n\nc"),
        ("\u3000a\u00a0b ", " a b "),
        ("", ""),
    ],
)
def test_a_run_of_white_space_is_a_space_or_a_paragraph_break(text: str, expected: str) -> None:
    assert folded(text).text == expected


@given(texts.texts)
def test_every_place_of_a_folded_text_is_known_in_the_text(text: str) -> None:
    fold = folded(text)
    for place, character in enumerate(fold.text):
        if not character.isspace():
            assert text[fold.origin(place)] == character
            assert fold.place(fold.origin(place)) == place
    assert "".join(fold.text.split()) == "".join(text.split())
    assert [fold.place(origin) for origin in range(len(text))] == sorted(fold.place(o) for o in range(len(text)))


def test_words_are_letters_together_and_marks_and_japanese_characters_alone() -> None:
    fold = folded("U.S. agreed on 12か国\n\nin-depth TrustSecure")
    assert [fold.text[start:end] for start, end in fold.words] == [
        *("U", ".", "S", ".", "agreed", "on", "12", "か", "国", "\n\n", "in", "-", "depth", "Trust", "Secure"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("112| actions", "", ""),
        ("1|12 actions", "1", "12"),
        ("on 1|.5 per cent", "1", ".5"),
        ("on 1.|5 per cent", "1.", "5"),
        ("1|,000", "1", ",000"),
        ("non|-elected", "non", "-elected"),
        ("non-|elected", "-non"[::-1], "elected"),
        ("Trieste|'s", "Trieste", "'s"),
        ("the end|. Then", "", ""),
        ("in Trust|Secure networks", "", ""),
        ("不|参加", "不", "参"),
        ("参加。|次", "", ""),
        ("|start", "", ""),
        ("end|", "", ""),
    ],
)
def test_a_place_inside_a_word_shows_the_rest_of_the_word(text: str, before: str, after: str) -> None:
    place = text.index("|")
    fold = folded(text.replace("|", ""))
    assert (fold.rest_before(place), fold.rest_after(place)) == (before, after)


@given(st.lists(st.text(min_size=1)))
def test_each_word_has_one_sign(words: list[str]) -> None:
    assert len(word_signs(words)) == len(words)
