"""Answer who was at a meeting from a register whose marks a legend explains."""

import pytest

from corpus.reading import document_from
from support.minutes import first_line, quotes

LETTERS = document_from(
    """Mill Weir Trust
Autumn meeting
2 October 2025, 18:00, hall

Register (P = present, A = apologies, N = no apology)
Rev. Ole Dahl, chair ........ P
Ms Ada Bo, treasurer ........ A
Mr Cy Moll .................. P
Mr Uwe Falk ................. N
In attendance: Ms I. Kern (clerk)

1. Weir
1.1 The weir is leaking.
""",
    "october.txt",
    "text/plain",
)
SIGNS = document_from(
    """Mill Weir Trust
Minutes of 5 November 2025, hall

Attendance (+ present, e excused, - missing without excuse)
+ Rev. Ole Dahl
+ Ms Ada Bo
e Mr Cy Moll
- Mr Uwe Falk
In place of the chair Ms Bo acted as chair.
""",
    "november.txt",
    "text/plain",
)
LEGEND = "Register (P = present, A = apologies, N = no apology)"


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("Who stayed away without an apology?", ["Mr Uwe Falk ................. N"]),
        ("Who sent apologies?", ["Ms Ada Bo, treasurer ........ A"]),
        ("Was Mr Moll present?", ["Mr Cy Moll .................. P"]),
    ],
)
def test_a_mark_is_read_by_its_legend(question: str, lines: list[str]) -> None:
    assert quotes(question, LETTERS) == [LEGEND, *lines]


def test_those_present_are_counted() -> None:
    assert first_line("How many were present in October 2025?", LETTERS) == "2 listed, 1 in attendance"


def test_the_meetings_that_somebody_missed_are_found_in_all_registers() -> None:
    found = quotes("At which meetings was Mr Falk missing?", LETTERS, SIGNS)
    assert {line for line in found if "Falk" in line} == {"Mr Uwe Falk ................. N", "- Mr Uwe Falk"}


def test_who_took_the_chair_is_told_by_the_sentence() -> None:
    assert quotes("Who was in the chair on 5 November 2025?", SIGNS) == ["In place of the chair Ms Bo acted as chair."]


def test_a_day_without_a_meeting_is_refused() -> None:
    assert quotes("Was Mr Falk present on 3 December 2025?", LETTERS, SIGNS) == []


BRACKETS = document_from(
    """Mill Weir Trust
Annual meeting, 18 October 2025

(p) present (ap) apologies (ab) absent
Ada Bo, chairman (p)
Cy Moll, secretary (ap)
Uwe Falk (ab)

1. Weir
1.1 The weir is leaking.
""",
    "annual.txt",
    "text/plain",
)
TABLE = document_from(
    """# Mill watch, 2 May 2025

Key: Y here, L on leave, X absent without notice

| Name | Rank | 2 May |
|---|---|---|
| Ada Bo | Manager | Y |
| Cy Moll | Hand | L |
| Uwe Falk | Hand | X |
""",
    "watch.md",
    "text/markdown",
)


@pytest.mark.parametrize(
    ("question", "name"), [("Who sent apologies?", "Cy Moll"), ("Was Uwe Falk there?", "Uwe Falk")]
)
def test_marks_in_brackets_are_read(question: str, name: str) -> None:
    assert [line.partition(",")[0].partition(" (")[0] for line in quotes(question, BRACKETS)[1:]] == [name]


@pytest.mark.parametrize(
    ("question", "name"), [("Who was on leave on 2 May?", "Cy Moll"), ("Who was absent without notice?", "Uwe Falk")]
)
def test_the_words_of_a_mark_tell_two_marks_for_the_absent_apart(question: str, name: str) -> None:
    assert [line.strip("| ").split(" | ")[0] for line in quotes(question, TABLE)[1:]] == [name]
