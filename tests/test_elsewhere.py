"""Refuse a question about a phrase that only records outside its filters have."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from corpus.reading import document_from
from index.library import open_library
from support.word_counts import WordCounts

RECORDS = {
    "2021.md": "# Harbour council, 4 May 2021\n\nThe council spoke of fees for boats. Crane safety (CS) was agreed.",
    "2023.md": "# Harbour council, 8 May 2023\n\nThe council spoke of winter fees and of crane safety.",
}


@pytest.mark.parametrize(
    ("question", "is_answered"),
    [
        ("Were winter fees discussed in 2021?", False),
        ("Were winter fees discussed in 2023?", True),
        ("Were winter fees discussed?", True),
        ("Were boat fees discussed in 2021?", True),  # no record has the phrase
        ("Was crane safety discussed in 2021?", True),
    ],
)
def test_a_phrase_of_other_records_alone_is_not_answered(tmp_path: Path, question: str, is_answered: bool) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    for name, text in RECORDS.items():
        library.add(document_from(text, name, "text/markdown"))
    assert isinstance(Assistant(library).ask(question).reply, Answer) is is_answered
