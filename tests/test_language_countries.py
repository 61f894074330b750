"""Find countries by name, abbreviation and adjective."""

import re

import pytest

from corpus.language.countries import also_called, countries, countries_in, country_named, country_pattern, is_country


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


@pytest.mark.parametrize(
    ("word", "country"),
    [("Dutch", "Netherlands"), ("u.k.", "United Kingdom"), ("韓国", "South Korea"), ("Peru", "Peru"), ("summit", None)],
)
def test_a_name_means_one_country(word: str, country: str | None) -> None:
    assert country_named(word) == country


def test_no_name_means_two_countries() -> None:
    names = [name.casefold() for country, others in countries().items() for name in (country, *others)]
    assert len(names) == len(set(names))


def test_the_pattern_of_names_takes_the_longest() -> None:
    match = re.match(country_pattern("Japanese"), "インドネシアが")
    assert match is not None
    assert match.group() == "インドネシア"
    assert re.fullmatch(country_pattern("Japanese"), "独") is None
    assert re.fullmatch(country_pattern("English"), "european union") is None


def test_the_countries_of_a_text_are_found_under_any_of_their_names() -> None:
    assert countries_in("Japan, the UK and South Korea met; turkey was served.") == {
        "Japan",
        "United Kingdom",
        "South Korea",
    }
