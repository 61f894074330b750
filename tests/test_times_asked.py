"""Refuse "when" where no likely sentence holds a word of time, and keep months of contents apart from meetings'."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.grounding.times import lacks_time
from assistant.retrieval.retriever import Retriever
from assistant.understanding.filters.question_filters import question_filters
from benchmarks.pipeline import understand_question
from corpus.reading import document_from
from index.library import open_library
from support.word_counts import WordCounts


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("The harbour bridge is red.", True),
        ("The harbour bridge opens on Monday.", False),
        ("The harbour bridge opens next spring.", False),
        ("The harbour bridge opens once the crane is gone.", False),
    ],
)
def test_a_sentence_without_a_word_of_time_does_not_say_when(tmp_path: Path, text: str, lacks: bool) -> None:
    library = open_library(tmp_path / "l", encoder=WordCounts(), founding=False)
    library.add(document_from(f"# Harbour\n\n{text}\n", "h.md", "text/markdown"))
    with library.snapshot() as view:
        query = understand_question(view, "When does the harbour bridge open?")
        found = Retriever(view, WordCounts(), None).search(query)
        read = [replace(e, ranker_probability=0.9) for e in found.evidence if not e.is_label]
        assert lacks_time(query, found.prepared.terms, read) is lacks


@pytest.mark.parametrize(
    ("question", "months"),
    [
        ("What does lunch cost from March?", set()),
        ("Was kostet das Essen ab März?", set()),
        ("Quel est le tarif à partir d'avril ?", set()),
        ("How did it change from March to May?", {3, 5}),
        ("What was decided in March?", {3}),
    ],
)
def test_a_month_from_which_something_holds_is_of_no_meeting(question: str, months: set[int]) -> None:
    records = [
        document_from(f"# Board, minutes of 4 {month} 2025\n\nPresent: Ada Bo\n", f"{month}.md", "text/markdown")
        for month in ("March", "April", "May")
    ]
    assert question_filters(question, records).filters.months == months


@pytest.mark.parametrize(
    ("question", "months"),
    [
        ("Why not close the lock in June?", set()),  # minutes of March name June, those of June know no lock
        ("Why does the tower lean in June?", {6}),
        ("What was decided on the lock in June?", {6}),
    ],
)
def test_a_month_of_another_thing_filters_no_record(question: str, months: set[int]) -> None:
    lock = document_from(
        "# Lock\n\nDate: 12 March 2026\n\nTo close the lock in June strands boats.\n", "l.md", "text/markdown"
    )
    tower = document_from("# Tower\n\nDate: 3 June 2026\n\nThe tower leans in the wind.\n", "t.md", "text/markdown")
    assert question_filters(question, [lock, tower]).filters.months == months
