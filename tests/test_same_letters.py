"""The letters that two programs read alike on a page are found where they differ in many places."""

import random

import pytest

from assistant.verification.readers.pdf_lines import ReportLine
from assistant.verification.readers.pdf_seen import Apart, seen_lines
from assistant.verification.readers.pdf_shown import PageLetters
from assistant.verification.readers.same_letters import same_letters
from assistant.verification.readers.shown import HIDDEN


def _letters(number: int, seed: int = 1) -> str:
    return "".join(random.Random(seed).choices("abcdefghijklmnopqrstuvwxyz", k=number))


@pytest.mark.parametrize("number", [40, 3_500, 18_000])
def test_all_other_letters_are_found_where_each_fiftieth_differs(number: int) -> None:
    one = _letters(number)
    other = "".join("#" if at % 50 == 0 else letter for at, letter in enumerate(one))
    assert same_letters(one, other) == {at: at for at in range(number) if at % 50}


@pytest.mark.parametrize(
    ("one", "other", "places"),
    [
        ("", "", []),
        ("abc", "", []),
        ("abc", "abc", [0, 1, 2]),
        ("office", "oﬃce", [0, None, None, None, 2, 3]),
        ("aaaa", "aa", [0, 1, None, None]),
        ("aabb", "aaXbb", [0, 1, 3, 4]),
    ],
)
def test_letters_are_found_in_short_texts(one: str, other: str, places: list[int | None]) -> None:
    assert same_letters(one, other) == {at: place for at, place in enumerate(places) if place is not None}


def test_parts_in_another_order_are_not_mixed_up() -> None:
    first, second = _letters(1_500, seed=2), _letters(2_000, seed=3)
    assert same_letters(first + second, second + first) == {1_500 + at: at for at in range(2_000)}


def test_letters_are_found_once_and_in_order() -> None:
    for seed in range(300):
        one = "".join(random.Random(seed).choices("ab", k=60))
        other = one[:20] + one[30:45] + one[25:] + one[:9]
        found = list((same_letters(one, other) or {}).items())
        assert all(one[at] == other[place] for at, place in found)
        assert found == sorted(found)
        assert len({place for _, place in found}) == len(found)


def test_a_page_that_is_too_long_to_be_compared_is_named() -> None:
    apart = Apart()
    lines = [ReportLine("y" * 30_000, page=4)]
    assert seen_lines(lines, PageLetters("x" * 30_000, {0: HIDDEN}), apart) == lines
    assert apart.not_looked_at == [4]
