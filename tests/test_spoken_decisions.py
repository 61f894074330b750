"""Answer what became of something in a talk: the outcome some turns on, in other words, with its own votes."""

import pytest

from corpus.reading import document_from
from support.minutes import minutes, quotes

CALL = document_from(
    """Lighthouse club, call of 4 May 2025

Ines Falk  0:02
Good. First item, the boat house. Tom?

Tom Reed  0:10
My suggestion is that we paint the boat house green.

Ava Lind  0:20
Green fades in a year.

Tom Reed  0:26
Blue fades too.

Ines Falk  0:31
I hear two people against it. Then it's off the table.

Ines Falk  0:40
Second item. Ava, you asked for a bell.

Ava Lind  0:44
Yes, a brass bell for the pier, at ninety euros.

Tom Reed  0:50
I like it.

Ines Falk  0:55
Anyone against? No. Good, that's agreed then.

Ines Falk  1:02
Third, the lamp.

Tom Reed  1:06
The lamp flickers in the wind.

Ines Falk  1:10
I don't know enough. So let's leave it open until June.
""",
    "call.txt",
    "text/plain",
)
CAPTIONS = document_from(
    """(0:01) We come to item four, the orchard. The board wants to sell the orchard for forty thousand. My father
planted it. Then we vote. In favour, nineteen. Against? Forty. So it's rejected. Item five is the motion to buy a press.

(1:01) It costs three thousand pounds. The vote. In favour, fifty-one. Against, eight. Abstentions, none. The press is
approved. Item six, the gate. We propose to leave out the vote on the gate until autumn. Any objection? I see none.
Then we move on.
""",
    "captions.txt",
    "text/plain",
)
HEARING = document_from(
    """COMMITTEE ON FORESTS
Hearing of 2 April 2025

THE CHAIR: Good morning. We hear the ranger.
MR. HOLM: The beetle has reached the north slope.
MS. ODA: I move that the Committee visit the north slope.
THE CHAIR: Is that agreed? It is agreed.
THE CHAIR: There was also the map of the paths. As it came late I propose that we hold it over. Agreed.
""",
    "hearing.txt",
    "text/plain",
)


@pytest.mark.parametrize(
    ("question", "record", "expected"),
    [
        (
            "Was it agreed to paint the boat house green?",
            CALL,
            [
                "My suggestion is that we paint the boat house green.",
                "Then it's off the table.",
            ],
        ),
        ("Did they accept the lamp?", CALL, ["Third, the lamp.", "So let's leave it open until June."]),
        (
            "Did the members agree to sell the orchard?",
            CAPTIONS,
            [
                "The board wants to sell the orchard for forty thousand.",
                "So it's rejected.",
            ],
        ),
        (
            "How many were in favour of the press?",
            CAPTIONS,
            [
                "Item five is the motion to buy a press.",
                "In favour, fifty-one. Against, eight. Abstentions, none. The press is approved.",
            ],
        ),
        (
            "Was the map of the paths adopted?",
            HEARING,
            ["There was also the map of the paths. As it came late I propose that we hold it over. Agreed."],
        ),
    ],
)
def test_an_outcome_is_quoted_with_what_was_decided(question: str, record: object, expected: list[str]) -> None:
    found = quotes(question, record)  # type: ignore[arg-type]
    assert found == expected


@pytest.mark.parametrize(
    "question", ["Was the anchor approved?", "Did they accept a new engine for the boat?", "Was the fading approved?"]
)
def test_what_nobody_decided_on_has_no_outcome(question: str) -> None:
    assert not quotes(question, CALL, CAPTIONS, HEARING)


def test_a_question_from_when_gets_the_day_behind_the_outcome() -> None:
    text = "## 3. Rooms\n\n3.1 Ms Hein proposed a ban on candles.\n\n3.2 The Board adopted the "
    text += "proposal by five votes to one. It takes effect on 1 June 2025."
    record = minutes("House board", f"Minutes of 4 May 2025\n\n{text}")
    assert quotes("Ban on candles: adopted, and from when?", record)[-1] == "It takes effect on 1 June 2025."
    assert (
        quotes("Was the ban on candles adopted?", record)[-1]
        == "3.2 The Board adopted the proposal by five votes to one."
    )


def test_the_day_of_a_vote_to_come_is_not_that_of_another_decision() -> None:
    assert quotes("Was the press approved?", CAPTIONS)
    assert not quotes("When will the press be approved?", CAPTIONS)
    assert quotes("When was the press approved?", CAPTIONS)
