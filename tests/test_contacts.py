"""Quote the contact lines below the name of an office where a question asks for a contact."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from index.library import Library, open_library
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("contacts") / "library", encoder=WordCounts())


@pytest.mark.parametrize(
    ("question", "has_number"),
    [
        ("Which division is the contact, the International Policy Division of the Global Strategy Bureau?", True),
        ("What did the ministers say about smart cities?", False),
    ],
)
def test_the_lines_below_an_office_are_quoted_with_it(library: Library, question: str, has_number: bool) -> None:
    reply = Assistant(library).ask(question).reply
    assert isinstance(reply, Answer)
    quotes = [citation.quote for citation in reply.citations]
    assert any(quote.startswith("TEL: ") for quote in quotes) is has_number
    assert len(quotes) == len(set(reply.citations))
