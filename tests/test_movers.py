"""Find who moved or seconded a proposal in minutes."""

import pytest

from assistant.answer import Abstention
from support.minutes import first_line, minutes, quotes, reply

TRUST = minutes(
    "Mill Trust, minutes of 4 March 2025",
    """Present: Ida Holm (chair), Leo Park, Rev. Amos Tull

## 1. Roof

Mr Park proposed that slate be bought. Ms Holm seconded. Carried.

## 2. Weir

Ms Holm moved that the weir be closed in July; Rev. Tull seconded. Carried by two votes to one.

## 3. Picnic

The picnic is on 2 August.
""",
)


@pytest.mark.parametrize(
    ("question", "name", "quoted"),
    [
        (
            "Who seconded the motion on the roof?",
            "Ms Holm",
            ["Mr Park proposed that slate be bought.", "Ms Holm seconded."],
        ),
        ("Who proposed slate?", "Mr Park", ["Mr Park proposed that slate be bought."]),
        (
            "Who seconded the closing of the weir?",
            "Tull",
            ["Ms Holm moved that the weir be closed in July; Rev. Tull seconded."],
        ),
        (
            "Who moved to close the weir?",
            "Ms Holm",
            ["Ms Holm moved that the weir be closed in July; Rev. Tull seconded."],
        ),
    ],
)
def test_the_name_beside_the_act_answers(question: str, name: str, quoted: list[str]) -> None:
    assert first_line(question, TRUST).endswith(name)
    assert quotes(question, TRUST) == quoted


def test_what_nobody_seconded_has_no_answer() -> None:
    assert isinstance(reply("Who seconded the picnic?", TRUST), Abstention)


def test_records_without_seconders_are_searched() -> None:
    note = minutes("Note of 5 May 2025", "Present: Ida Holm\n\nMr Park proposed a bench.")
    assert reply("Who proposed the bench?", note) is None


def test_a_second_meeting_asks_for_no_seconder() -> None:
    assert reply("Who represented the mill at the second meeting?", TRUST) is None


def test_a_second_by_somebody_is_an_act() -> None:
    text = "Present: Ada Bo, Cy Day\n\n## 1. Fence\n\nMs Bo moved approval of the fence, with a second by Mr Day."
    fence = minutes("Fence Trust, minutes of 5 May 2025", text)
    assert first_line("Who seconded the fence?", fence).endswith("Mr Day")
