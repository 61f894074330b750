"""Find the cell that a question asks for by its row and its column, whatever the year of the record."""

import pytest

from assistant.understanding.filters.question_filters import question_filters
from corpus.reading import document_from
from support.minutes import first_line, minutes, quotes

SPRING = minutes(
    "Bowls Club, minutes of 12 March 2025",
    """Present: Ida Holm, Leo Park

## Accounts

| Item | Budget 2024 | Actual 2024 | Budget 2025 |
|---|---|---|---|
| Hire of the roller | 640 | 812 | 850 |
| Grass seed | 250 | 231 | 260 |

## Poll on the colour of the shed

| Colour | Votes |
|---|---|
| Type A | 83 |
| Type B | 41 |""",
)
EARLIER = minutes(
    "Greens of the Bowls Club, minutes of 8 May 2024",
    "Present: Ida Holm, Leo Park\n\nThe roller was checked. Its hire shall be paid each month.",
)


@pytest.mark.parametrize(
    ("question", "cell", "row"),
    [
        ("What did the hire of the roller actually cost in 2024?", "812", "Hire of the roller"),
        ("How much was budgeted for grass seed in 2025?", "260", "Grass seed"),
        ("What was the actual cost of grass seed in 2024?", "231", "Grass seed"),
        ("How many votes did Type A get?", "83", "Type A"),
        ("How many people voted for type B?", "41", "Type B"),
    ],
)
def test_a_cell_is_found_by_row_and_column(question: str, cell: str, row: str) -> None:
    assert first_line(question, SPRING, EARLIER) == cell
    assert [q.strip("| ").split(" | ")[0] for q in quotes(question, SPRING, EARLIER)][1:] == [row]


def test_a_row_without_a_column_that_is_asked_for_has_no_first_line() -> None:
    assert first_line("What did the grass seed cost?", SPRING) == "Bowls Club, minutes of 12 March 2025:"


@pytest.mark.parametrize("question", ["What did the hire of the boat cost in 2024?", "Who hired the roller in 2024?"])
def test_a_row_that_lacks_the_subject_is_no_answer(question: str) -> None:
    assert not quotes(question, SPRING, EARLIER)


def test_a_year_of_a_column_or_a_sentence_hides_no_record_of_another_year() -> None:
    report = document_from("Report\n\n15 April 2025\n\nThe ferry carried 912 people in 2024.", "r.txt", "text/plain")
    records = [SPRING, EARLIER, report]
    assert not question_filters("What did the hire of the roller actually cost in 2024?", records).filters.years
    assert not question_filters("How many people used the ferry in 2024?", records).filters.years
    assert question_filters("What did the members discuss in 2024?", records).filters.years == {2024}


def test_a_day_in_a_row_is_no_amount() -> None:
    tasks = """Present: Ida Holm

| Task | Owner | Due |
|---|---|---|
| Order the new mower | Leo Park | 28 May 2025 |
"""
    assert not quotes("How much does the new mower cost?", minutes("Bowls Club, minutes of 7 May 2025", tasks))


def test_who_did_something_in_a_month_asks_for_no_row_of_the_month() -> None:
    tasks = """Present: Ida Holm

| Task | Owner | Due |
|---|---|---|
| Mend the gate | Leo Park | 31 May 2025 |
"""
    assert not quotes("Who opened the May tasks?", minutes("Bowls Club, minutes of 7 June 2025", tasks))
