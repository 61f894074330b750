"""Answer who was at a meeting from a column of presence, a sheet with a row for each meeting, and talk."""

from corpus.reading import document_from
from support.minutes import minutes, quotes

SCHOOL = minutes(
    "Orchard trustees, minutes of 5 March 2025",
    """## Attendance

| Name | Role | Present |
|---|---|---|
| Ona Birk | Chair | yes |
| Lars Holm | Trustee | yes |
| Pia Voss | Trustee | no – apologies |
| Emil Rask | Trustee | no – no apologies received |
| Nils Dahl | Accountant | item 2 only |""",
)
SHEET = minutes(
    "Toolshed register",
    """## Meetings

| Date | Place | Chair | Absent | Minutes by |
|---|---|---|---|---|
| 6 Feb 2025 | library | Ruth Lamm | nobody | Theo Gray |
| 5 Mar 2025 | online | Theo Gray | Ruth Lamm | Ines Poll |""",
)
CALL = document_from(
    """Tool shed call, 7 April 2025

Ada Lind  0:02
Welcome. Kurt can't make it, he is in Oslo. Pascal, could you take the minutes?

Pascal Ohm  0:20
Sure, I have paper.

Ada Lind  0:25
First, the saw. It is blunt.

Pascal Ohm  0:31
I can't make it sharp.
""",
    "call.txt",
    "text/plain",
)


def test_a_column_of_presence_tells_who_sent_no_apologies() -> None:
    head = "| Name | Role | Present |"
    without = "Who was absent without apologies at the March trustees meeting?"
    assert quotes(without, SCHOOL, SHEET) == [head, "| Emil Rask | Trustee | no – no apologies received |"]
    assert quotes("Who sent apologies?", SCHOOL) == [head, "| Pia Voss | Trustee | no – apologies |"]
    assert quotes("Who was in the chair?", SCHOOL) == [head, "| Ona Birk | Chair | yes |"]


SUMS = minutes(
    "Kite trustees, minutes of 5 March 2025",
    """## Attendance

| Name | Role | Present |
|---|---|---|
| Ona Birk | Chair | yes |
| Lars Holm | Trustee | yes |
| Emil Rask | Trustee | yes |
| Ida Lund | Trustee | yes |
| | Total | 4 |
| Seats | | 3 |
| Pia Voss | Trustee | |""",
)


def test_a_row_of_sums_and_an_empty_cell_are_no_attendance() -> None:
    assert quotes("Who was present?", SUMS) == [
        "| Name | Role | Present |",
        "| Ona Birk | Chair | yes |",
        "| Lars Holm | Trustee | yes |",
        "| Emil Rask | Trustee | yes |",
        "| Ida Lund | Trustee | yes |",
    ]


def test_the_row_of_the_meeting_tells_chair_and_absent() -> None:
    row = "| 5 Mar 2025 | online | Theo Gray | Ruth Lamm | Ines Poll |"
    for question in (
        "Who chaired the tool shed meeting in March?",
        "Who was absent at the toolshed meeting of 5 March?",
    ):
        assert quotes(question, SHEET) == ["| Date | Place | Chair | Absent | Minutes by |", row]


def test_talk_tells_who_takes_the_minutes_and_who_is_missing() -> None:
    expected = ["Kurt can't make it, he is in Oslo.", "Pascal, could you take the minutes?", "Sure, I have paper."]
    assert quotes("Who took the minutes of the tool shed call and who was missing?", CALL) == expected
