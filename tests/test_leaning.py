"""A question that goes on about the record of the last answer is answered from that record first."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from corpus.reading import document_from
from index.library import Library, open_library
from support.word_counts import WordCounts

MILL = """# Mill board

Present: Ada Bo, Cy Day

Apologies: Eve Fox

The mill wheel was mended by Weir Works for 900 euros. Rye came in 40 carts.
"""
QUAY = """# Quay board

Present: Gus Holm

Apologies: Ida Jansen

The quay crane was mended for 70 euros. The quay is mended often, and it was mended by Rope Works.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("boards") / "library", encoder=WordCounts(), founding=False)
    library.add(document_from(MILL, "mill.md", "text/markdown"))
    library.add(document_from(QUAY, "quay.md", "text/markdown"))
    return library


def cited(library: Library, *questions: str) -> set[str]:
    assistant, conversation = Assistant(library), Conversation()
    for question in questions:
        conversation = conversation.plus(assistant.ask(question, conversation))
    reply = conversation.turns[-1].reply
    return {c.document.name for c in reply.citations} if isinstance(reply, Answer) else set()


def test_a_follow_up_is_asked_of_the_record_of_the_last_answer(library: Library) -> None:
    assert cited(library, "What was said of the mill wheel?", "And who mended it?") == {"mill.md"}
    assert cited(library, "What was said of the quay crane?", "And who mended it?") == {"quay.md"}


def test_a_follow_up_that_the_record_does_not_answer_is_asked_of_all(library: Library) -> None:
    assert cited(library, "What was said of the quay crane?", "And how many carts came?") == {"mill.md"}


def test_the_structure_of_minutes_is_read_in_the_record_of_the_last_answer(library: Library) -> None:
    assert cited(library, "Who was absent?") == {"mill.md", "quay.md"}
    assert cited(library, "What was said of the mill wheel?", "Who was absent?") == {"mill.md"}
    assert cited(library, "What was said of the mill wheel?", "Who was absent from the quay board?") == {"quay.md"}
