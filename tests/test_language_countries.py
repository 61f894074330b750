"""Find countries by name, abbreviation and adjective."""

import pytest

from corpus.language.countries import also_called, is_country


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("American", "united states"),
        ("british", "united kingdom"),
        ("German", "germany"),
        ("米国", "united states"),
        ("UAE", "united arab emirates"),
    ],
)
def test_a_country_is_also_called_by_its_other_names(said: str, written: str) -> None:
    assert written in also_called(said)
    assert said.casefold() not in also_called(said)


def test_another_word_has_no_other_names() -> None:
    assert also_called("summit") == ()


def test_us_is_a_country_only_in_capitals() -> None:
    assert (is_country("US"), is_country("us")) == (True, False)
