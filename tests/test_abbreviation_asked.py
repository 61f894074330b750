"""Questions for the long form of an abbreviation are answered by the sentence that introduces it."""

from pathlib import Path

import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant
from assistant.replies.abbreviation import asked_abbreviations
from corpus.reading import document_from
from index.library import open_library
from index.settings import Settings
from support.word_counts import WordCounts

TEXT = """# Meeting of the harbour towns

The Council for Harbour Affairs (CHA) met on 4 May 2024. CHA members praised the tide tables.

- Ask the CHA for new buoys
- Thank the CHA
"""


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    library = open_library(settings=Settings(library=tmp_path / "library"), encoder=WordCounts(), founding=False)
    library.add(document_from(TEXT, "harbours.md", "text/markdown"))
    return Assistant(library)


@pytest.mark.parametrize(
    "question",
    [
        "What does CHA stand for?",
        "what is cha short for",
        "What does the abbreviation CHA mean?",
        "Spell out CHA",
        "CHAとは何の略ですか",
        "Was bedeutet CHA?",
    ],
)
def test_the_long_form_is_the_first_line(assistant: Assistant, question: str) -> None:
    reply = assistant.ask(question).reply
    assert isinstance(reply, Answer), reply
    assert reply.short_answer
    assert reply.short_answer.words == "Council for Harbour Affairs"
    assert [c.quote for c in reply.citations] == ["The Council for Harbour Affairs (CHA) met on 4 May 2024."]


@pytest.mark.parametrize(
    "question",
    [
        "What did the CHA say?",
        "What does the CHA mean for the towns?",
        "What does the decision mean for the towns?",
        "Who stands for election?",
    ],
)
def test_other_questions_ask_for_no_long_form(assistant: Assistant, question: str) -> None:
    assert "CHA" not in asked_abbreviations(question)
    reply = assistant.ask(question).reply
    assert not (isinstance(reply, Answer) and reply.short_answer), reply


@pytest.mark.parametrize("question", ["What does HTA stand for?", "what is hta short for", "HTAとは何の略ですか"])
def test_an_abbreviation_that_no_record_introduces_is_refused(assistant: Assistant, question: str) -> None:
    assert isinstance(assistant.ask(question).reply, Abstention)


def test_a_word_that_is_no_abbreviation_is_searched(assistant: Assistant) -> None:
    trace = assistant.explain("What do the tide tables stand for?")
    assert trace.hits
