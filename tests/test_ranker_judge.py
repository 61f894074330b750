"""Judge ranker and refusals: held-out records alone are asked, and each figure counts what it names."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.ranker_training import judge
from benchmarks.ranker_training.judge import Outcome, table
from benchmarks.ranker_training.meetings import MeetingQuestion, MeetingRecord
from index.library import Library, open_library
from support.word_counts import WordCounts

TEXT = """# {name} board

Minutes of 5 March 2025

The {name} is mended in May.

The crane of the {name} is sold.
"""
NAMES = "quay mill lock dock pier weir ford dyke reef isle cove bank pond lake well moor dale glen".split()


def records() -> Iterator[MeetingRecord]:
    """Yield records, some of which are held out, with two answered questions and a near miss each."""
    for name in NAMES:
        yield MeetingRecord(
            f"{name}.md",
            TEXT.format(name=name),
            (
                MeetingQuestion(f"When is the {name} mended?", "when", (f"The {name} is mended in May.",), ()),
                MeetingQuestion(f"What of the {name} is sold?", "what", (f"The {name} is mended in May.",), ()),
                MeetingQuestion(f"Who mended the {name}?", "near_miss", (), ()),
            ),
        )


@contextmanager
def small_library() -> Iterator[Library]:
    """Open an empty library with the tests' encoder."""
    yield open_library(encoder=WordCounts(), founding=False)


def figures(text: str) -> dict[str, str]:
    """Return the values of a table by their names."""
    rows = (line.strip("| ").split("|") for line in text.splitlines()[2:])
    return {name.strip(): value.strip() for name, value in rows}


def test_the_held_out_records_are_asked_and_the_first_sentence_is_compared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(judge, "founding_library", small_library)
    monkeypatch.setattr(judge, "meeting_records", records)
    monkeypatch.setattr(sys, "argv", ["judge"])
    held_out = sum(record.is_held_out for record in records())
    assert 0 < held_out < len(NAMES)
    assert judge.main() == 0
    found = figures(capsys.readouterr().out)
    assert found["questions that their record answers"] == str(2 * held_out)
    assert found["near misses"] == str(held_out)
    # The answer to the second question is stated wrongly: the other sentence is the best.
    assert found["the first sentence answers"] == "0.500"


def test_odds_count_where_the_answer_was_found_and_for_near_misses() -> None:
    answered = [
        Outcome(is_answered=True, is_found=True, is_first=True, odds=0.0),
        Outcome(is_answered=True, is_found=True, is_first=False, odds=-1.6),
        Outcome(is_answered=True, is_found=False, is_first=False, odds=-9.0),
        Outcome(is_answered=True, is_found=True, is_first=False, odds=-1.0),
    ]
    near_misses = [Outcome(is_answered=False, is_found=False, is_first=False, odds=odds) for odds in (-2.0, -1.2)]
    found = figures(table([*near_misses, *answered]))
    assert (found["questions that their record answers"], found["near misses"]) == ("4", "2")
    assert found["the first sentence answers"] == "0.250"
    assert found["one of the first three passages answers"] == "0.750"
    assert found["AUROC of the judge"] == f"{5 / 6:.3f}"  # of six pairs one, -1.6 and -1.2, is in the wrong order
    assert found["answered / near misses refused at -1.5"] == "0.333 / 0.500"
    assert found["answered / near misses refused at -0.7"] == "0.667 / 1.000"
