"""Outcomes with the count of their votes, motions behind a label, and outcomes that somebody only reports."""

import pytest

from assistant.minutes.decisions import decisions_of
from assistant.minutes.outcomes import is_vote, kind_of, names_proposal, needs_object
from assistant.minutes.record import MinutesRecord
from corpus.reading import document_from
from support.minutes import minutes, quotes


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Passed 7-2.", "approved"),
        ("Carried 6 to 1.", "approved"),
        ("Motion passed, four to one.", "approved"),
        ("The vote passed 4-2-1.", "approved"),
        ("Failed 3:4.", "rejected"),
        ("It was lost, 5 to 9.", "rejected"),
        ("Passed by seven votes to two.", "approved"),
    ],
)
def test_an_outcome_with_its_count_is_an_outcome_and_a_vote(sentence: str, kind: str) -> None:
    assert (kind_of(sentence), is_vote(sentence), needs_object(sentence)) == (kind, True, True)


@pytest.mark.parametrize(
    "sentence", ["Passed 14:30.", "Failed 10-12 May.", "Heron Lane 7-9.", "The swimmers passed 3-1."]
)
def test_times_days_and_scores_are_no_outcomes(sentence: str) -> None:
    assert (kind_of(sentence), is_vote(sentence)) == (None, False)


def test_a_motion_behind_a_label_is_a_proposal_and_its_movers_are_none() -> None:
    assert names_proposal("Motion: To dredge the pond.")
    assert not names_proposal("Proposed Ms Alder, seconded Mr Birch.")


POND = minutes(
    "Pond society, minutes of 4 May 2026",
    """Present: Alder, Birch, Vane

## 1. Pond

Motion: To dredge the pond at a cost of 900 euros.
Proposed Ms Alder, seconded Mr Birch. In favour: Alder and Birch. Against: Vane. Passed 2-1.

## 2. Ducks

Motion: To buy six ducks. Proposed Mr Vane. There was no seconder and the motion fell.

## 3. Fence

It was resolved to paint the fence green. Passed 3-0.""",
)


def test_the_votes_are_those_on_the_motion_above_the_movers() -> None:
    assert quotes("Who voted against dredging the pond?", POND) == [
        "Motion: To dredge the pond at a cost of 900 euros.",
        "Against: Vane.",
        "Passed 2-1.",
    ]


def test_a_motion_without_a_seconder_fell() -> None:
    assert quotes("What happened to the motion to buy ducks?", POND) == [
        "Motion: To buy six ducks.",
        "Proposed Mr Vane.",
        "There was no seconder and the motion fell.",
    ]


def test_the_count_stands_behind_its_decision() -> None:
    assert quotes("What was the result of the vote on the fence?", POND) == [
        "It was resolved to paint the fence green.",
        "Passed 3-0.",
    ]


@pytest.mark.parametrize(
    ("sentence", "is_decision"),
    [
        ("Mr Birch replied that the county had not yet accepted the claim.", False),
        ("Ms Alder said the owner had approved the plan in May.", False),
        ("The chair announced that the motion was carried.", True),
        ("Ms Vane said that they had rejected her claim, and it was agreed to write to them.", True),
    ],
)
def test_what_somebody_reports_of_others_is_no_decision_of_the_meeting(sentence: str, is_decision: bool) -> None:
    document = document_from(f"# Minutes of the pond society\n\n{sentence}\n", "a.md", "text/markdown")
    assert bool(decisions_of(MinutesRecord(document))) is is_decision
