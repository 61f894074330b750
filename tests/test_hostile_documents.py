"""Documents that are small to send and costly to keep are refused by their reader in one line."""

import pytest

from corpus.errors import CorpusError
from corpus.limits import Limits
from corpus.reading import read_bytes

FEW = Limits(pieces=100)


@pytest.mark.parametrize(
    "text", ["Go! " * 101, "はい。" * 101, "「はい」！" * 101, "I go. Then he went home.\n\n" * 51, "はい\n" * 101]
)
def test_a_document_of_countless_sentences_is_refused(text: str) -> None:
    with pytest.raises(
        CorpusError, match=r"^a\.txt: 10[0-9] (sentences|headings, .*) are over the limit of 100; split"
    ):
        read_bytes(text.encode(), "a.txt", FEW)


@pytest.mark.parametrize(
    "text", ["Go! " * 99, "はい。" * 99, "It grew by 1.5 to 2.5 per cent " * 80, "Nobody spoke ... " * 60]
)
def test_one_of_many_points_but_few_sentences_is_read(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt", FEW).text == text
