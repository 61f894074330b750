"""Answer what one person has to do: in tables, lists of mails and talk, by first name, namesake and number."""

import pytest

from corpus.reading import document_from
from support.minutes import minutes, quotes

CLUB = minutes(
    "Kayak club, minutes of 3 June 2025",
    """Present: Ada Holm, Karl Holm, Ruth Lamm

## Actions

| No. | Action | Who | By when | Status |
|---|---|---|---|---|
| 25/07 | Buy two paddles | Ada Holm | 30 June | open |
| 25/08 | Mend the trailer | Karl Holm | 15 June | done |
| 25/09 | Ask the harbour for a key | A. Holm | 1 July | in progress |
| 25/10 | Paint the rack | Karl Holm | 1 August | open |""",
)
MAIL = document_from(
    """# Notes of the call of 3 June

Minutes of the call.

Open tasks from my list:

- Ruth: poster for the fair, by 9 June
- Karlo: keys for the shed, by 4 July
- Bente: cake
""",
    "notes.md",
    "text/markdown",
)
CALL = document_from(
    """Choir call, 3 June 2025

Ada Lind  0:02
First, the hall. Who could ring the school?

Mara Poll  0:10
I could speak to the caretaker, he knows me.

Ada Lind  0:16
Lovely. Do that.

Ruth Poll  0:20
I'd have preferred to wait until May, honestly.

Ada Lind  0:25
Good, Mara orders the notes, until 30 June.

Ada Lind  0:31
Ruth please print the posters.

Ruth Poll  0:36
I'll do that this week.
""",
    "call.txt",
    "text/plain",
)
HEAD = "| No. | Action | Who | By when | Status |"


@pytest.mark.parametrize(
    ("question", "record", "expected"),
    [
        (
            "Tasks of Ada Holm that are still open",
            CLUB,
            [
                HEAD,
                "| 25/07 | Buy two paddles | Ada Holm | 30 June | open |",
                "| 25/09 | Ask the harbour for a key | A. Holm | 1 July | in progress |",
            ],
        ),
        (
            "status of action 25/09?",
            CLUB,
            [HEAD, "| 25/09 | Ask the harbour for a key | A. Holm | 1 July | in progress |"],
        ),
        ("karlo - what to do & by when", MAIL, ["Karlo: keys for the shed, by 4 July"]),
        (
            "What is Mara supposed to do?",
            CALL,
            ["I could speak to the caretaker, he knows me.", "Good, Mara orders the notes, until 30 June."],
        ),
        ("What does Ruth Poll have to do?", CALL, ["Ruth please print the posters.", "I'll do that this week."]),
    ],
)
def test_only_the_tasks_of_the_person_are_quoted(question: str, record: object, expected: list[str]) -> None:
    assert quotes(question, record) == expected  # type: ignore[arg-type]


def test_a_family_name_that_ends_like_a_verb_takes_on_no_task() -> None:
    club = minutes(
        "Kayak club, minutes of 3 June 2025", "Present: Mr Harris\n\nMr Harris replied until the end of May."
    )
    assert not quotes("What are the action items?", club)
