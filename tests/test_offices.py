"""Answer who chaired a meeting and took its notes, in minutes and in talk; refuse where nobody is named."""

import pytest

from assistant.answer import Abstention
from corpus.document import Document
from corpus.reading import document_from
from support.minutes import minutes, quotes, reply


def _text(name: str, text: str) -> Document:
    return document_from(text, f"{name}.txt", "text/plain")


CALL = _text(
    "call",
    "Reed team, call of 2 July 2025\n\n[09:00:04] Duarte: Good morning. Ms Sato is chairing today.\n"
    "[09:00:20] Sato: Thank you. Rowe takes the notes, please.\n[09:00:31] Rowe: Fine.\n[09:01:00] Duarte: So.\n",
)
WORKS = _text(
    "works",
    "WORKS COUNCIL OF THE MILL\nMeeting of 9 June 2025\n\nMR. OLSEN: I'm in the chair today.\nMS. HEIN: Good day.\n"
    "MR. BAKKER: I'll write the minutes.\nMS. HEIN: Good.\n",
)
TRUSTEES = minutes("Trustees of the Boathouse, 6 June 2025", "Chair: Wim de Boer. Notes: Carla Reis.")
WEBINAR = _text("webinar", "Webinar on reading\n4 March 2025\n\nParticipants: Noor Aziz, Ben Colt\n\nThey read.")


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Who chaired the call?", "Ms Sato is chairing today."),
        ("Who took the notes on the call of 2 July?", "Rowe takes the notes, please."),
        ("Who chaired the works council?", "I'm in the chair today."),
        ("Who wrote the minutes of the works council?", "I'll write the minutes."),
        ("Who led the trustees of the boathouse?", "Chair: Wim de Boer."),
        ("Who took the minutes of the trustees of the boathouse?", "Notes: Carla Reis."),
    ],
)
def test_the_words_that_name_the_chair_and_the_secretary_are_quoted(question: str, line: str) -> None:
    assert quotes(question, CALL, WORKS, TRUSTEES, WEBINAR) == [line]


@pytest.mark.parametrize("question", ["Who moderated the webinar?", "Who took the notes of the webinar?"])
def test_a_list_of_participants_names_no_chair(question: str) -> None:
    assert isinstance(reply(question, CALL, WORKS, TRUSTEES, WEBINAR), Abstention)
