"""Find what a speaker said of the item that somebody called, and refuse names that nobody near spoke of."""

from corpus.reading import document_from
from corpus.talk import call_at

CALL = document_from(
    """Quay club, call of 4 May 2025

Ines Falk  0:02
First item is the crane in shed two.

Tom Reed  0:10
It stands crooked.

Ines Falk  0:20
Second, the bell.

Tom Reed  0:26
I would sell it.
""",
    "call.txt",
    "text/plain",
)


def test_the_item_of_a_turn_is_the_last_that_was_called() -> None:
    assert call_at(CALL, CALL.text.index("It stands")) == "First item is the crane in shed two."
    assert call_at(CALL, CALL.text.index("I would sell")) == "Second, the bell."
    assert call_at(CALL, 0) == ""
