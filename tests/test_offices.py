"""Refuse a question for the holder of an office that no sentence names beside its country or body."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from corpus.reading import document_from
from index.library import open_library
from index.settings import Settings
from support.word_counts import WordCounts

TEXT = """# Visit to Arlen

The council met Ms. Ada Bo, Vice Minister of Trade, Arlen, and Mr. Cato Dahl, Minister for Roads of Brunn.

The harbour of Arlen is under the Prime Minister's control.

The road was proposed by the then Governor Ebba Frey of Arlen.
"""


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Who is the prime minister of Arlen?", False),
        ("Who is Arlen's president?", False),
        ("Who is the governor of Arlen?", False),
        ("Who was the governor of Arlen?", True),
        ("Who is the vice minister of Arlen?", True),
        ("Who is the minister for roads of Brunn?", True),
        ("Who was met by the council?", True),
    ],
)
def test_the_holder_of_an_office_needs_the_office(tmp_path: Path, question: str, answers: bool) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(TEXT, "visit.md", "text/markdown"))
    assert isinstance(Assistant(library).ask(question).reply, Answer) is answers
