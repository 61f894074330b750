"""Answer what became of a motion in a talk: the motion with the outcome some turns on."""

import pytest

from corpus.reading import document_from
from support.minutes import quotes

TALK = document_from(
    """WORKS COUNCIL OF THE MILL
Meeting of 9 June 2025

MR. OLSEN: Good day.
MS. HEIN: I move that the auditor be summoned.
MR. OLSEN: Is there a seconder?
MR. BAKKER: I cannot support that. The price falls in winter.
MR. OLSEN: Anyone else? I hear none. The motion falls.
MS. HEIN: Then I move that overtime be paid monthly.
MR. BAKKER: Seconded.
MR. OLSEN: All in favour? Three. Carried.
MR. BAKKER: I move that the canteen be painted.
MS. HEIN: Why now?
""",
    "works.txt",
    "text/plain",
)
AUDITOR = ["I move that the auditor be summoned.", "I hear none.", "The motion falls."]
OVERTIME = ["Then I move that overtime be paid monthly.", "Carried."]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Was the auditor summoned?", AUDITOR),
        ("What happened to the motion on the auditor?", AUDITOR),
        ("Which motions failed?", AUDITOR),
        ("Will overtime be paid monthly?", OVERTIME),
        ("What was decided on overtime?", OVERTIME),
    ],
)
def test_a_motion_is_quoted_with_its_outcome(question: str, expected: list[str]) -> None:
    assert quotes(question, TALK) == expected


@pytest.mark.parametrize("question", ["Was the canteen painted?", "Was the auditor paid?", "Who spoke of the auditor?"])
def test_a_motion_without_outcome_or_another_subject_is_none(question: str) -> None:
    assert not quotes(question, TALK)


@pytest.mark.parametrize(
    ("between", "is_told"),
    [
        ("I withdraw my objection to the motion.", True),
        ("Objection withdrawn.", True),
        ("If the motion is rejected, we lose the money.", True),
        ("Last year the motion was rejected.", True),
        ("The motion of 2019 was rejected.", True),
        ("The pier motion was rejected.", True),
        ("The motion has not been withdrawn.", True),
        ("I rejected the motion.", True),
        ("The motion fails.", False),
        ("I withdraw the motion.", False),
    ],
)
def test_an_outcome_is_no_condition_no_former_one_and_of_no_other_thing(between: str, is_told: bool) -> None:
    text = f"""BOAT CLUB
Meeting of 9 June 2025

MR. OLSEN: Good day.
MS. HEIN: I move that we buy the red boat for the club.
MR. BAKKER: {between}
MR. OLSEN: All in favour? Three to one. The motion carries.
MS. HEIN: Thank you.
"""
    expected = ["I move that we buy the red boat for the club.", "The motion carries."] if is_told else []
    assert quotes("Did the motion to buy the red boat pass?", document_from(text, "boat.txt", "text/plain")) == expected
