"""Read the rows of Markdown tables."""

import pytest

from corpus.document import Block, Document, Kind, Source, sha256_of
from corpus.reading import document_from
from corpus.span import Span
from corpus.tables import cells, column_names, is_header, row_sentence

TABLE = "## Costs\n\n| Item | 2023 (EUR) | Paid by |\n|---|---|---|\n| Fuel | 6,100 | Orlund |\n| Paint | 90 | |\n"


def columns_at(text: str, row: str) -> tuple[str, ...]:
    return column_names(document_from(text, "a.md", "text/markdown"), text.index(row))


def test_a_row_has_cells_and_other_text_has_none() -> None:
    assert cells("| Fuel | 6,100 | Orlund |") == ("Fuel", "6,100", "Orlund")
    assert cells("Fuel costs 6,100 euros.") == ()
    assert cells("A1 | | May") == ("A1", "", "May")
    assert cells("| | Paint | May |") == ("", "Paint", "May")


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


def bars(rows: str) -> Document:
    """Return a document with rows as Word files and PDF files have them."""
    blocks, at = [], 0
    for line in rows.splitlines():
        blocks.append(Block(Kind.LIST_ITEM, Span(at, at + len(line)), Span(at, at + len(line))))
        at += len(line) + 1
    return Document("a.docx", "a", rows, tuple(blocks), Source(sha256_of(rows), "text/plain"))


def test_the_first_row_between_bars_names_the_columns_where_it_has_no_figures() -> None:
    rows = "Item | Cost\nFuel | 6,100\nPaint | 90"
    assert column_names(bars(rows), rows.index("Fuel")) == ("Item", "Cost")
    assert is_header(bars(rows), 0)
    assert not is_header(bars(rows), rows.index("Fuel"))
    assert row_sentence("Fuel | 6,100", ("Item", "Cost")) == "Item: Fuel; Cost: 6,100"


@pytest.mark.parametrize("rows", ["Fuel | 6,100\nPaint | 90", "Place | Hask\nChair | A. Bo", "Fuel | 6,100"])
def test_rows_that_are_alike_have_no_names(rows: str) -> None:
    assert column_names(bars(rows), rows.rindex("\n") + 1 if "\n" in rows else 0) == ()
