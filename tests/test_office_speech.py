"""Quote what several persons say together, and refuse words of the holder of an office who says nothing."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.understanding.speakers.asked_speaker import asked_speaker
from corpus.reading import document_from
from index.library import Library, open_library
from support.word_counts import WordCounts

JOINT = """# Joint Statement of the River Talks

President Ada Bo and Prime Minister Cy Day met on 4 May 2024.

President Bo and Prime Minister Day welcomed the new locks. President Bo and Prime Minister Day agreed on tolls.

We are worried about the drought on the upper river.
"""
MINUTES = """# Fish market board, 3 June 2024

The Minister of Transport, Eve Gill, attended the meeting. The Minister of Trade said that ice is dear.

Finance ministers welcomed the ice.
"""
DOCUMENTS = [document_from(JOINT, "river.md", "text/markdown"), document_from(MINUTES, "fish.md", "text/markdown")]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("offices") / "library", encoder=WordCounts(), founding=False)
    for document in DOCUMENTS:
        library.add(document)
    return library


def test_all_that_a_joint_statement_says_is_said_by_all_of_its_persons(library: Library) -> None:
    asked = asked_speaker("What did Bo and Day say about the drought?", DOCUMENTS)
    assert asked is not None
    assert (asked.joint, asked.speakers) == (frozenset({"river.md"}), frozenset())
    reply = Assistant(library).ask("What did Bo and Day say about the drought?").reply
    assert isinstance(reply, Answer), reply
    assert [c.quote for c in reply.citations][:1] == ["We are worried about the drought on the upper river."]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("What did the minister of trade say about ice?", True),
        ("What did the minister of transport say about ice?", False),
        ("What did the minister of finance say about ice?", False),
        ("What did Transport Minister Gill say about ice?", False),
    ],
)
def test_the_holder_of_an_office_who_says_nothing_is_not_quoted(library: Library, question: str, answers: bool) -> None:
    assert isinstance(Assistant(library).ask(question).reply, Answer) is answers


def test_how_long_is_no_question_for_all_that_somebody_said(tmp_path: Path) -> None:
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(document_from("# Talks\n\nMs. Bo said that tolls are high.\n", "talks.md", "text/markdown"))
    assert isinstance(Assistant(library).ask("What did Ms. Bo say?").reply, Answer)
    assert not isinstance(Assistant(library).ask("How long did Ms. Bo speak?").reply, Answer)


def test_persons_who_speak_apart_in_a_record_are_no_joint_speakers() -> None:
    talk = "Talks\n\n[10:00:04] Ada Bo: The locks leak.\n\n[10:00:31] Cy Day: They do.\n\n[10:00:58] Ada Bo: I know.\n"
    documents = [*DOCUMENTS, document_from(talk, "talks.txt", "text/plain")]
    asked = asked_speaker("What did Bo and Day say about the drought?", documents)
    assert asked is not None
    assert not asked.joint
    assert asked.speakers
