"""Answer when the next meeting is: in the line of the newest record of each body, whatever its layout."""

import pytest

from corpus.document import Document
from corpus.reading import document_from
from support.minutes import minutes, quotes


def _text(name: str, text: str) -> Document:
    return document_from(text, f"{name}.txt", "text/plain")


OLD_CHOIR = minutes("Choir of Hask, minutes of 8 May 2024", "Present: Ida Holm\n\nNext meeting: 11 September 2024.")
CHOIR = minutes(
    "Choir of Hask, minutes of 12 March 2025",
    "At the next meeting the treasurer reports by 5 May.\n\nNext meeting: 10 April 2025, same room.",
)
BOARD = minutes("Reed board, minutes of 3 March 2025", "## Date of next meeting\n\nTuesday, 25 March 2025 in the mill")
CLUB = minutes(
    "Bowls club, minutes of 4 March 2025", "| | |\n|---|---|\n| Next meeting | 7 April 2025 |\n| Bring | shoes |"
)
TALK = _text(
    "works",
    "Works team\nMeeting of 9 June 2025\n\nIda Holm: Good day.\nLeo Park: Good day.\nIda Holm: The crane is here.\n"
    "Leo Park: We meet again on 7 July at ten.\n",
)
TRUSTEES = _text(
    "trust", "Trustees of the Mill\nMinutes of 6 June 2025\n\nPresent: Ida Holm\n\nFollowing session: 4 July 2025.\n"
)


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("When does the choir meet again?", ["Next meeting: 10 April 2025, same room."]),
        ("Date of next meeting of the reed board?", ["Tuesday, 25 March 2025 in the mill"]),
        ("When is the following session of the bowls club?", ["| Next meeting | 7 April 2025 |"]),
        ("When does the works team meet next?", ["We meet again on 7 July at ten."]),
        ("Where is the next session of the trustees of the mill?", ["Following session: 4 July 2025."]),
        (
            "When is the next meeting?",
            [
                "We meet again on 7 July at ten.",
                "Following session: 4 July 2025.",
                "Next meeting: 10 April 2025, same room.",
                "| Next meeting | 7 April 2025 |",
                "Tuesday, 25 March 2025 in the mill",
            ],
        ),
    ],
)
def test_the_line_on_the_next_meeting_of_each_body_is_quoted(question: str, lines: list[str]) -> None:
    assert quotes(question, OLD_CHOIR, CHOIR, BOARD, CLUB, TALK, TRUSTEES) == lines


@pytest.mark.parametrize("question", ["What is on the agenda of the next meeting?", "When do the rowers meet again?"])
def test_another_question_or_another_body_has_no_such_line(question: str) -> None:
    assert not quotes(question, CHOIR, BOARD)


CALL = document_from(
    "Ada Bo (00:00:03): The nets are torn.\n\nCy Day (00:00:15): I'll mend them. When do we meet next?\n\n"
    "Ada Bo (00:00:21): Tuesday the second of June, same time. Thanks all.\n",
    "net call.txt",
    "text/plain",
)
HEARING = document_from(
    "EEL INQUIRY\n\nTHE CHAIR: We shall hear Ms Bo tomorrow.\n\nMR DAY: I am grateful.\n\nTHE CHAIR: Thank you.\n\n"
    "(The hearing adjourned until 10.00 am on Thursday, 15 January 2026)\n",
    "eels.txt",
    "text/plain",
)


def test_the_reply_to_a_question_of_a_talk_for_the_next_meeting_is_quoted() -> None:
    assert quotes("When is the next net call?", CALL) == ["Tuesday the second of June, same time."]


def test_the_day_until_which_a_hearing_is_adjourned_is_that_of_the_next() -> None:
    line = "(The hearing adjourned until 10.00 am on Thursday, 15 January 2026)"
    assert quotes("When does the eel inquiry sit next?", HEARING, BOARD) == [line]
