"""Decisions of a talk on the topics that somebody lists at its beginning."""

import pytest

from assistant.minutes.record import MinutesRecord
from assistant.minutes.talk.decisions import spoken_decisions_of
from corpus.reading import document_from
from support.minutes import quotes

TURNS = """Ada Bo (00:00:03): Good evening. Three things tonight: the rowing boat, the autumn race, and the shed.

Cy Day (00:00:15): So the boat leaks. The yard wants nine hundred for new planks.

Eli Fox (00:00:24): Could we not sell it?

Ada Bo (00:00:33): Shall we pay for the planks then? Anyone against? No. Then we pay for the planks and paint it.

Eli Fox (00:00:40): On the race. The lake is only free in October.

Ada Bo (00:00:51): Let's not decide that tonight.

Cy Day (00:01:02): The shed needs locks or bolts.

Ada Bo (00:01:09): So bolts. Everyone happy? Good, bolts it is.
"""
CALL = document_from(TURNS, "row.txt", "text/plain")


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        (
            "What was decided about the rowing boat?",
            [
                "So the boat leaks.",
                "Shall we pay for the planks then? Anyone against? No. Then we pay for the planks and paint it.",
            ],
        ),
        ("What was decided about the autumn race?", ["On the race.", "Let's not decide that tonight."]),
        (
            "What was decided about the shed?",
            ["The shed needs locks or bolts.", "So bolts. Everyone happy? Good, bolts it is."],
        ),
    ],
)
def test_a_topic_of_the_list_names_what_is_decided_below_it(question: str, quoted: list[str]) -> None:
    assert [part for part in quotes(question, CALL) if part in quoted] == quoted


def test_each_decision_has_its_topic() -> None:
    found = [(d.topic, d.kind) for d in spoken_decisions_of(MinutesRecord(CALL))]
    assert found == [("the rowing boat", "approved"), ("the autumn race", "deferred"), ("the shed", "approved")]


def test_a_list_with_another_number_of_parts_names_no_topics() -> None:
    other = document_from(TURNS.replace("Three", "Five"), "row.txt", "text/plain")
    assert {d.topic for d in spoken_decisions_of(MinutesRecord(other))} == {""}
