"""Compare texts by their letters and digits, and measure how much of one stands in another."""

from itertools import pairwise

import pytest

from corpus.language.similarity import NEARLY_SAME, letters, nearly_same, share
from corpus.reading import founding_records

METI, MIC = founding_records()[2:4]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Data free flow with trust”, they said.", '"Data Free Flow with Trust", they said.'),
        ("cross-border data", "cross-\nborder  data"),
        ("T rieste, 5 August", "Trieste, 5 August"),
        ("１２３ data", "123 data"),
        ("29–30 April", "29-30 April"),
        ("• The ministers (all) met.", "The ministers [all] met"),
        ("会合が 開催された。", "会合が開催された"),
        ("Zürich", "Zu\u0308rich"),
    ],
)
def test_two_printings_of_the_same_words_agree(one: str, other: str) -> None:
    assert letters(one) == letters(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It rose by 1.5 per cent.", "It rose by 15 per cent."),
        ("Articles 3-5", "Articles 35"),
        ("rows 3 5", "rows 35"),
        ("It fell to -5 degrees.", "It fell to 5 degrees."),
        ("They confirm it.", "They reaffirm it."),
        ("the Swedish law", "the Belgian law"),
        ("naïve", "naive"),
    ],
)
def test_a_letter_or_a_digit_makes_another_text(one: str, other: str) -> None:
    assert letters(one) != letters(other)


def test_marks_alone_are_no_letters() -> None:
    assert letters(" — … \n") == ""


def test_the_share_counts_runs_of_eight_words() -> None:
    words = [f"w{i}" for i in range(20)]  # 13 runs
    assert share(" ".join(words), " ".join(words)) == 1.0
    assert share(" ".join(words), " ".join(words[:15])) == pytest.approx(8 / 13)
    assert share(" ".join(words[:15]), " ".join(words)) == 1.0
    assert share(" ".join(words), "other words") == 0.0


def test_a_text_of_a_few_words_is_looked_for_whole() -> None:
    assert share("Four came.", "They say that four came, and left.") == 1.0
    assert share("", "Four came.") == 0.0


def test_a_copy_with_another_footer_and_other_lines_is_nearly_the_same() -> None:
    wrapped = METI.text.replace(". ", ".\n").replace("cross-border", "cross-\nborder")
    copy = f"Page 1 of 3\n{wrapped}\n\nShare this page. Subscribe to our letters. Back to the top."
    assert nearly_same(copy, METI.text)
    assert nearly_same(METI.text, copy)


def test_an_excerpt_is_nearly_the_same_as_the_whole() -> None:
    assert nearly_same(METI.text[: len(METI.text) // 3], METI.text)


def test_no_two_founding_records_are_nearly_the_same() -> None:
    for one, other in pairwise((*founding_records(), founding_records()[0])):
        assert not nearly_same(one.text, other.text)


def test_two_accounts_of_one_meeting_are_far_from_the_same() -> None:
    assert share(MIC.text, METI.text) < NEARLY_SAME / 4
