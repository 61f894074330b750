"""Refuse a question about a phrase that only records outside its filters have."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.grounding.elsewhere import phrase_elsewhere
from corpus.reading import document_from
from index.library import open_library
from support.word_counts import WordCounts

RECORDS = {
    "2021.md": "# Harbour council, 4 May 2021\n\nThe council spoke of fees for boats. CS was agreed.",
    "2023.md": "# Harbour council, 8 May 2023\n\nThe council spoke of winter fees and of crane safety (CS).",
}


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [
        ("Were winter fees discussed in 2021?", False),
        ("Were winter fees discussed in 2023?", True),
        ("Were winter fees discussed?", True),
        ("Were boat fees discussed in 2021?", True),  # no record has the phrase
    ],
)
def test_a_phrase_of_other_records_alone_is_not_answered(tmp_path: Path, question: str, is_answered: bool) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    for name, text in RECORDS.items():
        library.add(document_from(text, name, "text/markdown"))
    trace = Assistant(library).explain(question)
    assert isinstance(trace.reply, Answer) is is_answered
    with library.snapshot() as view:
        assert bool(phrase_elsewhere(trace.query, view)) is not is_answered


def test_a_phrase_whose_abbreviation_the_records_have_is_not_elsewhere(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    for name, text in RECORDS.items():
        library.add(document_from(text, name, "text/markdown"))
    query = Assistant(library).explain("Was crane safety agreed in 2021?").query
    with library.snapshot() as view:
        assert not phrase_elsewhere(query, view)
