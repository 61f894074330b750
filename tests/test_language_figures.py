"""Read figures in digits and in words."""

import pytest

from corpus.language.figures import figures, has_figure


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
