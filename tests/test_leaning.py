"""A question that goes on about the record of the last answer is answered from that record first."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from assistant.query import Intent, Query
from assistant.understanding.last_record import on_last_record
from corpus.reading import document_from
from index.library import Library, open_library
from index.search.filters import Filters
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


def test_only_a_question_that_names_nothing_else_is_narrowed(library: Library) -> None:
    assistant = Assistant(library)
    about_mill = Conversation((assistant.ask("What was said of the mill wheel?"),))
    with library.snapshot() as view:
        documents = view.documents
    narrowed = on_last_record(Query("And who?"), about_mill, documents)
    assert narrowed is not None
    assert narrowed.filters == Filters(names=frozenset({"mill.md"}))
    year = Filters(years=frozenset({2025}))
    for query in (
        Query("And who?", filters=year),
        Query("And who?", unmet=("2025",)),
        Query("And who?", sides=(year, Filters())),
        Query("And who?", newest_first=True),
        Query("And who?", intent=Intent.COMPARISON),
        Query("And who?", intent=Intent.LIBRARY),
    ):
        assert on_last_record(query, about_mill, documents) is None
    assert on_last_record(Query("And who?"), Conversation(), documents) is None


@pytest.mark.parametrize(
    ("question", "is_narrowed"),
    [
        ("And what did Holm say?", False),
        ("And what did Day say?", True),
        ("And where did the 70 go?", False),
        ("And where did the 900 go?", True),
        ("And what did Nobody say?", True),
    ],
)
def test_a_name_or_number_of_another_record_ends_the_last_one(
    library: Library, question: str, is_narrowed: bool
) -> None:
    asked = Assistant(library).ask("What was said of the mill wheel?")
    narrowed = on_last_record(Query(question), Conversation().plus(asked), library.documents())
    assert (narrowed is not None) is is_narrowed
