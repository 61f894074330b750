"""Read the days that a question asks for, and the rows and action items of these days."""

from datetime import date

import pytest

from assistant.minutes.day_range import asked_days, is_day_first, named_days
from support.minutes import first_line, minutes, quotes

MEETING = date(2025, 3, 12)
REEDS = minutes(
    "Reed Cutters' Board, minutes of 12 March 2025",
    """Present: Ida Holm, Leo Park

ACTION: Holm to book the barge by 14 March.
ACTION: Park to write to the port by 2 May.

| What | Owner | By when | Status |
|---|---|---|---|
| Buy rope | Ida | 9/4/2025 | open |
| Sell the old punt | Leo | 28/4/2025 | done |
| Mend the door | Leo | end of May | open |
| Roof | Ida | not yet known | open |

| Permit | Received | State |
|---|---|---|
| North bank | 3 January 2025 | granted |
| South bank | 20 February 2025 | pending |""",
)


@pytest.mark.parametrize(
    ("question", "told", "holds"),
    [
        ("due before August 2025", "31 July 2025", True),
        ("due before August 2025", "1 August 2025", False),
        ("due by the end of June", "30 June 2025", True),
        ("due by the end of June", "June 2026", False),
        ("due after 1 May", "2. Mai 2025", True),
        ("due after 1 May", "1 May 2025", False),
        ("due from 1 May", "2025-05-01", True),
        ("due between 1 July and 31 August 2025", "15.07.2025", True),
        ("due between June and August 2025", "1 September 2025", False),
        ("overdue on 3 July", "2 July 2025", True),
        ("overdue on 3 July", "3 July 2025", False),
        ("due in June", "7 June 2024", True),
        ("bis Ende Juni fällig", "1. Juli 2025", False),
        ("avant le 5 mai 2025", "4 mai 2025", True),
        ("antes del 3 de julio de 2025", "2 de julio de 2025", True),
        ("6月末まで", "2025年6月30日", True),
        ("due before 1 October 2025", "10/09/2025", False),  # of 9 October, if the month is in front
    ],
)
def test_a_date_is_among_the_days_that_are_asked_for_or_not(question: str, told: str, holds: bool) -> None:
    asked = asked_days(question)
    assert asked is not None
    assert [asked.holds(days, MEETING) for days in named_days(told)] == [holds]


def test_the_other_dates_of_a_column_tell_if_the_day_is_in_front() -> None:
    assert is_day_first(["9/4/2025", "28/4/2025"]) is True
    assert is_day_first(["9/4/2025", "4/28/2025"]) is False
    assert is_day_first(["9/4/2025"]) is None


@pytest.mark.parametrize("question", ["What did he say in May 2024 about June?", "Who was there?", "the second of two"])
def test_a_question_without_days_or_with_unrelated_ones_asks_for_none(question: str) -> None:
    assert asked_days(question) is None


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("Which action items are due before 15 April?", ["ACTION: Holm to book the barge by 14 March.", "Buy rope"]),
        (
            "Which open actions are due from 9 April to 31 May?",
            ["ACTION: Park to write to the port by 2 May.", "Buy rope", "Mend the door"],
        ),
        ("What has Leo to do before 1 May?", ["Sell the old punt"]),
        ("Which tasks are due after 28 April 2025?", ["ACTION: Park to write to the port by 2 May.", "Mend the door"]),
        ("Which open tasks of Ida were overdue on 1 May 2025?", ["Buy rope"]),
    ],
)
def test_action_items_are_compared_with_a_day(question: str, items: list[str]) -> None:
    found = [q.strip("| ").split(" | ")[0] for q in quotes(question, REEDS)]
    assert [words for words in found if words != "What"] == items


def test_rows_of_another_table_are_compared_with_a_day() -> None:
    assert quotes("Which permits were received before 1 February 2025?", REEDS)[1:] == [
        "| North bank | 3 January 2025 | granted |"
    ]


def test_action_items_of_some_days_are_counted() -> None:
    assert first_line("How many tasks are due between 1 April and 30 April?", REEDS) == "2 listed"


def test_a_second_table_begins_with_its_head() -> None:
    assert quotes("Which permits were received in January 2025?", REEDS)[0] == "| Permit | Received | State |"
