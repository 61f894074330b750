"""Names, adjectives and abbreviations of countries, of which a question and a record may use different ones."""

import re
from functools import cache

from corpus.language.scripts import is_cjk
from corpus.language.word_lists import word_table


@cache
def countries() -> dict[str, tuple[str, ...]]:
    """Return the English name of each country with its other names, adjectives and abbreviations."""
    table = word_table("countries.toml")
    return {name: tuple(others) for name, others in table.items()}


def also_called(name: str) -> tuple[str, ...]:
    """Return the other English names and adjectives of a country, in lower case; empty for a word that names none."""
    return tuple(other for other in _names_of(name) if other != name.casefold())


def is_country(word: str) -> bool:
    """Return True if a word is a country's name or adjective; "us" is one only in capitals."""
    return bool(_names_of(word)) and (word.casefold() != "us" or word.isupper())


def country_named(word: str) -> str | None:
    """Return the English name of the country that a name, adjective or abbreviation means; None for another word."""
    return _countries_by_name().get(word.casefold())


def countries_in(text: str) -> set[str]:
    """Return the English names of the countries that a text names in English, with capitals."""
    return {country for match in _in_english().finditer(text) if (country := country_named(match.group()))}


@cache
def _in_english() -> re.Pattern[str]:
    capitals = (name for name in _names_as_written() if name[0].isupper() and not is_cjk(name))
    return re.compile(rf"\b(?:{'|'.join(re.escape(n) for n in sorted(capitals, key=len, reverse=True))})(?!\w)")


def _names_as_written() -> list[str]:
    return [name for country, others in countries().items() for name in (country, *others)]


def country_pattern(script: str) -> str:
    """Return a regular expression's alternatives for the names of all countries: "English" or "Japanese" ones.

    Left out are the European Union, whose presidency is that of a member, and 独, which ends other words.
    """
    named = _countries_by_name().items()
    names = (name for name, country in named if country != "European Union" and len(name) > 1)
    chosen = (re.escape(name) for name in names if is_cjk(name) is (script == "Japanese"))
    return "|".join(sorted(chosen, key=len, reverse=True))


def _names_of(word: str) -> tuple[str, ...]:
    country = country_named(word)
    return tuple(n.casefold() for n in (country, *countries()[country]) if not is_cjk(n)) if country else ()


@cache
def _countries_by_name() -> dict[str, str]:
    return {name.casefold(): country for country, others in countries().items() for name in (country, *others)}
