"""Find who was at a meeting: the question, and the participants of a record by group, label or list."""

import pytest

from assistant.reading.attendance import attendance_lists, names_in
from assistant.reading.lists.find import lists_of
from assistant.understanding.attendance import asks_for_attendance
from corpus.document import Document
from corpus.passages import split
from corpus.reading import document_from, founding_records


def participants(document: Document) -> list[str]:
    passages = split(document, 1000)
    return [item.text for one in attendance_lists(passages, lists_of(passages)) for item in one.items]


def of_text(text: str) -> list[str]:
    return participants(document_from(text, "a.md", "text/markdown"))


def test_the_groups_below_a_heading_are_the_participants_without_a_remark_on_them() -> None:
    groups = participants(founding_records()[0])
    assert [group.split()[0] for group in groups] == ["G20", "Countries", "International"]


def test_a_labelled_line_of_minutes_names_the_participants() -> None:
    text = "# Harbour board\n\n**Present:** Ms. Ada Bo (chair), Mr. Cy Day\n\n**Minutes:** Mr. Cy Day\n\nIt rained."
    assert of_text(text) == ["**Present:** Ms. Ada Bo (chair), Mr. Cy Day"]


def test_a_list_below_a_lead_in_names_the_participants() -> None:
    text = "# Ports\n\nThe following ports were represented:\n\n- Orlund: Ms. Ada Bo\n- Westholm\n"
    assert of_text(text) == ["Orlund: Ms. Ada Bo", "Westholm"]


def test_commitments_of_participants_are_no_participants() -> None:
    text = "# Ports\n\nParticipants made these commitments:\n\n- Orlund will build a new quay.\n- Westholm will wait.\n"
    assert of_text(text) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who attended?", True),
        ("Which countries took part in the talks?", True),
        ("Who was at the April meeting?", True),
        ("会合に出席した国はどこですか", True),
        ("Who presented the plan?", False),
        ("Who was elected?", False),
    ],
)
def test_a_question_for_participants_is_recognized(question: str, expected: bool) -> None:
    assert asks_for_attendance(question) is expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Countries: Jordan, Spain, and Vietnam", 3),
        ("**Present:** Ms. Ada Bo (chair), Mr. Cy Day", 2),
        ("It rained, and they went home. Nobody came.", 0),
    ],
)
def test_names_of_an_enumeration_are_counted(text: str, count: int) -> None:
    assert len(names_in(text)) == count
