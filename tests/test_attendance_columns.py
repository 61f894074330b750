"""Answer who was at which of several meetings from a table with a column for each."""

import pytest

from support.minutes import first_line, minutes, quotes

BOARD = minutes(
    "Harbour board, minutes of 14 May 2025",
    """## Attendance

| Name | Role | 15 Jan | 14 May |
|---|---|---|---|
| M. Duarte | Chair | present | x |
| E. Sato | Member | present | apologies |
| F. Quist | Member | absent | x |
| G. Rowe | Member | present | absent (ill) |""",
)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which members were not at the meeting of 14 May?", ["E. Sato", "G. Rowe"]),
        ("Who was absent?", ["E. Sato", "G. Rowe"]),
        ("Who was absent on 15 January?", ["F. Quist"]),
        ("Who sent apologies for May?", ["E. Sato"]),
        ("Who was present on 14 May 2025?", ["M. Duarte", "F. Quist"]),
        ("Was Quist there on 15 January?", ["F. Quist"]),
    ],
)
def test_the_column_of_the_day_is_read(question: str, names: list[str]) -> None:
    head, *rows = quotes(question, BOARD)
    assert head == "| Name | Role | 15 Jan | 14 May |"
    assert [row.strip("| ").split(" | ")[0] for row in rows] == names


def test_the_names_of_the_day_are_counted() -> None:
    assert first_line("How many were present on 15 January?", BOARD) == "3 listed"
