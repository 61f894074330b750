"""Find forums by name and publishers by their other names."""

import re

import pytest

from corpus.language.organizations import find_forums, forum_in, other_publisher_names


@pytest.mark.parametrize(
    ("title", "forum"),
    [
        ("Results of the g20 talks", "G20"),
        ("G7サミットの結果", "G7"),
        ("Leaders of the Group of Seven", "G7"),
        ("ASEAN-U.S. Leaders' Statement", "ASEAN"),
        ("Talks on the margins of the G20 Summit", None),
        ("Remarks ahead of the 2023 G7 Summit", None),
        ("Talks of the Quad on the sidelines of the G20", "Quad"),
        ("B20 talks; apa itu?", None),
    ],
)
def test_a_forum_is_the_one_that_met(title: str, forum: str | None) -> None:
    assert forum_in(title) == forum


def test_short_names_of_forums_are_found_with_their_places() -> None:
    assert find_forums("At the G20 and the Quad, not at g77 or the OECDs.") == [("G20", 7), ("Quad", 19)]
    assert find_forums("g20, quad, G77b", re.IGNORECASE) == [("G20", 0), ("Quad", 5)]


def test_a_publisher_has_other_names() -> None:
    assert "経済産業省" in other_publisher_names("METI")
    assert other_publisher_names("White House") == ()
