"""Words of outcomes that have another sense, and decisions that are listed in several forms."""

import pytest

from assistant.minutes.decisions import decisions_of
from assistant.minutes.outcomes import kind_of
from assistant.minutes.record import MinutesRecord
from corpus.reading import document_from


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The motion was carried by four votes to one.", "approved"),
        ("Carried, 30 to 4, 3 abstaining.", "approved"),
        ("The ferry carried 150 people instead of 70.", None),
        ("She had been carried down the stairs by neighbours.", None),
        ("The amendment was lost.", "rejected"),
        ("It was lost, 5 to 9.", "rejected"),
        ("Four nights were lost through the storm.", None),
        ("The item was withdrawn.", "withdrawn"),
        ("The claim of the family was withdrawn in March.", "withdrawn"),
        ("The panel has heard that Ms Day had withdrawn the motion.", "withdrawn"),
        ("Ms Day has withdrawn all ropes of that make.", None),
        ("Withdrawn by the mover.", "withdrawn"),
        ("Ms Bo withdrew her motion.", "withdrawn"),
        ("The witnesses withdrew at noon.", None),
        ("The question was referred to the finance panel.", "deferred"),
        ("Dr Day referred to a leak in March.", None),
        ("The study was put off until May.", "deferred"),
        ("The council put off the study.", "deferred"),
        ("The bakers had put off their projects.", None),
        ("Mr Day denied that the water was the cause.", None),
        ("Ms Bo tabled the plan of work.", None),
        ("The motion was tabled.", "deferred"),
        ("He fears that the reserve falls below the agreed level.", None),
        ("The fee was agreed.", "approved"),
        ("The mayor met the minister; nothing was agreed.", "deferred"),
    ],
)
def test_a_word_of_an_outcome_counts_only_in_its_sense(sentence: str, kind: str | None) -> None:
    assert kind_of(sentence) == kind


def decided(text: str) -> list[tuple[str, str]]:
    """Return kind and outcome of the decisions of minutes."""
    document = document_from("# Minutes of the quay panel\n\n" + text, "a.md", "text/markdown")
    found = decisions_of(MinutesRecord(document))
    return [(decision.kind, decision.outcome.of(document.text)) for decision in found]


def test_short_numbered_lines_below_a_heading_of_decisions_are_decisions() -> None:
    text = "## VI. Decisions\n\n1. Quay closed through Friday\n2. Free ferry until further notice\n\n"
    text += "## VII. Next\n\nMonday.\n"
    assert decided(text) == [("decided", "Quay closed through Friday"), ("decided", "Free ferry until further notice")]


def test_what_stands_behind_a_list_of_decisions_is_none_of_them() -> None:
    text = "## Decisions\n\n1. The quay is closed.\n2. The ferry is free.\n\nDr Day dissents.\n"
    assert [words for _, words in decided(text)] == ["The quay is closed.", "The ferry is free."]


def test_lettered_paragraphs_below_an_announcement_are_decisions() -> None:
    text = "The panel resolved:\n\n(a) to call the harbour master;\n\n(b) to visit the quay.\n\nIt rained that day.\n"
    assert [words for _, words in decided(text)] == ["to call the harbour master;", "to visit the quay."]


def test_the_outcome_of_another_motion_is_a_decision_of_its_own() -> None:
    text = "Ms Bo moved to buy the crane. Mr Day moved an amendment to hire it. The amendment was"
    text += " lost by two votes to four. The motion was then carried by four votes to one.\n"
    assert [kind for kind, _ in decided(text)] == ["rejected", "approved"]
