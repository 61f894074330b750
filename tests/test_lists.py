"""Find the lists of a record by its structure: items below an announcement, sections, rows, numbers in a paragraph."""

import pytest

from assistant.reading.lists.find import introduces_list, lists_of
from corpus.passages import Passage, split
from corpus.reading import document_from, founding_records

APRIL, JULY, METI, MIC, TAKASAKI = (split(record, 1000) for record in founding_records())


def passages_of(text: str) -> list[Passage]:
    return split(document_from(text, "a.md", "text/markdown"), 1000)


def items(passages: list[Passage], announcement: str) -> list[str]:
    """Return the items of the longest list whose announcement has some words."""
    found = [one for one in lists_of(passages) if announcement in one.announcement]
    return [item.text for item in max(found, key=lambda one: len(one.items)).items] if found else []


def test_the_items_below_a_lead_in_are_its_list() -> None:
    assert [item.split()[0:3:2] for item in items(APRIL, "following key points")] == [
        ["Connections", "the"],
        ["It", "essential"],
        ["It", "essential"],
        ["It", "essential"],
    ]


def test_a_lead_in_leads_to_the_lists_of_the_sections_behind_it() -> None:
    assert len(items(METI, "following eleven areas")) == 11
    assert items(MIC, "following topics")[-3:] == [
        "Digital Tools for Public Services and Their Continuity",
        "Digital Identity",
        "Agile Regulation",
    ]


def test_a_heading_over_a_list_leads_to_its_items_and_no_further() -> None:
    assert items(MIC, "2. Digital government")[0] == "Digital Tools for Public Services and Their Continuity"
    assert len(items(MIC, "2. Digital government")) == 3


def test_sections_of_text_are_items_of_their_heading_with_the_first_sentence_of_each() -> None:
    found = items(JULY, "Key points of ministerial statement")
    assert len(found) == 5
    assert found[2].startswith("Smart Cities\n")
    assert found[2].endswith(".")


def test_sections_without_numbers_end_where_their_form_changes() -> None:
    assert len(items(TAKASAKI, "Points of the Ministerial Declaration are as follows")) == 6


def test_numbers_in_a_paragraph_are_a_list_up_to_the_end_of_its_last_sentence() -> None:
    text = (
        "Talks\n\nMs. Bo asked for three things: (1) a bridge; (2) a ferry; and (3) a road. Mr. Cy agreed. They left."
    )
    assert items(passages_of(text), "three things") == ["(1) a bridge;", "(2) a ferry; and", "(3) a road."]


@pytest.mark.parametrize("text", ["It was (2) late and (3) dark.", "Ada (1) left. Bo stayed."])
def test_numbers_that_do_not_begin_at_one_or_stand_alone_are_no_list(text: str) -> None:
    assert lists_of(passages_of(f"Talks\n\n{text}")) == []


def test_nested_items_belong_to_the_list_and_to_the_item_that_announces_them() -> None:
    text = "The board agreed:\n\n- to open the hall\n- to repair:\n    - the roof\n    - the door\n- to meet in May\n"
    assert items(passages_of(text), "board agreed") == [
        "to open the hall",
        "to repair:",
        "the roof",
        "the door",
        "to meet in May",
    ]
    assert items(passages_of(text), "to repair") == ["the roof", "the door"]


def test_lines_of_one_sentence_behind_a_colon_are_a_list() -> None:
    text = "Talks\n\nThe decisions are:\n\nThe hall is opened.\n\nThe roof is repaired.\n\nIt rained. We left.\n"
    assert items(passages_of(text), "decisions") == ["The hall is opened.", "The roof is repaired."]


TABLE = "## Tasks\n\n| Task | Who | Due |\n|---|---|---|\n| Roof | Ada | 1 May |\n| Door | Bo | 2 June |\n"


def test_the_rows_of_a_table_are_items_and_its_first_row_their_columns() -> None:
    found = lists_of(passages_of(TABLE))[0]
    assert found.columns == ("Task", "Who", "Due")
    assert [item.text for item in found.items] == ["| Roof | Ada | 1 May |", "| Door | Bo | 2 June |"]


def test_every_row_of_a_table_without_column_names_is_an_item() -> None:
    passages = passages_of("## Tasks\n\n| Roof | Ada | 1 May |\n| Door | Bo | 2 June |\n")
    assert [len(found.items) for found in lists_of(passages)] == [2]


def test_a_long_item_is_cited_as_its_first_sentence_and_once() -> None:
    long = "The bridge is closed. " + "It was built of stone and wood long ago. " * 40
    found = items(passages_of(f"They agreed:\n\n- {long}\n- The road is open.\n"), "They agreed")
    assert found == ["The bridge is closed.", "The road is open."]


def test_a_list_of_400_items_is_found_whole() -> None:
    text = "The ports are:\n\n" + "".join(f"- Port {number}\n" for number in range(400))
    assert len(items(passages_of(text), "ports")) == 400


def test_a_record_that_is_one_paragraph_has_no_list() -> None:
    assert lists_of(passages_of("The board met and spoke of ports. " * 200)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We agreed on these points:", True),
        ("They are as follows.", True),
        ("The following topics were discussed. Each was important.", True),
        ("The following day they met in Rome again.", False),
        ("次の点で一致した。", True),
        ("The tasks are set out below.", True),
        ("See below for the sums of each port.", True),
        ("Grants below 4,000 crowns need no vote.", False),
        ("Nobody builds below the dam.", False),
    ],
)
def test_a_lead_in_is_recognized_by_its_end(text: str, expected: bool) -> None:
    assert introduces_list(passages_of(f"Talks\n\n{text}\n\n- one\n- two")[1]) is expected


def test_more_than_26_numbers_in_a_paragraph_are_one_list() -> None:
    numbered = " ".join(f"({n}) item {n} of the plan;" for n in range(1, 31))
    passages = split(document_from(f"The members agreed on these points: {numbered}", "a.md", "text/markdown"), 5000)
    assert [len(one.items) for one in lists_of(passages)] == [30]
