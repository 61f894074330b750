"""Recognize the turns of a transcript by the speaker's name at their beginning."""

import pytest

from corpus.passages import split
from corpus.reading import document_from
from corpus.transcript import speaker_of


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("MR. DAY: The quay is short.", "MR. DAY"),
        ("**Ada Bo (chair):** Good evening.", "Ada Bo (chair)"),
        ("MR. DAY:", "MR. DAY"),
        ("Q Who pays for it?", ""),
        ("Q    — which was said before.", ""),
        ("**Question:** Who pays for it?", ""),
        ("Q-boats are slow: they are old.", None),
        ("Q3 was good: sales rose.", None),
        ("Questions were asked: all of them.", None),
        ("The quay is short: it ends at the mill.", None),
        ("Orlund:Westholm", None),
    ],
)
def test_a_turn_begins_with_its_speaker(words: str, speaker: str | None) -> None:
    assert speaker_of(words) == speaker


def test_a_turn_in_wrapped_lines_begins_a_paragraph() -> None:
    line = "MS. BO: We came to see the harbour of the island, which is as old as the town itself."
    text = "\n".join(
        (line, "It was closed when the two of us were there in the winter of the year before the last.", "")
    )
    turn = "Q So who pays for all of the repairs that the harbour of the island is going to need now?\n"
    document = document_from(text * 3 + turn + text, "a.txt", "text/plain")
    assert turn.strip() in [passage.text for passage in split(document, 1000)]
