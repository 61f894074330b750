"""A range of characters in a document's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of a text in Unicode code points; never empty.

    Raises:
        ValueError: start is negative, or end is not beyond start.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not start={self.start}, end={self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of the text in this range."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Return True if the two spans share a character."""
        return self.start < other.end and other.start < self.end


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the range without white space at its ends; None when it has nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
