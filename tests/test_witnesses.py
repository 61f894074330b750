"""Answers of a hearing marked "A." are those of the witness named above the questions."""

import pytest

from corpus.reading import document_from
from corpus.speech import speakers, speeches

HEARING = """LOCK INQUIRY

The chair opened the hearing.

{}

Q. Where were you in March, when the lock was closed?

A. On the quay, with the boats.

Q. Who closed it?

A. The keeper closed it in the night.
"""


def about(text: str) -> list[str]:
    return [speech.about for speech in speeches(document_from(text, "a.txt", "text/plain"))]


@pytest.mark.parametrize(
    "line",
    ["MR CY DAY (affirmed)", "CY DAY (recalled)\nExamination by MS LIND", "CY DAY,\nhaving been duly sworn, replied:"],
)
def test_the_witness_is_the_last_name_in_capitals_above_the_questions(line: str) -> None:
    assert about(HEARING.format(line)) == ["A (CY DAY)", "A (CY DAY)"]


def test_each_witness_has_the_answers_below() -> None:
    second = "MS EVE Q. BO (sworn)\n\nQ. And you?\n\nA. I was at home with the keeper.\n"
    document = document_from(f"{HEARING.format('MR CY DAY (affirmed)')}\n{second}", "a.txt", "text/plain")
    assert speakers(document) == ("CY DAY", "EVE Q. BO")


@pytest.mark.parametrize("line", ["OPENING STATEMENT (continued)", "Cy Day sat down.", "MR CY DAY WAS ABSENT."])
def test_other_lines_name_no_witness(line: str) -> None:
    assert about(HEARING.format(line)) == ["A", "A"]
