"""Read figures in digits and in words."""

import pytest

from corpus.language.figures import clock_times, figures, group_marks, has_figure, join_groups


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12,000 people, 12\u00a0000 cars", ["12000"]),
        ("€1.5 and 1,5 in the 20th year", ["1.5", "20"]),
        ("twenty-five of Ninety", ["25", "90"]),
        ("twenty percent in the third year", ["20", "3"]),
        ("G20 and COVID-19", []),
        ("ſix or twenty-ſix, thİrty", ["20"]),
        ("Twelve thousand four hundred and eighty boats", ["12480"]),
        ("four hundred and twenty-five, then two million", ["425", "2"]),
        ("three thousand and five hundred in one port", ["3500", "1"]),
    ],
)
def test_a_figure_has_one_form(text: str, values: list[str]) -> None:
    assert list(figures(text)) == values


@pytest.mark.parametrize(("text", "expected"), [("one of none", False), ("two of them", True), ("in 1 case", True)])
def test_one_is_a_figure_only_in_digits(text: str, expected: bool) -> None:
    assert has_figure(text) is expected


@pytest.mark.parametrize(
    ("text", "language", "joined"),
    [
        ("1,250,000 or 1 250 000 or 1.250.000 or 1'250'000", "fr", "1250000 or 1250000 or 1250000 or 1250000"),
        ("4,500 and 4.500", "en", "4500 and 4.500"),
        ("4,500 and 4.500", "de", "4,500 and 4500"),
        ("4,500 and 4.500 and 4 500", "fr", "4,500 and 4500 and 4500"),
        ("4,500 and 4.500 and 4 500", "ru", "4,500 and 4.500 and 4500"),
        ("1.250,00 and 1,250.5 and 12,50 and 0,250", "en", "1.250,00 and 1,250.5 and 12,50 and 0,250"),
        ("May 5 250 members, item 4 500, 2031 250 000", "en", "May 5 250 members, item 4 500, 2031 250 000"),
    ],
)
def test_integers_are_joined_only_beyond_doubt(text: str, language: str, joined: str) -> None:
    assert join_groups(text, group_marks("", language)) == joined


@pytest.mark.parametrize(
    ("text", "language", "marks"),
    [
        ("", None, {","}),
        ("It has 61.300 members.", "en", {","}),
        ("See items 3,5 of it.", "en", {","}),
        ("It has 61.300 kilograms.", "en", {","}),
        ("It has 61.300 members and 2.5 rooms.", "en", {","}),
        ("It has 1.250.000 crowns.", "en", {"."}),
        ("It rose by 3,5 per cent.", None, {"."}),
        ("See 3,5 and 2.5.", None, {","}),
        ("It has 1,250,000 crowns.", "de", {","}),
        ("Am 4.5.2031 um 9.30", "de", {"."}),
        ("", "ru", set()),
    ],
)
def test_numbers_of_one_convention_decide_which_mark_groups(text: str, language: str | None, marks: set[str]) -> None:
    assert group_marks(text, language) == marks


@pytest.mark.parametrize(
    "text",
    [
        "1.234 kg of fish", "5.250 litres", "2.750 metres", "1.250 per cent", "12.400 hours", "1.459 euros", "€1.459",
        "1.250 shows that", "version 1.250 brings", "section 2.100 requires", "1.234 of the ships",
        "1.234 metric tonnes", "a rate of 1.250, members", "61.30 visitors",
        "4.375 shares for each bond", "€1.500 per litre", "an average of 2.500 children", "73.500 crowns",
    ],
)  # fmt: skip
def test_one_point_divides_off_decimals_whatever_is_behind_it(text: str) -> None:
    assert join_groups(text, frozenset(",")) == text


@pytest.mark.parametrize(
    "text",
    ["In phase 2 500 people", "On day 3 250 members", "In group 4 120 people", "In round 2 500 boats", "im Mai 2 500",
     "in phases 2 500 people", "**Phase** 2 500 people", "ronda 2 500 barcos"],
)  # fmt: skip
def test_the_number_of_a_part_is_not_joined_with_the_figure_behind_it(text: str) -> None:
    assert join_groups(text, frozenset(",")) == text
    before, _, behind = text.partition(" 2 ")
    assert not behind or join_groups(f"2 {behind}", frozenset(","), f"{before} ") == f"2 {behind}"


def test_a_quantity_behind_about_is_joined() -> None:
    assert join_groups("about 12 000 people", frozenset(",")) == "about 12000 people"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("In Saal 3 am Markt war es laut.", []),
        ("It began at 3 am and ended at 4:30 am Monday, not at 5 a.m. Monday.", ["3:00", "4:30", "5:00"]),
    ],
)
def test_a_number_before_a_german_am_and_a_noun_is_no_hour(text: str, times: list[str]) -> None:
    assert [time for time, _ in clock_times(text)] == times
