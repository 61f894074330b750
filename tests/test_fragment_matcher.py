"""Text directives are read and resolved as the specification says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.citations.fragment_matcher import TextDirective, find

PAGE = """Ministers' Talks — Results

The quick fox jumped. The lazy dog slept.
The quick cat jumped, and the dog slept (again).

E-commerce & Société: 1,000 firms
参加国は12か国であった。次回は東京で開催する。
The  quick   cat rested in the U.S. and don't ask."""


def found(directive: str, wrapped: bool = False) -> str | None:
    parsed = TextDirective.parse(f"https://example.org/#:~:{directive}")
    assert parsed is not None
    span = find(parsed, PAGE, wrapped)
    return None if span is None else span.of(PAGE)


@pytest.mark.parametrize(
    ("directive", "words"),
    [
        ("text=lazy dog", "lazy dog"),
        ("text=LAZY%20DOG", "lazy dog"),
        ("text=societe", "Société"),
        ("text=quick cat rested", "quick   cat rested"),
        ("text=The lazy,slept", "The lazy dog slept"),
        ("text=quick,slept", "quick fox jumped. The lazy dog slept"),
        ("text=quick,dog,-slept (", "quick fox jumped. The lazy dog slept.\nThe quick cat jumped, and the dog"),
        ("text=cat-,jumped", "jumped"),
        ("text=quick,-cat", "quick"),
        ("text=The-,quick,-cat rested", "quick"),
        ("text=Results-,The quick", "The quick"),  # a neighbour may stand in another block
        ("text=slept.-,The quick", "The quick"),
        ("text=E%2Dcommerce%20%26%20Soci%C3%A9t%C3%A9", "E-commerce & Société"),
        ("text=1%2C000", "1,000"),
        ("text=%E6%AC%A1%E5%9B%9E%E3%81%AF,%E9%96%8B%E5%82%AC%E3%81%99%E3%82%8B%E3%80%82", "次回は東京で開催する。"),
        ("x=1&text=fox&text=dog", "fox"),
    ],
)
def test_a_directive_finds_its_words(directive: str, words: str) -> None:
    assert found(directive) == words


@pytest.mark.parametrize(
    "directive",
    [
        "text=azy dog",  # starts inside a word
        "text=lazy do",
        "text=lazy,do",
        "text=lazy,og",
        "text=000",  # no word of 1,000
        "text=U.S,-. and x",
        "text=don",
        "text=azy-,dog",
        "text=lazy,-do",
        "text=dog,fox",  # the end comes before the start
        "text=slept. The quick",  # goes on over a line
        "text=cat-,slept",
        "text=no such words",
        "text=fox,-slept",
    ],
)
def test_what_the_specification_excludes_is_not_found(directive: str) -> None:
    assert found(directive) is None


def test_a_prefix_needs_no_word_end_and_a_suffix_no_word_start() -> None:
    assert (found("text=1-,%2C000 firms"), found("text=E,-%2Dcommerce")) == (",000 firms", "E")


def test_wrapped_lines_are_one_block_up_to_a_blank_line() -> None:
    assert found("text=slept. The quick", wrapped=True) == "slept.\nThe quick"
    assert found("text=Results The quick", wrapped=True) is None


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "https://example.org/#text=a", "https://example.org/#:~:text=", "https://example.org/#:~:a=b",
     "https://example.org/#:~:text=a,b,c", "https://example.org/#:~:text=a-", "https://example.org/#:~:text=-,a"],
)  # fmt: skip
def test_an_address_without_a_sound_directive_has_none(address: str) -> None:
    assert TextDirective.parse(address) is None


_terms = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.builds(TextDirective, _terms, *[st.none() | _terms] * 3))
def test_a_written_directive_is_read_back(directive: TextDirective) -> None:
    assert TextDirective.parse(f"https://example.org/a?b#c:~:{directive}") == directive
