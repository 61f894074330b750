"""Questions made to break the program are each answered or refused in one line."""

import pytest

from assistant.assistant import Assistant
from assistant.understanding.validate import QuestionRefused
from index.library import open_library
from support.word_counts import WordCounts


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("hostile questions") / "library"
    return Assistant(open_library(folder, encoder=WordCounts()))


@pytest.mark.parametrize("question", ["\x1b[31m", "\x1b[1m\x1b[0m", "\x1b[2J \u202e\u200b", " \x1b[31m?\x1b[0m\n"])
def test_a_question_of_nothing_but_a_terminals_colours_is_empty(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionRefused, match="the question is empty"):
        assistant.ask(question)
    with pytest.raises(QuestionRefused, match="the question is empty"):
        assistant.search(question, 3)
