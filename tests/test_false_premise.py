"""A question whose premise the records contradict is answered by the passages that correct it."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.grounding.false_premise import corrections, find_false_premise
from corpus.reading import founding_records
from index.library import open_library
from support.word_counts import WordCounts

RECORDS = list(founding_records())


@pytest.mark.parametrize(
    ("question", "place", "year"),
    [
        ("Who signed the text in Takasaki in August 2021?", "Takasaki", 2021),
        ("Why did Japan host the 2021 meeting?", "Japan", 2021),
        ("What did the 2020 G20 ministerial in Trieste adopt?", "Trieste", 2020),
        ("How did the Italian presidency of 2023 treat telework?", "Italian", 2023),
        ("Who spoke at the 2023 meeting hosted by Saudi Arabia?", "Saudi Arabia", 2023),
    ],
)
def test_a_place_and_a_year_that_no_meeting_shares_are_contradicted(question: str, place: str, year: int) -> None:
    found = find_false_premise(question, RECORDS)
    assert found
    assert (found.place, found.year) == (place, year)


@pytest.mark.parametrize(
    "question",
    [
        "Who signed the text in Trieste in August 2021?",
        "What did Japan say in 2020?",
        "What did Japan propose at the meeting in 2021?",
        "What was decided in Osaka in 2019?",
        "What did the Takasaki meeting say about 2021?",
        "Which role has Italy after 2023?",
    ],
)
def test_what_the_records_do_not_contradict_is_let_be(question: str) -> None:
    assert find_false_premise(question, RECORDS) is None


def test_each_record_corrects_by_a_sentence_that_names_its_own_place() -> None:
    found = find_false_premise("What was agreed in Takasaki in 2021?", RECORDS)
    assert found
    quotes = {citation.document.name: citation.quote for citation in corrections(found)}
    assert "Trieste" in quotes["2021-08-05-g20-trieste-mic.txt"]
    assert "Takasaki" in quotes["2023-04-29-g7-takasaki-digital-agency.txt"]


def test_the_answer_says_what_is_wrong_and_cites_the_correction(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = open_library(tmp_path_factory.mktemp("premise") / "library", encoder=WordCounts())
    reply = Assistant(library).ask("Why was the 2021 meeting held in Takasaki?").reply
    assert isinstance(reply, Answer)
    assert reply.notes[0].startswith("No record is of a Takasaki meeting in 2021")
    assert {c.document.meeting.place for c in reply.citations} == {"Trieste, Italy", "Takasaki, Japan"}
