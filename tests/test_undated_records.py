"""Search records without a day when a question names a time, and say that their day is unknown."""

import pytest

from assistant.answer import Abstention, Answer
from assistant.assistant import Assistant
from corpus.reading import document_from
from index.library import Library, open_library
from index.settings import Settings
from support.word_counts import WordCounts

TEXTS = {
    "canal notes.txt": "Canal Trust\n\nNotes\n\nThe Trust agreed to buy a dredger for 40,000 crowns.\n",
    "canal 2 May 2023.txt": "Canal Trust\n\nMinutes of 2 May 2023\n\nThe Trust agreed to paint the lock gates.\n",
    "harbour 2 May 2022.txt": "Harbour Trust\n\nMinutes of 2 May 2022\n\nThe Trust agreed to widen the old quay.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    settings = Settings(library=tmp_path_factory.mktemp("undated") / "library")
    library = open_library(settings=settings, encoder=WordCounts(), founding=False)
    for name, text in TEXTS.items():
        library.add(document_from(text, name, "text/plain"))
    return library


UNKNOWN = "The day of canal notes.txt is unknown; it may be of any time."


def reply(library: Library, question: str) -> Answer:
    found = Assistant(library).ask(question).reply
    assert isinstance(found, Answer), found
    return found


def test_a_record_without_a_day_is_searched_and_named(library: Library) -> None:
    found = reply(library, "What did the Trust agree to buy in May 2023?")
    assert "canal notes.txt" in [c.document.name for c in found.citations]
    assert UNKNOWN in found.notes


def test_a_record_of_the_time_comes_first(library: Library) -> None:
    found = reply(library, "What did the Trust agree to paint in May 2023?")
    assert found.citations[0].document.name == "canal 2 May 2023.txt"
    assert "harbour 2 May 2022.txt" not in [c.document.name for c in found.citations]


def test_a_list_of_records_names_those_without_a_day(library: Library) -> None:
    found = reply(library, "Which records do you have of 2023?")
    assert found.statements[0].text == "1 record of 1 meeting:"
    assert found.notes == (UNKNOWN,)


def test_a_refusal_counts_the_records_without_a_day(library: Library) -> None:
    found = Assistant(library).ask("Who was invited to the ball in 2019?").reply
    assert isinstance(found, Abstention)
    assert "No record is from 2019. The day of 1 record is unknown." in found.text


def test_a_question_without_a_time_says_nothing_of_days(library: Library) -> None:
    assert reply(library, "What did the Trust agree to buy?").notes == ()
