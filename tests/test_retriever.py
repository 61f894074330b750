"""Passages are ordered by their best sentence, and a follow-up is ranked by its own words."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversation import Conversation
from corpus.reading import read_bytes
from index.library import Library, open_library
from index.models.ranker import Scores
from support.office_files import shape, slides
from support.word_counts import WordCounts


class Prefers:
    """A ranker that finds sentences with one word likely, and notes what it was asked."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[str] = []

    def score(self, question: str, texts: Sequence[str]) -> Scores:
        self.asked.append(question)
        return np.array([9.0 if self.word in text else -9.0 for text in texts], dtype=np.float32)

    def knows(self, question: str) -> bool:
        return True


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return open_library(tmp_path_factory.mktemp("gathering") / "library", encoder=WordCounts())


def test_the_passage_of_the_best_sentence_comes_first(library: Library) -> None:
    hits = Assistant(library, Prefers("procurement")).search("smart cities", 5)
    assert "procurement" in hits[0].passage.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.id for hit in hits}) == 5


def test_a_note_on_a_slide_answers_what_the_slide_proposes(tmp_path: Path) -> None:
    note = shape("The users turned the later ferry down for lack of crew.", place="body")
    slide = shape("Timetable", place="title") + shape("First ferry at five", "Later ferry on Fridays", place="")
    library = open_library(tmp_path / "library", encoder=WordCounts(), founding=False)
    library.add(read_bytes(slides(slide, notes=note), "deck.pptx"))
    reply = Assistant(library).ask("What was decided on the later ferry?").reply
    assert isinstance(reply, Answer)
    assert reply.citations[0].quote == "The users turned the later ferry down for lack of crew."


def test_a_search_gives_as_many_as_are_asked_for_or_there_are(library: Library) -> None:
    assistant = Assistant(library)
    assert [len(assistant.search("digital", k)) for k in (1, 60)] == [1, 60]
    with library.snapshot() as view:
        assert len(assistant.search("digital", 100_000)) == view.passage_count


def test_a_follow_up_is_ranked_by_its_own_words(library: Library) -> None:
    ranker = Prefers("telework")
    assistant = Assistant(library, ranker)
    first = assistant.ask("What was said about smart cities?")
    assistant.ask("And what about telework?", Conversation().plus(first))
    assert ranker.asked[-1] == "And what about telework?"


def test_the_words_before_count_fully_where_a_follow_up_has_no_subject_of_its_own(library: Library) -> None:
    assistant = Assistant(library)
    before = Conversation().plus(assistant.ask("What was said about smart cities?"))

    def weight(question: str) -> float:
        query = assistant.explain(question, before).query
        with library.snapshot() as view:
            return assistant.retriever(view).search(query).prepared.terms.weights["cities"]

    assert weight("What did they decide?") > weight("What did they decide on telework?")
