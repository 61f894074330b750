"""Answer who voted how in a roll call: a table, lines, labels, one line with all of them."""

import pytest

from corpus.document import Kind
from corpus.outline.outline import outline
from support.minutes import first_line, minutes, quotes

GUILD = minutes(
    "Guild of Weavers, minutes of 3 April 2025",
    """## 1. Lease of the mill

The guild voted on the lease of the mill by roll call.

| Member | Vote |
|---|---|
| A. Ferro | for |
| B. Lind | against |
| O. Abara | for |
| P. Nair | abstained |

## 2. Night bus

Motion: that the night bus be kept. In favour: Ferro, Nair, Abara. Against: Lind. Carried.

## 3. Looms

It was proposed to buy looms. Roll call:

Ferro - yes

Lind - no

Nair - yes

## 4. Hours of the shop

Ferro: aye; Lind: nay; Abara: aye; Nair: aye

## 5. Fees paid

Ferro: yes

Lind: no""",
)
DELEGATES = minutes(
    "Delegates' day, minutes of 7 May 2025",
    """| Delegate | Motion 1: new statutes | Motion 2: higher dues |
|---|---|---|
| Weber | yes | no |
| Zola | no | yes |

Then the quay.

| Delegate | For the quay | Against | Abstained |
|---|---|---|---|
| Finch | | x | |
| Grau | | | x |""",
)


@pytest.mark.parametrize(
    ("question", "votes"),
    [
        ("Who was for the lease?", ["| A. Ferro | for |", "| O. Abara | for |"]),
        ("Who voted against the lease of the mill?", ["| B. Lind | against |"]),
        ("Which members abstained on the mill?", ["| P. Nair | abstained |"]),
        ("Who was for the night bus?", ["In favour: Ferro, Nair, Abara."]),
        ("Was Lind for the night bus?", ["Against: Lind."]),
        ("Who opposed the looms?", ["Lind - no"]),
        ("How did Nair vote on the looms?", ["Nair - yes"]),
        ("How did Lind vote on the hours of the shop?", ["Ferro: aye; Lind: nay; Abara: aye; Nair: aye"]),
        ("How did Weber vote on the new statutes?", ["| Weber | yes | no |"]),
        ("Who voted for higher dues?", ["| Zola | no | yes |"]),
        ("How did Grau vote?", ["| Grau | | | x |"]),
    ],
)
def test_the_votes_that_are_asked_for_are_quoted(question: str, votes: list[str]) -> None:
    found = [quote for quote in quotes(question, GUILD, DELEGATES) if quote != "Carried."]
    assert found[-len(votes) :] == votes


def test_what_was_voted_on_stands_above_the_votes() -> None:
    assert quotes("Who opposed the looms?", GUILD) == ["It was proposed to buy looms.", "Lind - no"]


def test_the_outcome_stands_behind_the_votes() -> None:
    assert quotes("Who was against the night bus?", GUILD) == [
        "Motion: that the night bus be kept.",
        "Against: Lind.",
        "Carried.",
    ]


def test_votes_are_counted() -> None:
    assert first_line("How many voted for the looms?", GUILD) == "2 listed"


@pytest.mark.parametrize(
    "question", ["Did Smith vote for the lease?", "Who was for the crane?", "Are the fees for Lind?"]
)
def test_other_people_other_motions_and_other_lists_are_no_votes(question: str) -> None:
    assert not quotes(question, GUILD)


def test_a_line_with_a_vote_is_no_heading() -> None:
    text = "Roll call\n\nFerro - yes\nLind - no\nAbstentions: Nair\nThe proposal was carried by one vote."
    assert [b.kind for b in outline(text)][1:] == [Kind.BODY] * 4


@pytest.mark.parametrize("column", ["Present", "Conflict of interest", "Voting member"])
def test_a_column_of_presence_interest_or_role_holds_no_votes(column: str) -> None:
    rows = f"| Name | {column} | Vote |\n|---|---|---|\n| Bo | no | yes |\n| Day | yes | yes |\n| Fox | yes | no |"
    club = minutes(
        "Pier club", f"## 1. Pier\n\nThe club voted on the new pier.\n\n{rows}\n\nThe motion to adjourn was carried."
    )
    assert quotes("Who voted against the new pier?", club) == [
        "The club voted on the new pier.",
        f"| Name | {column} | Vote |",
        "| Fox | yes | no |",
    ]
