"""Refuse a question for what a group said of a subject of which no passage has a word."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.grounding.answerability import AnswerabilityThresholds
from assistant.grounding.spoken_of import spoken_of
from assistant.query import Query
from corpus.reading import document_from
from index.library import Library, open_library
from index.models.ranker import Scores
from index.settings import Settings
from support.word_counts import WordCounts

TEXT = """# Talks of the mill board

The board discussed the price of flour, and the members spoke of the long winter. The board decided on new sails.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    settings = Settings(library=tmp_path_factory.mktemp("spoken") / "library")
    library = open_library(settings=settings, encoder=WordCounts(), founding=False)
    library.add(document_from(TEXT, "mill.md", "text/markdown"))
    return library


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Did the members of the mill board discuss the price of flour?", True),
        ("What did the board say about the long winter?", True),
        ("Did the members of the mill board mention horse racing?", False),
        ("What did the members of the board decide about swimming pools?", False),
    ],
)
def test_a_subject_without_a_word_in_the_passages_is_refused(library: Library, question: str, answers: bool) -> None:
    assert isinstance(Assistant(library).ask(question).reply, Answer) is answers


class _Ranker:
    def __init__(self, odds: float) -> None:
        self._odds = odds

    def knows(self, question: str) -> bool:
        return True

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        return np.full(len(texts), self._odds, dtype=np.float32)


@pytest.mark.parametrize(("odds", "answers"), [(-1.6, False), (-1.4, True)])
def test_a_subject_of_one_word_may_stand_under_another_name(library: Library, odds: float, answers: bool) -> None:
    certain = AnswerabilityThresholds(least_odds=-99)
    reply = Assistant(library, _Ranker(odds), certain).ask("What did the members of the mill board say about pears?")
    assert isinstance(reply.reply, Answer) is answers


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did they mention horse racing?", {"horse", "racing"}),
        ("Was the mill sold? - What did the board say about the long winter?", {"long", "winter"}),
        ("Did they say anything else?", set()),
        ("Did they speak of flour?", {"flour"}),
        ("Which board decided on sails?", set()),
    ],
)
def test_the_subject_is_what_stands_behind_the_verb(question: str, words: set[str]) -> None:
    assert spoken_of(Query(question)) == words


def test_a_word_of_another_language_is_no_subject() -> None:
    assert spoken_of(Query("Did they mention horse racing?", language="German")) == set()
