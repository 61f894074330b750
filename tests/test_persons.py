"""Refuse a question with "who" where no likely sentence names a person or a body."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from corpus.reading import document_from
from index.library import open_library
from index.settings import Settings
from support.doubts import Doubts
from support.word_counts import WordCounts

TEXT = """# Roof of the hall

The roof of the hall is mended in spring. The new windows are painted by Ada Bo. The garden was given up for lack of
money.

The following firms made an offer for the stairs:

- carpenters of the north
- masons of the south
"""


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Who mends the roof of the hall?", False),
        ("Who gave up the garden?", False),
        ("Who paints the windows?", True),
        ("Which firm mends the roof of the hall?", False),
        ("Which firms made an offer for the stairs?", True),
        ("What did the people do about the roof of the hall?", True),
        ("What is mended in spring?", True),
    ],
)
def test_who_asks_for_a_person(tmp_path: Path, question: str, answers: bool) -> None:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(TEXT, "hall.md", "text/markdown"))
    assert isinstance(Assistant(library, Doubts()).ask(question).reply, Answer) is answers
