"""Choose all that a person said: the turns of a speaker, and the sentences in which a record reports it."""

import pytest

from assistant.reading.lists.remarks import remarks_in
from corpus.passages import Passage, split
from corpus.reading import document_from
from index.search.filters import Filters

HEARING = """Hearing on the harbour

CHAIR (MS. ADA BO): Good evening.

MR. DAY: The quay is short. It will be longer.

That takes a year.

Q Who pays for it?

MR. DAY: The town pays.

CHAIR (MS. ADA BO): Good night.
"""
STORY = "Ports\n\nMs. Bo said that the quay is short. She asked for a crane. Mr. Day agreed.\n\nShe left.\n"


def passages_of(text: str) -> list[Passage]:
    return split(document_from(text, "a.txt", "text/plain"), 1000)


def said(text: str, *speakers: str) -> list[str]:
    return [item.text for item in remarks_in(passages_of(text), Filters(speakers=frozenset(speakers)))]


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("MR. DAY", ["The quay is short. It will be longer.", "That takes a year.", "The town pays."]),
        ("MS. ADA BO", ["Good evening.", "Good night."]),
        ("MS. FOX", []),
    ],
)
def test_all_turns_of_a_speaker_are_found_without_their_labels(speaker: str, expected: list[str]) -> None:
    assert said(HEARING, speaker) == expected


def test_each_reported_sentence_is_an_item() -> None:
    assert said(STORY, "Bo") == ["Ms. Bo said that the quay is short.", "She asked for a crane."]


def test_of_a_long_turn_the_first_sentence_is_quoted() -> None:
    long = HEARING.replace("It will be longer.", "It will be longer. " * 40)
    assert said(long, "MR. DAY")[0] == "The quay is short."


def test_the_sentence_that_announces_remarks_is_no_remark() -> None:
    text = "# Talks\n\nMr. Olsen made the following remarks:\n\n- Cranes are needed.\n- Rail is slow.\n"
    passages = split(document_from(text, "a.md", "text/markdown"), 1000)
    items = [item.text for item in remarks_in(passages, Filters(speakers=frozenset({"Olsen"})))]
    assert items == ["Cranes are needed.", "Rail is slow."]
