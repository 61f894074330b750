"""Keep who will chair the next meeting apart from who was at this one."""

from support.minutes import minutes, quotes

CLUB = minutes(
    "Oar Club, minutes of 6 May 2025",
    """Present: Ida Holm (chair), Leo Park

## 1. Boats

Two boats were sold.

## 2. Next meeting

3 June 2025. Ms Bea Cole will chair.
""",
)


def test_who_will_chair_was_not_there() -> None:
    assert quotes("Who was present?", CLUB) == ["Present: Ida Holm (chair), Leo Park"]
    assert quotes("Who chaired the meeting?", CLUB) == ["Present: Ida Holm (chair), Leo Park"]


def test_the_next_meeting_has_the_chair_to_come() -> None:
    assert quotes("Who will chair the next meeting?", CLUB)[-1] == "Ms Bea Cole will chair."


def test_the_dot_of_a_title_ends_no_list_of_names() -> None:
    club = minutes("Rowing Club, minutes of 6 May 2025", "Present: Mrs H. Holm (chair), Rev. P. Lund, Cllr. B. Cole")
    assert quotes("Who chaired the meeting?", club) == ["Present: Mrs H. Holm (chair), Rev. P. Lund, Cllr. B. Cole"]


def test_who_chairs_is_not_said_to_chair_the_next_meeting() -> None:
    club = minutes(
        "Row Club, minutes of 6 May 2025", "Present: Ida Holm (chair), Leo Park\n\nNext meeting: 3 June 2025."
    )
    assert "Present: Ida Holm (chair), Leo Park" not in quotes("Who will chair the next meeting?", club)
