"""Find the row label and the column heads of a cell in a table whose cells are merged over several columns and rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# Rows at the top of a table that may name a column, one below the other: "2024" above "Plan" and "Result".
_MOST_HEADS = 3


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell of a table.

    Attributes:
        element: what the file has for it; equal to no other cell's.
        columns: the number of columns that it spans.
        rows: the number of rows that it spans, where the cell states it.
        continues_above: True if it belongs to the cell above it.
    """

    element: Any
    columns: int = 1
    rows: int = 1
    continues_above: bool = False


class TableGrid:
    """The elements of a table by the columns that they cover.

    Args:
        rows: the cells of each row, in order.
    """

    def __init__(self, rows: Iterable[Iterable[MergedCell]]) -> None:
        self._rows: list[list[Any]] = []
        self._places: dict[Any, tuple[int, int]] = {}
        # By column: the element of a row above that covers further rows, and how many.
        self._spanning: dict[int, tuple[Any, int]] = {}
        for row in rows:
            self._rows.append(self._columns_of(row))

    def label_of(self, element: Any) -> Any | None:
        """Return the element in the first column of a cell's row; None for that itself."""
        row, column = self._places.get(element, (0, 0))
        return self._rows[row][0] if column else None

    def heads_of(self, element: Any) -> list[Any]:
        """Return the elements that name the column of a cell, highest first: below one of several columns the next."""
        row, column = self._places.get(element, (0, 0))
        heads: list[Any] = []
        for above in self._rows[: min(row, _MOST_HEADS)]:
            head = above[column] if column < len(above) else element
            if head != element and head not in heads:
                heads.append(head)
            if above.count(head) == 1:
                break
        return heads

    def _columns_of(self, row: Iterable[MergedCell]) -> list[Any]:
        above = self._rows[-1] if self._rows else []
        columns: list[Any] = []
        spanning = self._spanning
        self._spanning = {column: (element, left - 1) for column, (element, left) in spanning.items() if left > 1}
        for cell in row:
            while len(columns) in spanning:
                columns.append(spanning[len(columns)][0])
            start, end = len(columns), len(columns) + cell.columns
            self._places[cell.element] = len(self._rows), start
            columns += [above[start] if cell.continues_above and start < len(above) else cell.element] * cell.columns
            if cell.rows > 1:
                self._spanning |= dict.fromkeys(range(start, end), (cell.element, cell.rows - 1))
        while len(columns) in spanning:
            columns.append(spanning[len(columns)][0])
        return columns
