"""Read figures in digits and in words."""

import pytest

from corpus.language.figures import figures, has_figure, join_groups


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12,000 people, 12\u00a0000 cars", ["12000"]),
        ("€1.5 and 1,5 in the 20th year", ["1.5", "20"]),
        ("twenty-five of Ninety", ["25", "90"]),
        ("twenty percent in the third year", ["20", "3"]),
        ("G20 and COVID-19", []),
        ("ſix or twenty-ſix, thİrty", ["20"]),
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
        ("4,500 and 4.500 and 4 500", "fr", "4,500 and 4.500 and 4500"),
        ("1.250,00 and 1,250.5 and 12,50 and 0,250", "en", "1.250,00 and 1,250.5 and 12,50 and 0,250"),
        ("May 5 250 members, item 4 500, 2031 250 000", "en", "May 5 250 members, item 4 500, 2031 250 000"),
    ],
)
def test_integers_are_joined_only_beyond_doubt(text: str, language: str, joined: str) -> None:
    assert join_groups(text, language) == joined
