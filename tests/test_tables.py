"""Read the rows of Markdown tables."""

import pytest

from corpus.reading import document_from
from corpus.tables import cells, column_names, row_sentence

TABLE = "## Costs\n\n| Item | 2023 (EUR) | Paid by |\n|---|---|---|\n| Fuel | 6,100 | Orlund |\n| Paint | 90 | |\n"


def columns_at(text: str, row: str) -> tuple[str, ...]:
    return column_names(document_from(text, "a.md", "text/markdown"), text.index(row))


def test_a_row_has_cells_and_other_text_has_none() -> None:
    assert cells("| Fuel | 6,100 | Orlund |") == ("Fuel", "6,100", "Orlund")
    assert cells("Fuel costs 6,100 euros.") == ()


@pytest.mark.parametrize("row", ["| Fuel", "| Paint"])
def test_every_row_has_the_column_names_of_its_table(row: str) -> None:
    assert columns_at(TABLE, row) == ("Item", "2023 (EUR)", "Paid by")


@pytest.mark.parametrize("row", ["## Costs", "| Item"])
def test_a_heading_and_the_column_names_have_none(row: str) -> None:
    assert columns_at(TABLE, row) == ()


def test_a_table_without_names_has_none() -> None:
    assert columns_at("## Costs\n\n| Fuel | 6,100 |\n| Paint | 90 |\n", "| Paint") == ()


def test_a_row_reads_as_a_sentence_with_units() -> None:
    columns = ("Item", "2023 (EUR)", "Paid by")
    assert row_sentence("| Fuel | 6,100 | Orlund |", columns) == "Item: Fuel; 2023: 6,100 EUR; Paid by: Orlund"
    assert row_sentence("| Paint | 90 | | 7 |", columns) == "Item: Paint; 2023: 90 EUR; 7"
    assert row_sentence("| Fuel | 6,100 |", ()) == "| Fuel | 6,100 |"
