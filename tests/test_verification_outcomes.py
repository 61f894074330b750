"""Check what a report says was decided against what its record says was decided."""

from pathlib import Path

import pytest

from assistant.verification.checker import Checker
from assistant.verification.findings import Findings
from assistant.verification.readers.report import report_of
from corpus.language.minutes_words import only_outcome
from corpus.reading import document_from, founding_records

MINUTES = document_from(
    "# Minutes of the Ferry Council of Arnwick\n\nDate: 12 March 2031\n\n"
    "## 1. Fares\n\nThe council agreed to raise the fare from 2.40 to 2.80 euros from 1 June 2031. Mr. Haddad refused"
    " to sign the timetable.\n\nThe proposal for a family card was rejected by seven votes to two.\n\n"
    "## 2. Quay\n\nThe council did not approve the plan of the north quay. The repair of the wall was postponed to"
    " May.\n\n"
    "## 3. Museum\n\nMs. Okafor moved that the museum open on Sundays. The motion was carried unanimously.\n\n"
    "## 4. Bridge\n\nThe lamps of the old bridge were rejected. On a second vote they were approved.\n",
    "ferry.md",
    "text/markdown",
)
BESCHLUSS = document_from(
    "# Protokoll des Gemeinderats Zelden vom 3. Februar 2031\n\nDer Antrag auf einen Radweg wurde abgelehnt. Die"
    " Vergabe der Fliesenarbeiten wurde auf den 10. März 2031 vertagt.\n",
    "zelden.md",
    "text/markdown",
)
CHECKER = Checker([*founding_records(), MINUTES, BESCHLUSS])


def _check(text: str) -> Findings:
    return CHECKER.check(report_of(text.encode(), Path("r.md")))


@pytest.mark.parametrize(
    ("sentence", "value", "recorded"),
    [
        ("On 12 March 2031 the council refused to raise the fare from 2.40 to 2.80 euros.", "refused", "agreed"),
        ("The council approved the plan of the north quay.", "approved", "not approve"),
        ("The proposal for a family card was accepted by seven votes to two.", "accepted", "rejected"),
        ("On 12 March 2031 the repair of the wall was rejected.", "rejected", "postponed"),
        ("The motion that the museum open on Sundays was defeated.", "defeated", "carried"),
        ("Mr. Haddad agreed to sign the timetable.", "agreed", "refused"),
        ("Der Antrag auf einen Radweg wurde angenommen.", "angenommen", "abgelehnt"),
        ("Die Vergabe der Fliesenarbeiten wurde am 3. Februar 2031 beschlossen.", "beschlossen", "vertagt"),
    ],
)
def test_the_record_contradicts_another_outcome(sentence: str, value: str, recorded: str) -> None:
    found = _check(sentence)
    (claim,) = [claim for claim in found.claims if claim.recorded]
    assert (claim.kind, claim.value, claim.recorded) == ("outcome", value, recorded)
    assert not found.is_ok


@pytest.mark.parametrize(
    "sentence",
    [
        "On 12 March 2031 the council decided to raise the fare to 2.80 euros.",
        "At its meeting of 12 March 2031 the council turned down the plan of the north quay.",
        "The council did not accept the plan of the north quay.",
        "The approved plan of the north quay was not shown.",
        "An accepted proposal for a family card was not found.",
        "The proposal for a family card was turned down by seven votes to two.",
        "The repair of the wall was put off to May.",
        "The museum will open on Sundays, as the council agreed unanimously.",
        "Ms. Okafor refused to pay the fare from 2.40 to 2.80 euros.",
        "It is not known whether the plan of the north quay will be approved.",
        "If the plan of the north quay is approved, the wall will be mended.",
        "The council agreed to reject the proposal for a family card.",
        "The council rejected the proposal for a family card and approved the fare.",
        "The lamps of the old bridge were approved.",
        "The council of Brunmark approved the plan of the north quay.",
        "Der Antrag auf einen Radweg wurde verworfen, die Vergabe der Fliesenarbeiten verschoben.",
    ],
)
def test_the_same_outcome_in_other_words_contradicts_nothing(sentence: str) -> None:
    assert not [claim for claim in _check(sentence).claims if claim.recorded]


def test_a_sentence_with_two_kinds_of_outcomes_has_no_only_one() -> None:
    assert only_outcome("The plan was rejected, the budget approved.") is None
    assert only_outcome("The plan was approved.") == ("approved", 13, 21)


def test_the_day_of_the_meeting_is_not_held_against_another_day_of_its_decision() -> None:
    sentence = "On 12 March 2031 the Ferry Council of Arnwick agreed to raise the fare from 2.40 to 2.80 euros."
    assert all(claim.is_found for claim in _check(sentence).claims)
    other = "The council agreed to raise the fare from 2.40 to 2.80 euros from 12 March 2031."
    assert [claim.recorded for claim in _check(other).claims if claim.recorded] == ["1 June 2031"]
