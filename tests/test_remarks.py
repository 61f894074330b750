"""Find what a person said: turns of a transcript, and sentences that go on about one person."""

import pytest

from assistant.reading.remarks import remarks_of, sentences_that_go_on, turns, turns_of
from corpus.passages import Passage, split
from corpus.reading import document_from
from corpus.span import Span

HEARING = """Hearing on the harbour

CHAIR (MS. ADA BO): Good evening.

MR. DAY: The quay is short. It will be longer.

That takes a year.

Q Who pays for it?

MR. DAY: The town pays.

CHAIR (MS. ADA BO): Good night.
"""


def passages_of(text: str) -> list[Passage]:
    return split(document_from(text, "a.txt", "text/plain"), 1000)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "What did Mr. Day say?",
            ["MR. DAY: The quay is short. It will be longer.", "That takes a year.", "MR. DAY: The town pays."],
        ),
        ("What did Ms. Bo say?", ["CHAIR (MS. ADA BO): Good evening.", "CHAIR (MS. ADA BO): Good night."]),
        ("What did the chair say?", ["CHAIR (MS. ADA BO): Good evening.", "CHAIR (MS. ADA BO): Good night."]),
        ("What did Ms. Fox say?", []),
    ],
)
def test_all_turns_of_a_speaker_are_found(question: str, expected: list[str]) -> None:
    said = [item.text for turn in turns_of(question, passages_of(HEARING)) for item in remarks_of(turn)]
    assert said == expected


def test_a_question_from_the_floor_belongs_to_no_speaker() -> None:
    assert [turn.speaker for turn in turns(passages_of(HEARING))].count("") == 1


def test_labels_that_occur_once_make_no_transcript() -> None:
    assert turns(passages_of("Ports\n\nPlace: Orlund\n\nChair: Ada Bo\n")) == []


STORY = "Ports\n\nMs. Bo said that the quay is short. She asked for a crane. Mr. Day agreed.\n\nShe left.\n"


def test_sentences_go_on_about_a_person_until_another_subject() -> None:
    passages = passages_of(STORY)
    start = STORY.index("Ms. Bo")
    found = [item.text for item in sentences_that_go_on(passages, Span(start, start + 34))]
    assert found == ["Ms. Bo said that the quay is short.", "She asked for a crane."]
