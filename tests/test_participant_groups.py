"""Answer from the groups of participants if a country or a body took part, and who was invited."""

import pytest

from support.minutes import first_line, minutes, quotes

VIGO = minutes(
    "Summary of the tide talks in Vigo, 21 May 2024",
    "The ministers agreed on shared data.\n\n## Participants\n\n- Members: Spain, Portugal, Norway, Chile\n"
    "- Countries invited: Ghana, Iceland, Kenya\n- International organizations: ITU, OECD, UNESCO\n"
    "- Companies: Argo Systems, Bluefin Ltd",
)
MEMBERS = "Members: Spain, Portugal, Norway, Chile"
GUESTS = "Countries invited: Ghana, Iceland, Kenya"
BODIES = "International organizations: ITU, OECD, UNESCO"


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("Did the WTO take part in the tide talks?", [BODIES]),
        ("Did UNESCO attend the Vigo talks?", [BODIES]),
        ("Was Canada at the tide talks?", [MEMBERS, GUESTS]),
        ("Was Kenya there?", [GUESTS]),
        ("Which guest countries came to Vigo?", [GUESTS]),
        ("Which non-members took part in Vigo?", [GUESTS]),
    ],
)
def test_the_groups_in_which_a_participant_stands_or_would_stand_are_quoted(question: str, groups: list[str]) -> None:
    assert quotes(question, VIGO) == groups


def test_the_countries_invited_are_counted() -> None:
    assert first_line("How many countries were invited to Vigo?", VIGO) == "3 listed"


@pytest.mark.parametrize("question", ["Did Spain propose a tax?", "What did the OECD present?"])
def test_a_question_on_what_was_done_gets_no_group(question: str) -> None:
    assert not quotes(question, VIGO)


def test_a_sentence_that_tells_the_absence_comes_instead_of_the_groups() -> None:
    listed = f"## Participants\n\n- {MEMBERS}\n- {GUESTS}\n\n(*) Of the invited, Peru was absent."
    absent = minutes("Summary of the tide talks in Vigo, 21 May 2024", f"The ministers agreed.\n\n{listed}")
    assert quotes("Was Peru at the tide talks?", absent) == ["(*) Of the invited, Peru was absent."]
